/**
 * The plan of memory against what a run really takes on a device, as the engine's own counter has it; and
 * that a long run takes no more than a short one.
 */

import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import type { GPT2Config } from '../../../src/model/config.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import type { RecipeOverrides } from '../../../src/domain/training-options.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';
import { checkpointTensors } from '../../../src/train/optimizer-state.ts';
import { planOnPaper } from '../../../src/planning/paper-memory.ts';
import { measureSpeed } from '../../../src/planning/probe.ts';
import { waysToTrain } from '../../../src/planning/ways-to-train.ts';
import { type BatchShape, createRecipe } from '../../../src/train/recipe.ts';
import type { Recipe } from '../../../src/domain/recipe.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { configOf, randomModel } from '../../bench/train.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

const dawn = await createDawnDevice();
const standard = await createDawnDevice(true);

afterAll(() => {
  dawn?.device.destroy();
  standard?.device.destroy();
});

function recipeOf(
  config: GPT2Config,
  shape: BatchShape,
  how: RecipeOverrides,
  index: number,
): Recipe {
  const overrides = { steps: 1000, ...how };
  const way = must(waysToTrain(config, 'quick', overrides)[index], 'a way');
  const length = { epochTokens: 5000, seed: 1 };
  return createRecipe({ config, preset: 'quick', overrides, way, shape, ...length });
}

/** Documents of all lengths and ids, so that what depends on them varies as it does in life. */
function documents(config: GPT2Config, count: number): Int32Array[] {
  return Array.from({ length: count }, (_, d) =>
    Int32Array.from({ length: 5 + (d % 40) }, (_, i) => (d * 7919 + i * i) % config.vocabSize),
  );
}

function createTrainer(ops: WebGPUOps, config: GPT2Config, recipe: Recipe): Trainer {
  const model = randomModel(ops, config, recipe.mode);
  const stream = new TrainingStream(
    oneAccount(documents(config, 200)),
    config.endOfTextId,
    recipe.seed,
  );
  return new Trainer(ops, model, recipe, { stream, heldOut: documents(config, 9) });
}

/** What happens between two evaluations of a run: steps, a held-out loss, a tweet. */
async function interval(trainer: Trainer, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) await trainer.step();
  await trainer.settle();
  await trainer.validationLoss();
  const { model } = trainer;
  const ids = Int32Array.of(model.config.endOfTextId);
  const capacity = Math.min(64, model.config.blockSize);
  const { logits, state } = model.startDecoding({ ids, B: 1, T: 1 }, capacity);
  logits.dispose();
  // The cache has its full size from the start, so a few positions take what all of them would.
  for (let position = 1; position < 6; position++) model.decode(ids, state).dispose();
  model.disposeState(state);
}

type Shape = Record<'L' | 'C' | 'H' | 'V' | 'blockLength' | 'microBatch', number>;
const severalBlocks: Shape = { L: 2, C: 64, H: 4, V: 1000, blockLength: 32, microBatch: 4 };
const cases: readonly (Shape & { name: string; how: RecipeOverrides; way?: number })[] = [
  { name: 'several blocks', how: {}, ...severalBlocks },
  { name: 'several blocks, recomputed', how: { checkpointing: true }, ...severalBlocks },
  { name: 'an adapter', how: { mode: 'lora' }, ...severalBlocks },
  { name: 'an adapter, all saved', how: { mode: 'lora', checkpointing: true }, ...severalBlocks },
  { name: 'several blocks, as float16', how: {}, way: 1, ...severalBlocks, L: 4 },
  { name: 'an adapter, all as float16', how: { mode: 'lora' }, way: 1, ...severalBlocks, L: 4 },
  { name: 'odd sizes', how: {}, L: 2, C: 45, H: 3, V: 333, blockLength: 37, microBatch: 5 },
  // The table is read back in two pieces.
  { name: 'many tokens', how: {}, L: 1, C: 60, H: 3, V: 20_000, blockLength: 12, microBatch: 2 },
];
const adapters = [
  { kernels: 'software', device: dawn, isSoftware: true, areRun: true },
  // A rasteriser takes long to compile these; their buffers are real all the same.
  { kernels: 'hardware on default limits', device: standard, isSoftware: false, areRun: false },
];

describe.each(adapters)(
  'kernels for $kernels',
  onlyWithDevice(dawn),
  ({ device, isSoftware, areRun }) => {
    test.each(cases)('the plan is what a run takes: $name', async (shape) => {
      const { blockLength, microBatch, how, way = 0 } = shape;
      const config = configOf({ ...shape, T: blockLength + 16, B: 1 });
      const recipe = recipeOf(config, { blockLength, microBatch, accumulation: 2 }, how, way);
      const gpu = must(device, 'a device').device;
      const context = new GpuContext(gpu, { isSoftware });
      if (!areRun) context.dispatch = () => {};
      const ops = new WebGPUOps(context);

      const model = randomModel(ops, config, recipe.mode);
      await measureSpeed(ops, model, recipe);
      model.dispose();
      const trainer = createTrainer(ops, config, recipe);
      await interval(trainer, 2);
      for (const { pieces } of checkpointTensors(ops, trainer)) for await (const _ of pieces);
      await interval(trainer, 1);

      const plan = await planOnPaper(config, recipe, { limits: gpu.limits, isSoftware });
      const { peakBytes, peakStagingBytes } = context.memory;
      const { neededBytes, parts } = plan;
      expect(Math.abs(neededBytes / peakBytes - 1), `${neededBytes} of ${peakBytes}`).toBeLessThan(
        0.05,
      );
      // Losses come back through small buffers of their own.
      expect(peakStagingBytes - plan.stagingBytes).toBeLessThanOrEqual(4 * 4096);
      expect(peakStagingBytes).toBeGreaterThanOrEqual(plan.stagingBytes);
      expect(Object.values(parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(neededBytes);
      ops.dispose();
    });
  },
);
