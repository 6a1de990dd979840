/**
 * Compares every operation of our kernels with the portable operations on plain JavaScript, over
 * random shapes: odd sizes, single rows, head sizes that aren't powers of two, and sizes that aren't
 * multiples of a tile.
 */

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { complete } from '../../../src/core/parts.ts';
import { pcg4d } from '../../../src/core/random.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { fromFloat16, toFloat16 } from '../../../src/core/float16.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import type { Activation, GradientSlot, Precision, Tensor } from '../../../src/ops/operands.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { sameTiles, TILE_SHAPES } from '../../../src/gpu/kernels/tile-shapes.ts';
import { relativeError } from '../../support/goldens.ts';

const seed = 20261122;
const dawn = await createDawnDevice();

/** Uniform random numbers in [−1, 1) that depend only on the salt. */
function numbers(size: number, salt: number): Float32Array {
  const lanes = new Uint32Array(4);
  return Float32Array.from({ length: size }, (_, i) => {
    pcg4d(i, salt, 0, seed, lanes);
    return ((lanes[0] as number) / 2 ** 31 - 1) as number;
  });
}

/** Makes its tensors with the given operations and returns, by name, the results to compare. */
type Case = (ops: Ops, random: (...shape: number[]) => Tensor) => Record<string, Tensor>;

/** Only lavapipe has subgroups of eight: on other adapters the first two variants are the same. */
const subgroups =
  dawn !== null && new GpuContext(dawn.device, { isSoftware: true }).usesSubgroups
    ? 'with subgroups'
    : 'without subgroups, which this adapter lacks';

const variants = [
  {
    name: `kernels for software, ${subgroups}`,
    isSoftware: true,
    maxBindingBytes: Infinity,
    headSizes: [1, 6, 16, 20, 64, 80],
  },
  {
    name: 'kernels for software, subgroups switched off',
    isSoftware: true,
    usesSubgroups: false,
    maxBindingBytes: Infinity,
    headSizes: [6, 16],
  },
  {
    name: 'kernels for hardware',
    isSoftware: false,
    maxBindingBytes: Infinity,
    headSizes: [6, 16],
  },
  { name: 'tiny bindings', isSoftware: true, maxBindingBytes: 1024 * 1024, headSizes: [8] },
] as const;

describe.each(variants)(`$name, seed ${seed}`, onlyWithDevice(dawn), (variant) => {
  let webgpu: WebGPUOps;
  let portable: PortableOps;

  beforeAll(async () => {
    await tf.setBackend('cpu');
    webgpu = new WebGPUOps(new GpuContext(must(dawn, 'a device').device, variant));
    portable = new PortableOps();
  });

  afterAll(() => {
    webgpu.dispose();
    portable.dispose();
  });

  async function run(ops: Ops, of: Case): Promise<Map<string, Float32Array>> {
    let salt = 0;
    const random = (...shape: number[]) => ops.tensor(numbers(elementCount(shape), ++salt), shape);
    const values = new Map<string, Float32Array>();
    for (const [name, tensor] of Object.entries(of(ops, random))) {
      values.set(name, (await ops.read(tensor)).slice());
    }
    return values;
  }

  async function agree(of: Case, tolerance = 2e-5): Promise<void> {
    const expected = await run(portable, of);
    for (const [name, value] of await run(webgpu, of)) {
      const error = relativeError(value, must(expected.get(name), name));
      expect(error, name).toBeLessThan(tolerance);
    }
  }

  const check = <T>(shape: fc.Arbitrary<T>, of: (shape: T) => Case, numRuns = 12) =>
    fc.assert(
      fc.asyncProperty(shape, (s) => agree(of(s))),
      { seed, numRuns },
    );

  const size = (max: number) => fc.oneof(fc.integer({ min: 1, max }), fc.constantFrom(1, 4, 64));
  const site = fc.record({
    rate: fc.constantFrom(0.1, 0.5, 0.9),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    microStep: fc.nat(1000),
    site: fc.nat(40),
  });
  const zero = (ops: Ops, ...shape: number[]) => ops.zeros(shape);
  const layer = (weight: Tensor, bias: Tensor, accumulate: boolean) => ({
    weight: { value: weight, accumulate } as GradientSlot,
    bias: { value: bias, accumulate } as GradientSlot,
  });
  const matrix = fc.record({ N: size(150), K: size(150), M: size(150) });

  test('a linear layer with dropout and a residual', () =>
    check(fc.tuple(matrix, fc.option(site)), ([{ N, K, M }, dropout]) => (ops, random) => {
      const [x, w, b, residual] = [random(N, K), random(K, M), random(M), random(N, M)];
      return {
        plain: ops.linear(x, w, b),
        all: ops.linear(x, w, b, { residual, dropout: dropout ?? undefined }),
      };
    }));

  const activation = fc.constantFrom<Activation>('gelu-tanh', 'gelu-erf', 'relu');

  test('a linear layer followed by an activation', () =>
    check(fc.tuple(matrix, activation), ([{ N, K, M }, kind]) => (ops, random) => {
      const { input, y } = ops.linearActivated(random(N, K), random(K, M), random(M), kind);
      return { input, y };
    }));

  test('linear layers on few rows, with the LayerNorm before them', () =>
    check(
      fc.record({
        ...{ N: fc.integer({ min: 1, max: 24 }), K: size(200), M: size(150) },
        kind: activation,
      }),
      ({ N, K, M, kind }) =>
        (ops, random) => {
          const [x, w, b, residual] = [random(N, K), random(K, M), random(M), random(N, M)];
          const norm = { gain: random(K), bias: random(K), epsilon: 1e-2 };
          return {
            plain: ops.normLinear(x, norm, w, b, 'none'),
            activated: ops.normLinear(x, norm, w, b, kind),
            residual: ops.linear(x, w, b, { residual }),
            logits: ops.logits(x, random(M + 1, K)),
          };
        },
    ));

  test('layers on few rows one after the other, of which each takes sums in parts', () =>
    check(
      fc.record({
        N: fc.integer({ min: 1, max: 7 }),
        C: fc.constantFrom(64, 257, 260),
        isRead: fc.boolean(),
      }),
      ({ N, C, isRead }) =>
        (ops, random) => {
          const [x, residual] = [random(N, C), random(N, C)];
          const norm = { gain: random(C), bias: random(C), epsilon: 1e-2 };
          const middle = ops.linear(x, random(C, C), random(C), { residual });
          // Whoever needs the values first adds up the parts.
          const doubled = isRead ? { doubled: ops.add(middle, middle) } : {};
          const inner = ops.normLinear(middle, norm, random(C, 2 * C), random(2 * C), 'relu');
          const output = ops.linear(inner, random(2 * C, C), random(C), { residual: middle });
          return { middle, ...doubled, inner, y: ops.layerNorm(output, norm).y };
        },
      6,
    ));

  test('the gradients of a linear layer, written and accumulated', () =>
    check(fc.tuple(matrix, fc.boolean()), ([{ N, K, M }, accumulate]) => (ops, random) => {
      const [dy, x, w] = [random(N, M), random(N, K), random(K, M)];
      const into = layer(random(K, M), random(M), accumulate);
      const dx = ops.linearBackward(dy, x, w, into);
      return { dx, dw: into.weight.value, db: into.bias.value };
    }));

  test('a weight gradient summed over many rows', () =>
    agree((ops, random) => {
      const into = layer(random(24, 20), random(20), true);
      ops.linearBackward(random(1500, 20), random(1500, 24), random(24, 20), into);
      return { dw: into.weight.value, db: into.bias.value };
    }));

  test('the gradients of a linear layer that follows an activation', () =>
    check(fc.tuple(matrix, activation), ([{ N, K, M }, kind]) => (ops, random) => {
      const into = layer(zero(ops, K, M), zero(ops, M), false);
      const [dy, input, w] = [random(N, M), random(N, K), random(K, M)];
      const dInput = ops.linearAfterActivationBackward(dy, input, w, kind, into);
      return { dInput, dw: into.weight.value, db: into.bias.value };
    }));

  test('LayerNorm and its gradients', () =>
    check(
      fc.record({
        N: size(200),
        C: fc.integer({ min: 2, max: 150 }),
        accumulate: fc.boolean(),
        rank: fc.integer({ min: 1, max: 9 }),
        dropout: fc.option(site),
      }),
      ({ N, C, accumulate, rank, dropout }) =>
        (ops, random) => {
          const [x, gain, bias, dy, residual] = [
            random(N, C),
            random(C),
            random(C),
            random(N, C),
            random(N, C),
          ];
          const at = dropout ?? undefined;
          const update = { a: random(rank, C), b: random(3, rank), scale: 2, dropout: at };
          const { y, saved, low } = ops.layerNorm(x, { gain, bias, epsilon: 1e-5 }, update);
          const into = layer(random(C), random(C), accumulate);
          const { dx, dropped } = ops.layerNormBackward(dy, x, gain, saved, residual, into, at);
          return {
            y,
            low: must(low, 'the first product'),
            dx,
            ...(dropped && { dropped }),
            dgain: into.weight.value,
            dbias: into.bias.value,
          };
        },
    ));

  test('the gradients of LayerNorm and a linear layer together', () =>
    check(fc.tuple(matrix, fc.boolean()), ([{ N, K, M }, accumulate]) => (ops, random) => {
      const C = K + 1;
      const [x, w, dy, residual] = [random(N, C), random(C, M), random(N, M), random(N, C)];
      const norm = { gain: random(C), bias: random(C), epsilon: 1e-2 };
      const { saved } = ops.layerNorm(x, norm);
      const into = {
        norm: layer(random(C), random(C), accumulate),
        linear: layer(random(C, M), random(M), accumulate),
      };
      const { dx } = ops.normLinearBackward(dy, x, norm, saved, w, residual, into);
      const { norm: n, linear: l } = into;
      return {
        dx,
        dgain: n.weight.value,
        dshift: n.bias.value,
        dw: l.weight.value,
        db: l.bias.value,
      };
    }));

  // GPT-2's numbers are computed on the first two elsewhere.
  test('products on the other shapes of tile', async () => {
    if (variant.isSoftware) return;
    for (const shape of TILE_SHAPES.slice(2)) {
      webgpu.gpu.useTiles(sameTiles(shape));
      await agree((ops, random) => {
        const [N, K, M, rank] = [70, 96, 132, 5];
        const [x, w, b, dy] = [random(N, K), random(K, M), random(M), random(N, M)];
        const adapter = { a: random(rank, K), b: random(M, rank), scale: 0.7 };
        const low = ops.lowRank(x, adapter);
        const update = {
          ...{ ...adapter, low },
          da: { value: random(rank, K), accumulate: false },
          db: { value: random(M, rank), accumulate: false },
        };
        const into = layer(random(K, M), random(M), true);
        return {
          y: ops.linear(x, w, b, { lowRank: update }),
          dx: ops.linearBackward(dy, x, w, into, update),
          dw: into.weight.value,
          db: into.bias.value,
        };
      });
    }
    webgpu.gpu.useTiles(null);
  });

  const update = fc.record({ rank: fc.integer({ min: 1, max: 9 }), dropout: fc.option(site) });

  test('low-rank updates: forward, backward, merged into weights, and on few rows', () =>
    check(
      fc.tuple(matrix, update),
      ([{ N, K, M }, { rank, dropout }]) =>
        (ops, random) => {
          const [x, w, b, dy] = [random(N, K), random(K, M), random(M), random(N, M)];
          const adapter = { a: random(rank, K), b: random(M, rank), scale: 0.7 };
          const dropped = { ...adapter, dropout: dropout ?? undefined };
          const low = ops.lowRank(x, dropped);
          const into = {
            ...{ ...dropped, low },
            da: { value: random(rank, K), accumulate: true },
            db: { value: random(M, rank), accumulate: true },
          };
          const dx = ops.linearBackward(dy, x, w, null, into);
          // Accumulates its gradients onto those of the call above.
          const dInput = ops.linearAfterActivationBackward(dy, x, w, 'gelu-tanh', null, into);
          const residual = random(N, M);
          const norm = { gain: random(K), bias: random(K), epsilon: 1e-2 };
          return {
            low,
            y: ops.linear(x, w, b, { lowRank: into, residual, dropout: dropout ?? undefined }),
            activated: ops.linearActivated(x, w, b, 'gelu-tanh', into).y,
            few: ops.normLinear(x, norm, w, b, 'gelu-tanh', adapter),
            dInput,
            ...{ dx, da: into.da.value, db: into.db.value },
            merged: ops.merge(w, adapter),
          };
        },
      6,
    ));

  test('float16 weights give exactly what the same weights give in float32', async () => {
    for (const [N, K, M] of [
      [70, 64, 132],
      [3, 64, 132],
      [9, 15, 45],
    ] as const) {
      const halves = fromFloat16(toFloat16(numbers(K * M, 3)), K * M);
      // The table serves for tokens and for positions, so it has a row for each of the N positions.
      const rows = Math.max(N, 50);
      const table = fromFloat16(toFloat16(numbers(rows * K, 4)), rows * K);
      const ids = Int32Array.from({ length: N }, (_, i) => (i * 7) % 50);
      const of = (precision: Precision): Promise<Float32Array>[] => {
        const [x, dy, b] = [1, 2, 5].map((salt) => {
          const shape = salt === 1 ? [N, K] : salt === 2 ? [N, M] : [M];
          return webgpu.tensor(numbers(elementCount(shape), salt), shape);
        }) as unknown as [Tensor, Tensor, Tensor];
        const w = webgpu.weight(halves, [K, M], precision);
        const wte = webgpu.weight(table, [rows, K], precision);
        const norm = { gain: webgpu.zeros([K]), bias: x, epsilon: 1e-2 };
        return [
          webgpu.linear(x, w, b),
          webgpu.normLinear(x, { ...norm, bias: norm.gain }, w, b, 'none'),
          webgpu.linearBackward(dy, x, w, null),
          webgpu.logits(x, wte),
          complete(webgpu.headLossAndGradients(x, wte, ids, 1, null)).dx,
          webgpu.embedding({ ids, B: 1, T: N }, wte, wte, 0),
        ].map((tensor) => webgpu.read(tensor));
      };
      const expected = await Promise.all(of('f32'));
      for (const [i, value] of (await Promise.all(of('f16'))).entries()) {
        expect([...value], `${N} ${i}`).toEqual([...must(expected[i], 'value')]);
      }
    }
  });

  test('matrices stored as float16 on the device are those of the host', async () => {
    const [K, M] = [15, 42];
    const values = numbers(K * M, 7).map((value, i) => (i === 5 ? 1e6 : value));
    const stored = webgpu.toHalves(webgpu.tensor(values, [K, M]));
    if (variant.isSoftware) {
      expect(stored).toBeNull();
      return;
    }
    const halves = must(stored, 'a copy');
    expect(webgpu.toHalves(halves)).toBeNull();
    const read = (w: Tensor) =>
      webgpu.read(webgpu.linear(webgpu.tensor(numbers(9 * K, 8), [9, K]), w, webgpu.zeros([M])));
    expect(await read(halves)).toEqual(await read(webgpu.weight(values, [K, M], 'f16')));
  });

  const attention = fc.record({
    B: fc.integer({ min: 1, max: 3 }),
    T: size(70),
    nHead: fc.integer({ min: 1, max: 4 }),
    D: fc.constantFrom(...variant.headSizes),
    scale: fc.option(fc.constantFrom(0.05, 1), { nil: undefined }),
    dropout: fc.option(site),
  });

  test('attention and its gradient', () =>
    check(attention, ({ D, dropout, ...shape }) => (ops, random) => {
      const { B, T, nHead } = shape;
      const qkv = random(B * T, 3 * nHead * D);
      const at = dropout ?? undefined;
      const { y, saved } = ops.attention(qkv, shape, at);
      const dqkv = ops.attentionBackward(random(B * T, nHead * D), y, qkv, saved, shape, at);
      return { y, dqkv };
    }));

  test('attention over the KV cache', () =>
    check(attention, ({ D, B, T, nHead, scale }) => (ops, random) => {
      const next = { B, T: 1, nHead, scale };
      const C = nHead * D;
      const cache = ops.fillCache(random(B * T, 3 * C), { B, T, nHead }, T + 2);
      const first = ops.attentionCached(random(B, 3 * C), cache, T, next);
      const second = ops.attentionCached(random(B, 3 * C), cache, T + 1, next);
      return { first, second };
    }));

  test('dropout masks equal those of the host, bit for bit', () =>
    check(fc.tuple(size(300), site), ([n, at]) => (ops) => {
      const ones = ops.tensor(new Float32Array(n).fill(1), [n]);
      return { mask: ops.dropout(ones, at) };
    }));

  const tokens = fc
    .record({
      B: fc.integer({ min: 1, max: 3 }),
      T: size(40),
      C: size(70),
      V: fc.integer({ min: 2, max: 200 }),
    })
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        ids: fc.array(fc.nat(shape.V - 1), {
          minLength: shape.B * shape.T,
          maxLength: shape.B * shape.T,
        }),
      }),
    );

  test('embedding and its gradient', () =>
    check(fc.tuple(tokens, fc.boolean()), ([{ shape, ids }, accumulate]) => (ops, random) => {
      const { B, T, C, V } = shape;
      const batch = { ids: Int32Array.from(ids), B, T };
      const [wte, wpe, dx] = [random(V, C), random(T + 3, C), random(B * T, C)];
      const dwte: GradientSlot = { value: random(V, C), accumulate };
      const dwpe: GradientSlot = { value: random(T + 3, C), accumulate };
      const x = ops.embedding(batch, wte, wpe, 2);
      ops.embeddingBackward(dx, batch, dwte, dwpe);
      return { x, dwte: dwte.value, dwpe: dwpe.value };
    }));

  test('the head: logits, loss and gradients', () =>
    check(
      fc.tuple(tokens, fc.boolean()),
      ([
        {
          shape: { B, T, C, V },
          ids,
        },
        accumulate,
      ]) =>
        (ops, random) => {
          const targets = Int32Array.from(ids, (id, n) => (n > 0 && id % 3 === 0 ? -100 : id));
          const [x, wte] = [random(B * T, C), random(V, C)];
          const dwte: GradientSlot = { value: random(V, C), accumulate };
          const { loss, dx } = complete(ops.headLossAndGradients(x, wte, targets, 0.5, dwte));
          const alone = complete(ops.headLoss(x, wte, targets));
          return { loss, alone, dx, dwte: dwte.value, logits: ops.logits(x, wte) };
        },
    ));

  test('more rows than workgroups fit in one dimension', () =>
    agree((ops, random) => {
      const x = random(70_000, 2);
      return {
        y: ops.layerNorm(x, { gain: random(2), bias: random(2), epsilon: 1e-2 }).y,
        sum: ops.add(x, x),
      };
    }));

  // The logits must fit in one binding.
  if (variant.maxBindingBytes >= 2 ** 22) {
    test('more tokens than workgroups fit in one dimension', () =>
      agree((ops, random) => ({ logits: ops.logits(random(2, 4), random(4 * 65_535 + 2, 4)) })));
  }

  test('an embedding table larger than a binding is processed in shards', async () => {
    const small = new WebGPUOps(
      new GpuContext(must(dawn, 'a device').device, { ...variant, maxBindingBytes: 16 * 1024 }),
    );
    const of: Case = (ops, random) => {
      const [V, C, B, T] = [1003, 16, 2, 15]; // 64 KiB: four shards
      const ids = Int32Array.from({ length: B * T }, (_, i) => (i * 331) % V);
      const wte = random(V, C);
      const wpe = random(T, C);
      const x = ops.embedding({ ids, B, T }, wte, wpe, 0);
      const table = ops.allocate(new Map([['wte', [V, C]]]));
      const dwte: GradientSlot = { value: must(table.get('wte'), 'wte'), accumulate: false };
      const { loss, dx } = complete(ops.headLossAndGradients(x, wte, ids, 1, dwte));
      const both: GradientSlot = { value: dwte.value, accumulate: true };
      ops.embeddingBackward(dx, { ids, B, T }, both, { value: zero(ops, T, C), accumulate: false });
      dwte.value = both.value;
      const scale = complete(ops.clipScale([dwte.value], 0.1));
      const slot = { value: wte, m: zero(ops, V, C), v: zero(ops, V, C), weightDecay: 0.1 };
      const updated = { ...slot, gradient: dwte.value };
      const logits = ops.logits(random(3, C), wte);
      complete(
        ops.adamw([updated], scale, {
          learningRate: 0.01,
          beta1: 0.9,
          beta2: 0.99,
          epsilon: 1e-6,
          t: 1,
        }),
      );
      return { x, loss, dx, dwte: dwte.value, scale, logits, wte: updated.value };
    };
    const expected = await run(portable, of);
    for (const [name, value] of await run(small, of)) {
      expect(relativeError(value, must(expected.get(name), name)), name).toBeLessThan(5e-5);
    }
    small.dispose();
  });

  test('gathering rows by index', () =>
    check(fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }), (indices) => (ops, random) => ({
      y: ops.rows(random(10, 7), Int32Array.from(indices)),
    })));

  test('gradient clipping and AdamW over packed and separate tensors', () =>
    check(
      fc.tuple(
        fc.array(fc.tuple(size(90), size(90)), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
      ),
      ([shapes, isPacked]) =>
        (ops, random) => {
          const named = (kind: string) => {
            const tensors = new Map<string, Tensor>();
            shapes.forEach(([a, b], i) => {
              tensors.set(`${kind}${i}`, i % 2 ? random(a * b) : random(a, b));
            });
            if (isPacked) ops.pack(tensors);
            return [...tensors.values()];
          };
          const [values, gradients, ms] = [named('w'), named('g'), named('m')];
          const slots = values.map((value, i) => ({
            value,
            gradient: must(gradients[i], 'g'),
            m: must(ms[i], 'm'),
            v: ops.zeros(value.shape),
            weightDecay: value.shape.length > 1 ? 0.1 : 0,
          }));
          const scale = complete(ops.clipScale(gradients, 0.7));
          complete(
            ops.adamw(slots, scale, {
              learningRate: 0.01,
              beta1: 0.9,
              beta2: 0.99,
              epsilon: 1e-8,
              t: 3,
            }),
          );
          const out: Record<string, Tensor> = { scale };
          slots.forEach(({ value, m, v }, i) => {
            Object.assign(out, { [`w${i}`]: value, [`m${i}`]: m, [`v${i}`]: v });
          });
          return out;
        },
    ));

  test('mixing two sets of weights, packed and separate', () =>
    check(
      fc.tuple(
        fc.array(fc.tuple(size(90), size(90)), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.constantFrom(0, 0.25, 0.8, 1),
      ),
      ([shapes, isPacked, share]) =>
        (ops, random) => {
          const set = () => {
            const named = new Map(shapes.map((shape, i) => [`${i}`, random(...shape)]));
            if (isPacked) ops.pack(named);
            return [...named.values()];
          };
          const [values, bases, trained] = [set(), set(), set()];
          const slots = values.map((value, i) => ({
            value,
            base: must(bases[i], 'base'),
            trained: must(trained[i], 'trained'),
          }));
          ops.mix(slots, share);
          return Object.fromEntries(slots.map(({ value }, i) => [`w${i}`, value]));
        },
    ));
});
