/** How soon a device stops when a training is to end, and that nothing of the step that was given up is left. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import type { Recipe } from '../../../src/domain/recipe.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { defaultLimits, paperDevice } from '../../../src/gpu/paper.ts';
import { GPT2 } from '../../../src/model/gpt2.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { configOf } from '../../bench/train.ts';
import { someRecipe } from '../../fixtures/recipe.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { parseGolden } from '../../support/goldens.ts';

const golden = parseGolden(
  readFileSync(new URL('../../goldens/tiny.safetensors', import.meta.url)),
);
const { config } = golden;
const documents = Array.from({ length: 30 }, (_, d) =>
  Int32Array.from({ length: 5 }, (_, i) => (d * 3 + i * i) % config.endOfTextId),
);
const recipe: Recipe = {
  ...someRecipe,
  totalSteps: 10,
  blockLength: config.blockSize,
  microBatch: 2,
  accumulation: 1,
  attention: 'document',
  mode: { kind: 'full' },
  checkpointing: false,
};

const dawn = await createDawnDevice();

describe('on a device', onlyWithDevice(dawn), () => {
  const { device } = dawn ?? {};

  function newTrainer() {
    const submissions = { ms: 1, flopsPerMs: 2e4 };
    const context = new GpuContext(must(device, 'a device'), { isSoftware: true, submissions });
    const ops = new WebGPUOps(context);
    const weights = [...parameterShapes(config)].map(
      ([name, shape]) => [name, ops.tensor(golden.get(`w.${name}`), shape)] as const,
    );
    const model = new GPT2(ops, config, new Map(weights));
    const stream = new TrainingStream(oneAccount(documents), config.endOfTextId, 3);
    return { ops, trainer: new Trainer(ops, model, recipe, { stream, heldOut: [] }) };
  }

  async function losses(trainer: Trainer, steps: number): Promise<(number | undefined)[]> {
    const found: (number | undefined)[] = [];
    for (let step = 0; step < steps; step++) found.push((await trainer.step())?.loss);
    found.push((await trainer.settle())?.loss);
    return found.slice(1);
  }

  test('a step that is given up ends with the submissions that the device has', async () => {
    const { queue } = must(device, 'a device');
    const whole = newTrainer();
    const expected = await losses(whole.trainer, 4);
    whole.ops.dispose();

    const { ops, trainer } = newTrainer();
    for (const isFirst of [true, false]) {
      await ops.finish();
      const { liveBuffers } = ops.gpu.arena;
      const { submits } = ops.gpu.counters;
      const { submit, onSubmittedWorkDone } = queue;
      let submitted = 0;
      let finish = (): void => {};
      const finished = new Promise<undefined>((resolve) => {
        finish = () => resolve(undefined);
      });
      // A device that takes for ever.
      queue.submit = (commands) => {
        submitted++;
        submit.call(queue, commands);
      };
      queue.onSubmittedWorkDone = () => finished;
      const ending = new AbortController();
      const step = trainer.step({ signal: ending.signal });
      // All of the step is encoded when its last submission waits.
      await expect.poll(() => ops.gpu.counters.submits - submits).toBeGreaterThan(20);
      ending.abort();
      expect(await step).toBeNull();
      // Two, or more after the driver has told late what it had finished.
      const given = submitted;
      expect(given).toBeLessThanOrEqual(8);
      queue.onSubmittedWorkDone = onSubmittedWorkDone;
      finish();
      await ops.finish();
      // What waited was dropped, and what is computed now is one submission.
      expect(submitted).toBeLessThanOrEqual(given + 1);
      expect(ops.gpu.arena.liveBuffers).toBe(liveBuffers);
      queue.submit = submit;
      expect(trainer.completedSteps).toBe(isFirst ? 0 : 2);
      const next = await losses(trainer, 2);
      expect(next).toEqual(isFirst ? expected.slice(0, 2) : expected.slice(2));
    }
    ops.dispose();
    must(device, 'a device').destroy();
  });
});

test('no part of a micro-batch of GPT-2 124M, between which a stop is heard, has a third of its work', () => {
  const gpu = new GpuContext(paperDevice(defaultLimits), {
    isSoftware: false,
    submissions: { flopsPerMs: Infinity },
  });
  const ops = new WebGPUOps(gpu);
  const [T, V] = [128, 50_257];
  const gpt2 = configOf({ L: 12, C: 768, H: 12, T, B: 1, V });
  const weights = [...parameterShapes(gpt2)].map(
    ([name, shape]) => [name, gpu.reserve(shape, 'f32')] as const,
  );
  const model = new GPT2(ops, gpt2, new Map(weights));
  const ids = Int32Array.from({ length: T }, (_, i) => i);
  const parts = model.lossAndGradientsInParts({ ids, B: 1, T }, ids, { scale: 1 });
  const flops: number[] = [];
  for (let before = 0; ; before = gpu.counters.flops) {
    const { done } = parts.next();
    ops.flush();
    flops.push(gpu.counters.flops - before);
    if (done) break;
  }
  ops.dispose();
  // The embedding; 12 blocks; the head; an MLP; 11 times attention and the MLP below; attention and the embedding.
  expect(flops).toHaveLength(38);
  const total = flops.reduce((sum, part) => sum + part, 0);
  const [head = 0, ...others] = [...flops].sort((a, b) => b - a).map((part) => part / total);
  expect(head).toBeLessThan(1 / 3);
  expect(Math.max(...others)).toBeLessThan(1 / 35);
});
