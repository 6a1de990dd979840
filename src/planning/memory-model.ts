/**
 * What a training takes in memory, and whether there is room for it: one interface, with one
 * implementation for each kind of backend (`paper-memory.ts` for a GPU, `formula-memory.ts` for
 * tfjs). Whatever says how much memory something needs asks one of them.
 */

import type { ErrorDetails } from '../core/errors.ts';
import type { GPT2Config } from '../model/config.ts';
import type { MemoryParts } from '../protocol/calls.ts';
import type { Recipe } from '../train/recipe.ts';

/** What is short, as the page will say it. */
export type Shortage = ErrorDetails['out-of-memory'];

/** What a run takes at the moment when it takes most. */
export interface MemoryPlan {
  /** Adds up to `neededBytes`. */
  readonly parts: MemoryParts;
  /** What must be there: this is held against limits, the budget and the device. */
  readonly neededBytes: number;
  /** What will be taken: more than is needed where the allocator wastes some. */
  readonly expectedBytes: number;
  /** Sizes of the device's buffers that come to `neededBytes`; none where they aren't known. */
  readonly buffers: readonly number[];
}

export type Fit =
  | { readonly plan: MemoryPlan; readonly shortage: null }
  | { readonly plan: null; readonly shortage: Shortage };

export interface MemoryModel {
  /** Holds a run of this recipe against the limits and the budget; asks nothing of the device. */
  fit(config: GPT2Config, recipe: Recipe): Promise<Fit>;
  /** Whether the device really has room for a plan that fits. It is asked once for each size. */
  hasRoomFor(plan: MemoryPlan): Promise<boolean>;
}

/** {@link MemoryModel.fit} on the limits, the budget and then the device itself. */
export async function fitOnDevice(
  memory: MemoryModel,
  config: GPT2Config,
  recipe: Recipe,
): Promise<Fit> {
  const fit = await memory.fit(config, recipe);
  if (fit.plan === null || (await memory.hasRoomFor(fit.plan))) return fit;
  const { neededBytes } = fit.plan;
  return { plan: null, shortage: { neededBytes, reason: 'no-room' } };
}

/** A plan that is within the budget, or by how much it isn't. */
export function withinBudget(plan: MemoryPlan, budgetBytes: number): Fit {
  const { neededBytes } = plan;
  if (neededBytes <= budgetBytes) return { plan, shortage: null };
  return {
    plan: null,
    shortage: { neededBytes, availableBytes: budgetBytes, reason: 'too-large' },
  };
}
