/** A step whose gradients have no finite norm changes nothing, is counted, and training goes on. */

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { type GPT2Config, PLAIN_GPT2 } from '../../../src/model/config.ts';
import { GPT2 } from '../../../src/model/gpt2.ts';
import type { Parameters } from '../../../src/model/model-weights.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { elementCount } from '../../../src/core/shape.ts';
import type { Tensor } from '../../../src/ops/operands.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../../src/train/adamw.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';
import { createRecipe } from '../../../src/train/recipe.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

const dawn = await createDawnDevice();
afterAll(() => dawn?.device.destroy());

const portable = (backend: string) => async (): Promise<Ops> => {
  await tf.setBackend(backend);
  return new PortableOps();
};
const kernels = (isSoftware: boolean) => async (): Promise<Ops> =>
  new WebGPUOps(new GpuContext(must(dawn, 'a device').device, { isSoftware }));

describe.each([
  { name: 'JavaScript', create: portable('cpu'), device: true },
  { name: 'WASM', create: portable('wasm'), device: true },
  { name: 'kernels for software', create: kernels(true), device: false },
  { name: 'kernels for hardware', create: kernels(false), device: false },
])('on $name', ({ create, device }) => {
  const options = device ? {} : onlyWithDevice(dawn);

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e30])(
    'a gradient with %f is not applied, and the next one is',
    options,
    async (bad) => {
      const ops = await create();
      const shapes: [string, number[]][] = [
        ['matrix', [9, 7]],
        ['vector', [70]],
      ];
      const filled = (value: number) =>
        new Map(
          shapes.map(([name, shape]) => {
            const data = new Float32Array(elementCount(shape)).fill(value);
            return [name, ops.tensor(data, shape)] as const;
          }),
        );
      const parameters: Parameters = new Map(filled(1));
      const optimizer = new AdamW(ops, parameters, { ...defaultAdamW, weightDecay: 0.1 });
      const state = async (): Promise<number[][]> => {
        const tensors: Tensor[] = [...parameters.values()];
        for (const { m, v } of optimizer.state().values()) tensors.push(m, v);
        return Promise.all(tensors.map(async (tensor) => [...(await ops.read(tensor))]));
      };
      const before = await state();
      const gradients = filled(0.5);
      const values = new Float32Array(63).fill(0.5);
      values[40] = bad;
      gradients.set('matrix', ops.tensor(values, [9, 7]));
      expect(await optimizer.step(gradients, 0.1)).toBeNull();
      expect(await state()).toEqual(before);
      const norm = await optimizer.step(filled(0.5), 0.1);
      // It is that of all gradients, 9 · 7 + 70 of them, before they are clipped to a norm of 1.
      expect(norm).toBeCloseTo(0.5 * Math.sqrt(133), 4);
      const after = await state();
      expect(after.flat().every(Number.isFinite)).toBe(true);
      expect(after[0]).not.toEqual(before[0]);
      ops.dispose();
    },
  );

  test('a trainer counts it, and goes on', options, async () => {
    const ops = await create();
    const config: GPT2Config = {
      ...PLAIN_GPT2,
      nLayer: 1,
      nHead: 2,
      nEmbd: 16,
      blockSize: 8,
      vocabSize: 20,
      endOfTextId: 0,
    };
    const parameters: Parameters = new Map();
    for (const [name, shape] of parameterShapes(config)) {
      const data = Float32Array.from({ length: elementCount(shape) }, (_, i) => ((i * 7) % 11) - 5);
      // The loss stays finite; the gradients of the head don't have a finite norm.
      parameters.set(name, ops.tensor(name === 'ln_f.weight' ? data.fill(1e20) : data, shape));
    }
    const model = new GPT2(ops, config, parameters);
    const documents = [Int32Array.from({ length: 200 }, (_, i) => 1 + ((i * i) % 19))];
    const stream = new TrainingStream(oneAccount(documents), 0, 1);
    const way = {
      mode: { kind: 'full' },
      checkpointing: false,
      dropout: 0.1,
      attention: 'block',
    } as const;
    const shape = { blockLength: 8, microBatch: 1, accumulation: 1 };
    const recipe = createRecipe({
      ...{ config, preset: 'quick', overrides: { steps: 3 }, epochTokens: 100, seed: 1 },
      ...{ way, shape },
    });
    const trainer = new Trainer(ops, model, recipe, { stream, heldOut: [] });
    await trainer.step();
    const first = await trainer.settle();
    expect(first).toMatchObject({ step: 1, isSkipped: true });
    expect(first).not.toHaveProperty('gradientNorm');
    expect(await ops.read(model.parameter('ln_f.weight'))).toEqual(new Float32Array(16).fill(1e20));
    expect((await ops.read(model.parameter('wte.weight')))[1]).toBe(2);
    await trainer.step();
    expect(await trainer.settle()).toMatchObject({ step: 2 });
    trainer.dispose();
    model.dispose();
    ops.dispose();
  });
});
