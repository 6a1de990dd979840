/** The preset Best tries learning rates and goes on with the best one, in one run that can be interrupted. */

import { expect, test } from 'vitest';
import type { Client } from '../../../src/protocol/client.ts';
import type { TrainParams, TrainProgress } from '../../../src/protocol/training.ts';
import { importMadeUpTweets, startEngine, train, trainParams } from './support.ts';

/** Three trials of three steps each. */
const STEPS = 17;
const best = (datasetId: string): TrainParams => ({
  ...trainParams(datasetId, STEPS),
  preset: 'best',
});

/** Ends a training as soon as a report says so. */
function endWhen(
  engine: Client,
  as: 'paused' | 'finished',
  isTime: (progress: TrainProgress) => boolean,
): (progress: TrainProgress) => void {
  let isAsked = false;
  return (progress) => {
    if (isAsked || !isTime(progress)) return;
    isAsked = true;
    void engine.call('stopTraining', { as });
  };
}
const isTraining = ({ points }: TrainProgress) => points.length > 0;

test('the rate with the lowest loss goes on, and an interruption changes nothing', async () => {
  const engine = await startEngine('wasm');
  const dataset = await importMadeUpTweets(engine);
  const plan = await engine.call('planTraining', best(dataset.id));
  expect(plan).toMatchObject({ steps: STEPS, trialSteps: 6 });

  const atOnce = endWhen(engine, 'finished', isTraining);
  const { run } = await train(engine, best(dataset.id), atOnce);
  const trials = run.trials ?? [];
  expect(trials.map(({ learningRate }) => learningRate / plan.learningRate)).toEqual([1, 2, 0.5]);
  const losses = trials.map(({ validationLoss }) => validationLoss ?? Infinity);
  const lowest = Math.min(...losses);
  expect(lowest).toBeLessThan(Infinity);
  expect(run.recipe.learningRate).toBe(trials[losses.indexOf(lowest)]?.learningRate);
  // It goes on where the best trial ended.
  const steps = run.points.map(({ step }) => step);
  expect(steps).toEqual(steps.map((_, i) => i + 1));
  expect(steps.length).toBeGreaterThan(3);
  expect(run.points[2]?.validationLoss).toBe(lowest);
  expect(run.status).toBe('finished');

  // Paused in its second trial, of which nothing is kept.
  const inTheSecond = endWhen(
    engine,
    'paused',
    ({ phase, part }) => phase === 'trying' && (part?.done ?? 0) >= 4,
  );
  const { run: paused } = await train(engine, best(dataset.id), inTheSecond);
  expect(paused).toMatchObject({ status: 'paused', completedSteps: 3, canGenerate: true });
  expect(paused.trials?.[2]?.validationLoss).toBeNull();
  const again = endWhen(engine, 'finished', isTraining);
  const { run: resumed } = await train(engine, { resumeRunId: paused.id }, again);
  expect(resumed.trials).toEqual(trials);
  const firstLosses = (of: typeof run) => of.points.slice(0, 4).map(({ loss }) => loss);
  expect(firstLosses(resumed)).toEqual(firstLosses(run));
});

test('a training that is stopped while it tries rates keeps the best so far, and tries no more when it learns on', async () => {
  const engine = await startEngine('wasm');
  const dataset = await importMadeUpTweets(engine);
  const inTheFirst = endWhen(
    engine,
    'finished',
    ({ phase, part }) => phase === 'trying' && (part?.done ?? 0) >= 1,
  );
  const { run } = await train(engine, best(dataset.id), inTheFirst);
  expect(run).toMatchObject({ status: 'finished', canGenerate: true });
  expect(run.completedSteps).toBeGreaterThan(0);
  expect(run.completedSteps).toBeLessThan(4);

  const isLearning = endWhen(engine, 'finished', isTraining);
  const phases = new Set<string>();
  const { run: further } = await train(
    engine,
    { resumeRunId: run.id, moreEpochs: 1 },
    (progress) => {
      phases.add(progress.phase);
      isLearning(progress);
    },
  );
  expect(phases).not.toContain('trying');
  expect(further.recipe.startStep).toBe(run.completedSteps);
  expect(further.completedSteps).toBeGreaterThan(run.completedSteps);
  expect(further.history).toHaveLength(2);
});
