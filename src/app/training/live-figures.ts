/** The figures of a running training, in a line below its chart. */
import type { MetricPoint } from '../../protocol/training.ts';
import { formatRough } from '../format.ts';
import { heldOutLossText } from '../runs/held-out-text.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

/**
 * `Learning rate 0.0011 · gradient norm before clipping 1.2 · held-out loss 3.81, perplexity 45, 1.560 bits per byte`;
 * empty before the first step.
 */
export function liveFigures(points: readonly MetricPoint[]): string {
  const last = points.at(-1);
  if (last === undefined) return '';
  const parts = [texts.learningRateIs(formatRough(last.learningRate))];
  if (last.gradientNorm !== undefined) {
    parts.push(texts.gradientNormIs(formatRough(last.gradientNorm)));
  }
  const measured = points.findLast(({ validationLoss }) => validationLoss !== undefined);
  if (measured?.validationLoss !== undefined) {
    const { validationLoss: loss, step } = measured;
    parts.push(heldOutLossText({ points, loss, step }));
  }
  return parts.join(' · ');
}
