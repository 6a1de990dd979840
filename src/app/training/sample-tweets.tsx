/** The tweets that the bot wrote during training, the newest first. */
import type { SampleTweet } from '../../protocol/training.ts';
import { LABELS } from '../labels.ts';
import { BirdMark } from '../ui/bird.tsx';
import { LearnedGauge } from './learned-gauge.tsx';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

interface SampleTweetsProps {
  readonly samples: readonly SampleTweet[];
  readonly botName: string;
  readonly isLive: boolean;
}

const MAX_SHOWN = 4;

export function SampleTweets({ samples, botName, isLive }: SampleTweetsProps) {
  if (samples.length === 0) return null;
  const newestFirst = samples.toReversed().slice(0, MAX_SHOWN);
  return (
    <section class="samples" aria-label={LABELS.samples}>
      <h3 class="small-heading">{isLive ? texts.wouldWriteNow : LABELS.samples}</h3>
      <LearnedGauge samples={samples} />
      <SampleList samples={newestFirst} botName={botName} />
    </section>
  );
}

export function SampleList({ samples, botName }: Omit<SampleTweetsProps, 'isLive'>) {
  return (
    <ol class="sample-list">
      {samples.map(({ step, prompt, text }) => (
        <li key={`${step} ${prompt}`} class="sample">
          <BirdMark />
          <div>
            <p class="sample-meta">
              {botName} <span>{texts.atStep(step)}</span>
            </p>
            <p class="sample-text" dir="auto">
              {text}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
