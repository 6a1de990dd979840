/** When a run is saved: what saving may cost of its time, and of the disk. */

import { expect, test } from 'vitest';
import { CheckpointSchedule } from '../../../src/engine/training/checkpoint-schedule.ts';

const HOUR_MS = 3_600_000;

/** Trains for a time, in steps, and saves whenever that is due and nothing is being written. */
function train(options: {
  readonly hours: number;
  readonly stepMs: number;
  /** The training waits for so long until a checkpoint is read, and goes on while it is written. */
  readonly readMs: number;
  readonly writeMs: number;
  readonly bytes: number;
  /** After so many steps, the best weights are stored as well. */
  readonly bestEvery?: number;
  readonly bestBytes?: number;
}) {
  const { hours, stepMs, readMs, writeMs, bytes, bestEvery = Infinity, bestBytes = 0 } = options;
  const schedule = new CheckpointSchedule();
  const saves: number[] = [];
  let nowMs = 0;
  let waitedMs = 0;
  let writingMs = 0;
  let written = 0;
  const underway: { readonly atMs: number; readonly cost: Parameters<typeof schedule.add>[0] }[] =
    [];
  const write = (size: number) => {
    const share = size / bytes;
    const startedMs = nowMs;
    nowMs += readMs * share;
    waitedMs += readMs * share;
    writingMs += writeMs * share;
    written += size;
    const endedMs = nowMs + writeMs * share;
    underway.push({ atMs: endedMs, cost: { startedMs, readMs: nowMs, endedMs, bytes: size } });
  };
  for (let step = 1; nowMs < hours * HOUR_MS; step++) {
    nowMs += stepMs;
    if (underway.some(({ atMs }) => nowMs < atMs)) continue;
    for (const { cost } of underway.splice(0)) schedule.add(cost);
    if (step % bestEvery === 0) write(bestBytes);
    else if (schedule.isDue(nowMs)) {
      schedule.begun(nowMs);
      saves.push(nowMs);
      write(bytes);
    }
  }
  const gaps = saves.slice(1).map((at, index) => at - (saves[index] ?? 0));
  const perHour = (written * HOUR_MS) / nowMs;
  return { saves, share: waitedMs / nowMs, writingShare: writingMs / nowMs, perHour, gaps };
}

const starter = { stepMs: 300, readMs: 40, writeMs: 150, bytes: 42e6 };

test.each([
  ['the starter', starter],
  ['the starter, slowly read', { ...starter, readMs: 1000 }],
  ['the starter on a slow disk', { ...starter, writeMs: 9000 }],
  ['GPT-2, whole', { stepMs: 2000, readMs: 3500, writeMs: 500, bytes: 1.5e9 }],
  ['GPT-2, an adapter', { stepMs: 900, readMs: 10, writeMs: 60, bytes: 7e6 }],
  [
    'GPT-2, whole, with its best weights',
    {
      ...{ stepMs: 2000, readMs: 3500, writeMs: 500, bytes: 1.5e9 },
      ...{ bestEvery: 100, bestBytes: 5e8 },
    },
  ],
])(
  '%s: the training waits for 2 %% of the time at most, and 20 GB an hour are written',
  (_name, options) => {
    const { saves, share, writingShare, perHour } = train({ hours: 3, ...options });
    expect(saves.length).toBeGreaterThan(5);
    // The first checkpoint, right after the first step, comes before any time has passed.
    const first = options.bytes / 3;
    expect(share).toBeLessThan(0.021);
    expect(writingShare).toBeLessThan(0.1);
    expect(perHour).toBeLessThan(20e9 + first);
  },
);

test('the first step is saved at once, and small models at most half a minute later', () => {
  const { saves, gaps } = train({ hours: 1, ...starter });
  expect(saves[0]).toBeLessThan(1000);
  expect(Math.max(...gaps)).toBeLessThan(30_000);
});

test('small models write less than the disk could take: 10 GB an hour for the starter, 1.7 for an adapter of 7 MB', () => {
  expect(train({ hours: 1, ...starter }).perHour).toBeLessThan(10e9);
  expect(train({ hours: 1, ...starter, bytes: 7e6 }).perHour).toBeLessThan(1.7e9);
});

test('a hidden tab is saved after its step, but not again and again', () => {
  const schedule = new CheckpointSchedule();
  schedule.begun(0);
  schedule.add({ startedMs: 0, readMs: 3500, endedMs: 4000, bytes: 1.5e9 });
  expect(schedule.isDue(60_000)).toBe(false);
  schedule.hurry();
  expect(schedule.isDue(60_000)).toBe(true);
  expect(schedule.isUrgent).toBe(true);
  schedule.begun(60_000);
  schedule.add({ startedMs: 60_000, readMs: 63_500, endedMs: 64_000, bytes: 1.5e9 });
  expect(schedule.isDue(65_000)).toBe(false);
  // What it wrote out of turn puts the next one off.
  expect(schedule.isDue(4000 + 270_000)).toBe(false);
});

test('a tab that is hidden while a checkpoint of an earlier step is written is saved again', () => {
  const schedule = new CheckpointSchedule();
  schedule.begun(0);
  schedule.hurry();
  schedule.add({ startedMs: 0, readMs: 100, endedMs: 1500, bytes: 42e6 });
  expect(schedule.isDue(1500)).toBe(true);
});

test.each([
  ['is read', 8 * HOUR_MS],
  ['is written', 50],
])(
  'a computer that sleeps for 8 hours while a checkpoint %s saves the next one within the hour',
  (_name, readMs) => {
    const schedule = new CheckpointSchedule();
    schedule.begun(0);
    schedule.add({ startedMs: 0, readMs, endedMs: 8 * HOUR_MS + 200, bytes: 42e6 });
    expect(schedule.isDue(9 * HOUR_MS)).toBe(true);
  },
);
