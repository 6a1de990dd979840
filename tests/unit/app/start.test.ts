/** The button that starts a training, pressed while it isn't known yet how long it takes. */

import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { boot } from '../../../src/app/state/boot.ts';
import { planState, preset, setOverride, startPlanning } from '../../../src/app/state/plan.ts';
import { selectedDatasetId, selectedRunId } from '../../../src/app/state/settings.ts';
import {
  dontStart,
  isStartAwaited,
  start,
  startAwaitingPlans,
} from '../../../src/app/state/start.ts';
import type { TrainingPlan } from '../../../src/protocol/training.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

/** More than the pause before an estimate. */
const SOON_MS = 600;
const unknownData = { code: 'not-found', details: { what: 'dataset', id: 'new' } } as const;

let tests = 0;
let answerPlan: (plan: TrainingPlan | null) => void;

beforeAll(() => {
  startPlanning();
  startAwaitingPlans();
});

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  engine.resetEngine();
  // Other tweets in each test, because plans are remembered.
  const id = `new${++tests}`;
  engine.answer('listDatasets', () => [engine.dataset(id)]);
  engine.answer('train', () => engine.run('r', 'new'));
  engine.answer('planTraining', (params) => {
    const seconds = params.preset === 'good' ? 12 : 6;
    return new Promise((resolve, reject) => {
      answerPlan = (plan) => {
        if (plan !== null) resolve({ ...plan, estimatedSeconds: seconds });
        else reject(Object.assign(new Error(), { data: unknownData }));
      };
    });
  });
  selectedRunId.value = null;
  selectedDatasetId.value = id;
  await boot();
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(planState.value.kind).toBe('planning');
});

afterEach(async () => {
  selectedDatasetId.value = null;
  await vi.advanceTimersByTimeAsync(SOON_MS);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const trained = () => engine.asked.filter(({ method }) => method === 'train');

it('waits for the plan, and then starts', async () => {
  start();
  expect(isStartAwaited.value).toBe(true);
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(trained()).toEqual([]);
  answerPlan(engine.PLAN);
  await vi.advanceTimersByTimeAsync(0);
  expect(trained()).toHaveLength(1);
  expect(isStartAwaited.value).toBe(false);
});

it('waits for the plan of the preset that the first plan shows to be the better one', async () => {
  start();
  answerPlan({ ...engine.PLAN, datasetTokens: 100_000 });
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(preset.value).toBe('good');
  expect(trained()).toEqual([]);
  answerPlan({ ...engine.PLAN, datasetTokens: 100_000 });
  await vi.advanceTimersByTimeAsync(0);
  expect(trained()).toMatchObject([{ params: { preset: 'good' } }]);
});

it('starts at once where the plan is there', async () => {
  answerPlan(engine.PLAN);
  await vi.advanceTimersByTimeAsync(0);
  expect(planState.value.kind).toBe('planned');
  start();
  expect(trained()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(0);
});

it.each<[string, () => void]>([
  ['the user has thought better of it', dontStart],
  ['the plan has failed', () => answerPlan(null)],
  ['an option has become invalid', () => setOverride('steps', undefined, false)],
])('starts nothing when %s', async (_, happens) => {
  start();
  happens();
  await vi.advanceTimersByTimeAsync(0);
  expect(isStartAwaited.value).toBe(false);
  setOverride('steps', undefined, true);
  await vi.advanceTimersByTimeAsync(SOON_MS);
  answerPlan(engine.PLAN);
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(trained()).toEqual([]);
});
