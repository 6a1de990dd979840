/**
 * One block of GPT-2 124M with its real vocabulary, on a device with WebGPU's default limits: an embedding
 * table of 154 MB where a binding holds 128 MiB, logits in chunks. Against the portable operations on WASM.
 */

import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { configOf, randomModel } from '../../bench/train.ts';
import { createDawnDevice } from '../../support/dawn.ts';
import { relativeError } from '../../support/goldens.ts';

const dawn = await createDawnDevice(true);

afterAll(() => {
  dawn?.device.destroy();
});

async function gradients(ops: Ops): Promise<Map<string, Float32Array>> {
  const model = randomModel(ops, configOf({ L: 1, C: 768, H: 12, T: 24, B: 1, V: 50_257 }));
  const ids = Int32Array.from({ length: 24 }, (_, i) => (i * 7919) % 50_257);
  const targets = ids.map((_, i) => (i === 23 ? -100 : (ids[i + 1] as number)));
  const result = model.lossAndGradients({ ids, B: 1, T: 24 }, targets, { scale: 1 });
  const values = new Map([['loss', (await ops.read(result.loss)).slice()]]);
  for (const [name, gradient] of result.gradients) {
    values.set(name, (await ops.read(gradient)).slice());
  }
  ops.dispose();
  return values;
}

describe.skipIf(dawn === null)('a block with 50,257 tokens', () => {
  test('loss and every gradient equal the portable ones on default limits', async () => {
    await tf.setBackend('wasm');
    const expected = await gradients(new PortableOps());
    const context = new GpuContext(must(dawn, 'a device').device, { isSoftware: true });
    expect(context.maxBindingBytes).toBe(128 * 2 ** 20);
    for (const [name, value] of await gradients(new WebGPUOps(context))) {
      expect(relativeError(value, must(expected.get(name), name)), name).toBeLessThan(1e-4);
    }
  });
});
