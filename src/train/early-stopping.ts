/** Decides from the losses on held-out tweets whether a training still teaches something. */

import type { MetricPoint } from '../protocol/training.ts';

/**
 * Whether the validation loss was measured `patience` times since it was lowest, in the steps after
 * `startStep`: from then on a model learns its training tweets by heart. Never with a patience of zero.
 */
export function hasStoppedLearning(
  points: readonly MetricPoint[],
  startStep: number,
  patience: number,
): boolean {
  let lowest = Infinity;
  let since = 0;
  for (const { step, validationLoss } of points) {
    if (step <= startStep || validationLoss === undefined) continue;
    since = validationLoss < lowest ? 0 : since + 1;
    lowest = Math.min(lowest, validationLoss);
  }
  return patience > 0 && since >= patience;
}
