/**
 * Compares sampling on the GPU with sampling on the host: the same logits and the same random number must give
 * the same token. Ties are decided exactly, since keys are the bits of the floats. But probabilities are sums of
 * rounded exponentials on both sides: where the random number or the top-p cut-off is within 1e-5 of an edge,
 * the tokens on both sides of that edge are accepted.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { pcg4d, randomUnit } from '../../../src/core/random.ts';
import {
  candidates,
  draw,
  type Past,
  repeatingTokens,
  type SamplingOptions,
} from '../../../src/generate/sample.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

const seed = 20261122;
const dawn = await createDawnDevice();
const plain: SamplingOptions = { temperature: 1, topK: 0, topP: 1, repetitionPenalty: 1 };

afterAll(() => {
  dawn?.device.destroy();
});

/** Uniform random numbers in [0, 1) that depend only on the salt. */
function uniforms(size: number, salt: number): Float32Array {
  const lanes = new Uint32Array(4);
  return Float32Array.from({ length: size }, (_, i) => {
    pcg4d(i, salt, 0, seed, lanes);
    return (lanes[0] as number) / 2 ** 32;
  });
}

/** Normally distributed like a model's logits, or rounded to few levels, so that there are many ties. */
function logitsOf(size: number, salt: number, levels: number): Float32Array {
  const u = uniforms(2 * size, salt);
  return Float32Array.from({ length: size }, (_, i) => {
    const radius = Math.sqrt(-2 * Math.log((u[2 * i] as number) + 1e-12));
    const value = -30 + 4 * radius * Math.cos(2 * Math.PI * (u[2 * i + 1] as number));
    return levels === 0 ? value : Math.round(value / levels) * levels;
  });
}

const edge = 1e-5;

/** The host's token, and those beyond an edge that is closer than rounding errors. */
function rightTokens(
  row: Float32Array,
  options: SamplingOptions,
  past: Past,
  u: number,
): Set<number> {
  const tokens = new Set<number>();
  const { topP, minP = 0, typicalP = 1 } = options;
  // 0 and 1 switch an option off, which is exact.
  const near = (value: number) =>
    value === 0 || value === 1 ? [value] : [value, value * (1 - edge), value * (1 + edge)];
  for (const p of near(topP)) {
    for (const min of near(minP)) {
      for (const typical of near(typicalP)) {
        const nearby = { ...options, topP: p, minP: min, typicalP: typical };
        const from = candidates(row, nearby, past);
        for (const at of [u, u - edge, u + edge])
          tokens.add(draw(from, Math.min(1, Math.max(0, at))));
      }
    }
  }
  return tokens;
}

interface Case {
  readonly B: number;
  readonly V: number;
  readonly surplus: number;
  readonly levels: number;
  readonly salt: number;
  readonly position: number;
  readonly minTokens: number;
  readonly options: SamplingOptions;
}

/** Four of the kernel's variants, which take software drivers seconds to compile. */
const variantOptions = fc.oneof(
  fc.constantFrom({}, { repetitionPenalty: 1.3 }),
  fc.record({
    typicalP: fc.oneof(fc.constant(0.95), fc.double({ min: 0.01, max: 0.99, noNaN: true })),
  }),
  fc.record({
    repetitionPenalty: fc.constant(0.8),
    noRepeatNgram: fc.constantFrom(1, 2),
    typicalP: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  }),
);

const options: fc.Arbitrary<SamplingOptions> = fc
  .record({
    temperature: fc.double({ min: 0.3, max: 2, noNaN: true }),
    topK: fc.oneof(fc.constantFrom(0, 1, 50), fc.nat(700)),
    topP: fc.oneof(fc.constantFrom(1, 0.95), fc.double({ min: 0.01, max: 0.999, noNaN: true })),
    minP: fc.oneof(fc.constantFrom(0, 0.05), fc.double({ min: 0.001, max: 0.9, noNaN: true })),
    more: variantOptions,
  })
  .map(({ more, ...each }) => ({ ...each, repetitionPenalty: 1, ...more }));

const variants = [
  { name: 'kernels for software', isSoftware: true },
  { name: 'kernels for hardware', isSoftware: false },
  {
    name: '16 KiB bindings',
    isSoftware: false,
    maxBindingBytes: 16 * 1024,
  },
];

describe.each(variants)('sampling tokens, $name', onlyWithDevice(dawn), (variant) => {
  let ops: WebGPUOps;

  beforeAll(() => {
    ops = new WebGPUOps(new GpuContext(must(dawn, 'a device').device, variant));
  });

  afterAll(() => {
    ops.dispose();
  });

  async function check(given: Case): Promise<void> {
    const { B, V, surplus, levels, salt, position, minTokens, options } = given;
    const T = 5;
    const { noRepeatNgram = 0 } = options;
    // With a history, the tokens at all positions before are the prompt.
    const at = noRepeatNgram > 0 ? T : position;
    const logits = logitsOf(B * V, salt, levels);
    // Few different tokens, so that some come again. There are always some that don't.
    const ids = Int32Array.from(uniforms(B * T, salt + 1), (u) =>
      Math.floor(u * Math.min(V - 1, 4)),
    );
    const ofText = { vocabSize: V, endOfTextId: V - 1, minTokens, capacity: T + 3 };
    const plan = { ...options, ...ofText, seed: salt };
    const sampler = ops.createSampler(plan, { ids, B, T });
    // Rows of the head that are no tokens have larger logits than all tokens, and are not drawn.
    const padded = new Float32Array(B * (V + surplus)).fill(1000);
    for (let b = 0; b < B; b++) padded.set(logits.subarray(b * V, (b + 1) * V), b * (V + surplus));
    const tensor = ops.tensor(padded, [B, V + surplus]);
    sampler.sample(tensor, at);
    const drawn = await sampler.take();
    tensor.dispose();
    sampler.dispose();
    for (let b = 0; b < B; b++) {
      const past = {
        seen: new Set(ids.subarray(b * T, (b + 1) * T)),
        banned: at < minTokens ? V - 1 : null,
        repeating: repeatingTokens([...ids.subarray(b * T, (b + 1) * T)], noRepeatNgram),
      };
      const row = logits.subarray(b * V, (b + 1) * V);
      const right = rightTokens(row, options, past, randomUnit(salt, b, at));
      expect([...right], `sequence ${b}`).toContain(drawn[b]);
    }
  }

  test(`the same random number draws the same token as on the host (seed ${seed})`, () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          B: fc.integer({ min: 1, max: 8 }),
          V: fc.integer({ min: 7, max: 450 }),
          surplus: fc.constantFrom(0, 1, 47),
          levels: fc.constantFrom(0, 0, 0.5, 8),
          salt: fc.nat(2 ** 31),
          position: fc.nat(1000),
          minTokens: fc.constantFrom(0, 1001),
          options,
        }),
        check,
      ),
      // On a software adapter, the larger workgroups of hardware's kernel take ten times as long.
      { seed, numRuns: variant.isSoftware ? 150 : 40 },
    ));

  test('sequences that have ended stay ended, and drawn tokens count as seen', async () => {
    const [B, V] = [2, 6];
    const plan = {
      ...plain,
      topK: 1,
      repetitionPenalty: 10,
      vocabSize: V,
      seed,
      endOfTextId: 5,
      minTokens: 0,
    };
    const sampler = ops.createSampler(plan, { ids: Int32Array.of(3, 0), B, T: 1 });
    const rows: number[][] = [];
    for (let position = 0; position < 4; position++) {
      // Sequence 0 prefers 3, 1 and 2 in this order. Sequence 1 ends immediately and then prefers 4.
      const second = position === 0 ? [0, 0, 0, 0, 0, 9] : [0, 0, 0, 0, 9, 0];
      const logits = ops.tensor(Float32Array.of(0, 8, 7, 9, -1, -9, ...second), [B, V]);
      sampler.sample(logits, position);
      logits.dispose();
      if (position % 2 === 1) {
        const tokens = await sampler.take();
        for (let i = 0; i < tokens.length; i += B) rows.push([...tokens.subarray(i, i + B)]);
      }
    }
    expect(rows).toEqual([
      [1, 5],
      [2, 5],
      [3, 5],
      [3, 5],
    ]);
    sampler.dispose();
  });

  test('no n-gram comes twice, in what was drawn before, either', async () => {
    const [B, V, T] = [2, 5, 1];
    const plan = { ...plain, topK: 1, noRepeatNgram: 2, vocabSize: V, seed, capacity: 8 };
    const sampler = ops.createSampler(
      { ...plan, endOfTextId: 4, minTokens: 99 },
      { ids: Int32Array.of(0, 3), B, T },
    );
    const drawn: number[][] = [[0], [3]];
    for (let position = T; position < 8; position++) {
      const logits = ops.tensor(Float32Array.of(3, 2, 1, 0, 9, 3, 2, 1, 0, 9), [B, V]);
      sampler.sample(logits, position);
      logits.dispose();
      const tokens = await sampler.take();
      for (let b = 0; b < B; b++) drawn[b]?.push(tokens[b] ?? -1);
    }
    sampler.dispose();
    // The most likely token that ends no earlier pair: by hand.
    expect(drawn).toEqual([
      [0, 0, 1, 0, 2, 0, 3, 0],
      [3, 0, 0, 1, 0, 2, 0, 3],
    ]);
  });

  // A real vocabulary's logits need more than a small binding, and seven tokens fit in any.
  if ('maxBindingBytes' in variant) return;
  const draws = variant.isSoftware ? 100_000 : 4_000;
  test(`${draws} draws follow the distribution (chi-squared, seed ${seed})`, async () => {
    const row = Float32Array.of(0, 1, 2, 0.5, -1, 3, -40);
    const style = {
      ...{ temperature: 0.8, topK: 6, topP: 0.99, repetitionPenalty: 1.5 },
      ...{ minP: 0.02, typicalP: 0.95, noRepeatNgram: 2, capacity: 3 },
    };
    // A dispatch draws once for each sequence, and there may be no more than 65,535 of them.
    const [B, V, positions] = [draws / 2, row.length, 2];
    const ids = new Int32Array(B).fill(2);
    const plan = { ...style, vocabSize: V, seed, endOfTextId: V - 1, minTokens: 0 };
    const rows = Float32Array.from({ length: B * V }, (_, i) => must(row[i % V], 'a logit'));
    const counts = new Map<number, number>();
    for (let position = 0; position < positions; position++) {
      // Every draw gets a new sampler, because a drawn token would count as seen in the next draw.
      const sampler = ops.createSampler(plan, { ids, B, T: 1 });
      const logits = ops.tensor(rows, [B, V]);
      sampler.sample(logits, position);
      for (const id of await sampler.take()) counts.set(id, (counts.get(id) ?? 0) + 1);
      logits.dispose();
      sampler.dispose();
    }
    const from = candidates(row, style, { seen: new Set([2]), banned: null });
    expect(new Set(counts.keys())).toEqual(new Set(from.map(({ id }) => id)));
    const chiSquared = from.reduce((sum, { id, probability }) => {
      const expected = probability * B * positions;
      return sum + ((counts.get(id) ?? 0) - expected) ** 2 / expected;
    }, 0);
    // The 99.9 % quantile for 3 degrees of freedom.
    expect(from).toHaveLength(4);
    expect(chiSquared).toBeLessThan(16.27);
  });

  test(`the same with GPT-2's vocabulary (seed ${seed})`, () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          B: fc.integer({ min: 1, max: 3 }),
          V: fc.constantFrom(50_257),
          surplus: fc.constantFrom(0, 47),
          levels: fc.constantFrom(0, 0.5),
          salt: fc.nat(2 ** 31),
          position: fc.nat(1000),
          minTokens: fc.constant(0),
          options,
        }),
        check,
      ),
      { seed, numRuns: 8 },
    ));
});
