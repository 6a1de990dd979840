/** What a batch was asked for: its start, its settings and its seed. */
import { moodOf } from '../../domain/writing.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { formatDate } from '../format.ts';
import { announce } from '../state/announce.ts';
import { prompt, setStyle } from '../state/writing.ts';
import { MOOD_LABELS, moodNumbers } from './mood-choice.tsx';

export function BatchHead({ tweet }: { tweet: WrittenTweet }) {
  const { prompt: start, settings, seed, createdAt } = tweet;
  const mood = moodOf(settings);
  return (
    <li class="batch-head">
      <span class="batch-prompt" dir="auto">
        {start.trim() === '' ? 'Without a start' : `“${start.trim()}”`}
      </span>
      <span title={moodNumbers(settings)}>
        {mood === null ? moodNumbers(settings) : MOOD_LABELS[mood]}
      </span>
      <span>seed {seed}</span>
      <span>{formatDate(createdAt)}</span>
      <button
        type="button"
        class="link-button"
        onClick={() => {
          prompt.value = start;
          setStyle({ ...settings, seed });
          announce('The start, the settings and the seed are in the form.');
        }}
      >
        Use again
      </button>
    </li>
  );
}
