/**
 * How much memory a training needs, and whether there is enough: one interface with one implementation
 * for each kind of backend (`paper-memory.ts` for WebGPU, `formula-memory.ts` for tfjs). Every figure
 * about memory that a user sees comes from one of them.
 */

import type { ErrorDetails } from '../core/errors.ts';
import type { GPT2Config } from '../model/config.ts';
import type { MemoryParts } from '../protocol/training.ts';
import type { BatchShape } from '../train/recipe.ts';
import type { Recipe } from '../domain/recipe.ts';

/** What there is too little memory for, as the error tells it. */
export type Shortage = ErrorDetails['out-of-memory'];

/** The memory of a run at its peak. */
export interface MemoryPlan {
  /** Their sum is `neededBytes`. */
  readonly parts: MemoryParts;
  /** Compared with the budget, and asked of the device. */
  readonly neededBytes: number;
  /** What the run will probably use: more than it needs if the allocator wastes some. */
  readonly expectedBytes: number;
  /** The sizes of the buffers on the device, whose sum is `neededBytes`; empty if they aren't known. */
  readonly buffers: readonly number[];
}

export type Fit =
  | { readonly plan: MemoryPlan; readonly shortage: null }
  | { readonly plan: null; readonly shortage: Shortage };

/** What the memory of a training depends on, besides the model's config. */
export type PlannedStep = Pick<
  Recipe,
  'mode' | 'checkpointing' | 'hasHalfActivations' | 'dropout' | 'attention' | keyof BatchShape
>;

export interface MemoryModel {
  /** Compares a training in such steps with limits and budget, without asking the device. */
  fit(config: GPT2Config, step: PlannedStep): Promise<Fit>;
  /** Asks the device whether it has room for a plan that fits. Remembers the answers. */
  hasRoomFor(plan: MemoryPlan): Promise<boolean>;
}

/** Compares a plan with the budget. */
export function withinBudget(plan: MemoryPlan, budgetBytes: number): Fit {
  const { neededBytes } = plan;
  if (neededBytes <= budgetBytes) return { plan, shortage: null };
  return {
    plan: null,
    shortage: { neededBytes, availableBytes: budgetBytes, reason: 'too-large' },
  };
}
