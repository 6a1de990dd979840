/** Who has the model: what refuses, what waits, and what gives way. */

import { describe, expect, test } from 'vitest';
import { throwIfAborted } from '../../../src/core/errors.ts';
import { Schedule } from '../../../src/engine/runtime/schedule.ts';

/** Work that ends when it is told to, and notes what happens to it. */
function job(log: string[], name: string) {
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const work = async (): Promise<string> => {
    log.push(`${name} begins`);
    await finished;
    log.push(`${name} ends`);
    return name;
  };
  return { work, finish: () => finish() };
}

/** A plan of some steps; like any work of the engine it hears of an interruption between two of them. */
function plan(log: string[], name: string, steps = 3) {
  return async (signal: AbortSignal): Promise<string> => {
    log.push(`${name} begins`);
    for (let step = 0; step < steps; step++) {
      await nextTask();
      throwIfAborted(signal);
    }
    log.push(`${name} ends`);
    return name;
  };
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));
const never = new AbortController().signal;
const cancelled = { code: 'cancelled' };

describe('what has the model to itself', () => {
  test('training and writing refuse each other, and themselves', async () => {
    const schedule = new Schedule();
    const log: string[] = [];
    for (const activity of ['training', 'generating'] as const) {
      const { work, finish } = job(log, activity);
      const running = schedule.exclusive(activity, work);
      for (const refused of [
        schedule.exclusive('training', work),
        schedule.exclusive('generating', work),
        schedule.briefly(work),
      ]) {
        await expect(refused).rejects.toMatchObject({
          data: { code: 'busy', details: { reason: activity } },
        });
      }
      finish();
      expect(await running).toBe(activity);
    }
    expect(log).toHaveLength(4);
  });

  test('work that takes a moment is waited for, by one after the other', async () => {
    const schedule = new Schedule();
    const log: string[] = [];
    const [first, second, third] = [job(log, 'first'), job(log, 'second'), job(log, 'third')];
    const all = [
      schedule.briefly(first.work),
      schedule.briefly(second.work),
      schedule.exclusive('training', third.work),
    ];
    await nextTask();
    expect(log).toEqual(['first begins']);
    for (const { finish } of [third, second, first]) finish();
    await Promise.all(all);
    expect(log).toEqual(
      ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  test('what failed is over', async () => {
    const schedule = new Schedule();
    const failing = schedule.exclusive('training', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await schedule.exclusive('training', async () => 'again')).toBe('again');
  });
});

describe('a plan', () => {
  test('gives way to whatever needs the model, and begins again afterwards', async () => {
    for (const run of [
      (schedule: Schedule, work: () => Promise<string>) => schedule.exclusive('training', work),
      (schedule: Schedule, work: () => Promise<string>) => schedule.briefly(work),
    ]) {
      const schedule = new Schedule();
      const log: string[] = [];
      const planned = schedule.planning(never, plan(log, 'plan'));
      const { work, finish } = job(log, 'other');
      const running = run(schedule, work);
      await nextTask();
      await nextTask();
      expect(log).toEqual(['plan begins', 'other begins']);
      finish();
      await running;
      expect(await planned).toBe('plan');
      expect(log.slice(2)).toEqual(['other ends', 'plan begins', 'plan ends']);
    }
  });

  test('waits for what has the model, and refuses nothing', async () => {
    const schedule = new Schedule();
    const log: string[] = [];
    const { work, finish } = job(log, 'training');
    const running = schedule.exclusive('training', work);
    const planned = schedule.planning(never, plan(log, 'plan'));
    await nextTask();
    expect(log).toEqual(['training begins']);
    finish();
    await Promise.all([running, planned]);
    expect(log.slice(1)).toEqual(['training ends', 'plan begins', 'plan ends']);
  });

  test('ends when a newer one is asked for, and the newer one waits until it has let go', async () => {
    const schedule = new Schedule();
    const log: string[] = [];
    const older = schedule.planning(never, plan(log, 'older'));
    const newer = schedule.planning(never, plan(log, 'newer'));
    await expect(older).rejects.toMatchObject(cancelled);
    expect(await newer).toBe('newer');
    expect(log).toEqual(['older begins', 'newer begins', 'newer ends']);
  });

  test('ends when it is cancelled, while it is made and while it waits', async () => {
    const schedule = new Schedule();
    const log: string[] = [];
    const made = new AbortController();
    const planned = schedule.planning(made.signal, plan(log, 'made'));
    made.abort();
    await expect(planned).rejects.toMatchObject(cancelled);

    const { work, finish } = job(log, 'training');
    const running = schedule.exclusive('training', work);
    const waits = new AbortController();
    const waiting = schedule.planning(waits.signal, plan(log, 'waiting'));
    waits.abort();
    await expect(waiting).rejects.toMatchObject(cancelled);
    const late = schedule.planning(AbortSignal.abort(), plan(log, 'late'));
    await expect(late).rejects.toMatchObject(cancelled);
    finish();
    await running;
    expect(log).toEqual(['made begins', 'training begins', 'training ends']);
  });

  test('that fails says so, also when it was interrupted before', async () => {
    const schedule = new Schedule();
    let attempts = 0;
    const planned = schedule.planning(never, async (signal) => {
      attempts++;
      await nextTask();
      throwIfAborted(signal);
      throw new Error('no such dataset');
    });
    await schedule.withoutPlanning(nextTask);
    await expect(planned).rejects.toThrow('no such dataset');
    expect(attempts).toBe(2);
  });
});
