/** Learning rates as pure functions of the step. */

/** Falls along half a cosine from `peak` at step 0 to 0 at `totalSteps` (SGDR, arXiv:1608.03983). */
export function cosineLearningRate(stepIndex: number, totalSteps: number, peak: number): number {
  const progress = Math.min(1, stepIndex / Math.max(1, totalSteps));
  return 0.5 * peak * (1 + Math.cos(Math.PI * progress));
}
