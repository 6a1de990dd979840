/** Two that have written, or write, with the same start and seed: pair by pair, side by side. */
import { moodOf, type WritingSettings } from '../../domain/writing.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { LABELS } from '../labels.ts';
import { comparedPairs, comparison, endComparison } from '../state/compare.ts';
import { writingJob } from '../state/writing.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icons.tsx';
import { DraftCard } from './drafts.tsx';
import { MoodLine, moodNumbers } from './mood-choice.tsx';
import { TweetAuthor } from './tweet-author.tsx';
import { TweetCard } from './tweet-card.tsx';
import './versus.css';

const texts = messages('writing', writing);

export function Versus() {
  const shown = comparison.value;
  if (shown === null) return null;
  const [one, two] = shown.sides;
  const isWriting = writingJob.value?.isComparison === true;
  return (
    <section
      class={one.run.id === two.run.id ? 'versus' : 'versus versus-bots'}
      aria-label={LABELS.comparison}
      aria-busy={isWriting}
    >
      <div class="versus-head">
        {shown.sides.map(({ run, settings }, side) => {
          const mood = moodOf(settings);
          return (
            <div key={side} class={`versus-side ${moodClass(settings)}`}>
              <Avatar bot={run} />
              <div>
                <TweetAuthor run={run} />
                <p class="versus-settings" title={moodNumbers(settings)}>
                  {mood === null ? null : <MoodLine name={mood} />}
                  {settingsName(settings)}
                </p>
              </div>
            </div>
          );
        })}
        <button
          type="button"
          class="icon-button"
          aria-label={LABELS.endComparison}
          title={LABELS.endComparison}
          disabled={isWriting}
          onClick={endComparison}
        >
          <Icon name="close" />
        </button>
      </div>
      <ol>
        {comparedPairs.value.map((pair, i) => (
          <li key={i}>
            <div class="versus-pair">
              {shown.sides.map(({ run, settings }, side) => (
                <ul
                  key={side}
                  class={`tweets versus-cell ${moodClass(settings)}`}
                  aria-label={`${run.name} · ${settingsName(settings)}`}
                  data-settings={settingsName(settings)}
                >
                  <Cell run={run} tweet={pair[side] ?? null} number={side * shown.pairs + i} />
                </ul>
              ))}
            </div>
          </li>
        ))}
      </ol>
      <p class="quiet">{texts.seedIs(shown.seed)}</p>
    </section>
  );
}

interface CellProps {
  readonly run: RunSummary;
  readonly tweet: WrittenTweet | null;
  /** Its number among all that both are asked for. */
  readonly number: number;
}

function Cell({ run, tweet, number }: CellProps) {
  if (tweet !== null) return <TweetCard run={run} tweet={tweet} />;
  if (writingJob.value?.isComparison === true) return <DraftCard run={run} number={number} />;
  return <li class="tweet quiet">{texts.notWritten}</li>;
}

function settingsName(settings: WritingSettings): string {
  const mood = moodOf(settings);
  return mood === null ? moodNumbers(settings) : texts.moods[mood];
}

function moodClass(settings: WritingSettings): string {
  const mood = moodOf(settings);
  return mood === null ? '' : `mood-${mood}`;
}
