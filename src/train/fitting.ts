/**
 * What may be given up, and in which order, so that a training fits in memory: recomputing activations
 * first (a quarter more time, the same result), then longer blocks, then training all of the model. What
 * the user has set is never given up.
 */

import type { GPT2Config } from '../model/config.ts';
import type { RecipeOverrides } from '../protocol/calls.ts';
import { type BatchShape, createRecipe, type Recipe } from './recipe.ts';

/** Longer blocks than this cost attention and teach tweets nothing. */
export const longestBlock = 256;
const shorterBlocks = [128, 64];

/** The best first. Each says what to train and how; nothing else of the overrides is changed. */
export function* choicesThatSave(
  { blockSize }: GPT2Config,
  wished: RecipeOverrides,
): Generator<RecipeOverrides> {
  const modes = wished.mode === undefined ? (['full', 'lora'] as const) : [wished.mode];
  const isChosen = wished.checkpointing !== undefined;
  for (const mode of modes) {
    for (const checkpointing of isChosen ? [wished.checkpointing] : [false, true]) {
      yield { ...wished, mode, checkpointing };
    }
    if (wished.blockLength !== undefined) continue;
    for (const blockLength of shorterBlocks) {
      if (blockLength >= blockSize) continue;
      yield { ...wished, mode, checkpointing: wished.checkpointing ?? true, blockLength };
    }
  }
}

/** The recipe of a choice with steps laid out like this: what a plan of memory needs of it. */
export function sketchRecipe(
  config: GPT2Config,
  overrides: RecipeOverrides,
  shape: BatchShape,
): Recipe {
  return createRecipe({ config, preset: 'quick', overrides, shape, epochTokens: 1e6, seed: 0 });
}

/** The least that a choice can take: one block at a time. */
export function leastShape(
  { blockSize }: GPT2Config,
  { blockLength }: RecipeOverrides,
): BatchShape {
  const length = Math.min(blockLength ?? longestBlock, blockSize);
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
