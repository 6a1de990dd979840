/** The weights that a run ends with: those of its best step, mixed with the base model's. */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GPT2 } from '../../../src/model/gpt2.ts';
import type { Parameters } from '../../../src/model/model-weights.ts';
import { createAdapter, initialAdapter } from '../../../src/model/lora.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';
import { adapterBase, settleWeights, type StoredValues } from '../../../src/train/mixing.ts';
import { defaultLora } from '../../../src/train/recipe.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { someRecipe } from '../../fixtures/recipe.ts';
import { parseGolden } from '../../support/goldens.ts';

const golden = parseGolden(
  readFileSync(new URL('../../goldens/tiny.safetensors', import.meta.url)),
);
const { config } = golden;
/** Two halves of one language, so that what is learned by heart of one doesn't help with the other. */
const documents = (count: number, salt: number) =>
  Array.from({ length: count }, (_, d) =>
    Int32Array.from({ length: 4 + (d % 5) }, (_, i) => (d * 5 + i * i + salt) % 11),
  );

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function newTrainer(ops: PortableOps, steps: number, learningRate: number, isAdapter = false) {
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    parameters.set(name, ops.tensor(golden.get(`w.${name}`), shape));
  }
  const model = new GPT2(ops, config, parameters);
  if (isAdapter) {
    const values = initialAdapter(config, defaultLora, 1);
    model.setAdapter(createAdapter(ops, config, defaultLora, values));
  }
  const recipe = {
    ...{ ...someRecipe, totalSteps: steps, dropout: 0, learningRate, warmup: 0 },
    ...{ blockLength: config.blockSize, microBatch: 2, accumulation: 1 },
  };
  const stream = new TrainingStream(oneAccount(documents(6, 0)), config.endOfTextId, 1);
  const heldOut = documents(9, 1);
  return new Trainer(ops, model, recipe, { stream, heldOut });
}

async function train(trainer: Trainer, steps: number): Promise<number> {
  for (let step = 0; step < steps; step++) await trainer.step();
  await trainer.settle();
  return must(await trainer.validationLoss(), 'a loss');
}

async function weightsOf(ops: PortableOps, { model }: Trainer) {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of model.trainable) values.set(name, (await ops.read(tensor)).slice());
  return values;
}

const stored = (of: (name: string) => Float32Array): StoredValues =>
  async function* (name) {
    yield of(name);
  };
const base = stored((name) => golden.get(`w.${name}`));

test('what was learned by heart is partly taken back, and the mixture is what it says', async () => {
  const ops = new PortableOps();
  const trainer = newTrainer(ops, 40, 2e-2);
  const validationLoss = await train(trainer, 40);
  const trained = await weightsOf(ops, trainer);
  const parts: [number, number][] = [];
  const onPart = (done: number, count: number) => parts.push([done, count]);
  const { share, ...mixed } = await settleWeights(ops, trainer, {
    ...{ trained: null, base, validationLoss, onPart },
  });
  expect(share).toBeLessThan(1);
  // Six shares may be tried, and each is tried on every block of held-out tweets.
  const [, count] = must(parts[0], 'a part');
  expect(parts).toEqual(parts.map((_, i) => [i + 1, count]));
  expect(count % 6).toBe(0);
  expect(parts.length).toBeGreaterThan(count / 6);
  expect(parts.length).toBeLessThanOrEqual(count);
  expect(mixed.validationLoss).toBeLessThan(validationLoss);
  expect(await trainer.validationLoss()).toBeCloseTo(mixed.validationLoss, 5);
  for (const [name, values] of await weightsOf(ops, trainer)) {
    const [from, to] = [golden.get(`w.${name}`), must(trained.get(name), name)];
    for (const [i, value] of values.entries()) {
      const [b, t] = [must(from[i], 'base'), must(to[i], 'trained')];
      expect(Math.abs(value - (b + share * (t - b))), name).toBeLessThan(1e-6);
    }
  }
  ops.dispose();
});

test('where mixing doesn’t help, the weights of the best step come back to the bit', async () => {
  const ops = new PortableOps();
  const trainer = newTrainer(ops, 40, 1e-3);
  const bestLoss = await train(trainer, 3);
  const best = await weightsOf(ops, trainer);
  await train(trainer, 3);
  const tensors = tf.memory().numTensors;
  const settled = await settleWeights(ops, trainer, {
    trained: stored((name) => must(best.get(name), name)),
    // The base is as good as nothing, so no share of it can help.
    base: stored((name) => golden.get(`w.${name}`).map(() => 0)),
    validationLoss: bestLoss,
  });
  expect(settled).toEqual({ share: 1, validationLoss: bestLoss });
  expect(await weightsOf(ops, trainer)).toEqual(best);
  // Two moments for each parameter are gone, and nothing is left behind.
  expect(tf.memory().numTensors).toBeLessThanOrEqual(tensors - 2 * best.size + 2);
  ops.dispose();
});

test('of an adapter, only B is scaled', async () => {
  const ops = new PortableOps();
  const trainer = newTrainer(ops, 40, 5e-2, true);
  const validationLoss = await train(trainer, 40);
  const trained = await weightsOf(ops, trainer);
  const shapes = new Map([...trainer.model.trainable].map(([name, { shape }]) => [name, shape]));
  const { share } = await settleWeights(ops, trainer, {
    ...{ trained: null, base: adapterBase(shapes), validationLoss },
  });
  expect(share).toBeLessThan(1);
  for (const [name, values] of await weightsOf(ops, trainer)) {
    const before = must(trained.get(name), name);
    const factor = name.endsWith('.lora_B.weight') ? share : 1;
    expect(
      values.every((value, i) => Math.abs(value - factor * must(before[i], name)) < 1e-6),
    ).toBe(true);
  }
  ops.dispose();
});
