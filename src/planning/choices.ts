/**
 * The ways to train, in the order in which planning tries them until one fits in memory. Recomputing
 * activations comes first, which takes a quarter more time and gives the same result, then shorter blocks,
 * then training an adapter instead of the whole model. What the user has set never changes.
 */

import {
  MAX_PLANNED_BLOCK_LENGTH,
  MODE_NAMES,
  type ModeName,
  type RecipeOverrides,
} from '../domain/training-options.ts';
import type { GPT2Config } from '../model/config.ts';
import { parameterCount } from '../model/weights.ts';
import { type BatchShape, createRecipe, type Recipe } from '../train/recipe.ts';

const SHORTER_BLOCKS = [128, 64];
/** Larger models are trained with an adapter, because full training would take too long. */
const MAX_FULLY_TRAINED_PARAMETERS = 200e6;

/** Yields the overrides with mode, checkpointing and block length set, the best way first. */
export function* waysToTrain(
  config: GPT2Config,
  overrides: RecipeOverrides,
): Generator<RecipeOverrides> {
  const isTooLarge = parameterCount(config) > MAX_FULLY_TRAINED_PARAMETERS;
  const modes: readonly ModeName[] = isTooLarge ? ['lora'] : MODE_NAMES;
  const isChosen = overrides.checkpointing !== undefined;
  for (const mode of overrides.mode === undefined ? modes : [overrides.mode]) {
    for (const checkpointing of isChosen ? [overrides.checkpointing] : [false, true]) {
      yield { ...overrides, mode, checkpointing };
    }
    if (overrides.blockLength !== undefined) continue;
    for (const blockLength of SHORTER_BLOCKS) {
      if (blockLength >= config.blockSize) continue;
      yield { ...overrides, mode, checkpointing: overrides.checkpointing ?? true, blockLength };
    }
  }
}

/** A recipe with these overrides and this shape of a step, complete enough to plan its memory. */
export function sketchRecipe(
  config: GPT2Config,
  overrides: RecipeOverrides,
  shape: BatchShape,
): Recipe {
  return createRecipe({ config, preset: 'quick', overrides, shape, epochTokens: 1e6, seed: 0 });
}

/** The shape of a step that takes the smallest amount of memory: one block at a time. */
export function minShape({ blockSize }: GPT2Config, { blockLength }: RecipeOverrides): BatchShape {
  const length = Math.min(blockLength ?? MAX_PLANNED_BLOCK_LENGTH, blockSize);
  return { blockLength: length, microBatch: 1, accumulation: 2 };
}

/** Yields shapes with the same number of tokens per step and progressively fewer of them on the device at once. */
export function* layouts({
  blockLength,
  microBatch,
  accumulation,
}: BatchShape): Generator<BatchShape> {
  const blocks = microBatch * accumulation;
  for (let each = microBatch; each >= 1; each--) {
    // Only divisors of the number of blocks keep the number of tokens per step.
    if (blocks % each === 0) yield { blockLength, microBatch: each, accumulation: blocks / each };
  }
}
