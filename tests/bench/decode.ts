/** Times the generation of tokens with the KV cache, for a batch of sequences. */

import type { GpuContext } from '../../src/gpu/context.ts';
import { drawTokens } from '../../src/generate/tokens.ts';
import type { GPT2 } from '../../src/model/gpt2.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { configOf, cpuMs, median, randomModel, type Shape } from './train.ts';

/** A measurement, taken when a group of tokens arrives. */
interface Arrival {
  readonly tokens: number;
  readonly ms: number;
  readonly cpuMs: number;
}

/** The page's default settings, or always the most likely token. */
const sampled = { temperature: 1, topK: 50, topP: 0.95, repetitionPenalty: 1.1 };
const greedy = { temperature: 1, topK: 1, topP: 1, repetitionPenalty: 1 };

/** Generates `capacity` positions from a prompt of one token. */
async function write(
  ops: Ops,
  model: GPT2,
  count: number,
  capacity: number,
  isGreedy: boolean,
): Promise<Arrival[]> {
  const { endOfTextId, vocabSize } = model.config;
  const arrivals: Arrival[] = [];
  const rows = drawTokens(ops, model, {
    ...(isGreedy ? greedy : sampled),
    prompt: Int32Array.of(0),
    count,
    capacity,
    minTokens: capacity, // no sequence ends early
    endOfTextId,
    vocabSize,
    seed: 1,
  });
  let lastMs = performance.now();
  let lastCpuMs = cpuMs();
  for await (const { length } of rows) {
    const [nowMs, nowCpuMs] = [performance.now(), cpuMs()];
    arrivals.push({ tokens: length, ms: nowMs - lastMs, cpuMs: nowCpuMs - lastCpuMs });
    [lastMs, lastCpuMs] = [nowMs, nowCpuMs];
  }
  return arrivals;
}

/** The mean time per token in ms, over the first or last `count` tokens. */
function mean(arrivals: readonly Arrival[], count: number, key: 'ms' | 'cpuMs'): number {
  let tokens = 0;
  let sum = 0;
  for (const arrival of arrivals) {
    if (tokens >= count) break;
    tokens += arrival.tokens;
    sum += arrival[key];
  }
  return sum / tokens;
}

/** The JSON line of `bench decode` for T positions. Counts are per token of the whole batch. */
export async function benchDecoding(
  ops: Ops,
  gpu: GpuContext | null,
  shape: Shape,
  options: { readonly adapter: string; readonly isGreedy: boolean; readonly profile: boolean },
): Promise<Record<string, unknown>> {
  const { B, T } = shape;
  const { isGreedy } = options;
  const model = randomModel(ops, configOf(shape));
  await write(ops, model, B, Math.min(T, 8), isGreedy); // compiles the kernels
  const before = { dispatches: 0, submits: 0, readbackBytes: 0 };
  if (gpu) Object.assign(before, gpu.counters);
  const arrivals = await write(ops, model, B, T, isGreedy);
  const tokens = T - 1;
  const perToken = (counter: 'dispatches' | 'submits' | 'readbackBytes') =>
    gpu ? (gpu.counters[counter] - before[counter]) / tokens : null;
  const counts = {
    dispatches_per_token: perToken('dispatches'),
    submits_per_token: perToken('submits'),
    readback_bytes_per_token: perToken('readbackBytes'),
  };
  const each = (key: 'ms' | 'cpuMs') =>
    median(arrivals.flatMap((a) => new Array<number>(a.tokens).fill(a[key] / a.tokens)));
  const ms = each('ms');
  const backwards = arrivals.toReversed();
  if (gpu && options.profile) {
    gpu.profiler.start();
    await write(ops, model, B, Math.min(T, 24), isGreedy);
    await gpu.finish();
    for (const { name, count, ms: total } of await gpu.profiler.stop()) {
      console.error(`${total.toFixed(2).padStart(9)} ms ${String(count).padStart(4)} × ${name}`);
    }
  }
  model.dispose();
  return {
    peer: 'mynah',
    version: '0.1.0',
    backend: gpu ? 'webgpu' : 'portable',
    adapter: options.adapter,
    shape: Object.values(shape).join(','),
    ms_per_token_median: ms,
    cpu_ms_per_token_median: each('cpuMs'),
    tokens_per_s: (B * 1000) / ms,
    ms_per_token_first_100: mean(arrivals, 100, 'ms'),
    ms_per_token_last_100: mean(backwards, 100, 'ms'),
    cpu_ms_per_token_first_100: mean(arrivals, 100, 'cpuMs'),
    cpu_ms_per_token_last_100: mean(backwards, 100, 'cpuMs'),
    tokens,
    ...counts,
    peak_gpu_bytes: gpu?.memory.peakBytes ?? null,
    note: isGreedy ? 'greedy' : 'temperature 1, top-k 50, top-p 0.95, repetition penalty 1.1',
  };
}
