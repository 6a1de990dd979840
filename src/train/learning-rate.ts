/** Learning rates as pure functions of the step. */

import { MAX_WARMUP_STEPS } from '../domain/training-options.ts';

/**
 * Falls along half a cosine from `peak` at step 0 to the share `final` of it at `totalSteps` (SGDR,
 * arXiv:1608.03983). During the first `warmup` of the steps, a share, though at most {@link MAX_WARMUP_STEPS}, it is
 * multiplied by a factor that rises linearly to 1.
 */
export function cosineLearningRate(
  stepIndex: number,
  totalSteps: number,
  peak: number,
  warmup = 0,
  final = 0,
): number {
  const progress = Math.min(1, stepIndex / Math.max(1, totalSteps));
  const risen = Math.min(
    1,
    (stepIndex + 1) / Math.max(1, Math.min(warmup * totalSteps, MAX_WARMUP_STEPS)),
  );
  const cosine = 0.5 * (1 + Math.cos(Math.PI * progress));
  return peak * risen * (final + (1 - final) * cosine);
}
