/**
 * What the self-test in the sizes of real models (`self-test-at-size.ts`) compares the device with: its inputs,
 * and loops over float64 numbers that share no code with the operations.
 */

import { randomUnit } from '../core/random.ts';
import type { SamplingPlan } from '../ops/sampler.ts';

export type Values = Float32Array | Float64Array | Int32Array;

/** The width of a head of GPT-2, and its vocabulary. */
export const D = 64;
export const V = 50_257;
const SEED = 20261130;
/** Relative to the root mean square of the wanted values; see `self-test.ts`. */
const TOLERANCE = 1e-3;
const MAX_PLACES = 1536;

export function hash(index: number, stream: number): number {
  let h = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Numbers in [−size/2, size/2) of ten bits, which float16 represents exactly. */
export function noise(count: number, stream: number, size = 1): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = size * ((hash(i, stream) >>> 22) / 1024 - 0.5);
  return values;
}

export const at = (values: Values, i: number): number => values[i] as number;

/** The dot product of `count` elements, `stepB` apart in b. One type of array keeps it fast. */
export function dot(
  a: Float32Array,
  fromA: number,
  b: Float32Array,
  fromB: number,
  stepB: number,
  count: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++)
    sum += (a[fromA + i] as number) * (b[fromB + i * stepB] as number);
  return sum;
}

/** Adds D elements of `from`, times the factor, to those of `to`. */
function add(
  to: Float64Array,
  atTo: number,
  from: Float32Array,
  atFrom: number,
  factor: number,
): void {
  for (let i = 0; i < D; i++)
    to[atTo + i] = (to[atTo + i] as number) + factor * (from[atFrom + i] as number);
}

/** Compares the elements at places all over a matrix, so that every tile of a kernel has some. */
export function matches(
  found: Values | undefined,
  columns: number,
  wanted: (row: number, column: number) => number,
  places = MAX_PLACES,
): boolean {
  if (found === undefined) return false;
  const count = Math.min(found.length, places);
  let squares = 0;
  let worst = 0;
  for (let n = 0; n < count; n++) {
    const place = (n * 7919) % found.length;
    const value = wanted(Math.floor(place / columns), place % columns);
    squares += value * value;
    worst = Math.max(worst, Math.abs(at(found, place) - value));
  }
  // A NaN stays the maximum and fails the comparison.
  return worst <= TOLERANCE * Math.sqrt(squares / count);
}

/** Causal attention of qkv [T, 3 · nHead · D] and its gradient from dy. */
export function attentionOnHost(qkv: Float32Array, dy: Float32Array, T: number, nHead: number) {
  const width = nHead * D;
  const scale = 1 / Math.sqrt(D);
  const y = new Float64Array(T * width);
  const dqkv = new Float64Array(T * 3 * width);
  for (let head = 0; head < nHead; head++) {
    const q = (t: number) => t * 3 * width + head * D;
    const k = (t: number) => q(t) + width;
    const v = (t: number) => q(t) + 2 * width;
    for (let t = 0; t < T; t++) {
      const out = t * width + head * D;
      const past = Array.from({ length: t + 1 }, (_, s) => s);
      const weights = past.map((s) => Math.exp(scale * dot(qkv, q(t), qkv, k(s), 1, D)));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const dp = past.map((s) => dot(dy, out, qkv, v(s), 1, D));
      const mean = dp.reduce((sum, d, s) => sum + (d * (weights[s] as number)) / total, 0);
      for (const s of past) {
        const p = (weights[s] as number) / total;
        const ds = p * ((dp[s] as number) - mean) * scale;
        add(y, out, qkv, v(s), p);
        add(dqkv, q(t), qkv, k(s), ds);
        add(dqkv, k(s), qkv, q(t), ds);
        add(dqkv, v(s), dy, out, p);
      }
    }
  }
  return { y, dqkv };
}

/**
 * The head's mean loss over the rows of x that have a target, dx [N, D], and the rows of dwte for the tokens
 * `looked` at; wte [V, D].
 */
export function headOnHost(
  x: Float32Array,
  wte: Float32Array,
  targets: Int32Array,
  looked: Int32Array,
): { loss: number; dx: Float64Array; dwte: Float64Array } {
  const counted = [...targets.keys()].filter((row) => at(targets, row) >= 0);
  const dx = new Float64Array(x.length);
  const dwte = new Float64Array(looked.length * D);
  let loss = 0;
  for (const row of counted) {
    const exps = new Float64Array(V);
    for (let v = 0; v < V; v++) exps[v] = Math.exp(dot(x, row * D, wte, v * D, 1, D));
    const total = exps.reduce((sum, value) => sum + value, 0);
    const target = at(targets, row);
    loss += Math.log(total / at(exps, target)) / counted.length;
    const d = (v: number) => (at(exps, v) / total - (v === target ? 1 : 0)) / counted.length;
    for (let v = 0; v < V; v++) add(dx, row * D, wte, v * D, d(v));
    looked.forEach((v, n) => {
      add(dwte, n * D, x, row * D, d(v));
    });
  }
  return { loss, dx, dwte };
}

export const SEQUENCES = 4;
export const samplingPlan: SamplingPlan = {
  temperature: 0.8,
  topK: 50,
  topP: 0.95,
  repetitionPenalty: 1.2,
  vocabSize: V,
  seed: SEED,
  endOfTextId: V - 1,
  minTokens: 1,
};
/** The token that each sequence has as its prompt, whose logit is among the largest. */
export const PROMPT = 1000;

/** Logits of which some fifty have similar probabilities, as in a text. */
export function sampledLogits(): Float32Array {
  const logits = new Float32Array(SEQUENCES * V);
  for (let i = 0; i < logits.length; i++) logits[i] = -0.7 * Math.log((hash(i, 12) + 1) / 2 ** 32);
  for (let b = 0; b < SEQUENCES; b++) logits[b * V + PROMPT] = 8;
  return logits;
}

/** What is drawn is among the tokens with larger logits than this, in each sequence some 700. */
const MIN_LOGIT = 3;

/** The tokens that the sampler has to draw, as `generate/sample.ts` defines it. */
export function drawnTokens(logits: Float32Array): Int32Array {
  const { temperature, topK, topP, repetitionPenalty, endOfTextId } = samplingPlan;
  return Int32Array.from({ length: SEQUENCES }, (_, b) => {
    const row = logits.slice(b * V, (b + 1) * V);
    row[PROMPT] = at(row, PROMPT) / repetitionPenalty;
    const likely: number[] = [];
    row.forEach((logit, id) => {
      if (logit > MIN_LOGIT && id !== endOfTextId) likely.push(id);
    });
    const top = likely.sort((a, b) => at(row, b) - at(row, a)).slice(0, topK);
    const weight = (id: number) => Math.exp(at(row, id) / temperature);
    const sum = (ids: readonly number[]) => ids.reduce((total, id) => total + weight(id), 0);
    const all = sum(top);
    const kept = top.filter((_, i) => sum(top.slice(0, i)) < topP * all).sort((a, b) => a - b);
    const point = randomUnit(SEED, b, 0) * sum(kept);
    return kept.find((_, i) => sum(kept.slice(0, i + 1)) > point) ?? -1;
  });
}
