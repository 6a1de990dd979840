/** What the ready-made bot is, in honest words. */
import { ready } from '../texts/en/ready.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('ready', ready);

export function AboutReadyBot() {
  return <p class="quiet">{texts.about}</p>;
}
