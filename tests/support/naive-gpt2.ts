/**
 * GPT-2's forward pass directly from its definition: loops over float64 numbers, without tensors and without
 * code from the engine. It is slow and meant for a few tokens.
 */

import { must } from '../../src/core/assert.ts';
import type { GPT2Config } from '../../src/model/config.ts';

type Vector = Float64Array<ArrayBuffer>;

/** The logits [V] of the token after `ids`. */
export function naiveLogits(
  config: GPT2Config,
  weights: ReadonlyMap<string, Float32Array>,
  ids: Int32Array,
): Float32Array {
  const { nLayer, nHead, nEmbd: C, vocabSize, layerNormEpsilon } = config;
  const w = (name: string) => must(weights.get(name), name);
  const at = (values: ArrayLike<number>, i: number) => must(values[i], `element ${i}`);

  const norm = (x: Vector, name: string): Vector => {
    const mean = x.reduce((sum, v) => sum + v, 0) / C;
    const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / C;
    const scale = 1 / Math.sqrt(variance + layerNormEpsilon);
    const [gain, bias] = [w(`${name}.weight`), w(`${name}.bias`)];
    return x.map((v, i) => (v - mean) * scale * at(gain, i) + at(bias, i));
  };
  const linear = (x: Vector, name: string): Vector => {
    const [matrix, bias] = [w(`${name}.weight`), w(`${name}.bias`)];
    const out = Float64Array.from(bias);
    const n = out.length;
    for (const [i, v] of x.entries()) {
      for (let j = 0; j < n; j++) out[j] = at(out, j) + v * at(matrix, i * n + j);
    }
    return out;
  };
  const plus = (a: Vector, b: Vector): Vector => a.map((v, i) => v + at(b, i));
  const dot = (
    a: ArrayLike<number>,
    b: ArrayLike<number>,
    fromA: number,
    fromB: number,
    n: number,
  ) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += at(a, fromA + i) * at(b, fromB + i);
    return sum;
  };

  const wte = w('wte.weight');
  const wpe = w('wpe.weight');
  let rows = Array.from(ids, (id, t) =>
    Float64Array.from({ length: C }, (_, i) => at(wte, id * C + i) + at(wpe, t * C + i)),
  );
  const D = C / nHead;
  for (let layer = 0; layer < nLayer; layer++) {
    const h = `h.${layer}`;
    const qkv = rows.map((x) => linear(norm(x, `${h}.ln_1`), `${h}.attn.c_attn`));
    rows = rows.map((x, t) => {
      const mixed = new Float64Array(C);
      for (let head = 0; head < nHead; head++) {
        const from = head * D;
        const q = must(qkv[t], 'row');
        const scores = qkv
          .slice(0, t + 1)
          .map((kv) => Math.exp(dot(q, kv, from, C + from, D) / Math.sqrt(D)));
        const total = scores.reduce((sum, s) => sum + s, 0);
        for (const [s, score] of scores.entries()) {
          const kv = must(qkv[s], 'row');
          for (let i = 0; i < D; i++) {
            mixed[from + i] = at(mixed, from + i) + (score / total) * at(kv, 2 * C + from + i);
          }
        }
      }
      return plus(x, linear(mixed, `${h}.attn.c_proj`));
    });
    rows = rows.map((x) => {
      const inner = linear(norm(x, `${h}.ln_2`), `${h}.mlp.c_fc`).map(
        (u) => 0.5 * u * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (u + 0.044715 * u ** 3))),
      );
      return plus(x, linear(inner, `${h}.mlp.c_proj`));
    });
  }
  const last = norm(must(rows.at(-1), 'a row'), 'ln_f');
  return Float32Array.from({ length: vocabSize }, (_, id) => dot(last, wte, 0, id * C, C));
}
