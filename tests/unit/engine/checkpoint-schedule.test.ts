/** When a run is saved: what saving may cost of its time, and of the disk. */

import { expect, test } from 'vitest';
import { CheckpointSchedule } from '../../../src/engine/training/checkpoint-schedule.ts';

const HOUR_MS = 3_600_000;

/** Trains for a time, in steps, and saves whenever that is due. */
function train(options: {
  readonly hours: number;
  readonly stepMs: number;
  readonly saveMs: number;
  readonly bytes: number;
  /** After so many steps, the best weights are stored as well. */
  readonly bestEvery?: number;
  readonly bestBytes?: number;
}) {
  const { hours, stepMs, saveMs, bytes, bestEvery = Infinity, bestBytes = 0 } = options;
  const schedule = new CheckpointSchedule();
  const saves: number[] = [];
  let nowMs = 0;
  let savingMs = 0;
  let written = 0;
  const write = (size: number) => {
    const startedMs = nowMs;
    nowMs += (saveMs * size) / bytes;
    savingMs += nowMs - startedMs;
    written += size;
    schedule.add({ startedMs, endedMs: nowMs, bytes: size });
  };
  for (let step = 1; nowMs < hours * HOUR_MS; step++) {
    nowMs += stepMs;
    if (step % bestEvery === 0) write(bestBytes);
    if (!schedule.isDue(nowMs)) continue;
    write(bytes);
    schedule.saved(nowMs);
    saves.push(nowMs);
  }
  const gaps = saves.slice(1).map((at, index) => at - (saves[index] ?? 0));
  return { saves, share: savingMs / nowMs, perHour: (written * HOUR_MS) / nowMs, gaps };
}

test.each([
  ['the starter', { stepMs: 300, saveMs: 150, bytes: 42e6 }],
  ['the starter on a slow disk', { stepMs: 300, saveMs: 3000, bytes: 42e6 }],
  ['GPT-2, whole', { stepMs: 2000, saveMs: 4000, bytes: 1.5e9 }],
  ['GPT-2, an adapter', { stepMs: 900, saveMs: 60, bytes: 7e6 }],
  [
    'GPT-2, whole, with its best weights',
    { stepMs: 2000, saveMs: 4000, bytes: 1.5e9, bestEvery: 100, bestBytes: 5e8 },
  ],
])('%s: saving takes at most 2 %% of the time and 20 GB an hour', (_name, options) => {
  const { saves, share, perHour } = train({ hours: 3, ...options });
  expect(saves.length).toBeGreaterThan(5);
  // The first checkpoint, right after the first step, comes before any time has passed.
  const first = options.bytes / 3;
  expect(share).toBeLessThan(0.021);
  expect(perHour).toBeLessThan(20e9 + first);
});

test('the first step is saved at once, and small models at most half a minute later', () => {
  const { saves, gaps } = train({ hours: 1, stepMs: 300, saveMs: 150, bytes: 42e6 });
  expect(saves[0]).toBeLessThan(1000);
  expect(Math.max(...gaps)).toBeLessThan(30_000);
});

test('a hidden tab is saved after its step, but not again and again', () => {
  const schedule = new CheckpointSchedule();
  schedule.add({ startedMs: 0, endedMs: 4000, bytes: 1.5e9 });
  schedule.saved(4000);
  expect(schedule.isDue(60_000)).toBe(false);
  schedule.hurry();
  expect(schedule.isDue(60_000)).toBe(true);
  schedule.add({ startedMs: 60_000, endedMs: 64_000, bytes: 1.5e9 });
  schedule.saved(64_000);
  expect(schedule.isDue(65_000)).toBe(false);
  // What it wrote out of turn puts the next one off.
  expect(schedule.isDue(4000 + 270_000)).toBe(false);
});
