import type { RunSummary } from '../../protocol/bots.ts';
import { handleOf } from '../state/writing.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

/** Who wrote it: the bot, which is marked as one. */
export function TweetAuthor({ run }: { run: RunSummary }) {
  const handle = handleOf(run);
  return (
    <p class="tweet-author">
      <b>{run.name}</b>
      {handle === null ? null : <span class="tweet-handle">{handle}</span>}
      <span class="bot-badge">{texts.ai}</span>
    </p>
  );
}
