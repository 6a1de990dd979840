/** Times greedy decoding from the cache, a batch of sequences at a time. */

import type { Ops } from '../../src/ops/ops.ts';
import { configOf, cpuMs, randomModel, type Shape } from './train.ts';

export interface DecodingTimes {
  readonly msPerToken: number[];
  readonly cpuMsPerToken: number[];
}

function argmax(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) {
    if ((logits[i] as number) > (logits[best] as number)) best = i;
  }
  return best;
}

/** Decodes from a prompt of one token up to T positions; the best token of each sequence goes back in. */
export async function timeDecoding(
  ops: Ops,
  shape: Shape,
  onStart: () => void,
): Promise<DecodingTimes> {
  const { B, T, V } = shape;
  const model = randomModel(ops, configOf(shape));
  const prompt = { ids: Int32Array.from({ length: B }, (_, b) => b % V), B, T: 1 };
  const { logits: first, state } = model.startDecoding(prompt, T);
  let logits = first;
  const msPerToken: number[] = [];
  const cpuMsPerToken: number[] = [];
  const warmup = 3;
  for (let t = 1; t < T; t++) {
    if (t === warmup) onStart();
    const startedMs = performance.now();
    const startedCpuMs = cpuMs();
    const values = await ops.read(logits); // [B, V]
    logits.dispose();
    const next = Int32Array.from({ length: B }, (_, b) =>
      argmax(values.subarray(b * V, (b + 1) * V)),
    );
    logits = model.decode(next, state);
    if (t < warmup) continue;
    msPerToken.push(performance.now() - startedMs);
    cpuMsPerToken.push(cpuMs() - startedCpuMs);
  }
  await ops.read(logits);
  logits.dispose();
  model.disposeState(state);
  model.dispose();
  return { msPerToken, cpuMsPerToken };
}
