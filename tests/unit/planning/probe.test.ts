/** How a step is laid out: the recipe's tokens on a fast adapter, fewer on a slow one. */

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type GPT2Config, PLAIN_GPT2 } from '../../../src/model/config.ts';
import { GPT2, type Parameters } from '../../../src/model/gpt2.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { must } from '../../../src/core/assert.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { stepShape } from '../../../src/planning/plan-training.ts';
import { measureSpeed } from '../../../src/planning/probe.ts';
import { waysToTrain } from '../../../src/planning/ways-to-train.ts';
import { tokensPerStep } from '../../../src/train/recipe.ts';

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
    ['a fast adapter takes what the recipe says', starter, 50_000, 256, 1024, 256],
    ['and just fast enough is fast', starter, 683, 256, 1024, 256],
    ['half as fast takes half', starter, 400, 256, 512, 256],
    ['500 tokens a second', starter, 500, 256, 512, 256],
    ['100 tokens a second', starter, 100, 256, 128, 128],
    ['24 tokens a second', starter, 24, 256, 32, 32],
    ['one token a second still takes a block', starter, 1, 256, 32, 32],
    ['a wished block length is kept', starter, 50_000, 64, 1024, 64],
    ['a wish below the shortest block too', starter, 24, 16, 32, 16],
    ['GPT-2 on a fast adapter', gpt2, 50_000, 256, 1024, 256],
    ['GPT-2 with short blocks', gpt2, 50_000, 128, 1024, 128],
    ['GPT-2 on a slow one', gpt2, 24, 256, 32, 32],
  ])('%s', (_, config, speed, wished, perStep, blockLength) => {
    const way = must(waysToTrain(config, { blockLength: wished })[0], 'a way');
    const shape = stepShape(speed, way.blockLength);
    expect(tokensPerStep(shape)).toBe(perStep);
    expect(shape.blockLength).toBe(blockLength);
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

  test.each([
    ['the model’s positions', 24, undefined, 24],
    ['the model’s positions, whatever is wished', 24, 4096, 24],
    ['the wish', 128, 16, 16],
  ])('blocks are never longer than %s', async (_, blockSize, wish, max) => {
    const config = { ...starter, nLayer: 1, nHead: 2, nEmbd: 8, vocabSize: 20, blockSize };
    const tiny = model(config);
    const way = must(waysToTrain(config, { blockLength: wish })[0], 'a way');
    // The model throws if there are more tokens than positions.
    const tokensPerSecond = await measureSpeed(ops, tiny, way);
    expect(stepShape(tokensPerSecond, way.blockLength).blockLength).toBeLessThanOrEqual(max);
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
    await measureSpeed(ops, wavy, { blockLength: 32, checkpointing: false });
    expect(updates).toHaveBeenCalledTimes(2);
    updates.mockRestore();
    expect(await ops.read(wavy.parameter('h.0.mlp.c_fc.weight'))).toEqual(before);
    wavy.dispose();
  });

  test('it leaves no tensor behind, and can be cancelled', async () => {
    const tiny = model({ ...starter, nLayer: 1, nHead: 2, nEmbd: 8, vocabSize: 20 });
    // One size only, however fast this machine: constants are kept for every size that was seen.
    const wish = { blockLength: 32, checkpointing: false };
    await measureSpeed(ops, tiny, wish);
    const before = tf.memory().numTensors;
    await measureSpeed(ops, tiny, wish);
    expect(tf.memory().numTensors).toBe(before);
    const cancelled = measureSpeed(ops, tiny, wish, AbortSignal.abort());
    await expect(cancelled).rejects.toThrowError(/cancelled/);
    expect(tf.memory().numTensors).toBe(before);
    tiny.dispose();
  });
});
