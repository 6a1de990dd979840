/**
 * The forward pass of a few tokens on the host, in plain loops over float64 numbers that share no code with the
 * operations (the same function as `model/gpt2.ts`). The weights are those on the device, which are read back
 * in pieces of {@link PIECE_ELEMENTS}: the host never holds more than two of them, however large the model is.
 */

import { must } from '../core/assert.ts';
import { elementCount } from '../core/shape.ts';
import type { LoraTarget } from '../domain/recipe.ts';
import { type GPT2Config, scoreScale } from '../model/config.ts';
import type { GPT2 } from '../model/gpt2.ts';
import { adapterNames } from '../model/lora.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import { PIECE_ELEMENTS } from '../ops/transfer-ops.ts';

/** Rows one after the other, all of the same width. */
type Rows = Float64Array;

/**
 * The logits [V] of the position after `ids`, which are one document. Throws what reading throws.
 *
 * @param pause Is called after each piece of the weights, some 10 ms of work, with the number of elements in it.
 */
export async function logitsOnHost(
  ops: Ops,
  model: GPT2,
  ids: Int32Array,
  pause: (elements: number) => Promise<void>,
): Promise<Float64Array> {
  const host = new Host(ops, model, ids.length, pause);
  let x = await host.embedding(ids);
  for (let layer = 0; layer < model.config.nLayer; layer++) x = await host.block(x, layer);
  const last = await host.norm(x.slice(-model.config.nEmbd), 'ln_f');
  return host.logits(last);
}

class Host {
  private readonly ops: Ops;
  private readonly model: GPT2;
  private readonly config: GPT2Config;
  private readonly T: number;
  private readonly pause: (elements: number) => Promise<void>;

  constructor(ops: Ops, model: GPT2, T: number, pause: (elements: number) => Promise<void>) {
    this.ops = ops;
    this.model = model;
    this.config = model.config;
    this.T = T;
    this.pause = pause;
  }

  async embedding(ids: Int32Array): Promise<Rows> {
    const { nEmbd: C } = this.config;
    const x = new Float64Array(ids.length * C);
    const tokens = this.model.parameter('wte.weight');
    const positions = await this.part(this.model.parameter('wpe.weight'), 0, ids.length * C);
    for (const [t, id] of ids.entries()) {
      const token = await this.part(tokens, id * C, C);
      for (let c = 0; c < C; c++) x[t * C + c] = at(token, c) + at(positions, t * C + c);
    }
    return x;
  }

  async block(x: Rows, layer: number): Promise<Rows> {
    const h = `h.${layer}`;
    const qkv = await this.linear(await this.norm(x, `${h}.ln_1`), h, 'attn.c_attn');
    const mixed = this.attention(qkv, layer);
    const middle = plus(x, await this.linear(mixed, h, 'attn.c_proj'));
    const inner = await this.linear(await this.norm(middle, `${h}.ln_2`), h, 'mlp.c_fc');
    const activation = activations[this.config.activation];
    return plus(middle, await this.linear(inner.map(activation), h, 'mlp.c_proj'));
  }

  async norm(x: Rows, name: string): Promise<Rows> {
    const { nEmbd: C, layerNormEpsilon } = this.config;
    const gain = await this.whole(this.model.parameter(`${name}.weight`));
    const bias = await this.whole(this.model.parameter(`${name}.bias`));
    const y = new Float64Array(x.length);
    for (let row = 0; row < x.length; row += C) {
      const values = x.subarray(row, row + C);
      const mean = values.reduce((sum, v) => sum + v, 0) / C;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / C;
      const scale = 1 / Math.sqrt(variance + layerNormEpsilon);
      for (let c = 0; c < C; c++) {
        y[row + c] = (at(values, c) - mean) * scale * at(gain, c) + at(bias, c);
      }
    }
    return y;
  }

  /** x · w + b with the adapter's update; x [T, in], w [in, out] → [T, out]. */
  private async linear(x: Rows, h: string, target: LoraTarget): Promise<Rows> {
    const w = this.model.parameter(`${h}.${target}.weight`);
    const [inputs = 0, outputs = 0] = w.shape;
    const bias = await this.whole(this.model.parameter(`${h}.${target}.bias`));
    const y = new Float64Array(this.T * outputs);
    for (let t = 0; t < this.T; t++) y.set(bias, t * outputs);
    await this.eachPiece(w, (values, begin) => {
      forEachRow(values.length, begin, outputs, (from, row, column, count) => {
        for (let t = 0; t < this.T; t++) {
          addScaled(y, t * outputs + column, values, from, at(x, t * inputs + row), count);
        }
      });
    });
    const { adapter } = this.model;
    if (!adapter?.settings.targets.includes(target)) return y;
    const { rank, alpha } = adapter.settings;
    const names = adapterNames(`${h}.${target}`);
    const a = await this.whole(must(adapter.parameters.get(names.a), names.a));
    const b = await this.whole(must(adapter.parameters.get(names.b), names.b));
    for (let t = 0; t < this.T; t++) {
      for (let r = 0; r < rank; r++) {
        const low = (alpha / rank) * dot(x, t * inputs, a, r * inputs, inputs);
        for (let o = 0; o < outputs; o++) {
          y[t * outputs + o] = at(y, t * outputs + o) + low * at(b, o * rank + r);
        }
      }
    }
    return y;
  }

  /** qkv [T, 3C] → [T, C]. */
  private attention(qkv: Rows, layer: number): Rows {
    const { nEmbd: C, nHead } = this.config;
    const D = C / nHead;
    const scale = scoreScale(this.config, layer);
    const y = new Float64Array(this.T * C);
    for (let t = 0; t < this.T; t++) {
      for (let q = 0; q < C; q += D) {
        const scores = Array.from(
          { length: t + 1 },
          (_, s) => scale * dot(qkv, t * 3 * C + q, qkv, s * 3 * C + C + q, D),
        );
        const max = Math.max(...scores);
        const weights = scores.map((score) => Math.exp(score - max));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (const [s, weight] of weights.entries()) {
          addScaled(y, t * C + q, qkv, s * 3 * C + 2 * C + q, weight / total, D);
        }
      }
    }
    return y;
  }

  /** The head's product x · wteᵀ for one row x [C]. */
  async logits(x: Rows): Promise<Float64Array> {
    const { nEmbd: C, vocabSize } = this.config;
    const logits = new Float64Array(vocabSize);
    await this.eachPiece(this.model.head, (values, begin) => {
      forEachRow(values.length, begin, C, (from, row, column, count) => {
        logits[row] = at(logits, row) + dot(x, column, values, from, count);
      });
    });
    return logits;
  }

  /* ------------------------------------------------------------------ weights */

  private part(tensor: Tensor, begin: number, count: number): Promise<Float32Array> {
    return this.ops.readPart(tensor, begin, count);
  }

  private whole(tensor: Tensor): Promise<Float32Array> {
    return this.part(tensor, 0, elementCount(tensor.shape));
  }

  /** Hands over the elements in pieces. The next piece is on its way while one is used. */
  private async eachPiece(
    tensor: Tensor,
    use: (values: Float32Array, begin: number) => void,
  ): Promise<void> {
    const size = elementCount(tensor.shape);
    const ask = (begin: number) => {
      const part = this.part(tensor, begin, Math.min(PIECE_ELEMENTS, size - begin));
      // If it fails, whoever awaits it is told.
      part.catch(() => {});
      return part;
    };
    let next = ask(0);
    for (let begin = 0; begin < size; begin += PIECE_ELEMENTS) {
      const values = await next;
      if (begin + PIECE_ELEMENTS < size) next = ask(begin + PIECE_ELEMENTS);
      use(values, begin);
      await this.pause(values.length);
    }
  }
}

/* ------------------------------------------------------------------ loops */

type Numbers = Float32Array | Float64Array;

const at = (values: Numbers, i: number): number => values[i] as number;

function plus(a: Rows, b: Rows): Rows {
  return a.map((v, i) => v + at(b, i));
}

function dot(a: Numbers, fromA: number, b: Numbers, fromB: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += at(a, fromA + i) * at(b, fromB + i);
  return sum;
}

/** Adds `count` elements of `from`, times the factor, to those of `to`. */
function addScaled(
  to: Rows,
  atTo: number,
  from: Numbers,
  atFrom: number,
  factor: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) to[atTo + i] = at(to, atTo + i) + factor * at(from, atFrom + i);
}

/** Cuts a piece of a matrix, whose first element has this index, into parts of its rows. */
function forEachRow(
  length: number,
  begin: number,
  width: number,
  use: (from: number, row: number, column: number, count: number) => void,
): void {
  for (let from = 0; from < length; ) {
    const column = (begin + from) % width;
    const count = Math.min(width - column, length - from);
    use(from, Math.floor((begin + from) / width), column, count);
    from += count;
  }
}

const activations = {
  'gelu-tanh': (u: number) =>
    0.5 * u * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (u + 0.044715 * u ** 3))),
  'gelu-erf': (u: number) => 0.5 * u * (1 + erf(u / Math.SQRT2)),
  relu: (u: number) => Math.max(0, u),
} as const;

/** The error function to within 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const coefficients = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const sum = coefficients.reduce((before, coefficient) => before * t + coefficient, 0);
  return Math.sign(x) * (1 - sum * t * Math.exp(-x * x));
}
