/** A long run holds at its end what it held at its beginning, and gives it all back. */

import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';
import { createRecipe } from '../../../src/train/recipe.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { configOf, randomModel } from '../../bench/train.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

const dawn = await createDawnDevice();

afterAll(() => {
  dawn?.device.destroy();
});

const steps = 1000;
const config = configOf({ L: 1, C: 16, H: 2, T: 8, B: 2, V: 40 });
const documents = Array.from({ length: 30 }, (_, d) =>
  Int32Array.from({ length: 3 + (d % 9) }, (_, i) => (d * 7 + i * i) % 39),
);

function createTrainer(ops: Ops): Trainer {
  const shape = { blockLength: 8, microBatch: 2, accumulation: 1 };
  const overrides = { steps };
  const way = {
    mode: { kind: 'full' },
    checkpointing: false,
    dropout: 0.1,
    attention: 'document',
  } as const;
  const recipe = createRecipe({
    ...{ config, preset: 'quick', overrides, way, shape, epochTokens: 400, seed: 3 },
  });
  const stream = new TrainingStream(oneAccount(documents), config.endOfTextId, recipe.seed);
  return new Trainer(ops, randomModel(ops, config), recipe, {
    stream,
    heldOut: documents.slice(0, 1),
  });
}

/** A thousand steps; what `usage` said every 50 of them, from the hundredth on. */
async function usages(trainer: Trainer, usage: () => object): Promise<Set<string>> {
  const found = new Set<string>();
  while (trainer.completedSteps < steps) {
    await trainer.step();
    if (trainer.completedSteps % 50 !== 0) continue;
    await trainer.settle();
    await trainer.validationLoss();
    if (trainer.completedSteps >= 100) found.add(JSON.stringify(usage()));
  }
  return found;
}

describe('on our kernels', onlyWithDevice(dawn), () => {
  test('a thousand steps grow nothing, and a disposed run leaves nothing', async () => {
    const context = new GpuContext(must(dawn, 'a device').device, { isSoftware: true });
    const ops = new WebGPUOps(context);
    const { arena } = context;
    const before = { buffers: arena.liveBuffers, bytes: arena.liveBytes };
    const held = context.memory.heldBytes;
    const trainer = createTrainer(ops);
    const usage = () => ({ ...context.memory, buffers: arena.liveBuffers, live: arena.liveBytes });
    expect([...(await usages(trainer, usage))]).toHaveLength(1);

    trainer.dispose();
    // Only the model is left, and nothing that it doesn't need.
    expect(arena.heldBytes).toBe(arena.liveBytes);
    trainer.model.dispose();
    expect({ buffers: arena.liveBuffers, bytes: arena.liveBytes }).toEqual(before);
    ops.trim();
    expect(context.memory.heldBytes).toBe(held);
    ops.dispose();
    expect(context.memory).toMatchObject({ heldBytes: 0, stagingBytes: 0 });
  });
});

describe('on tfjs’s WASM kernels', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
  });

  test('a thousand steps grow nothing, and a disposed run leaves nothing', async () => {
    const before = tf.memory();
    const ops = new PortableOps();
    const trainer = createTrainer(ops);
    const usage = () => ({ tensors: tf.memory().numTensors, bytes: tf.memory().numBytes });
    expect([...(await usages(trainer, usage))]).toHaveLength(1);

    trainer.dispose();
    trainer.model.dispose();
    ops.dispose();
    const after = tf.memory();
    expect([after.numTensors, after.numBytes]).toEqual([before.numTensors, before.numBytes]);
  });
});
