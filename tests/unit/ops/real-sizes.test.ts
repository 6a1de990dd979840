/**
 * Compares one block in the sizes of real models with the portable operations on WASM, on a device with
 * WebGPU's default limits: GPT-2 124M with its whole vocabulary (an embedding table of 154 MB, larger than a
 * binding of 128 MiB, and logits in chunks), and a block as wide as the largest model, GPT-2 XL.
 */

import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { configOf, randomModel, type Shape } from '../../bench/train.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { relativeError } from '../../support/goldens.ts';

const dawn = await createDawnDevice(true);

afterAll(() => {
  dawn?.device.destroy();
});

async function gradients(ops: Ops, shape: Shape): Promise<Map<string, Float32Array>> {
  const { T, V } = shape;
  const model = randomModel(ops, configOf(shape));
  const ids = Int32Array.from({ length: T }, (_, i) => (i * 7919) % V);
  const targets = ids.map((_, i) => ids[i + 1] ?? (T === 1 ? 7 : -100));
  const result = model.lossAndGradients({ ids, B: 1, T }, targets, { scale: 1 });
  const values = new Map([['loss', (await ops.read(result.loss)).slice()]]);
  for (const [name, gradient] of result.gradients) {
    values.set(name, (await ops.read(gradient)).slice());
  }
  ops.dispose();
  return values;
}

const vocabulary: Shape = { L: 1, C: 768, H: 12, T: 24, B: 1, V: 50_257 };
const width: Shape = { L: 1, C: 1600, H: 25, T: 37, B: 1, V: 501 };

describe('loss and gradients equal those of the portable operations', onlyWithDevice(dawn), () => {
  test.each([
    { name: 'with 50,257 tokens', shape: vocabulary },
    { name: 'with 1,600 channels', shape: width },
    { name: 'with 1,600 channels and a single token', shape: { ...width, T: 1 } },
  ])('for a block $name on default limits', async ({ shape }) => {
    await tf.setBackend('wasm');
    const expected = await gradients(new PortableOps(), shape);
    const context = new GpuContext(must(dawn, 'a device').device, { isSoftware: true });
    expect(context.maxBindingBytes).toBe(128 * 2 ** 20);
    for (const [name, value] of await gradients(new WebGPUOps(context), shape)) {
      expect(relativeError(value, must(expected.get(name), name)), name).toBeLessThan(1e-4);
    }
  });
});
