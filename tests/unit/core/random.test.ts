/** The random numbers must never change, or resumed runs and recorded seeds would give other results. */

import { expect, test } from 'vitest';
import { pcg4d, randomUnit, shuffledIndices } from '../../../src/core/random.ts';

test('pcg4d is the published function', () => {
  // Jarzynski & Olano 2020, listing pcg4d, evaluated with BigInt arithmetic.
  const reference = (input: readonly number[]): number[] => {
    const u32 = (x: bigint) => x & 0xffffffffn;
    let [x, y, z, w] = input.map((v) => u32(BigInt(v) * 1664525n + 1013904223n)) as [
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    for (let round = 0; round < 2; round++) {
      x = u32(x + y * w);
      y = u32(y + z * x);
      z = u32(z + x * y);
      w = u32(w + y * z);
      if (round === 0)
        [x, y, z, w] = [x, y, z, w].map((v) => v ^ (v >> 16n)) as [bigint, bigint, bigint, bigint];
    }
    return [x, y, z, w].map(Number);
  };
  const out = new Uint32Array(4);
  for (const input of [
    [0, 0, 0, 0],
    [1, 2, 3, 4],
    [0xffffffff, 7, 0x80000000, 12345],
  ] as const) {
    const [x, y, z, w] = input;
    pcg4d(x, y, z, w, out);
    expect([...out]).toEqual(reference(input));
  }
});

test('random numbers are uniform in [0, 1)', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => randomUnit(1, 2, i));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  const mean = values.reduce((a, b) => a + b) / values.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
});

test('a shuffle is a permutation that depends only on the seed', () => {
  const order = shuffledIndices(1000, 3, 4);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect(shuffledIndices(1000, 3, 4)).toEqual(order);
  expect(shuffledIndices(1000, 3, 5)).not.toEqual(order);
});
