/**
 * `npm run bench -- endurance [--shape L,C,H,T,B,V] [--steps N] [--backend webgpu|wasm] [--json]`: whether a long run
 * slows down or grows. It trains a made-up model with the real trainer, validation included, and prints one line
 * of JSON: for each tenth of the steps the processor time and the wall time of a step, what the operations held
 * at its end, and the process's heap and its memory as the system sees it; and how many times the first full
 * tenth's processor time the last one took. The first tenth isn't compared, because kernels are compiled in it.
 */

import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { must } from '../../src/core/assert.ts';
import { GpuContext } from '../../src/gpu/context.ts';
import { describeAdapter } from '../../src/gpu/device.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { oneAccount } from '../../src/train/documents.ts';
import { TrainingStream } from '../../src/train/training-stream.ts';
import { createRecipe } from '../../src/train/recipe.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { requireDevice, tfjsOn } from '../support/node-backends.ts';
import { parseShape } from './shape.ts';
import { configOf, randomModel } from './train.ts';

const TENTHS = 10;

export async function benchEndurance(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      shape: { type: 'string', default: '2,64,2,32,4,256' },
      steps: { type: 'string', default: '2000' },
      backend: { type: 'string', default: 'webgpu' },
      json: { type: 'boolean', default: false },
    },
  });
  const steps = Number(values.steps);
  const shape = parseShape(values.shape);
  const config = configOf(shape);
  let gpu: GpuContext | null = null;
  if (values.backend === 'wasm') {
    await tfjsOn('wasm', null);
  } else {
    const { device, adapterInfo } = await requireDevice('all');
    gpu = new GpuContext(device, { isSoftware: describeAdapter(adapterInfo).isSoftware });
  }
  const ops = gpu === null ? new PortableOps() : new WebGPUOps(gpu);
  const documents = Array.from({ length: 300 }, (_, d) =>
    Int32Array.from({ length: 5 + (d % 20) }, (_, i) => (d * 7 + i * i) % (shape.V - 1)),
  );
  const stream = new TrainingStream(oneAccount(documents), config.endOfTextId, 1);
  const recipe = createRecipe({
    ...{ config, preset: 'quick', overrides: { steps }, epochTokens: stream.epochTokens, seed: 1 },
    way: { mode: { kind: 'full' }, checkpointing: false, dropout: 0.1, attention: 'document' },
    shape: { blockLength: shape.T, microBatch: shape.B, accumulation: 1 },
  });
  const trainer = new Trainer(ops, randomModel(ops, config), recipe, {
    stream,
    heldOut: documents.slice(0, 20),
  });
  const held = () => gpu?.memory.heldBytes ?? tf.memory().numBytes;
  const tenths = [];
  for (let tenth = 1; tenth <= TENTHS; tenth++) {
    const cpu = process.cpuUsage();
    const startedMs = performance.now();
    const before = trainer.completedSteps;
    while (trainer.completedSteps < Math.round((tenth * steps) / TENTHS)) await trainer.step();
    await trainer.settle();
    await trainer.validationLoss();
    const made = trainer.completedSteps - before;
    const { user, system } = process.cpuUsage(cpu);
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    tenths.push({
      steps: trainer.completedSteps,
      cpu_ms: rounded((user + system) / 1000 / made),
      wall_ms: rounded((performance.now() - startedMs) / made),
      held_bytes: held(),
      heap_mb: rounded(heapUsed / 1e6),
      rss_mb: rounded(rss / 1e6),
    });
  }
  const [, second] = tenths;
  const last = must(tenths.at(-1), 'a tenth');
  const slowdown = rounded(last.cpu_ms / must(second, 'a tenth').cpu_ms);
  console.log(
    JSON.stringify({
      ...{ bench: 'endurance', backend: values.backend, shape: values.shape, steps, slowdown },
      grown_bytes: last.held_bytes - must(tenths[0], 'a tenth').held_bytes,
      tenths,
    }),
  );
  ops.dispose();
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
