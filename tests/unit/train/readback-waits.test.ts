/**
 * No step waits for a readback of its own. Firefox looks only every 100 ms whether a buffer can be mapped
 * (`POLL_TIME_MS` in its dom/webgpu/ipc/WebGPUParent.cpp), so a wait inside a step would cost each step so much.
 */

import { expect, test } from 'vitest';
import { globals } from 'webgpu';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { defaultLimits, paperDevice } from '../../../src/gpu/paper.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { waysToTrain } from '../../../src/planning/ways-to-train.ts';
import { readAhead } from '../../../src/storage/read-ahead.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';
import { checkpointTensors } from '../../../src/train/optimizer-state.ts';
import { createRecipe } from '../../../src/train/recipe.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { configOf, randomModel } from '../../bench/train.ts';
import { waitUntil } from '../../support/patience.ts';

Object.assign(globalThis, globals);

test.each(['full', 'lora'] as const)(
  'the whole of a step is with the device before the one before it is read: %s',
  async (mode) => {
    const waiting: (() => void)[] = [];
    const paper = paperDevice(defaultLimits);
    const { createBuffer } = paper;
    const device = Object.assign(paper, {
      createBuffer: (how: GPUBufferDescriptor) =>
        Object.assign(createBuffer(how), {
          mapAsync: () =>
            new Promise<undefined>((resolve) => waiting.push(() => resolve(undefined))),
        }),
    });
    const answerAll = () => {
      for (const answer of waiting.splice(0)) answer();
    };
    const config = configOf({ L: 2, C: 32, H: 2, T: 64, B: 1, V: 300 });
    const way = must(waysToTrain(config, 'quick', { mode })[0], 'a way');
    const ops = new WebGPUOps(new GpuContext(device, { isSoftware: false }));
    const documents = Array.from({ length: 9 }, (_, d) =>
      Int32Array.from({ length: 5 + 3 * d }, (_, i) => (d * 7 + i * i) % 299),
    );
    const shape = { blockLength: way.blockLength, microBatch: 2, accumulation: 2 };
    const request = { config, preset: 'quick', overrides: { steps: 4 }, seed: 1 } as const;
    const recipe = createRecipe({ ...request, way, shape, epochTokens: 200 });
    const model = randomModel(ops, config, recipe.mode);
    const stream = new TrainingStream(oneAccount(documents), config.endOfTextId, 1);
    const trainer = new Trainer(ops, model, recipe, { stream, heldOut: [] });
    const { counters } = ops.gpu;

    // Nothing has been answered yet, and the first step ends all the same.
    expect(await trainer.step()).toBeNull();
    const first = counters.dispatches;
    for (let step = 2; step <= 3; step++) {
      const before = counters.dispatches;
      const asked = waiting.length;
      expect(asked).toBeGreaterThan(0);
      const ended = trainer.step();
      // All of this step's dispatches, although nobody has answered what the step before asked for.
      await waitUntil(() => counters.dispatches - before >= first && waiting.length > asked);
      for (const answer of waiting.splice(0, asked)) answer();
      expect((await ended)?.step).toBe(step - 1);
    }
    const settled = trainer.settle();
    answerAll();
    expect((await settled)?.step).toBe(3);

    // A checkpoint asks for many tensors before the first is answered.
    const tensors = [...checkpointTensors(ops, trainer)];
    const ahead = readAhead(tensors);
    let isRead = false;
    const read = ahead.read.then(() => {
      isRead = true;
    });
    let answers = 0;
    await waitUntil(() => {
      if (waiting.length > 0) answers++;
      answerAll();
      return isRead;
    });
    await read;
    expect(tensors.length).toBeGreaterThan(mode === 'full' ? 80 : 20);
    expect(answers).toBeLessThan(tensors.length / 8);
    trainer.dispose();
    ops.dispose();
  },
);
