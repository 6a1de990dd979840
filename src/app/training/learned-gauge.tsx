/** How much of what a bot wrote last stands in the tweets that it learns from, as a gauge. */
import { useId } from 'preact/hooks';
import { learnedShares } from '../../domain/learned-share.ts';
import type { SampleTweet } from '../../protocol/training.ts';
import { formatPercent } from '../format.ts';
import { quality } from '../texts/en/quality.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('quality', quality);

/** Of the last step that the samples are of. Nothing where no sample has eight words. */
export function LearnedGauge({ samples }: { samples: readonly SampleTweet[] }) {
  const id = useId();
  const learned = learnedShares(samples).at(-1);
  if (learned === undefined || learned.step !== samples.at(-1)?.step) return null;
  const { share, shared, grams } = learned;
  return (
    <div class="learned-gauge">
      <span id={id}>{texts.learnedByHeart}</span>
      <meter min={0} low={0.1} high={0.4} max={1} optimum={0} value={share} aria-labelledby={id} />
      <span class="quiet">{texts.learnedOf(formatPercent(share), shared, grams)}</span>
    </div>
  );
}
