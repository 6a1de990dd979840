import type { RunSummary } from '../../protocol/bots.ts';
import { handleOf } from '../state/writing.ts';
import { ready } from '../texts/en/ready.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);
const readyTexts = messages('ready', ready);

/** Who wrote it: the bot, which is marked as one. */
export function TweetAuthor({ run }: { run: RunSummary }) {
  const handle = handleOf(run);
  return (
    <p class="tweet-author">
      <b>
        <bdi>{run.name}</bdi>
      </b>
      {handle === null ? null : <bdi class="tweet-handle">{handle}</bdi>}
      <span class="bot-badge">{texts.ai}</span>
      {run.isReadyMade ? <span class="bot-badge bot-badge-ready">{readyTexts.badge}</span> : null}
    </p>
  );
}
