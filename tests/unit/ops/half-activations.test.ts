/** Activations that are kept as float16, against PyTorch's float32. */

import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../../src/train/adamw.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { parseGolden, relativeError } from '../../support/goldens.ts';
import { goldenBatch, goldenModel, readAll } from '../../support/numeric-suite.ts';

const dawn = await createDawnDevice();
afterAll(() => {
  dawn?.device.destroy();
});
const createOps = () =>
  new WebGPUOps(new GpuContext(must(dawn, 'a device').device, { isSoftware: true }));
const golden = (name: string) =>
  parseGolden(readFileSync(new URL(`../../goldens/${name}.safetensors`, import.meta.url)));

/** What the mixed precision of other libraries is allowed, too. */
const GRADIENT_TOLERANCE = 5e-3;
const LOSS_TOLERANCE = 1e-3;

describe('activations as float16', onlyWithDevice(dawn), () => {
  test('give PyTorch’s gradients, nearly, and always the same', async () => {
    const expected = golden('tiny');
    const ops = createOps();
    const model = goldenModel(expected, ops);
    const { tokens, targets } = goldenBatch(expected);
    const { arena } = ops.gpu;
    const gradientsOf = async (hasHalfActivations: boolean) => {
      const before = arena.liveBuffers;
      const { loss, gradients } = model.lossAndGradients(tokens, targets, {
        scale: 1,
        hasHalfActivations,
      });
      const values = await readAll(ops, gradients);
      for (const tensor of [loss, ...gradients.values()]) tensor.dispose();
      expect(arena.liveBuffers).toBe(before);
      return values;
    };
    const [exact, first, second] = [
      await gradientsOf(false),
      await gradientsOf(true),
      await gradientsOf(true),
    ];
    expect(first).toEqual(second);
    expect(first).not.toEqual(exact);
    const errors: Record<string, number> = {};
    for (const [key, value] of first) {
      const error = relativeError(value, expected.get(`g.${key}`));
      if (!(error < GRADIENT_TOLERANCE)) errors[key] = error;
    }
    expect(errors).toEqual({});
    ops.dispose();
  });

  test('give PyTorch’s losses over ten steps', async () => {
    const expected = golden('tiny');
    const ops = createOps();
    const model = goldenModel(expected, ops);
    const { tokens, targets } = goldenBatch(expected);
    const { optimizer: o } = expected;
    const optimizer = new AdamW(ops, model.parameters, {
      ...defaultAdamW,
      weightDecay: must(o['weight_decay'], 'weight_decay'),
      maxGradNorm: must(o['max_grad_norm'], 'max_grad_norm'),
      beta1: must(o['beta1'], 'beta1'),
      beta2: must(o['beta2'], 'beta2'),
      epsilon: must(o['epsilon'], 'epsilon'),
    });
    const losses: number[] = [];
    for (let step = 0; step < 10; step++) {
      const how = { scale: 1, hasHalfActivations: true };
      const { loss, gradients } = model.lossAndGradients(tokens, targets, how);
      losses.push(must((await ops.read(loss))[0], 'the loss'));
      optimizer.step(gradients, must(o['learning_rate'], 'learning_rate'));
    }
    const error = relativeError(Float32Array.from(losses), expected.get('losses'));
    expect(error).toBeLessThan(LOSS_TOLERANCE);
    expect(error).toBeGreaterThan(0);
    ops.dispose();
  });

  test('stay finite, whatever their size and number', async () => {
    const ops = createOps();
    const values = [
      Float32Array.of(1e6, -1e6, 65_504, 1 / 3, 0),
      Float32Array.from({ length: 259 }, (_, i) => i),
      Float32Array.of(-2048.5),
    ] as const;
    const [a, b, c] = values.map((each) => ops.tensor(each, [each.length]));
    const halves = ops.keepHalves([must(a, 'a'), must(b, 'b'), must(c, 'c')]);
    const read: number[][] = [];
    for (const tensor of ops.restoreHalves(halves)) read.push([...(await ops.read(tensor))]);
    expect(read[0]).toEqual([65_504, -65_504, 65_504, expect.closeTo(1 / 3, 3), 0]);
    expect(read[1]).toEqual([...values[1]]);
    expect(read[2]).toEqual([-2048]);
    ops.dispose();
  });
});
