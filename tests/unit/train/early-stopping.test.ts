import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MetricPoint } from '../../../src/protocol/training.ts';
import { hasStoppedLearning } from '../../../src/train/early-stopping.ts';

const points = (...losses: (number | undefined)[]): MetricPoint[] =>
  losses.map((validationLoss, i) => ({
    ...{ step: i + 1, loss: 3, learningRate: 1e-3, epoch: 0.1 * i },
    ...(validationLoss === undefined ? {} : { validationLoss }),
  }));

test('a training goes on while the held-out loss falls, and ends when it has risen often enough', () => {
  expect(hasStoppedLearning([], 0, 3)).toBe(false);
  expect(hasStoppedLearning(points(5, 4, 3, 2), 0, 3)).toBe(false);
  expect(hasStoppedLearning(points(5, undefined, 4, 4.1, undefined, 4.2), 0, 3)).toBe(false);
  expect(hasStoppedLearning(points(5, 4, 4.1, 4.2, 4), 0, 3)).toBe(true);
  // A new lowest loss begins the count anew.
  expect(hasStoppedLearning(points(5, 4, 4.1, 4.2, 3.9), 0, 3)).toBe(false);
});

test('the losses of an earlier training of the same bot don’t count', () => {
  const all = points(3, 3.1, 3.2, 3.5, 3.4, 3.3);
  expect(hasStoppedLearning(all, 0, 3)).toBe(true);
  expect(hasStoppedLearning(all, 3, 3)).toBe(false);
});

test('without patience a training never ends early (seed 20261130)', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ min: 0, max: 9, noNaN: true })), (losses) => {
      expect(hasStoppedLearning(points(...losses), 0, 0)).toBe(false);
    }),
    { seed: 20261130 },
  );
});
