/** The figures of a running training, in a line below its chart. */
import type { MetricPoint } from '../../protocol/training.ts';
import { formatLoss, formatRough } from '../format.ts';

/** `Learning rate 0.0011 · gradient norm before clipping 1.2 · held-out loss 3.81, perplexity 45`; empty before the first step. */
export function liveFigures(points: readonly MetricPoint[]): string {
  const last = points.at(-1);
  if (last === undefined) return '';
  const parts = [`Learning rate ${formatRough(last.learningRate)}`];
  if (last.gradientNorm !== undefined) {
    parts.push(`gradient norm before clipping ${formatRough(last.gradientNorm)}`);
  }
  const validationLoss = points.findLast(
    (point) => point.validationLoss !== undefined,
  )?.validationLoss;
  if (validationLoss !== undefined) {
    const perplexity = formatRough(Math.exp(validationLoss));
    parts.push(`held-out loss ${formatLoss(validationLoss)}, perplexity ${perplexity}`);
  }
  return parts.join(' · ');
}
