/**
 * Times a few small steps to choose how many tokens a step takes on this adapter.
 *
 * The recipe's 1,024 tokens a step are right where they take a moment. Where they would take half a
 * minute, a step gets fewer tokens, so that something happens every couple of seconds.
 */

import { throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { Ops } from '../ops/ops.ts';
import { longestBlock } from './fitting.ts';
import type { BatchShape } from './recipe.ts';

const recipeTokensPerStep = 1024;
const shortestBlock = 32;
const wishedStepMs = 1500;
/** Compiling shaders takes less: a first step this slow means a slow adapter. */
const slowStepMs = 6000;
/** Activations of a micro-batch on the device at once. */
const activationBudgetBytes = 512 * 2 ** 20;

export interface ProbeResult {
  readonly shape: BatchShape;
  readonly tokensPerSecond: number;
}

/** Roughly what forward and backward keep for a token, bytes (float32, attention apart). */
export function activationBytesPerToken(model: GPT2, blockLength: number): number {
  const { nLayer, nEmbd, nHead, vocabSize } = model.config;
  const layer = 20 * nEmbd + 3 * nHead * blockLength;
  return 4 * (nLayer * layer + 4 * vocabSize);
}

/**
 * Steps of growing size until one takes long enough to trust. Throws `cancelled`.
 */
export async function probe(
  ops: Ops,
  model: GPT2,
  wished: {
    readonly blockLength?: number | undefined;
    readonly checkpointing?: boolean | undefined;
  },
  signal?: AbortSignal,
): Promise<ProbeResult> {
  const { blockSize } = model.config;
  const longest = Math.min(wished.blockLength ?? longestBlock, blockSize);
  let tokens = Math.min(shortestBlock, longest);
  let ms = await timedStep(ops, model, tokens, wished.checkpointing, signal);
  while (tokens * 4 <= longest && ms * 4 < wishedStepMs) {
    tokens *= 4;
    ms = await timedStep(ops, model, tokens, wished.checkpointing, signal);
  }
  const tokensPerSecond = (tokens * 1000) / ms;
  return { shape: chooseShape(model, tokensPerSecond, longest), tokensPerSecond };
}

/** Tokens a step as a power-of-two part of the recipe's, laid out in blocks and micro-batches. */
export function chooseShape(model: GPT2, tokensPerSecond: number, longest: number): BatchShape {
  const affordable = (tokensPerSecond * wishedStepMs) / 1000;
  let perStep = recipeTokensPerStep;
  while (perStep > affordable && perStep > shortestBlock) perStep /= 2;
  const blockLength = Math.min(longest, perStep);
  const blocks = Math.max(1, Math.round(perStep / blockLength));
  const blockBytes = activationBytesPerToken(model, blockLength) * blockLength;
  let microBatch = Math.max(1, Math.min(blocks, Math.floor(activationBudgetBytes / blockBytes)));
  // A divisor, so that the step has the tokens it was meant to have.
  while (blocks % microBatch !== 0) microBatch--;
  return { blockLength, microBatch, accumulation: blocks / microBatch };
}

/**
 * Milliseconds of one step of T tokens, loss read back included. The second of two, because the
 * first one compiles shaders; the first, when that alone says the adapter is slow.
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
    const dropout = { rate: 0.1, seed: 0, microStep };
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
  return first > slowStepMs ? first : run(1);
}
