/**
 * Compares one row of a model's logits on the device with the host's, before a training.
 *
 * The self-test (`self-test.ts`) knows kernels and sizes in advance. A card may compute wrongly only in those of
 * this model: at its width, its vocabulary, or the number of rows of a micro-batch. So the device runs the
 * forward pass of a whole micro-batch as the training will, and the host computes the last of a few tokens that
 * none of the others in the batch can change, with the weights that are on the device (`row-on-host.ts`).
 */

import { complete } from '../core/parts.ts';
import { randomUnit } from '../core/random.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { GPT2 } from '../model/gpt2.ts';
import { parameterCount } from '../model/weights.ts';
import type { TokenBatch } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import { logitsOnHost } from './row-on-host.ts';

/**
 * The largest difference, relative to the standard deviation of the row. A softmax sees how logits differ from
 * each other and nothing else: those of GPT-2 lie around −100 and differ by a few units, so 1e-3 of their size
 * would let pass what changes probabilities by a tenth.
 */
const TOLERANCE = 1e-3;
const MAX_TOKENS = 8;
/** Multiply-adds of the host, which makes about 1e9 in a second. Two tokens are computed at least. */
const MAX_HOST_PRODUCTS = 1e9;
const SEED = 20261130;

export type CheckedStep = Pick<Recipe, 'blockLength' | 'microBatch' | 'attention'>;

/**
 * Whether the device computes the model's logits, and the loss of a token, as the host does, within 1e-3 of the
 * standard deviation of the logits. Leaves no tensor behind. Throws what the device throws.
 *
 * @param pause Is called about every 10 ms while the host computes, with what share is done. What it throws ends
 *   the check.
 */
export async function computesRightly(
  ops: Ops,
  model: GPT2,
  step: CheckedStep,
  pause: (done: number, count: number) => void = () => {},
): Promise<boolean> {
  const count = parameterCount(model.config);
  const length = Math.min(
    step.blockLength,
    Math.max(2, Math.min(MAX_TOKENS, Math.floor(MAX_HOST_PRODUCTS / count))),
  );
  const { tokens, row, ids } = batchOf(model, step, length);
  const target = Math.floor(randomUnit(SEED, 1, 0) * model.config.vocabSize);
  const found = await onDevice(ops, model, tokens, row, target);
  let done = 0;
  const wanted = await logitsOnHost(ops, model, ids, async (elements) => {
    done += elements;
    await yieldToMessages();
    pause(Math.min(done, count), count);
  });
  const mean = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
  const variance = wanted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / wanted.length;
  const worst = wanted.reduce(
    (max, v, i) => Math.max(max, Math.abs(v - (found.logits[i] ?? 0))),
    0,
  );
  const lossError = Math.abs(lossOf(wanted, target) - found.loss);
  const allowed = TOLERANCE * Math.sqrt(variance);
  // NaN is not less than anything.
  return worst <= allowed && lossError <= allowed;
}

/**
 * A micro-batch of tokens from all over the vocabulary. Its last sequence ends with `ids`, or begins with them
 * where attention doesn't end at a document. `row` is that of the last of them.
 */
function batchOf(
  { config }: GPT2,
  { blockLength: T, microBatch: B, attention }: CheckedStep,
  length: number,
): { tokens: TokenBatch; row: number; ids: Int32Array } {
  const draw = (n: number) => Math.floor(randomUnit(SEED, 0, n) * config.vocabSize);
  const all = Int32Array.from({ length: B * T }, (_, n) => draw(n));
  const isApart = attention === 'document';
  const begin = (B - 1) * T + (isApart ? T - length : 0);
  const starts = Int32Array.from(all, (_, n) => (n >= begin ? T - length : 0));
  return {
    tokens: { ids: all, B, T, ...(isApart ? { starts } : {}) },
    row: begin + length - 1,
    ids: all.slice(begin, begin + length),
  };
}

/** The logits of one row [V], and the loss of its target alone. */
async function onDevice(
  ops: Ops,
  model: GPT2,
  tokens: TokenBatch,
  row: number,
  target: number,
): Promise<{ logits: Float32Array; loss: number }> {
  const hidden = model.hidden(tokens);
  const one = ops.rows(hidden, Int32Array.of(row));
  const logits = ops.logits(one, model.head);
  const targets = new Int32Array(tokens.ids.length).fill(-100);
  targets[row] = target;
  const loss = complete(ops.headLoss(hidden, model.head, targets));
  for (const tensor of [hidden, one]) tensor.dispose();
  try {
    const values = await Promise.all([ops.read(logits), ops.read(loss)]);
    return { logits: values[0], loss: values[1][0] ?? Number.NaN };
  } finally {
    logits.dispose();
    loss.dispose();
  }
}

/** The cross-entropy −log p(target). */
function lossOf(logits: Float64Array, target: number): number {
  const max = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = logits.reduce((sum, value) => sum + Math.exp(value - max), 0);
  return max + Math.log(total) - (logits[target] as number);
}
