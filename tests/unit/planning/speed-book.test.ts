/** Plans of the same training agree, although what is measured is noisy. */

import { expect, test } from 'vitest';
import {
  FRESH_MS,
  type KeptSpeeds,
  type KnownSpeed,
  MAX_MOVE,
  SpeedBook,
  STALE_MS,
} from '../../../src/planning/speed-book.ts';
import { noteSpeed, readSpeed } from '../../../src/storage/speeds.ts';
import { createMemoryStorage } from '../../../src/storage/storage.ts';

const MINUTE_MS = 60_000;

/** What a page that is opened again finds. */
async function keeping(): Promise<KeptSpeeds> {
  const storage = await createMemoryStorage();
  return {
    read: (key) => readSpeed(storage, key),
    note: (speed) => noteSpeed(storage, speed),
  };
}

/** Pseudo-random speeds from a third to three times of the true one, as on a machine with other work. */
function noisy(trueSpeed: number, seed: number): () => Promise<number> {
  let state = seed;
  return async () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return trueSpeed * 3 ** ((2 * state) / 2 ** 31 - 1);
  };
}

test.each([1, 2, 3, 4, 5])(
  'two plans within minutes agree within a fifth (seed %i)',
  async (seed) => {
    const kept = await keeping();
    let nowMs = 1e12;
    const measure = noisy(500, seed);
    const speeds: { readonly atMs: number; readonly speed: number }[] = [];
    for (let i = 0; i < 60; i++) {
      // Each in a page of its own: it was reloaded.
      const book = new SpeedBook(kept, () => nowMs);
      speeds.push({ atMs: nowMs, speed: await book.speedOf('starter full', measure) });
      nowMs += 3 * MINUTE_MS;
    }
    for (const a of speeds) {
      for (const b of speeds) {
        if (Math.abs(a.atMs - b.atMs) > FRESH_MS) continue;
        expect(Math.max(a.speed, b.speed) / Math.min(a.speed, b.speed)).toBeLessThanOrEqual(
          MAX_MOVE + 1e-9,
        );
      }
    }
    // It isn't always the same, for machines do change.
    expect(new Set(speeds.map(({ speed }) => speed)).size).toBeGreaterThan(5);
  },
);

test('each model, way and adapter has a speed of its own', async () => {
  const book = new SpeedBook(await keeping());
  expect(await book.speedOf('starter full', async () => 500)).toBe(500);
  expect(await book.speedOf('starter lora', async () => 700)).toBe(700);
  expect(await book.speedOf('starter full', async () => 1)).toBe(500);
});

test('what is older than an hour is measured anew, and a training is believed at once', async () => {
  let nowMs = 1e12;
  const book = new SpeedBook(await keeping(), () => nowMs);
  expect(await book.speedOf('key', async () => 500)).toBe(500);
  nowMs += STALE_MS + 1;
  expect(await book.speedOf('key', async () => 50)).toBe(50);
  await book.note('key', 400);
  expect(await book.speedOf('key', async () => 1)).toBe(400);
});

test('a damaged record counts for nothing', async () => {
  const storage = await createMemoryStorage();
  const damaged: KnownSpeed = { key: 'key', tokensPerSecond: 0, atMs: Date.now() };
  await noteSpeed(storage, damaged);
  expect(await readSpeed(storage, 'key')).toBeNull();
});
