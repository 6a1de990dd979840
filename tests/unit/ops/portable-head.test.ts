/** The head on WASM, in parts: how it is cut changes no bit, no part is large, and what is given up leaves nothing. */

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { complete, type Parts } from '../../../src/core/parts.ts';
import { randomUnit } from '../../../src/core/random.ts';
import {
  headLoss,
  headLossAndGradients,
  PART_SIZE,
  type PartSize,
} from '../../../src/ops/portable-loss.ts';
import { tfjsOn } from '../../support/node-backends.ts';

beforeAll(() => tfjsOn('wasm', null));

const [N, C, V] = [37, 20, 1003];
const noise = (rows: number, columns: number, stream: number) =>
  tf.tensor2d(
    Float32Array.from({ length: rows * columns }, (_, i) => randomUnit(9, stream, i) - 0.5),
    [rows, columns],
  );
const targets = Int32Array.from({ length: N }, (_, n) => (n % 5 === 2 ? -100 : (n * 331) % V));
const ONE_PART: PartSize = { flops: Infinity, elements: Infinity };
const SMALL_PARTS: PartSize = { flops: 60_000, elements: 6000 };

function count<T>(parts: Parts<T>): number {
  for (let yields = 0; ; yields++) if (parts.next().done) return yields;
}

function head(size: PartSize) {
  const [x, wte] = [noise(N, C, 1), noise(V, C, 2)];
  const table = { wte, transposed: [], isTrained: true };
  const { loss, dx, dwte } = complete(headLossAndGradients(x, table, targets, 0.5, size));
  const alone = complete(headLoss(x, wte, targets, size));
  return [loss, dx, dwte, alone].map((tensor) => [...(tensor?.dataSync() ?? [])]);
}

test('however it is cut, the bits are the same', () => {
  expect(head(SMALL_PARTS)).toEqual(head(ONE_PART));
});

test('GPT-2’s is cut into parts of an eighth of a second on a thread that makes 12 GFLOPS', () => {
  expect(PART_SIZE.flops / 12e9).toBeLessThanOrEqual(1 / 8);
  // The same share of this head as a part is of GPT-2's, for 128 tokens.
  const share = PART_SIZE.flops / (2 * 128 * 768 * 50_257);
  const size = { flops: share * 2 * N * C * V, elements: Math.ceil((V * C) / 9) };
  const table = { wte: noise(V, C, 2), transposed: [], isTrained: true };
  // Twice seven parts of products with the table, nine of its transposed ranges, and what lies between.
  expect(count(headLossAndGradients(noise(N, C, 1), table, targets, 1, size))).toBeGreaterThan(30);
  expect(count(headLoss(noise(N, C, 1), table.wte, targets, size))).toBeGreaterThan(7);
});

test('given up after any of its parts, it leaves nothing but the table that it keeps', () => {
  const [x, wte] = [noise(N, C, 1), noise(V, C, 2)];
  const transposed: tf.Tensor2D[] = [];
  const begin = () =>
    headLossAndGradients(x, { wte, transposed, isTrained: true }, targets, 1, SMALL_PARTS);
  const { numTensors } = tf.memory();
  count(begin());
  // The loss and the two gradients, which are the caller's, and the table.
  expect(tf.memory().numTensors - numTensors - transposed.length).toBe(3);
  // Now that the table is kept, there are fewer parts.
  const all = count(begin());
  const left = tf.memory().numTensors - numTensors - transposed.length;
  expect(left).toBe(6);
  for (let after = 1; after <= all; after++) {
    const parts = begin();
    for (let part = 0; part < after; part++) parts.next();
    parts.return(null);
    expect(tf.memory().numTensors - numTensors - transposed.length).toBe(left);
  }
});
