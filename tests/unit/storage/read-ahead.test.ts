/** Tensors that are read ahead of their being written: in order, whole, in bounded memory, and given up together. */

import { expect, test } from 'vitest';
import { randomUnit } from '../../../src/core/random.ts';
import type { CheckpointTensor } from '../../../src/storage/checkpoint-manifest.ts';
import { readAhead } from '../../../src/storage/read-ahead.ts';
import { waitUntil } from '../../support/patience.ts';

const MIB = 2 ** 20;

/** Pieces of 4 MiB at most, each of which takes a random number of turns to be read. */
function tensorsOf(sizes: readonly number[], seed: number) {
  const seen = { asked: 0, most: 0, readBytes: 0 };
  const tensors = sizes.map((floats, t): CheckpointTensor => {
    async function* pieces() {
      const shared = new Uint8Array(Math.min(4 * MIB, 4 * floats));
      for (let left = 4 * floats, i = 0; left > 0; i++) {
        const piece = shared.subarray(0, Math.min(left, shared.byteLength));
        seen.asked += 1;
        seen.most = Math.max(seen.most, seen.asked);
        for (let turn = 0; turn < 4 * randomUnit(seed, t, i); turn++) await Promise.resolve();
        seen.asked -= 1;
        piece.fill(1 + ((t * 31 + i) % 255));
        seen.readBytes += piece.byteLength;
        yield piece;
        // Whoever wants to keep it has copied it.
        piece.fill(0);
        left -= piece.byteLength;
      }
    }
    return { name: `t${t}`, shape: [floats], dtype: 'F32', pieces: pieces() };
  });
  return { tensors, seen };
}

async function collect(tensors: readonly CheckpointTensor[], each: () => void | Promise<void>) {
  const all: number[][] = [];
  for (const { pieces } of tensors) {
    const values: number[] = [];
    for await (const piece of pieces) {
      values.push(piece.byteLength, piece[0] ?? 0, piece.at(-1) ?? 0);
      await each();
    }
    all.push(values);
  }
  return all;
}

const expected = (sizes: readonly number[]) =>
  sizes.map((floats, t) =>
    Array.from({ length: Math.ceil(floats / MIB) }, (_, i) => {
      const value = 1 + ((t * 31 + i) % 255);
      return [Math.min(4 * MIB, 4 * (floats - i * MIB)), value, value];
    }).flat(),
  );

test.each([1, 2, 3, 4, 5, 6])('every piece comes in its order, seed %i', async (seed) => {
  const sizes = Array.from({ length: 60 }, (_, t) =>
    randomUnit(seed, 100, t) < 0.1
      ? Math.ceil(3 * MIB * randomUnit(seed, 101, t))
      : Math.ceil(3000 * randomUnit(seed, 101, t)),
  );
  const { tensors, seen } = tensorsOf(sizes, seed);
  // Less room than the largest tensors need.
  const ahead = readAhead(tensors, randomUnit(seed, 102, 0) < 0.5 ? 6 * MIB : MIB / 2);
  expect(await collect(ahead.tensors, () => {})).toEqual(expected(sizes));
  await ahead.read;
  expect(seen.most).toBeGreaterThan(1);
  expect(seen.most).toBeLessThanOrEqual(16);
});

test('what has room is read before anything is written, and no more than that', async () => {
  const sizes = [1000, 2 * MIB, 500, 2 * MIB, 2 * MIB, 7];
  const total = 4 * sizes.reduce((sum, size) => sum + size, 0);
  const whole = tensorsOf(sizes, 1);
  await readAhead(whole.tensors, total).read;
  expect(whole.seen.readBytes).toBe(total);

  const half = tensorsOf(sizes, 1);
  const ahead = readAhead(half.tensors, total / 2);
  let taken = 0;
  await collect(ahead.tensors, async () => {
    taken += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (taken === 1) expect(half.seen.readBytes).toBeLessThanOrEqual(total / 2 + 4 * MIB);
  });
  await ahead.read;
  expect(half.seen.readBytes).toBe(total);
});

test('what reading throws reaches whoever waits and whoever writes, and ends all other reading', async () => {
  const { tensors } = tensorsOf([1000, 40 * MIB, 40 * MIB], 1);
  async function* broken() {
    yield new Uint8Array(8);
    throw new RangeError('not finite');
  }
  const faulty: CheckpointTensor = { name: 'x', shape: [4], dtype: 'F32', pieces: broken() };
  const ahead = readAhead([...tensors, faulty], 8 * MIB);
  await expect(collect(ahead.tensors, () => {})).rejects.toThrow('not finite');
  await expect(ahead.read).rejects.toThrow('not finite');
});

test('given up, nothing more is read, and nobody waits', async () => {
  const { tensors, seen } = tensorsOf([40 * MIB, 40 * MIB], 1);
  const ahead = readAhead(tensors, 8 * MIB);
  await waitUntil(() => seen.readBytes >= 8 * MIB);
  ahead.giveUp();
  await ahead.read;
  expect(seen.readBytes).toBeLessThanOrEqual(16 * MIB);
});
