/** Has a graphics card prove itself on the model that is to be trained, before it is trained for an hour. */

import type { Recipe } from '../../domain/recipe.ts';
import type { PlanProgress } from '../../protocol/training.ts';
import { computesRightly } from '../../train/check-model.ts';
import type { LiveModel, Runtime } from '../runtime/runtime.ts';

/**
 * Does nothing where there is no graphics card. If it computes wrongly, throws `device-lost`, after which another
 * backend does the work.
 *
 * @param throwIfUnwanted Is called every few milliseconds; the check ends in what it throws.
 */
export async function checkDevice(
  runtime: Runtime,
  { model }: LiveModel,
  recipe: Recipe,
  report: (progress: PlanProgress) => void,
  throwIfUnwanted: () => void,
): Promise<void> {
  const { ops } = runtime;
  if (ops.deviceMemory === null) return;
  report({ phase: 'checking' });
  const isRight = await computesRightly(ops, model, recipe, (done, count) => {
    report({ phase: 'checking', part: { done, count } });
    throwIfUnwanted();
  });
  if (!isRight) runtime.distrust();
  // The training needs buffers of other sizes.
  ops.trim();
}
