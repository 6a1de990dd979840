/** Clipping and AdamW on WASM, in parts: how they are cut changes no bit, and no part is large. */

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { complete } from '../../../src/core/parts.ts';
import { randomUnit } from '../../../src/core/random.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import type { AdamWSlot } from '../../../src/ops/operands.ts';
import { PortableConstants } from '../../../src/ops/portable-constants.ts';
import { adamwUpdate, clipScale, PART_ELEMENTS } from '../../../src/ops/portable-optimizer.ts';
import { asTf } from '../../../src/ops/portable-tensors.ts';
import { configOf } from '../../bench/train.ts';
import { tfjsOn } from '../../support/node-backends.ts';

beforeAll(() => tfjsOn('wasm', null));

const step = { learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, t: 3 };

/** Operations on each element: two for its norm, and of AdamW twelve, or thirteen with weight decay. */
const OPERATIONS = 15;

function slotsOf(sizes: readonly number[]): AdamWSlot[] {
  const noise = (size: number, stream: number) =>
    tf.tensor1d(Float32Array.from({ length: size }, (_, i) => randomUnit(7, stream, i)));
  return sizes.map((size, i) => ({
    ...{ value: noise(size, 4 * i), gradient: noise(size, 4 * i + 1) },
    ...{ m: noise(size, 4 * i + 2), v: noise(size, 4 * i + 3) },
    weightDecay: i % 2 === 0 ? 0.1 : 0,
  }));
}

/** Everything that one step with clipping gives, and in how many parts. */
function update(slots: readonly AdamWSlot[], partElements: number) {
  const constants = new PortableConstants();
  const gradients = slots.map(({ gradient }) => asTf(gradient));
  let parts = 1;
  const counted = function* <T>(work: Generator<void, T | null>) {
    for (;;) {
      const { done, value } = work.next();
      if (done) return value ?? null;
      parts++;
      yield;
    }
  };
  const scale = complete(counted(clipScale(gradients, 1, constants, partElements)));
  complete(counted(adamwUpdate(slots, scale, step, constants, partElements)));
  const tensors = [scale, ...slots.flatMap(({ value, m, v }) => [value, m, v])].map(asTf);
  const values = tensors.map((tensor) => [...tensor.dataSync()]);
  scale.dispose();
  constants.dispose();
  return { values, parts };
}

test('however it is cut, the bits are the same, and nothing is left', () => {
  const { numTensors } = tf.memory();
  const sizes = [900, 30, 4000, 7];
  const [whole, cut] = [slotsOf(sizes), slotsOf(sizes)];
  const { values, parts } = update(whole, Infinity);
  expect(parts).toBe(1);
  const inParts = update(cut, 1000);
  expect(inParts.values).toEqual(values);
  // Every operation on 4,000 elements is a part by itself.
  expect(inParts.parts).toBeGreaterThanOrEqual(OPERATIONS - 1);
  for (const { value, m, v, gradient } of [...whole, ...cut]) {
    for (const tensor of [value, m, v, gradient]) tensor.dispose();
  }
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('what throws in the middle leaves tensors that can be freed, and nothing else', () => {
  const { numTensors } = tf.memory();
  const slots = slotsOf([900, 30]);
  const constants = new PortableConstants();
  const scale = tf.tensor1d([1, 1]);
  const updating = adamwUpdate(slots, scale, step, constants, 1);
  // In the second slot.
  for (let part = 0; part < OPERATIONS; part++) expect(updating.next().done).toBe(false);
  expect(() => updating.throw(new Error('made up'))).toThrow('made up');
  for (const { value, m, v, gradient } of slots) {
    for (const tensor of [value, m, v, gradient]) tensor.dispose();
  }
  scale.dispose();
  constants.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('GPT-2 124M’s is cut into parts of which none goes through more than its largest tensor', () => {
  const shapes = parameterShapes(configOf({ L: 12, C: 768, H: 12, T: 128, B: 1, V: 50_257 }));
  // Everything a thousand times smaller.
  const sizes = [...shapes.values()].map((shape) =>
    Math.ceil(shape.reduce((product, n) => product * n) / 1000),
  );
  const elements = sizes.reduce((sum, size) => sum + size);
  const largest = Math.max(PART_ELEMENTS / 1000, ...sizes);
  expect(largest / elements).toBeLessThan(1 / 3);
  const { parts } = update(slotsOf(sizes), PART_ELEMENTS / 1000);
  expect(parts).toBeGreaterThanOrEqual((0.9 * OPERATIONS * elements) / largest);
});
