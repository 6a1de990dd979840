/** How a step is cut: into more micro-batches on a slow machine, and never into another recipe. */

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type GPT2Config, PLAIN_GPT2 } from '../../../src/model/config.ts';
import { GPT2 } from '../../../src/model/gpt2.ts';
import type { Parameters } from '../../../src/model/model-weights.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { must } from '../../../src/core/assert.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { stepShape } from '../../../src/planning/plan-training.ts';
import { measureSpeed, timeSecondStep } from '../../../src/planning/probe.ts';
import { waysToTrain } from '../../../src/planning/ways-to-train.ts';
import type { RecipeOverrides } from '../../../src/domain/training-options.ts';
import { recipeDefaults, tokensPerStep } from '../../../src/train/recipe.ts';

const starter: GPT2Config = {
  nLayer: 6,
  nHead: 6,
  nEmbd: 192,
  blockSize: 256,
  vocabSize: 4096,
  ...PLAIN_GPT2,
  endOfTextId: 0,
};
const gpt2: GPT2Config = {
  ...starter,
  nLayer: 12,
  nHead: 12,
  nEmbd: 768,
  blockSize: 1024,
  vocabSize: 50_257,
};

const ops = new PortableOps();

describe('the shape of a step', () => {
  test.each([
    ['all blocks at once where they may be', starter, Infinity, 'quick', {}, [128, 2, 1]],
    ['just as many tokens as that needs', starter, 256, 'quick', {}, [128, 2, 1]],
    ['half of them where fewer may be', starter, 135, 'quick', {}, [128, 1, 2]],
    ['a block at a time in any case', starter, 36, 'quick', {}, [128, 1, 2]],
    ['the same for GPT-2', gpt2, 27, 'best', {}, [128, 1, 4]],
    ['as huggingtweets has it', gpt2, 50_000, 'huggingtweets', {}, [1024, 1, 1]],
    [
      'as it has it, in as long blocks as there are',
      starter,
      1350,
      'huggingtweets',
      {},
      [256, 4, 1],
    ],
    ['as the user has set it', starter, 24, 'quick', { blockLength: 64 }, [64, 1, 4]],
    ['a block is at most a step', starter, 900, 'quick', { tokensPerStep: 32 }, [32, 1, 1]],
    ['blocks that divide the step', starter, 900, 'quick', { tokensPerStep: 300 }, [100, 3, 1]],
  ] as const)('%s', (_, config, atOnce, preset, overrides: RecipeOverrides, expected) => {
    const way = must(waysToTrain(config, preset, overrides)[0], 'a way');
    const perStep = overrides.tokensPerStep ?? recipeDefaults(preset, config).tokensPerStep;
    const shape = stepShape(atOnce, perStep, way.blockLength);
    const [blockLength, microBatch, accumulation] = expected;
    expect(shape).toEqual({ blockLength, microBatch, accumulation });
    expect(tokensPerStep(shape)).toBe(perStep);
  });
});

describe('the probe', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  function model(config: GPT2Config): GPT2 {
    const parameters: Parameters = new Map();
    for (const [name, shape] of parameterShapes(config)) parameters.set(name, ops.zeros(shape));
    return new GPT2(ops, config, parameters);
  }

  /** One size only, however fast this machine is: constants are kept for every size that was seen. */
  const oneSize = { blockLength: 32, microBatch: 1, checkpointing: false, dropout: 0.1 };

  test.each([
    ['the model’s positions', 24, undefined, 24],
    ['the model’s positions, whatever is wished', 24, 4096, 24],
    ['the wish', 128, 16, 16],
  ])('blocks are never longer than %s', async (_, blockSize, wish, max) => {
    const config = { ...starter, nLayer: 1, nHead: 2, nEmbd: 8, vocabSize: 20, blockSize };
    const tiny = model(config);
    const way = must(waysToTrain(config, 'quick', { blockLength: wish })[0], 'a way');
    // The model throws if there are more tokens than positions.
    const tokensPerSecond = await measureSpeed(ops, tiny, { ...way, microBatch: 1 });
    expect(way.blockLength).toBeLessThanOrEqual(max);
    expect(tokensPerSecond).toBeGreaterThan(0);
    tiny.dispose();
  });

  test('it makes whole steps, and leaves the weights as they were to the bit', async () => {
    const config = { ...starter, nLayer: 1, nHead: 2, nEmbd: 8, vocabSize: 20 };
    const parameters: Parameters = new Map();
    for (const [name, shape] of parameterShapes(config)) {
      const data = Float32Array.from({ length: elementCount(shape) }, (_, i) => Math.sin(i + 1));
      parameters.set(name, ops.tensor(data, shape));
    }
    const wavy = new GPT2(ops, config, parameters);
    const before = await ops.read(wavy.parameter('h.0.mlp.c_fc.weight'));
    const updates = vi.spyOn(ops, 'adamw');
    await measureSpeed(ops, wavy, oneSize);
    // The first one compiles, and three are timed.
    expect(updates).toHaveBeenCalledTimes(4);
    updates.mockRestore();
    expect(await ops.read(wavy.parameter('h.0.mlp.c_fc.weight'))).toEqual(before);
    wavy.dispose();
  });

  test('its steps grow to a whole micro-batch on a machine that is fast enough', async () => {
    const tiny = model({ ...starter, nLayer: 1, nHead: 2, nEmbd: 8, vocabSize: 20 });
    const sizes = vi.spyOn(tiny, 'lossAndGradientsInParts');
    let nowMs = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs++);
    const step = { ...oneSize, blockLength: 48, microBatch: 3 };
    const tokensPerSecond = await measureSpeed(ops, tiny, step);
    clock.mockRestore();
    const timed = sizes.mock.calls.map(([{ B, T }]) => [B, T]);
    expect(timed).toEqual([
      [1, 32],
      [1, 32],
      [2, 48],
      [2, 48],
      // The last size is timed three times.
      ...Array.from({ length: 4 }, () => [3, 48]),
    ]);
    // The last of them took a millisecond by this clock.
    expect(tokensPerSecond).toBe(3 * 48 * 1000);
    tiny.dispose();
  });

  test('one time that is far off changes nothing', async () => {
    const tiny = model({ ...starter, nLayer: 1, nHead: 2, nEmbd: 8, vocabSize: 20 });
    // Of the steps that are timed, one is held up by something else.
    const durations = [5, 10, 400, 10];
    let readings = 0;
    let nowMs = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      if (readings++ % 2 === 1) nowMs += durations.shift() ?? 10;
      return nowMs;
    });
    const tokensPerSecond = await measureSpeed(ops, tiny, oneSize);
    clock.mockRestore();
    expect(tokensPerSecond).toBe(3200);
    tiny.dispose();
  });

  test.each([
    ['the second of two steps counts', Infinity, 7],
    ['the first one, if it takes too long', 99, 100],
  ])('to compare two machines, %s', async (_, hopelessMs, expected) => {
    const tiny = model({ ...starter, nLayer: 1, nHead: 2, nEmbd: 8, vocabSize: 20 });
    const durations = [100, 7];
    let readings = 0;
    let nowMs = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      if (readings++ % 2 === 1) nowMs += must(durations.shift(), 'a step');
      return nowMs;
    });
    expect(await timeSecondStep(ops, tiny, oneSize, undefined, hopelessMs)).toBe(expected);
    clock.mockRestore();
    tiny.dispose();
  });

  test('it leaves no tensor behind, and can be cancelled', async () => {
    const tiny = model({ ...starter, nLayer: 1, nHead: 2, nEmbd: 8, vocabSize: 20 });
    await measureSpeed(ops, tiny, oneSize);
    const before = tf.memory().numTensors;
    await measureSpeed(ops, tiny, oneSize);
    expect(tf.memory().numTensors).toBe(before);
    const cancelled = measureSpeed(ops, tiny, oneSize, AbortSignal.abort());
    await expect(cancelled).rejects.toThrowError(/cancelled/);
    expect(tf.memory().numTensors).toBe(before);
    tiny.dispose();
  });
});
