/**
 * What may be given up, and in which order, so that a training fits in memory: keeping activations
 * first (recomputing them costs a quarter more time and gives the same result), then long blocks, then
 * training all of the model. What the user has set is never given up.
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
/** Above this, training all of a model takes too long to be offered; an adapter doesn't. */
const MAX_FULLY_TRAINED_PARAMETERS = 200e6;

/** The best first. Each says what to train and how; nothing else of the overrides is changed. */
export function* waysToTrain(
  config: GPT2Config,
  wished: RecipeOverrides,
): Generator<RecipeOverrides> {
  const isTooLarge = parameterCount(config) > MAX_FULLY_TRAINED_PARAMETERS;
  const modes: readonly ModeName[] = isTooLarge ? ['lora'] : MODE_NAMES;
  const isChosen = wished.checkpointing !== undefined;
  for (const mode of wished.mode === undefined ? modes : [wished.mode]) {
    for (const checkpointing of isChosen ? [wished.checkpointing] : [false, true]) {
      yield { ...wished, mode, checkpointing };
    }
    if (wished.blockLength !== undefined) continue;
    for (const blockLength of SHORTER_BLOCKS) {
      if (blockLength >= config.blockSize) continue;
      yield { ...wished, mode, checkpointing: wished.checkpointing ?? true, blockLength };
    }
  }
}

/** The recipe of a choice with steps laid out like this: as much of it as a memory plan needs. */
export function sketchRecipe(
  config: GPT2Config,
  overrides: RecipeOverrides,
  shape: BatchShape,
): Recipe {
  return createRecipe({ config, preset: 'quick', overrides, shape, epochTokens: 1e6, seed: 0 });
}

/** The layout that takes the least memory: one block at a time. */
export function minShape({ blockSize }: GPT2Config, { blockLength }: RecipeOverrides): BatchShape {
  const length = Math.min(blockLength ?? MAX_PLANNED_BLOCK_LENGTH, blockSize);
  return { blockLength: length, microBatch: 1, accumulation: 2 };
}

/** The same tokens a step with ever fewer of them on the device at once. */
export function* layouts({
  blockLength,
  microBatch,
  accumulation,
}: BatchShape): Generator<BatchShape> {
  const blocks = microBatch * accumulation;
  for (let each = microBatch; each >= 1; each--) {
    // A divisor, so that the step has the tokens it was meant to have.
    if (blocks % each === 0) yield { blockLength, microBatch: each, accumulation: blocks / each };
  }
}
