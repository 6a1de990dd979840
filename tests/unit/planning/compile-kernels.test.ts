/** After the kernels of a training were compiled, nothing is compiled during it. */

import { afterAll, expect, test, vi } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { compileKernels } from '../../../src/planning/compile-kernels.ts';
import { waysToTrain } from '../../../src/planning/ways-to-train.ts';
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

test.each(['full', 'lora'] as const)(
  'all of them are ready before the first step: %s',
  onlyWithDevice(dawn),
  async (mode) => {
    const { device } = must(dawn, 'a device');
    const config = configOf({ L: 2, C: 32, H: 2, T: 64, B: 1, V: 300 });
    const way = must(waysToTrain(config, 'quick', { mode })[0], 'a way');
    const ops = new WebGPUOps(new GpuContext(device, { isSoftware: true }));
    const seen: string[] = [];
    await compileKernels(ops, config, way, (done, count) => seen.push(`${done} of ${count}`));
    const count = seen.length;
    expect(count).toBeGreaterThan(5);
    expect(seen).toEqual(Array.from({ length: count }, (_, i) => `${i + 1} of ${count}`));

    const late = vi.spyOn(device, 'createComputePipeline');
    const documents = Array.from({ length: 9 }, (_, d) =>
      Int32Array.from({ length: 5 + 3 * d }, (_, i) => (d * 7 + i * i) % 299),
    );
    const shape = { blockLength: way.blockLength, microBatch: 2, accumulation: 2 };
    const request = { config, preset: 'quick', overrides: { steps: 2 }, seed: 1 } as const;
    const recipe = createRecipe({ ...request, way, shape, epochTokens: 200 });
    const model = randomModel(ops, config, recipe.mode);
    const stream = new TrainingStream(oneAccount(documents), config.endOfTextId, 1);
    const trainer = new Trainer(ops, model, recipe, { stream, heldOut: documents.slice(0, 2) });
    while (!trainer.isFinished) await trainer.step();
    await trainer.settle();
    await trainer.validationLoss();
    expect(late.mock.calls.map(([{ label }]) => label)).toEqual([]);
    late.mockRestore();

    // A second time there is nothing to do.
    await compileKernels(ops, config, way, () => seen.push('again'));
    expect(seen).toHaveLength(count);
    trainer.dispose();
    ops.dispose();
  },
);
