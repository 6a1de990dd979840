import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainProgress } from '../../../src/protocol/training.ts';
import type { GenerateProgress } from '../../../src/protocol/writing.ts';
import {
  mergeGenerateProgress,
  mergeTrainProgress,
  throttleProgress,
} from '../../../src/protocol/progress.ts';

function train(step: number, text: string | null = null): TrainProgress {
  return {
    runId: 'r',
    phase: 'training',
    completedSteps: step,
    totalSteps: 100,
    points: [{ step, loss: 4 - step / 100, learningRate: 1e-4, epoch: 1 }],
    tokensPerSecond: 1000,
    secondsLeft: null,
    sample: text === null ? null : { step, prompt: '', text },
    isStoredAnew: false,
  };
}

describe('throttleProgress', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends at most ten reports per second, the newest of each interval', () => {
    const sent: number[] = [];
    const { report, flush } = throttleProgress<number>((value) => sent.push(value));
    for (let ms = 0; ms < 1000; ms += 1) {
      report(ms);
      vi.advanceTimersByTime(1);
    }
    expect(sent.length).toBeGreaterThanOrEqual(10);
    expect(sent.length).toBeLessThanOrEqual(11);
    flush();
    expect(sent.at(-1)).toBe(999);
  });

  it('loses no point, however fast they come', () => {
    const points: number[] = [];
    let reports = 0;
    const { report, flush } = throttleProgress<TrainProgress>((progress) => {
      reports += 1;
      points.push(...progress.points.map(({ step }) => step));
    }, mergeTrainProgress);
    for (let step = 1; step <= 500; step += 1) {
      report(train(step));
      vi.advanceTimersByTime(step % 7);
    }
    flush();
    expect(points).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(reports).toBeLessThanOrEqual(17);
  });

  it('sends reports by the clock while timers cannot fire', () => {
    const sent: number[] = [];
    const { report } = throttleProgress<number>((value) => sent.push(value));
    vi.useRealTimers();
    const clock = vi.spyOn(performance, 'now');
    for (let ms = 0; ms <= 1000; ms += 50) {
      clock.mockReturnValue(1e6 + ms);
      report(ms);
    }
    clock.mockRestore();
    expect(sent).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
  });

  it('flushes once, and sends nothing afterwards', () => {
    const sent: number[] = [];
    const { report, flush } = throttleProgress<number>((value) => sent.push(value));
    report(1);
    report(2);
    flush();
    flush();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('merging', () => {
  it('keeps the points of both reports and the newest sample', () => {
    const merged = mergeTrainProgress(train(1, 'one'), train(2));
    expect(merged.points.map(({ step }) => step)).toEqual([1, 2]);
    expect(merged.completedSteps).toBe(2);
    expect(merged.sample).toEqual({ step: 1, prompt: '', text: 'one' });
    expect(mergeTrainProgress(train(1, 'one'), train(2, 'two')).sample?.text).toBe('two');
  });

  it('merges tweets by index', () => {
    const older: GenerateProgress = {
      tweets: [
        { index: 2, text: 'c', isDone: false },
        { index: 0, text: 'a', isDone: false },
      ],
      finished: [],
    };
    const newer: GenerateProgress = {
      tweets: [
        { index: 0, text: 'aa', isDone: true },
        { index: 1, text: 'b', isDone: false },
      ],
      finished: [],
    };
    expect(mergeGenerateProgress(older, newer).tweets).toEqual([
      { index: 0, text: 'aa', isDone: true },
      { index: 1, text: 'b', isDone: false },
      { index: 2, text: 'c', isDone: false },
    ]);
  });
});
