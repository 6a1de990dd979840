/** The training loop on a tiny GPT-2: steps that add up, faults that are named, resumes to the bit. */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { toErrorData } from '../../../src/core/errors.ts';
import { yieldToMessages } from '../../../src/core/yield.ts';
import { GPT2 } from '../../../src/model/gpt2.ts';
import type { Parameters } from '../../../src/model/model-weights.ts';
import {
  type Adapter,
  adapterShapes,
  createAdapter,
  initialAdapter,
} from '../../../src/model/lora.ts';
import type { LoraSettings } from '../../../src/domain/recipe.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import type { Tensor } from '../../../src/ops/operands.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import type { MetricPoint } from '../../../src/protocol/training.ts';
import { defaultAdamW } from '../../../src/train/adamw.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';
import {
  checkpointTensors,
  type NamedTensor,
  restoreAdapter,
  restoreOptimizer,
  restoreWeights,
} from '../../../src/train/optimizer-state.ts';
import { isWeight } from '../../../src/storage/checkpoint-manifest.ts';
import type { Recipe } from '../../../src/domain/recipe.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { parseGolden } from '../../support/goldens.ts';

const golden = parseGolden(
  readFileSync(new URL('../../goldens/tiny.safetensors', import.meta.url)),
);
const { config } = golden;
const endOfText = config.endOfTextId;

/** Made-up documents of 3 to 11 ids, some of them more frequent than others. */
function documents(count: number, salt: number): Int32Array[] {
  return Array.from({ length: count }, (_, d) =>
    Int32Array.from(
      { length: 3 + ((d * 5 + salt) % 9) },
      (_, i) => ((d % 7) * 3 + i * i) % endOfText,
    ),
  );
}
const learned = documents(60, 0);
const heldOut = documents(6, 1);

const base: Recipe = {
  epochs: 1,
  startStep: 0,
  textsFromStep: 0,
  totalSteps: 50,
  blockLength: config.blockSize,
  microBatch: 1,
  accumulation: 2,
  learningRate: 3e-3,
  warmup: 0,
  dropout: 0.1,
  attention: 'block',
  mode: { kind: 'full' },
  checkpointing: false,
  adamw: defaultAdamW,
  seed: 11,
  validationShare: 0.05,
  evaluateEvery: 5,
  validationBlocks: 3,
  mixesWithBase: false,
  patience: 0,
};

const lora: LoraSettings = {
  rank: 4,
  alpha: 8,
  dropout: 0.1,
  targets: ['attn.c_attn', 'mlp.c_proj'],
};

let cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.reverse()) clean();
  cleanups = [];
});

function newOps(): PortableOps {
  const ops = new PortableOps();
  cleanups.push(() => ops.dispose());
  return ops;
}

function goldenWeights(ops: PortableOps): Parameters {
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    parameters.set(name, ops.tensor(golden.get(`w.${name}`), shape));
  }
  return parameters;
}

function newTrainer(
  changes: Partial<Recipe>,
  ops = newOps(),
  weights = goldenWeights(ops),
  adapter: Adapter | null = null,
): Trainer {
  const recipe = { ...base, ...changes };
  const model = new GPT2(ops, config, weights);
  model.setAdapter(adapter);
  const stream = new TrainingStream(oneAccount(learned), endOfText, recipe.seed);
  const trainer = new Trainer(ops, model, recipe, { stream, heldOut });
  cleanups.push(() => {
    trainer.dispose();
    model.dispose();
  });
  return trainer;
}

/** Makes this many steps, waits for the loss of the last one, and returns the points of all. */
async function points(trainer: Trainer, steps: number): Promise<MetricPoint[]> {
  const found: (MetricPoint | null)[] = [];
  for (let step = 0; step < steps; step++) found.push(await trainer.step());
  found.push(await trainer.settle());
  return found.filter((point) => point !== null);
}

async function losses(trainer: Trainer, steps: number): Promise<number[]> {
  return (await points(trainer, steps)).map(({ loss }) => loss);
}

async function weightsOf(ops: PortableOps, model: GPT2): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of model.parameters) values.set(name, (await ops.read(tensor)).slice());
  return values;
}

/** A checkpoint in memory, to be read as often as a test likes. */
async function save(ops: PortableOps, trainer: Trainer): Promise<NamedTensor[]> {
  const saved: NamedTensor[] = [];
  for (const tensor of checkpointTensors(ops, trainer)) {
    const copies: Uint8Array[] = [];
    for await (const piece of tensor.pieces) copies.push(piece.slice());
    const pieces = {
      async *[Symbol.asyncIterator]() {
        yield* copies;
      },
    };
    saved.push({ ...tensor, pieces });
  }
  return saved;
}

describe.each(['wasm', 'cpu'])('on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test('two micro-batches of one block train as one of two blocks does', async () => {
    const run = async (layout: Pick<Recipe, 'microBatch' | 'accumulation'>) => {
      const ops = newOps();
      const trainer = newTrainer({ ...layout, dropout: 0 }, ops);
      return {
        losses: await losses(trainer, 3),
        weights: await weightsOf(ops, trainer.model),
      };
    };
    const apart = await run({ microBatch: 1, accumulation: 2 });
    const together = await run({ microBatch: 2, accumulation: 1 });
    expect(apart.losses).toHaveLength(3);
    const before = await weightsOf(newOps(), newTrainer({}).model);
    for (const [step, loss] of apart.losses.entries()) {
      expect(Math.abs(loss - (together.losses[step] as number)), `step ${step}`).toBeLessThan(1e-5);
    }
    for (const [name, values] of apart.weights) {
      const others = together.weights.get(name) as Float32Array;
      // Softmax doesn't see the keys' bias: its gradient is rounding noise, which AdamW scales up.
      const isNoise = (i: number) =>
        name.endsWith('c_attn.bias') && i >= config.nEmbd && i < 2 * config.nEmbd;
      const difference = values.reduce(
        (most, value, i) =>
          isNoise(i) ? most : Math.max(most, Math.abs(value - (others[i] as number))),
        0,
      );
      expect(difference, name).toBeLessThan(1e-5);
      // …and not because nothing was learned.
      expect(values, name).not.toEqual(before.get(name));
    }
  });

  test.each<[string, Partial<Recipe>]>([
    ['of two micro-batches', {}],
    ['with packed documents', { attention: 'document' }],
    ['with recomputed activations', { checkpointing: true }],
    ['of an adapter', { mode: { kind: 'lora', isBaseHalf: false, ...lora } }],
  ])(
    'a step %s that is given up anywhere changes nothing, and leaves nothing behind',
    async (_, kind) => {
      const create = () => {
        const ops = newOps();
        const isLora = kind.mode?.kind === 'lora';
        const adapter = isLora
          ? createAdapter(ops, config, lora, initialAdapter(config, lora, 5))
          : null;
        return newTrainer(kind, ops, goldenWeights(ops), adapter);
      };
      const expected = await losses(create(), 3);
      const trainer = create();
      const begin = async (parts: number) => {
        const ending = new AbortController();
        const step = trainer.step({ signal: ending.signal });
        for (let part = 0; part < parts; part++) await yieldToMessages();
        ending.abort();
        return step;
      };
      // The first step makes the gradients.
      for (const parts of [0, 3, 9]) expect(await begin(parts)).toBeNull();
      expect(trainer.completedSteps).toBe(0);
      await trainer.step();
      const tensors = tf.memory().numTensors;
      let parts = 0;
      let first = await begin(parts);
      while (trainer.completedSteps === 1) {
        // The transposed table of the step before is gone, and this one's is there once it was needed.
        expect([tensors - 1, tensors], `after ${parts} parts`).toContain(tf.memory().numTensors);
        first = await begin(++parts);
      }
      // Twice a block forward and a block backward, and the head.
      expect(parts).toBeGreaterThanOrEqual(2 * (2 * config.nLayer + 1));
      expect([first?.loss, ...(await losses(trainer, 1))]).toEqual(expected);
    },
  );

  test('a validation loss that is given up is none, and leaves nothing behind', async () => {
    const trainer = newTrainer({});
    const whole = await trainer.validationLoss();
    const tensors = tf.memory().numTensors;
    let parts = 0;
    let found: number | undefined;
    for (; found === undefined; parts++) {
      expect(tf.memory().numTensors).toBe(tensors);
      const ending = new AbortController();
      const loss = trainer.validationLoss(ending.signal);
      for (let part = 0; part < parts; part++) await yieldToMessages();
      ending.abort();
      found = await loss;
    }
    expect(found).toBe(whole);
    expect(parts).toBeGreaterThanOrEqual(base.validationBlocks * (config.nLayer + 1));
  });

  test('a loss comes with the step after it, and settling catches up', async () => {
    const trainer = newTrainer({});
    expect(await trainer.step()).toBeNull();
    expect(await trainer.step()).toMatchObject({ step: 1, learningRate: base.learningRate });
    expect(await trainer.step()).toMatchObject({ step: 2 });
    expect(trainer.completedSteps).toBe(3);
    const last = await trainer.settle();
    expect(last).toMatchObject({ step: 3 });
    expect(last?.learningRate).toBeLessThan(base.learningRate);
    const tokens = 3 * base.blockLength * base.microBatch * base.accumulation;
    const epochTokens = new TrainingStream(oneAccount(learned), endOfText, 0).epochTokens;
    expect(last?.epoch).toBeCloseTo(tokens / epochTokens);
    expect(await trainer.settle()).toBeNull();
    // After settling nothing is on its way: the next step has no point of a step before.
    expect(await trainer.step()).toBeNull();
    expect(await trainer.settle()).toMatchObject({ step: 4 });
  });

  test('it learns, and is finished after the last step', async () => {
    const trainer = newTrainer({ totalSteps: 40, dropout: 0 });
    const before = await trainer.validationLoss();
    const all = await points(trainer, 39);
    expect(trainer.isFinished).toBe(false);
    all.push(...(await points(trainer, 1)));
    expect(trainer.isFinished).toBe(true);
    expect(all.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    const mean = (some: readonly MetricPoint[]) =>
      some.reduce((sum, { loss }) => sum + loss, 0) / some.length;
    expect(mean(all.slice(-10))).toBeLessThan(mean(all.slice(0, 10)));
    expect(await trainer.validationLoss()).toBeLessThan(before as number);
  });

  test('a validation loss is also told in bits per byte of the texts that it was measured on', () => {
    const stream = new TrainingStream(oneAccount(learned), endOfText, 0);
    const ops = newOps();
    const model = new GPT2(ops, config, goldenWeights(ops));
    const byteLength = (id: number) => (id === endOfText ? 0 : 1 + (id % 4));
    const bits = (recipe: Recipe, data: { readonly byteLength?: typeof byteLength }) => {
      const trainer = new Trainer(ops, model, recipe, { stream, heldOut, ...data });
      const of = trainer.bitsPerByte(3);
      trainer.dispose();
      return of;
    };
    const all = { ...base, validationBlocks: 100 };
    // Each text is followed by an end, which costs bits and is no byte.
    const tokens = heldOut.reduce((sum, { length }) => sum + length + 1, 0);
    const bytes = heldOut.flatMap((ids) => [...ids]).reduce((sum, id) => sum + byteLength(id), 0);
    const expected = (3 * tokens) / Math.LN2 / bytes;
    expect(bits(all, { byteLength })).toBeCloseTo(expected, 12);
    expect(bits({ ...all, attention: 'document' }, { byteLength })).toBeCloseTo(expected, 12);
    expect(bits(all, {})).toBeUndefined();
    model.dispose();
  });

  test('a loss that is no number ends in loss-not-finite, naming its step', async () => {
    const failure = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error: unknown) => toErrorData(error),
      );
    const expected = { code: 'loss-not-finite', details: { step: 2 } };

    // The first update throws every weight out of float32's reach: the second loss can't be one.
    const stepping = newTrainer({ learningRate: 1e30 });
    await stepping.step();
    expect(await stepping.step()).toMatchObject({ step: 1 });
    expect(await failure(stepping.step())).toEqual(expected);

    const settling = newTrainer({ learningRate: 1e30 });
    await settling.step();
    await settling.step();
    expect(await failure(settling.settle())).toEqual(expected);
  });

  test('from a checkpoint it goes on to the bit, dropout and moments and all', async () => {
    const ops = newOps();
    const trainer = newTrainer({}, ops);
    await points(trainer, 4);
    const saved = await save(ops, trainer);
    const uninterrupted = await points(trainer, 6);

    // A new start: nothing but the saved bytes and the count of steps.
    const fresh = newOps();
    const learned = saved.filter(({ name }) => isWeight(name));
    const weights = await restoreWeights(fresh, config, learned, 'saved');
    const resumed = newTrainer({}, fresh, weights);
    const moments = saved.filter(({ name }) => !isWeight(name));
    await restoreOptimizer(resumed, 4, moments, 'saved');
    expect(resumed.completedSteps).toBe(4);
    expect(await points(resumed, 6)).toEqual(uninterrupted);
    expect(await weightsOf(fresh, resumed.model)).toEqual(await weightsOf(ops, trainer.model));
  });

  test('a LoRA run saves its adapter only, and goes on from it to the bit', async () => {
    const mode = { kind: 'lora', isBaseHalf: false, ...lora } as const;
    const recipe: Partial<Recipe> = { mode, learningRate: 1e-2, checkpointing: true };
    const adapted = (ops: PortableOps, adapter: Adapter) => {
      const weights = goldenWeights(ops);
      return newTrainer(recipe, ops, weights, adapter);
    };
    const ops = newOps();
    const start = createAdapter(ops, config, lora, initialAdapter(config, lora, 11));
    const trainer = adapted(ops, start);
    const first = await points(trainer, 5);
    const saved = await save(ops, trainer);
    const names = [...adapterShapes(config, lora).keys()];
    const moments = names.flatMap((name) => [`adam.m.${name}`, `adam.v.${name}`]);
    expect(saved.map(({ name }) => name).sort()).toEqual([...names, ...moments].sort());
    const uninterrupted = await points(trainer, 5);
    expect(uninterrupted.at(-1)?.loss).toBeLessThan(first[0]?.loss as number);
    expect(await weightsOf(ops, trainer.model)).toEqual(await weightsOf(ops, newTrainer({}).model));

    const fresh = newOps();
    const weights = saved.filter(({ name }) => isWeight(name));
    const resumed = adapted(fresh, await restoreAdapter(fresh, config, lora, weights, 'saved'));
    const rest = saved.filter(({ name }) => !isWeight(name));
    await restoreOptimizer(resumed, 5, rest, 'saved');
    expect(await points(resumed, 5)).toEqual(uninterrupted);
    for (const [name, tensor] of resumed.model.trainable) {
      const other = trainer.model.trainable.get(name) as Tensor;
      expect((await fresh.read(tensor)).slice(), name).toEqual((await ops.read(other)).slice());
    }
  });

  test('a checkpoint with a tensor missing or misshapen is refused by its name', async () => {
    const ops = newOps();
    const trainer = newTrainer({}, ops);
    await points(trainer, 1);
    const saved = await save(ops, trainer);
    const reason = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error: unknown) => {
          const data = toErrorData(error);
          return data.code === 'stored-data-damaged'
            ? JSON.stringify(data.details.fault)
            : data.code;
        },
      );
    const weights = saved.filter(({ name }) => isWeight(name));
    const without = weights.filter(({ name }) => name !== 'ln_f.bias');
    expect(await reason(restoreWeights(ops, config, without, 'saved'))).toMatch(/ln_f\.bias/);
    const bent = weights.map((t) => (t.name === 'wpe.weight' ? { ...t, shape: [1, 2] } : t));
    expect(await reason(restoreWeights(ops, config, bent, 'saved'))).toMatch(/wpe\.weight/);
    const moments = saved.filter(({ name }) => !isWeight(name) && !name.endsWith('ln_f.bias'));
    expect(await reason(restoreOptimizer(trainer, 1, moments, 'saved'))).toMatch(/ln_f\.bias/);
  });

  test('live tensors are flat from step 5 to step 50, validation included', async () => {
    const trainer = newTrainer({});
    const counts: number[] = [];
    for (let step = 1; step <= 50; step++) {
      await trainer.step();
      if (step % 5 === 0) await trainer.settle();
      await trainer.validationLoss();
      if (step >= 5) counts.push(tf.memory().numTensors);
    }
    expect(new Set(counts).size, counts.join(' ')).toBe(1);
  });
});
