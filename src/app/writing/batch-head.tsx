/** What a batch was asked for: its start, its settings and its seed. */
import { moodOf } from '../../domain/writing.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { formatDate } from '../format.ts';
import { announce } from '../state/announce.ts';
import { prompt, replyTo, setStyle } from '../state/writing.ts';
import { moodNumbers } from './mood-choice.tsx';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

export function BatchHead({ tweet }: { tweet: WrittenTweet }) {
  const { prompt: start, settings, seed, createdAt, replyTo: given } = tweet;
  const mood = moodOf(settings);
  return (
    <div class="batch-head">
      <span class="batch-prompt" dir="auto">
        {start.trim() === '' ? texts.withoutStart : texts.quoted(start.trim())}
      </span>
      {given === undefined ? null : (
        <span class="batch-prompt" dir="auto">
          {texts.inReplyTo(given)}
        </span>
      )}
      <span title={moodNumbers(settings)}>
        {mood === null ? moodNumbers(settings) : texts.moods[mood]}
      </span>
      <span>{texts.seedIs(seed)}</span>
      <span>{formatDate(createdAt)}</span>
      <button
        type="button"
        class="link-button"
        onClick={() => {
          prompt.value = start;
          replyTo.value = given ?? null;
          setStyle({ ...settings, seed });
          announce(texts.inForm);
        }}
      >
        {texts.useAgain}
      </button>
    </div>
  );
}
