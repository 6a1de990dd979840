/** How a training is made to fit, or refused before its start with what would fit. */

import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { type ErrorData, MynahError } from '../../../src/core/errors.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { type GPT2Config, PLAIN_GPT2 } from '../../../src/model/config.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { createMemoryModel } from '../../../src/planning/create-memory-model.ts';
import type { MemoryModel } from '../../../src/planning/memory-model.ts';
import { layOut, layouts, planTraining } from '../../../src/planning/plan-training.ts';
import { estimateNeeds } from '../../../src/planning/estimate-needs.ts';
import { chooseWays, waysToTrain } from '../../../src/planning/ways-to-train.ts';
import {
  type AnyOptionValue,
  type RecipeOverrides,
  TRAINING_OPTION_NAMES,
  TRAINING_OPTIONS,
  type TrainingOption,
  type TrainingOptionName,
} from '../../../src/domain/training-options.ts';
import { conflictOf } from '../../../src/domain/option-conflicts.ts';
import type { Recipe } from '../../../src/domain/recipe.ts';
import { tokensPerStep } from '../../../src/train/recipe.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

const standard = await createDawnDevice(true);

afterAll(() => {
  standard?.device.destroy();
});

function gpt2(nLayer: number, nHead: number, nEmbd: number): GPT2Config {
  const rest = { blockSize: 1024, vocabSize: 50_257, ...PLAIN_GPT2, endOfTextId: 50_256 };
  return { nLayer, nHead, nEmbd, ...rest };
}
const starter: GPT2Config = { ...gpt2(6, 6, 192), blockSize: 256, vocabSize: 4096 };
const distil = gpt2(6, 12, 768);
const small = gpt2(12, 12, 768);
const medium = gpt2(24, 16, 1024);
const xl = gpt2(48, 25, 1600);

function memoryOf(ops: Ops, hostGiB = 8, roomBytes = Infinity): MemoryModel {
  return createMemoryModel(ops, { isSoftware: true, hostGiB, roomBytes });
}

/** The best way that fits. */
async function chooseWay(config: GPT2Config, overrides: RecipeOverrides, memory: MemoryModel) {
  return must((await chooseWays(config, 'quick', overrides, memory))[0], 'a way');
}

/** What the engine does, at a speed that isn't measured. */
async function planAt(
  tokensPerSecond: number,
  config: GPT2Config,
  overrides: RecipeOverrides,
  memory: MemoryModel,
) {
  const ways = await chooseWays(config, 'quick', overrides, memory);
  const seed = overrides.seed ?? 9;
  const length = { epochTokens: 5001, datasetTokens: 5001 };
  const rest = { seed, isSoftware: true, ...length };
  const request = { config, preset: 'quick', overrides, ...rest } as const;
  return planTraining(request, ways, async () => tokensPerSecond, memory);
}

async function refusal(work: Promise<unknown>): Promise<ErrorData> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MynahError);
  return (error as MynahError).data;
}

/** The starter gets a plan within these bytes; a larger one gets one, too, or is refused with what is needed. */
async function expectPlansWithin(memory: MemoryModel, bytes: number): Promise<void> {
  const { plan } = await planAt(50, { ...starter, endOfTextId: 0 }, {}, memory);
  expect(plan.estimatedBytes).toBeLessThanOrEqual(bytes);
  for (const config of [distil, small, medium]) {
    const needs = await estimateNeeds(config, memory, true);
    if (needs !== null) expect(needs.bytes).toBeLessThanOrEqual(bytes);
    else {
      const error = await refusal(planAt(50, config, {}, memory));
      expect(error).toMatchObject({ code: 'out-of-memory', details: { availableBytes: bytes } });
    }
  }
}

describe('what is given up', () => {
  const short = (wished: RecipeOverrides) =>
    waysToTrain(small, 'quick', wished).map((way) => {
      const { mode, checkpointing, hasHalfActivations, blockLength } = way;
      const saving = checkpointing ? 'recomputed' : hasHalfActivations ? 'halves' : 'kept';
      return [mode.kind, saving, blockLength].join(' ');
    });

  test('digits of activations first, then time, then long blocks, then all of the model', () => {
    const ways = (mode: string) =>
      ['kept 128', 'halves 128', 'recomputed 128', 'recomputed 64', 'recomputed 32'].map(
        (way) => `${mode} ${way}`,
      );
    expect(short({})).toEqual([...ways('full'), ...ways('lora')]);
  });

  test('never what the user has set', () => {
    const full = ['full kept 256', 'full halves 256', 'full recomputed 256'];
    expect(short({ mode: 'full', blockLength: 256 })).toEqual(full);
    const lora = ['lora kept 32', 'lora halves 32'];
    expect(short({ mode: 'lora', checkpointing: false, blockLength: 32 })).toEqual(lora);
    expect(short({ mode: 'full', checkpointing: true, blockLength: 32 })).toEqual([
      'full recomputed 32',
    ]);
  });

  test('all of a very large model is not even tried, unless the user asks for it', () => {
    const modes = (wished: RecipeOverrides) => [
      ...new Set([...waysToTrain(medium, 'quick', wished)].map(({ mode }) => mode.kind)),
    ];
    expect(modes({})).toEqual(['lora']);
    expect(modes({ mode: 'full' })).toEqual(['full']);
  });

  test('the tokens of a step stay', () => {
    const found = [...layouts({ blockLength: 256, microBatch: 4, accumulation: 1 })];
    expect(found.map(({ microBatch }) => microBatch)).toEqual([4, 2, 1]);
    for (const shape of found) expect(tokensPerStep(shape)).toBe(1024);
  });
});

describe('on WASM, which addresses 4 GB', () => {
  const wasm = memoryOf(new PortableOps());
  const poor = memoryOf(new PortableOps(), 4);

  test('GPT-2 trains whole; its larger sister gets an adapter', async () => {
    expect(await chooseWay(small, {}, wasm)).toMatchObject({ mode: { kind: 'full' } });
    expect(await chooseWay(medium, {}, wasm)).toMatchObject({ mode: { kind: 'lora' } });
  });

  test('a computer with little memory trains an adapter', async () => {
    expect(await chooseWay(small, {}, poor)).toMatchObject({ mode: { kind: 'lora' } });
  });

  test('who insists on all of it hears what would fit', async () => {
    expect(await refusal(chooseWay(medium, { mode: 'full' }, wasm))).toMatchObject({
      code: 'out-of-memory',
      details: { reason: 'too-large', requested: { mode: 'full' }, instead: { mode: 'lora' } },
    });
  });

  test.each([2, 4])('a device with %i GB gives three quarters, waste included', async (hostGiB) => {
    const memory = memoryOf(new PortableOps(), hostGiB);
    await expectPlansWithin(memory, 0.75 * hostGiB * 2 ** 30);
  });

  test('where nothing fits, that is said', async () => {
    expect(await refusal(chooseWay(xl, {}, wasm))).toMatchObject({
      code: 'out-of-memory',
      details: { instead: null },
    });
  });

  test('what is on the device at once is bounded: a big model accumulates', async () => {
    const asked = { blockLength: 256, microBatch: 4, accumulation: 1 };
    const [way] = waysToTrain(small, 'quick', {});
    const { shape } = must(await layOut(small, must(way, 'a way'), asked, wasm), 'a layout');
    expect(shape).toMatchObject({ microBatch: 1, accumulation: 4 });
    const kept = must(await layOut(starter, must(way, 'a way'), asked, wasm), 'a layout');
    expect(kept.shape).toEqual(asked);
  });

  test('the need that is told beforehand is what the plan then says', async () => {
    for (const [config, memory] of [
      [starter, wasm],
      [small, wasm],
      [small, poor],
      [medium, wasm],
    ] as const) {
      const needs = must(await estimateNeeds(config, memory, true), 'needs');
      const { plan } = await planAt(50, config, {}, memory);
      expect(plan).toMatchObject({ mode: needs.mode, checkpointing: needs.checkpointing });
      expect(plan.estimatedBytes).toBe(needs.bytes);
    }
    expect(await estimateNeeds(xl, wasm, true)).toBeNull();
  });
});

test('where a device turns out to have no room, the next way is taken', async () => {
  const real = memoryOf(new PortableOps());
  // Gives everything at first, then never again what it once promised.
  let promises = 1;
  let refused = Infinity;
  const memory: MemoryModel = {
    fit: (config, step) => real.fit(config, step),
    hasRoomFor: async ({ neededBytes }) => {
      if (promises-- <= 0) refused = Math.min(refused, 1.5e9);
      return neededBytes < refused;
    },
  };
  expect((await planAt(50, distil, {}, memory)).plan.mode).toBe('lora');
  expect(promises).toBeLessThan(0);

  // And where there is room for nothing any more, it is refused.
  promises = 1;
  memory.hasRoomFor = async () => promises-- > 0;
  expect(await refusal(planAt(50, distil, {}, memory))).toMatchObject({
    code: 'out-of-memory',
    details: {
      reason: 'no-room',
      requested: { mode: 'full', checkpointing: false },
      instead: null,
    },
  });
});

describe('on an adapter with WebGPU’s default limits', onlyWithDevice(standard), () => {
  const hardware = { isSoftware: false, hostGiB: 8, roomBytes: Infinity };

  test('a step’s blocks are together on the device as far as they fit', async () => {
    const ops = new WebGPUOps(
      new GpuContext(must(standard, 'a device').device, { isSoftware: false }),
    );
    const memory = createMemoryModel(ops, hardware);
    const choice = await chooseWay(small, {}, memory);
    expect(choice).toMatchObject({ mode: { kind: 'full' }, checkpointing: false });
    const asked = { blockLength: 256, microBatch: 4, accumulation: 1 };
    const laidOut = must(await layOut(small, choice, asked, memory), 'a layout');
    expect(laidOut.shape).toEqual(asked);
    const { parts, neededBytes } = laidOut.memory;
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(neededBytes);
    // Asking for it has left nothing on the device.
    expect(ops.gpu.arena.liveBuffers).toBe(3);
    ops.dispose();
  });

  test.each([2, 4])('a phone’s card shares its %i GB, of which half is used', async (hostGiB) => {
    const ops = new WebGPUOps(
      new GpuContext(must(standard, 'a device').device, { isSoftware: false }),
    );
    const memory = createMemoryModel(ops, { ...hardware, hostGiB });
    await expectPlansWithin(memory, (hostGiB / 2) * 2 ** 30);
    ops.dispose();
  });

  test('what ran out of memory under way is not tried again', async () => {
    const ops = new WebGPUOps(
      new GpuContext(must(standard, 'a device').device, { isSoftware: false }),
    );
    const memory = createMemoryModel(ops, { ...hardware, roomBytes: 2e9 });
    expect(await chooseWay(small, {}, memory)).toMatchObject({ mode: { kind: 'lora' } });
    ops.dispose();
  });

  test('a table larger than a buffer is refused by its size, or halved', async () => {
    const ops = new WebGPUOps(
      new GpuContext(must(standard, 'a device').device, { isSoftware: false }),
    );
    const memory = createMemoryModel(ops, hardware);
    expect(await refusal(chooseWay(xl, { mode: 'full' }, memory))).toMatchObject({
      code: 'out-of-memory',
      details: {
        reason: 'one-buffer',
        neededBytes: 321_644_800,
        availableBytes: 268_435_456,
        instead: { mode: 'lora', checkpointing: false },
      },
    });
    ops.dispose();
  });
});

describe('every option', () => {
  /** A value other than what applies when nothing is set. */
  function otherValue(option: TrainingOption): AnyOptionValue {
    if (option.kind === 'choice') return option.choices.at(-1);
    if (option.kind === 'flag') return true;
    // Nothing may be what applies anyway.
    return option.min === 0 ? option.max : option.min;
  }

  test.each(TRAINING_OPTION_NAMES)('%s reaches the recipe', async (name) => {
    const option: TrainingOption = TRAINING_OPTIONS[name];
    const memory = memoryOf(new PortableOps());
    const recipeOf = async (overrides: RecipeOverrides) =>
      (await planAt(5000, starter, overrides, memory)).recipe;
    const others = option.onlyFor === undefined ? {} : { mode: option.onlyFor };
    const changed = await recipeOf({ ...others, [name]: otherValue(option) });
    expect(changed).not.toEqual(await recipeOf(others));
  });

  /** Where an option that is set is found in the recipe. */
  const placeOf: { readonly [N in TrainingOptionName]: (recipe: Recipe) => AnyOptionValue } = {
    mode: ({ mode }) => mode.kind,
    loraRank: ({ mode }) => (mode.kind === 'lora' ? mode.rank : undefined),
    checkpointing: ({ checkpointing }) => checkpointing,
    steps: ({ totalSteps }) => totalSteps,
    epochs: ({ epochs }) => epochs,
    learningRate: ({ learningRate }) => learningRate,
    tokensPerStep,
    blockLength: ({ blockLength }) => blockLength,
    dropout: ({ dropout }) => dropout,
    warmup: ({ warmup }) => warmup,
    weightDecay: ({ adamw }) => adamw.weightDecay,
    patience: ({ patience }) => patience,
    isUnmixed: ({ mixesWithBase }) => !mixesWithBase,
    replyContext: ({ replyContext }) => replyContext === true,
    seed: ({ seed }) => seed,
  };

  /** Bounds, and values that are no multiples of anything. */
  function valuesOf(option: TrainingOption): readonly AnyOptionValue[] {
    if (option.kind === 'choice') return option.choices;
    if (option.kind === 'flag') return [true, false];
    const { min, max, isInteger } = option;
    const between = [0.001, 0.013, 0.2, 0.77].map((share) => min + share * (max - min));
    const inside = isInteger ? between.map(Math.round) : between;
    return [min, ...inside, 200, 300, max].filter((value) => value >= min && value <= max);
  }

  test.each(TRAINING_OPTION_NAMES)('%s is trained as it is set, or refused', async (name) => {
    const option: TrainingOption = TRAINING_OPTIONS[name];
    const memory = memoryOf(new PortableOps());
    let obeyed = 0;
    for (const config of [starter, distil]) {
      for (const value of valuesOf(option)) {
        const others = option.onlyFor === undefined ? {} : { mode: option.onlyFor };
        const overrides: RecipeOverrides = { ...others, [name]: value };
        const conflict = conflictOf(overrides, config.blockSize);
        if (conflict !== null) {
          expect(conflict.option).toBe(name);
          continue;
        }
        const { recipe, plan } = await planAt(5000, config, overrides, memory);
        obeyed++;
        // An epoch of few tweets is a few steps, and there are no half ones.
        if (name === 'epochs') {
          const steps = (Number(value) * 5001) / tokensPerStep(recipe);
          expect(plan.steps).toBe(Math.max(1, Math.round(steps)));
        } else expect(placeOf[name](recipe)).toBe(value);
      }
    }
    expect(obeyed).toBeGreaterThan(2);
  });

  test('the time has the validation losses in it, the samples between them, and the mixing at the end', async () => {
    const memory = memoryOf(new PortableOps());
    const { plan, recipe } = await planAt(100, starter, { steps: 2000 }, memory);
    const training = (2000 * tokensPerStep(recipe)) / 100;
    const { evaluateEvery, validationBlocks, blockLength } = recipe;
    const evaluations = 2000 / evaluateEvery;
    const heldOut = (validationBlocks * blockLength) / 3 / 100;
    // A sixth of the training, or what forty tweets take.
    expect((evaluations * heldOut) / training).toBeLessThan(0.17);
    expect((evaluations * heldOut) / training).toBeGreaterThan(0.15);
    // Samples take as long as the loss before them, and two mixtures are tried.
    const all = training + evaluations * heldOut + (evaluations - 1) * heldOut + 2 * heldOut;
    expect(plan.estimatedSeconds).toBeCloseTo(all, 5);

    // Of a run that isn't evaluated often, samples may take a fifth of the time between.
    const unmixed = { steps: 20, isUnmixed: true };
    const short = await planAt(100, starter, unmixed, memory);
    const every = short.recipe.evaluateEvery * (tokensPerStep(short.recipe) / 100);
    const tested = (short.recipe.validationBlocks * blockLength) / 3 / 100;
    expect(tested).toBeGreaterThan(every / 5);
    const shortTraining = (20 * tokensPerStep(short.recipe)) / 100;
    const shortAll = shortTraining + 10 * tested + 9 * (every / 5);
    expect(short.plan.estimatedSeconds).toBeCloseTo(shortAll, 5);
  });

  test('the recipe is the same at whatever speed', async () => {
    const memory = memoryOf(new PortableOps());
    const at = async (speed: number) => (await planAt(speed, distil, { seed: 7 }, memory)).recipe;
    const slow = await at(3);
    for (const speed of [40, 900, 1e6]) expect(await at(speed)).toEqual(slow);
  });
});
