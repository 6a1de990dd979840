/**
 * Measures how many tokens per second this machine trains, by timing a few small steps, and chooses the
 * number of tokens per step.
 *
 * The recipe has 1,024 tokens per step. On a machine where such a step would take half a minute, a step
 * gets fewer tokens, so that the user sees progress every couple of seconds.
 */

import { throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { Ops } from '../ops/ops.ts';
import { MAX_PLANNED_BLOCK_LENGTH } from '../domain/training-options.ts';
import { type BatchShape, DROPOUT_RATE } from '../train/recipe.ts';

const RECIPE_TOKENS_PER_STEP = 1024;
const MIN_BLOCK_LENGTH = 32;
const TARGET_STEP_MS = 1500;
/** A first step that takes longer than this is slow because of the machine, not because of compiling. */
const SLOW_STEP_MS = 6000;

/** The settings of a recipe that decide how long its steps take. */
export interface TimedSettings {
  readonly blockLength?: number | undefined;
  readonly checkpointing?: boolean | undefined;
}

/**
 * Returns the number of tokens per second, measured in steps that grow until one takes long enough to be
 * reliable. If an adapter is to be trained, the model must have it. Leaves no tensor behind. Throws
 * `cancelled`.
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
  while (tokens * 4 <= longest && ms * 4 < TARGET_STEP_MS) {
    tokens *= 4;
    ms = await timedStep(ops, model, tokens, checkpointing, signal);
  }
  return (tokens * 1000) / ms;
}

/**
 * Chooses the number of tokens per step, as blocks in a single micro-batch: the recipe's, halved until a
 * step takes as long as it should at this speed. `layouts` divides them into micro-batches that fit.
 */
export function stepShape(
  tokensPerSecond: number,
  blockSize: number,
  blockLength: number | undefined,
): BatchShape {
  const affordable = (tokensPerSecond * TARGET_STEP_MS) / 1000;
  let perStep = RECIPE_TOKENS_PER_STEP;
  while (perStep > affordable && perStep > MIN_BLOCK_LENGTH) perStep /= 2;
  const length = Math.min(maxBlockLength(blockSize, blockLength), perStep);
  const microBatch = Math.max(1, Math.round(perStep / length));
  return { blockLength: length, microBatch, accumulation: 1 };
}

function maxBlockLength(blockSize: number, requested: number | undefined): number {
  return Math.min(requested ?? MAX_PLANNED_BLOCK_LENGTH, blockSize);
}

/**
 * Returns the milliseconds that one step of T tokens takes, including reading back its loss. It times the
 * second of two steps, because the first one compiles shaders, unless the first is very slow already.
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
