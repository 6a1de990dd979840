/** Measures how many tokens per second this machine trains, by timing a few small steps. */

import { must } from '../core/assert.ts';
import { mynahError, throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { LossAndGradients } from '../model/gradient-sink.ts';
import type { Ops } from '../ops/ops.ts';
import { AdamW, defaultAdamW } from '../train/adamw.ts';
import { inDraft, inParts } from '../train/in-parts.ts';
import type { PlannedStep } from './memory-model.ts';

/** The tokens of the first step that is timed. */
const MIN_TIMED_TOKENS = 32;
/** A step that takes this long is timed well enough. */
const LONG_ENOUGH_MS = 1500;
/** The last size is timed this many times, unless {@link LONG_ENOUGH_MS} have passed before, and the median counts. */
const REPEATS = 3;
/** Where nothing is compiled, the first step counts if it takes longer. */
const SLOW_STEP_MS = 6000;

/** The largest step that is timed: one micro-batch of the training, with its update. */
export type TimedStep = Pick<
  PlannedStep,
  'blockLength' | 'microBatch' | 'checkpointing' | 'hasHalfActivations' | 'dropout'
>;

/**
 * Returns the number of tokens per second, measured in steps that grow until one takes long enough to be
 * reliable, or is as large as the micro-batch of `step`; that one is timed up to three times. If an adapter is
 * to be trained, the model must have it. Leaves no tensor behind. Throws `cancelled`.
 */
export async function measureSpeed(
  ops: Ops,
  model: GPT2,
  step: TimedStep,
  signal?: AbortSignal,
): Promise<number> {
  const { blockLength, microBatch } = step;
  for (let maxTokens = MIN_TIMED_TOKENS; ; maxTokens *= 4) {
    const T = Math.min(maxTokens, blockLength);
    const B = Math.min(Math.floor(maxTokens / T), microBatch);
    const tokens = B * T;
    const isLast = (ms: number) => tokens === blockLength * microBatch || ms * 4 >= LONG_ENOUGH_MS;
    const ms = await timedStep(ops, model, { B, T, ...step }, isLast, signal);
    if (isLast(ms)) return (tokens * 1000) / ms;
  }
}

/**
 * Returns the milliseconds of the second of two whole steps, because the first one compiles and packs. If already
 * the first takes longer than `hopelessMs`, its time is returned. Otherwise as {@link measureSpeed}.
 */
export function timeSecondStep(
  ops: Ops,
  model: GPT2,
  step: TimedStep,
  signal?: AbortSignal,
  hopelessMs = Infinity,
): Promise<number> {
  const size = { B: step.microBatch, T: step.blockLength };
  return timedStep(ops, model, { ...size, ...step }, () => false, signal, hopelessMs);
}

/**
 * Returns the milliseconds that one step of B blocks of T tokens takes, with its update (by nothing: the
 * learning rate is zero) and the reading of its loss. The first step doesn't count, because it compiles shaders on a
 * GPU.
 *
 * @param isLast Whether a step of this many milliseconds is the last size that is timed.
 * @param slowMs The first step counts if it takes longer.
 */
async function timedStep(
  ops: Ops,
  model: GPT2,
  {
    B,
    T,
    checkpointing,
    hasHalfActivations,
    dropout: rate,
  }: TimedStep & { readonly B: number; readonly T: number },
  isLast: (ms: number) => boolean,
  signal: AbortSignal | undefined,
  slowMs = ops.deviceMemory === null ? SLOW_STEP_MS : Infinity,
): Promise<number> {
  const ids = Int32Array.from({ length: B * T }, (_, i) => i % model.config.vocabSize);
  const optimizer = new AdamW(ops, model.trainable, defaultAdamW);
  const run = async (microStep: number): Promise<number> => {
    const startedMs = performance.now();
    const dropout = { rate, seed: 0, microStep };
    const options = { scale: 1, dropout, checkpointing, hasHalfActivations };
    const parts = model.lossAndGradientsInParts({ ids, B, T }, ids, options);
    const result = await inDraft(ops, signal, () => inParts(parts, signal), disposeAll);
    if (result === null) throw mynahError('cancelled', {});
    const { loss, gradients } = result;
    const update = await inParts(optimizer.stepInParts(gradients, 0), undefined);
    await update?.gradientNorm;
    await ops.read(loss);
    disposeAll(result);
    const ms = performance.now() - startedMs;
    await yieldToMessages();
    throwIfAborted(signal);
    return ms;
  };
  try {
    const first = await run(0);
    if (first > slowMs) return first;
    const times = [await run(1)];
    let sum = median(times);
    while (isLast(median(times)) && times.length < REPEATS && sum < LONG_ENOUGH_MS) {
      const ms = await run(times.length + 1);
      times.push(ms);
      sum += ms;
    }
    return median(times);
  } finally {
    optimizer.dispose();
    // The next step has other sizes, and so may the run.
    ops.trim();
  }
}

function disposeAll({ loss, gradients }: LossAndGradients): void {
  loss.dispose();
  for (const gradient of gradients.values()) gradient.dispose();
}

/** If there are two values in the middle, the lower one. */
function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return must(sorted[Math.floor((sorted.length - 1) / 2)], 'a time');
}
