/** The check of a model before its training: sound devices pass, and faults at this model's sizes are found. */

import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { randomUnit } from '../../../src/core/random.ts';
import { elementCount } from '../../../src/core/shape.ts';
import type { LoraSettings } from '../../../src/domain/recipe.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { type GPT2Config, PLAIN_GPT2 } from '../../../src/model/config.ts';
import { GPT2 } from '../../../src/model/gpt2.ts';
import type { Parameters } from '../../../src/model/model-weights.ts';
import { adapterShapes, createAdapter } from '../../../src/model/lora.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import type { Precision } from '../../../src/ops/operands.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PIECE_ELEMENTS } from '../../../src/ops/transfer-ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { type CheckedStep, computesRightly } from '../../../src/train/check-model.ts';
import { breakDriver, type Fault } from '../../support/broken-driver.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

/** Sizes that the self-test doesn't have. The table is longer than a piece, which ends within a row. */
const config: GPT2Config = {
  ...PLAIN_GPT2,
  nLayer: 2,
  nHead: 3,
  nEmbd: 96,
  blockSize: 40,
  vocabSize: 11_001,
  endOfTextId: 0,
};
const lora: LoraSettings = {
  rank: 4,
  alpha: 8,
  dropout: 0.1,
  targets: ['attn.c_attn', 'mlp.c_fc'],
};
const step: CheckedStep = { blockLength: 40, microBatch: 3, attention: 'document' };

interface Kind {
  readonly config?: Partial<GPT2Config>;
  readonly step?: Partial<CheckedStep>;
  readonly precision?: Precision;
  readonly hasAdapter?: boolean;
}

const kinds: readonly (readonly [name: string, kind: Kind])[] = [
  ['as the Hub has most', {}],
  ['whose attention sees the whole block', { step: { attention: 'block' } }],
  ['of blocks shorter than what is checked', { step: { blockLength: 5, microBatch: 1 } }],
  ['with an adapter on float16 weights', { precision: 'f16', hasAdapter: true }],
  [
    'with every setting that changes what is computed',
    {
      config: {
        activation: 'gelu-erf',
        hasOwnHead: true,
        scalesScoresByLayer: true,
        nInner: 100,
        layerNormEpsilon: 0.01,
      },
    },
  ],
  ['with ReLU and scores as they are', { config: { activation: 'relu', scalesScores: false } }],
];

/** Logits differ by a few units, as in a trained model. */
function createModel(ops: Ops, kind: Kind): GPT2 {
  const own = { ...config, ...kind.config };
  const parameters: Parameters = new Map();
  const values = (count: number, stream: number, around: number, size: number) =>
    Float32Array.from(
      { length: count },
      (_, i) => around + size * (randomUnit(7, stream, i) - 0.5),
    );
  [...parameterShapes(own)].forEach(([name, shape], stream) => {
    const around = name.includes('ln_') && name.endsWith('weight') ? 1 : 0;
    const data = values(elementCount(shape), stream, around, 0.8);
    const precision = shape.length > 1 ? (kind.precision ?? 'f32') : 'f32';
    parameters.set(name, ops.weight(data, shape, precision));
  });
  const model = new GPT2(ops, own, parameters);
  if (kind.hasAdapter) {
    const shapes = [...adapterShapes(own, lora)];
    const adapter = new Map(
      shapes.map(([name, shape], i) => [name, values(elementCount(shape), 100 + i, 0, 1)]),
    );
    model.setAdapter(createAdapter(ops, own, lora, adapter));
  }
  return model;
}

async function passes(ops: Ops, kind: Kind): Promise<boolean> {
  const model = createModel(ops, kind);
  try {
    return await computesRightly(ops, model, { ...step, ...kind.step });
  } finally {
    model.dispose();
  }
}

test.each(kinds)('portable operations pass with a model %s', async (_, kind) => {
  await tf.setBackend('wasm');
  const before = tf.memory().numTensors;
  const ops = new PortableOps();
  expect(await passes(ops, kind)).toBe(true);
  ops.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

const probe = await createDawnDevice();
probe?.device.destroy();

/** On the kernels for hardware: those for software adapters take lavapipe ten times as long to compile. */
async function passesOnDawn(kind: Kind, fault: Fault | null = null): Promise<boolean> {
  const { device } = must(await createDawnDevice(), 'a device');
  if (fault) breakDriver(device, fault);
  const ops = new WebGPUOps(new GpuContext(device, { isSoftware: false }));
  const { liveBuffers } = ops.gpu.arena;
  try {
    const isRight = await passes(ops, kind);
    expect(ops.gpu.arena.liveBuffers).toBe(liveBuffers);
    return isRight;
  } finally {
    ops.dispose();
    device.destroy();
  }
}

describe('our kernels', onlyWithDevice(probe), () => {
  // Those for adapters and for float16 take a minute to compile there.
  test.each(kinds.filter(([, { hasAdapter }]) => !hasAdapter))(
    'pass with a model %s',
    async (_, kind) => {
      expect(await passesOnDawn(kind)).toBe(true);
    },
  );

  test('read any part of float16 weights', async () => {
    const { device } = must(await createDawnDevice(), 'a device');
    const ops = new WebGPUOps(new GpuContext(device, { isSoftware: true }));
    const values = Float32Array.from({ length: 21 }, (_, i) => i / 8);
    const weight = ops.weight(values, [3, 7], 'f16');
    for (const [begin, end] of [
      [0, 21],
      [5, 6],
      [7, 14],
      [20, 21],
    ] as const) {
      const part = await ops.readPart(weight, begin, end - begin);
      expect([...part]).toEqual([...values.subarray(begin, end)]);
    }
    ops.dispose();
    device.destroy();
  });

  // The self-test has none of these sizes.
  test.each<[string, Fault]>([
    [
      'sums that are off by a hundredth if they are of 96',
      {
        kernel: 'matmul 64×32, 8×4 each, depth 16: A B',
        code: 'var y = sum;\n  if (BIAS)',
        instead: 'var y = select(1.0, 0.99, p.K == 96u) * sum;\n  if (BIAS)',
      },
    ],
    [
      'a cross-entropy that forgets half of 11,001 tokens',
      {
        kernel: 'cross entropy',
        code: 'sumExp += dot(',
        instead: 'sumExp += select(0.0, 1.0, p.V != 11001u || q < 1250u) * dot(',
      },
    ],
  ])('fail with %s', async (_, fault) => {
    expect(await passesOnDawn({}, fault)).toBe(false);
  });
});

test('whoever doesn’t want it any more is heard at every piece of the weights', async () => {
  await tf.setBackend('wasm');
  const before = tf.memory().numTensors;
  const ops = new PortableOps();
  const model = createModel(ops, {});
  const heard: number[] = [];
  const given = computesRightly(ops, model, step, (done) => {
    heard.push(done);
    if (done > PIECE_ELEMENTS) throw new Error('unwanted');
  });
  await expect(given).rejects.toThrow('unwanted');
  expect(heard.every((done, i) => done - (heard[i - 1] ?? 0) <= PIECE_ELEMENTS)).toBe(true);
  model.dispose();
  ops.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
