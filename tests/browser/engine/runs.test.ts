/** The runs: what is recorded of them, their files, and bots made of their checkpoints. */

import { expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import type { RunFileKind } from '../../../src/protocol/bots.ts';
import { unzip } from './exported.ts';
import { importMadeUpTweets, startEngine, train, trainParams, writing } from './support.ts';

test('a run records what it was asked, what it measured, and how it ended', async () => {
  const engine = await startEngine('wasm');
  const dataset = await importMadeUpTweets(engine);
  const params = trainParams(dataset.id, 3);
  const { run } = await train(engine, params);
  expect(run).toMatchObject({
    outcome: { kind: 'completed' },
    request: { preset: params.preset, overrides: params.overrides },
    base: { name: 'Starter', repo: null },
    recipe: { totalSteps: 3, seed: 7 },
    versions: { browser: expect.stringMatching(/^Chromium \d+/) },
    notes: '',
    isRecordOnly: false,
    isReadyMade: false,
  });
  let atMs = run.createdAt;
  for (const point of run.points) {
    expect(point.gradientNorm).toBeGreaterThan(0);
    expect(point.tokensPerSecond).toBeGreaterThan(0);
    expect(point.atMs).toBeGreaterThanOrEqual(atMs);
    atMs = point.atMs ?? 0;
  }
  let isStopped = false;
  // Mixing it would measure it on all held-out tweets again and again.
  const long = trainParams(dataset.id, 5000, { isUnmixed: true });
  const stopped = await train(engine, long, ({ points }) => {
    if (points.length === 0 || isStopped) return;
    isStopped = true;
    void engine.call('stopTraining', { as: 'finished' });
  });
  expect(stopped.run.outcome).toEqual({ kind: 'stopped' });

  const notes = 'The first one.';
  expect(await engine.call('editRun', { runId: run.id, notes })).toMatchObject({ notes });
  const runIds = [run.id, stopped.run.id];
  const exported = async (kind: RunFileKind, ids = runIds) =>
    (await engine.call('exportRunFiles', { runIds: ids, kind })).file;
  const names = async (kind: RunFileKind) => [...(await unzip(await exported(kind))).keys()];
  expect(await names('csv')).toEqual(['runs.csv', 'metrics.csv']);
  expect(await names('wandb')).toEqual(['runs.json', 'log_to_wandb.py']);
  expect(await names('tensorboard')).toEqual([
    expect.stringMatching(/\/events\.out\.tfevents\.\d+\.mynah$/),
    expect.stringMatching(/\/events\.out\.tfevents\.\d+\.mynah$/),
  ]);

  // In this browser it is still there, so it isn't taken from the file.
  const json = await exported('json');
  const both = new File([json], 'runs.json');
  expect(await engine.call('importRunFile', { file: both })).toEqual({ imported: [], known: 2 });
  await engine.call('deleteRun', { runId: run.id, canRestore: false });
  const { imported, known } = await engine.call('importRunFile', { file: both });
  expect(known).toBe(1);
  expect(imported).toHaveLength(1);
  expect(imported[0]).toMatchObject({
    ...{ id: run.id, notes, points: run.points, recipe: run.recipe, dataset: run.dataset },
    ...{ isRecordOnly: true, canGenerate: false, checkpoints: [] },
  });
  // What was imported is exported as it was, but for the weights that aren't here.
  const again = JSON.parse(await (await exported('json', [run.id])).text());
  const { runs } = JSON.parse(await json.text());
  expect(again).toEqual({ ...runs[0], checkpoints: [] });
  const broken = new File(['{"format": "mynah-run/1"}'], 'run.json');
  await expect(engine.call('importRunFile', { file: broken })).rejects.toMatchObject({
    data: { code: 'run-file-unreadable', details: { file: 'run.json', reason: 'damaged' } },
  });
});

test('a run that is finished before another step is compared by a validation loss of its own', async () => {
  const engine = await startEngine('wasm');
  const dataset = await importMadeUpTweets(engine);
  let isPaused = false;
  const { run: paused } = await train(engine, trainParams(dataset.id, 5000), ({ points }) => {
    if (points.length === 0 || isPaused) return;
    isPaused = true;
    void engine.call('stopTraining', { as: 'paused' });
  });
  expect(paused.points.at(-1)?.validationLoss).toBeUndefined();

  let isStopped = false;
  const { run } = await train(engine, { resumeRunId: paused.id }, () => {
    if (!isStopped) void engine.call('stopTraining', { as: 'finished' });
    isStopped = true;
  });
  expect(run).toMatchObject({ status: 'finished', completedSteps: paused.completedSteps });
  expect(run.points.map(({ step }) => step)).toEqual(paused.points.map(({ step }) => step));
  const { validationLoss, bitsPerByte } = must(run.points.at(-1), 'the last point');
  expect(validationLoss).toBeGreaterThan(0);
  expect(bitsPerByte).toBeGreaterThan(0);
  expect(must(run.history[0], 'a version').validationLoss).toBeLessThanOrEqual(validationLoss ?? 0);
});

test.each(['full', 'lora'] as const)(
  'a bot is made of the weights of an earlier version (%s), and learns on from them',
  async (mode) => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run: first, points } = await train(engine, trainParams(dataset.id, 3, { mode }));
    const tweets = (await engine.call('generate', writing(first.id))).tweets;
    const { run } = await train(engine, { resumeRunId: first.id, moreEpochs: 0.001 });
    expect(run.checkpoints).toHaveLength(2);
    const { checkpointId } = must(run.checkpoints[0], 'the weights of the first version');
    const made = await engine.call('botOfCheckpoint', {
      ...{ runId: run.id, checkpointId, name: 'As it was', notes: 'Of step 3.' },
    });
    expect(made).toMatchObject({
      ...{ name: 'As it was', notes: 'Of step 3.', status: 'finished', completedSteps: 3 },
    });
    expect(made.points).toEqual(first.points);
    expect((await engine.call('generate', writing(made.id))).tweets).toEqual(tweets);

    await engine.call('deleteRun', { runId: run.id, canRestore: false });
    const more = await train(engine, { resumeRunId: made.id, moreEpochs: 0.001 });
    expect(more.points[0]?.step).toBe(4);
    expect(more.points[0]?.loss).toBeLessThan(points[0]?.loss ?? 0);
    expect(more.run.history.map(({ number }) => number)).toEqual([1, 2]);
    await engine.call('editRun', { runId: made.id, writesWith: 1 });
    expect((await engine.call('generate', writing(made.id))).tweets).toEqual(tweets);
  },
);
