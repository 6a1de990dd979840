/**
 * Times a few small steps to find out how many tokens a second this machine trains, and chooses how
 * many of them a step takes.
 *
 * The recipe's 1,024 tokens a step are right where they take a moment. Where they would take half a
 * minute, a step gets fewer tokens, so that something happens every couple of seconds.
 */

import { throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { Ops } from '../ops/ops.ts';
import { MAX_PLANNED_BLOCK_LENGTH } from '../domain/training-options.ts';
import { type BatchShape, DROPOUT_RATE } from '../train/recipe.ts';

const RECIPE_TOKENS_PER_STEP = 1024;
const MIN_BLOCK_LENGTH = 32;
const WISHED_STEP_MS = 1500;
/** Compiling shaders takes less: a first step as slow as this means a slow adapter. */
const SLOW_STEP_MS = 6000;

/** What of a recipe decides how long its steps take. */
export interface TimedSettings {
  readonly blockLength?: number | undefined;
  readonly checkpointing?: boolean | undefined;
}

/**
 * Tokens a second, from steps of growing size until one takes long enough to trust. The model must have
 * its adapter on, if it is to be trained with one. Leaves no tensor behind. Throws `cancelled`.
 */
export async function measureSpeed(
  ops: Ops,
  model: GPT2,
  { blockLength, checkpointing }: TimedSettings,
  signal?: AbortSignal,
): Promise<number> {
  const longest = maxBlockLength(model.config.blockSize, blockLength);
  let tokens = Math.min(MIN_BLOCK_LENGTH, longest);
  let ms = await timedStep(ops, model, tokens, checkpointing, signal);
  while (tokens * 4 <= longest && ms * 4 < WISHED_STEP_MS) {
    tokens *= 4;
    ms = await timedStep(ops, model, tokens, checkpointing, signal);
  }
  return (tokens * 1000) / ms;
}

/**
 * The tokens of a step as blocks that are all on the device at once: as many tokens as the recipe has,
 * or the power-of-two part of them that this speed affords. `layouts` cuts them to what fits.
 */
export function stepShape(
  tokensPerSecond: number,
  blockSize: number,
  blockLength: number | undefined,
): BatchShape {
  const affordable = (tokensPerSecond * WISHED_STEP_MS) / 1000;
  let perStep = RECIPE_TOKENS_PER_STEP;
  while (perStep > affordable && perStep > MIN_BLOCK_LENGTH) perStep /= 2;
  const length = Math.min(maxBlockLength(blockSize, blockLength), perStep);
  const microBatch = Math.max(1, Math.round(perStep / length));
  return { blockLength: length, microBatch, accumulation: 1 };
}

function maxBlockLength(blockSize: number, wished: number | undefined): number {
  return Math.min(wished ?? MAX_PLANNED_BLOCK_LENGTH, blockSize);
}

/**
 * Milliseconds of one step of T tokens, reading its loss back included. The second of two, because the
 * first one compiles shaders; the first, when that alone says that the adapter is slow.
 */
async function timedStep(
  ops: Ops,
  model: GPT2,
  T: number,
  checkpointing: boolean | undefined,
  signal: AbortSignal | undefined,
): Promise<number> {
  const ids = Int32Array.from({ length: T }, (_, i) => i % model.config.vocabSize);
  const run = async (microStep: number): Promise<number> => {
    const startedMs = performance.now();
    const dropout = { rate: DROPOUT_RATE, seed: 0, microStep };
    const { loss, gradients } = model.lossAndGradients({ ids, B: 1, T }, ids, {
      scale: 1,
      dropout,
      checkpointing,
    });
    await ops.read(loss);
    loss.dispose();
    for (const gradient of gradients.values()) gradient.dispose();
    const ms = performance.now() - startedMs;
    await yieldToMessages();
    throwIfAborted(signal);
    return ms;
  };
  const first = await run(0);
  return first > SLOW_STEP_MS ? first : run(1);
}
