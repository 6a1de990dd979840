/** The time that a run still takes, as it is told while it goes on. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../../src/domain/recipe.ts';
import { randomUnit } from '../../../src/core/random.ts';
import { CheckpointSchedule } from '../../../src/engine/training/checkpoint-schedule.ts';
import { Pace } from '../../../src/engine/training/pace.ts';
import { runSeconds } from '../../../src/planning/run-seconds.ts';
import { tokensPerStep } from '../../../src/train/recipe.ts';
import { someRecipe } from '../../fixtures/recipe.ts';

/** What happens in a run, and how many milliseconds each of its parts takes. */
type Event =
  | readonly ['stepped' | 'waited' | 'saved', number]
  | readonly ['evaluated', number, number]
  /** After the last step: the last validation loss and the mixing. */
  | readonly ['settled', number];

const msOf = ([, ...parts]: Event) => parts.reduce((sum: number, ms) => sum + ms, 0);

/** From the first evaluation on: the seconds that were said to be left after each event, and those that it took. */
function told(recipe: Recipe, events: readonly Event[]) {
  const pace = new Pace(recipe, 100);
  const all: { share: number; said: number; left: number }[] = [];
  let isEvaluated = false;
  let leftMs = events.reduce((sum, event) => sum + msOf(event), 0);
  let step = 0;
  for (const event of events) {
    leftMs -= msOf(event);
    if (event[0] === 'stepped') {
      pace.stepped(event[1]);
      step++;
    } else if (event[0] === 'waited') pace.waited(event[1]);
    else if (event[0] === 'evaluated') {
      pace.evaluated(event[1], event[2]);
      isEvaluated = true;
    } else if (event[0] === 'saved') pace.saved(event[1]);
    const said = pace.secondsLeft(step);
    if (said === null || !isEvaluated) continue;
    all.push({ share: step / recipe.totalSteps, said, left: leftMs / 1000 });
  }
  return all;
}

/** The largest relative error between two shares of the steps. */
function worst(estimates: ReturnType<typeof told>, from: number, until: number): number {
  const errors = estimates
    .filter(({ share }) => share >= from && share <= until)
    .map(({ said, left }) => Math.abs(said / left - 1));
  expect(errors.length).toBeGreaterThan(0);
  return Math.max(...errors);
}

interface Machine {
  readonly stepMs: number;
  /** The first step also compiles. */
  readonly compileMs: number;
  readonly validationMs: number;
  /** The copy of the best weights, where there is one, and the samples. */
  readonly restMs: number;
  /** What the training waits for a checkpoint, and how long it is written while the training goes on. */
  readonly saveMs: number;
  readonly writeMs: number;
  readonly bytes: number;
  /** The standard deviation of the logarithm of what a step takes. */
  readonly noise: number;
  /** The speed changes to this share of it, slowly, over the run. */
  readonly drift?: number;
}

/** A run as `RunLoop` makes it, with the real schedule of checkpoints. */
function simulate(recipe: Recipe, machine: Machine, seed: number): Event[] {
  const events: Event[] = [];
  const schedule = new CheckpointSchedule();
  let nowMs = 0;
  let draws = 0;
  const add = (event: Event) => {
    events.push(event);
    nowMs += msOf(event);
  };
  // Box-Muller.
  const noisy = (ms: number, noise = machine.noise) => {
    const [u, v] = [randomUnit(seed, 1, draws), randomUnit(seed, 2, draws++)];
    return ms * Math.exp(noise * Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v));
  };
  let writtenMs = 0;
  const save = () => {
    const startedMs = nowMs;
    add(['saved', noisy(machine.saveMs)]);
    writtenMs = nowMs + noisy(machine.writeMs);
    schedule.add({ startedMs, readMs: nowMs, endedMs: writtenMs, bytes: machine.bytes });
  };
  const { totalSteps, evaluateEvery } = recipe;
  for (let step = 1; step <= totalSteps; step++) {
    const slower = 1 / (1 + ((machine.drift ?? 1) - 1) * (step / totalSteps));
    add(['stepped', noisy(machine.stepMs * slower) + (step === 1 ? machine.compileMs : 0)]);
    if (step < totalSteps && step % evaluateEvery === 0) {
      add(['waited', machine.stepMs / 10]);
      // It is made of many blocks, so that its noise is smaller than that of a step.
      const noise = machine.noise / 3;
      const isFirst = step === evaluateEvery;
      const restMs = noisy(machine.restMs, noise) + (isFirst ? machine.compileMs / 4 : 0);
      add(['evaluated', noisy(machine.validationMs, noise), restMs]);
    }
    if (step < totalSteps && nowMs >= writtenMs && schedule.isDue(nowMs)) save();
  }
  const mixtures = 1 + Math.floor(3 * randomUnit(seed, 3, 0));
  add(['settled', (1 + mixtures) * machine.validationMs]);
  save();
  return events;
}

const TOKENS_PER_STEP = tokensPerStep(someRecipe);
const starter: Machine = {
  ...{ stepMs: 400, compileMs: 0, validationMs: 550, restMs: 700, saveMs: 100, writeMs: 200 },
  ...{ bytes: 42e6, noise: 0.15 },
};

describe('from the first evaluation on, after a tenth of a run, the time that is left is known within 20 %', () => {
  test.each<readonly [string, number, Machine]>([
    ['the starter, two passes over the sample', 104, starter],
    ['the same on a busy machine, longer', 1_000, { ...starter, noise: 0.35 }],
    [
      'a graphics card that compiles for 20 s, whose validation takes as long as its training',
      300,
      { ...starter, stepMs: 60, compileMs: 20_000, validationMs: 1_800, noise: 0.2 },
    ],
    [
      'GPT-2, whole, whose checkpoints take 8 s',
      400,
      {
        ...{ ...starter, stepMs: 2_500, compileMs: 9_000, bytes: 1.5e9, noise: 0.2 },
        ...{ saveMs: 7_500, writeMs: 500 },
      },
    ],
    ['a machine that grows a fifth slower', 600, { ...starter, noise: 0.2, drift: 0.8 }],
  ])('%s (100 seeds)', (_name, totalSteps, machine) => {
    const { validationMs, stepMs } = machine;
    const recipe = {
      ...{ ...someRecipe, totalSteps, evaluateEvery: Math.ceil(totalSteps / 10) },
      // Computed a fifth slower than is to be expected of so many blocks.
      validationBlocks: Math.round((0.8 * 3 * validationMs * TOKENS_PER_STEP) / (stepMs * 128)),
    };
    for (let seed = 1; seed <= 100; seed++) {
      const estimates = told(recipe, simulate(recipe, machine, seed));
      expect(worst(estimates, 0.1, 0.75), `seed ${seed}`).toBeLessThan(0.2);
    }
  });

  test.each(['stepped', 'waited', 'saved', 'evaluated'] as const)(
    'a computer that sleeps for 8 hours changes nothing of it, wherever that is counted: %s',
    (kind) => {
      const recipe = { ...someRecipe, totalSteps: 300, evaluateEvery: 30 };
      const events = simulate(recipe, starter, 5);
      const asleep = events.map((event, index): Event => {
        const isFirst = events.findIndex(([other], at) => other === kind && at > 40) === index;
        if (!isFirst) return event;
        const ms = 8 * 3_600_000;
        if (event[0] === 'evaluated') return [event[0], event[1] + ms, event[2] + ms];
        return [event[0], event[1] + ms];
      });
      const at = asleep.findIndex((event) => msOf(event) > 3_600_000);
      expect(at).toBeGreaterThan(40);
      const slept = told(recipe, asleep);
      expect(worst(slept.slice(at), 0.1, 0.75)).toBeLessThan(0.2);
    },
  );

  test('before it, nothing is said until a step has been made', () => {
    expect(new Pace(someRecipe, 100).secondsLeft(0)).toBeNull();
    expect(new Pace(someRecipe, 100).tokensPerSecond).toBe(100);
  });
});

interface Recorded {
  readonly name: string;
  readonly steadyFrom: number;
  readonly recipe: Partial<Recipe>;
  readonly events: Event[];
}

/**
 * Recorded on WASM with one of two cores: what `RunLoop` told its `Pace`. The first two in Chromium on a machine that
 * six programs shared; in the second the load doubled after a tenth, which nobody can know before. The last one by the
 * whole engine in Node, among forty other programs, with checkpoints written while it trained. `steadyFrom` is the share
 * of the steps after which the estimate is to be right.
 */
const recorded = readFileSync(new URL('../../fixtures/run-times.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

test.each(recorded)('recorded: $name', ({ steadyFrom, recipe, events }) => {
  const whole = { ...someRecipe, ...recipe };
  const evaluation = whole.evaluateEvery / whole.totalSteps;
  const estimates = told(whole, events);
  expect(worst(estimates, steadyFrom, steadyFrom + evaluation / 2)).toBeLessThan(0.2);
});

test.each(recorded)(
  'a plan that knows the mean step of "$name" knows the time of all of it',
  (run) => {
    const recipe = { ...someRecipe, ...run.recipe };
    const steps = run.events.flatMap(([kind, ms]) => (kind === 'stepped' ? [ms] : [])).slice(1);
    const stepMs = steps.reduce((sum, ms) => sum + ms, 0) / steps.length;
    const allMs = run.events.reduce((sum, event) => sum + msOf(event), 0);
    const planned = runSeconds(recipe, (tokensPerStep(recipe) * 1000) / stepMs);
    expect(Math.abs((planned * 1000) / allMs - 1)).toBeLessThan(0.11);
  },
);

test('a run that rests between its steps takes longer by that', () => {
  const pace = new Pace({ ...someRecipe, totalSteps: 100, evaluateEvery: 1000 }, 100);
  for (let step = 0; step < 30; step++) pace.stepped(200);
  const without = pace.secondsLeft(30) ?? 0;
  expect(pace.restBetween(0)).toBe(0);
  expect(pace.secondsLeft(30)).toBe(without);
  expect(pace.restBetween(0.75)).toBeCloseTo(600);
  const saving = 1.02;
  expect(pace.secondsLeft(30)).toBeGreaterThan(without + (70 * 0.6) / saving);
  expect(pace.secondsLeft(30)).toBeLessThan(without + 70 * 0.6 * saving);
});
