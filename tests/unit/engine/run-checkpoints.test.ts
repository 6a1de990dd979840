/** A run trains on while its checkpoints are written, and each holds the step at which it was begun. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readDescription } from '../../../src/bots/read-model.ts';
import { mynahError } from '../../../src/core/errors.ts';
import type { Recipe } from '../../../src/domain/recipe.ts';
import { DatasetDesk } from '../../../src/engine/datasets/dataset-desk.ts';
import { EngineContext } from '../../../src/engine/runtime/context.ts';
import { Runtime } from '../../../src/engine/runtime/runtime.ts';
import { RunCheckpoints } from '../../../src/engine/training/run-checkpoints.ts';
import { RunLoop, type Session } from '../../../src/engine/training/run-loop.ts';
import type { Storage } from '../../../src/storage/chunks.ts';
import { readCheckpoint } from '../../../src/storage/read-checkpoint.ts';
import type { RunRecord } from '../../../src/storage/run-record.ts';
import { createRun, getRun } from '../../../src/storage/runs.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';
import { checkpointTensors, type NamedTensor } from '../../../src/train/optimizer-state.ts';
import { Trainer } from '../../../src/train/trainer.ts';
import { configOf, randomModel } from '../../bench/train.ts';
import { newRun } from '../../fixtures/new-run.ts';
import { someRecipe } from '../../fixtures/recipe.ts';
import { fileReader } from '../../parity/safetensors-file.ts';
import { waitUntil } from '../../support/patience.ts';

const config = configOf({ L: 2, C: 16, H: 2, T: 16, B: 1, V: 40 });
const recipe: Recipe = {
  ...someRecipe,
  ...{ totalSteps: 100_000, blockLength: 16, microBatch: 1, accumulation: 1, dropout: 0 },
  ...{ evaluateEvery: 100_000, mixesWithBase: false, learningRate: 1e-3 },
};
const documents = Array.from({ length: 9 }, (_, d) =>
  Int32Array.from({ length: 5 + 3 * d }, (_value, i) => (d * 7 + i * i) % 39),
);
const data = {
  stream: new TrainingStream(oneAccount(documents), config.endOfTextId, 1),
  heldOut: [],
};

let context: EngineContext;
let storage: Storage;

beforeEach(async () => {
  // Node is a browser without a graphics card, without locks, and without a place to keep anything.
  vi.stubGlobal('navigator', {});
  const runtime = new Runtime(null, null);
  await runtime.start('cpu');
  context = new EngineContext(runtime, new URL('https://mynah.test/'));
  storage = await context.storage();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function newTrainer(): Trainer {
  const { ops } = context.runtime;
  return new Trainer(ops, randomModel(ops, config), recipe, data);
}

async function newSession(): Promise<Session> {
  const folder = 'public/models/starter';
  const names = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'];
  const files = new Map(names.map((name) => [name, fileReader(`${folder}/${name}`)]));
  const { tokenizer } = await readDescription(files);
  const run = await createRun(storage, newRun('r', { recipe, totalSteps: recipe.totalSteps }));
  const trainer = newTrainer();
  const live = context.runtime.keep({ key: 'live', model: trainer.model, tokenizer });
  return {
    ...{ run, recipe, live, trainer, data, learned: [] },
    texts: { dataset: run.dataset, accounts: [] },
  };
}

/** Starts a run, whose checkpoints aren't written while `gate` is closed. */
async function start(gate: { opened: Promise<unknown> }) {
  const session = await newSession();
  // Node handles up to a thousand messages before a timer, so that the test would hardly get its turn between steps.
  const { trainer } = session;
  const step = trainer.step.bind(trainer);
  vi.spyOn(trainer, 'step').mockImplementation(async (options) => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    return step(options);
  });
  const transact = storage.transact.bind(storage);
  vi.spyOn(storage, 'transact').mockImplementation(async (mode, stores, work, bytes) => {
    if (mode === 'readwrite') await gate.opened;
    return transact(mode, stores, work, bytes);
  });
  let steps = 0;
  const loop = new RunLoop(context, new DatasetDesk(context), session, (progress) => {
    steps = progress.completedSteps;
  });
  const ending = new AbortController();
  const as = () => (ending.signal.aborted ? ('paused' as const) : null);
  const ended = loop.run({ as, signal: ending.signal, restShare: () => 0 });
  ended.catch(() => {});
  return { loop, ended, pause: () => ending.abort(), steps: () => steps };
}

async function bytesOf(tensors: Iterable<NamedTensor>): Promise<ReadonlyMap<string, Buffer>> {
  const all = new Map<string, Buffer>();
  for (const { name, pieces } of tensors) {
    const parts: Uint8Array[] = [];
    for await (const piece of pieces) parts.push(piece.slice());
    all.set(name, Buffer.concat(parts));
  }
  return all;
}

async function stored({ checkpointId }: RunRecord) {
  const { manifest, tensors } = await readCheckpoint(storage, checkpointId ?? '');
  return { step: manifest.completedSteps, bytes: await bytesOf(tensors()) };
}

/** Weights and moments after so many steps of a training that saves nothing. */
async function after(steps: number) {
  const trainer = newTrainer();
  while (trainer.completedSteps < steps) await trainer.step();
  return bytesOf(checkpointTensors(context.runtime.ops, trainer));
}

test('steps are made while a checkpoint is written, which has the weights and moments of its own step', async () => {
  let open = () => {};
  const gate = { opened: new Promise<void>((resolve) => (open = resolve)) };
  const { loop, ended, pause, steps } = await start(gate);
  await waitUntil(() => steps() >= 5);
  expect((await getRun(storage, 'r'))?.checkpointId).toBeNull();
  open();
  await loop.idle();
  const first = await getRun(storage, 'r');
  expect(first).toMatchObject({ status: 'running', completedSteps: 1 });
  expect(first?.points.map(({ step }) => step)).toEqual([1]);
  const checkpoint = await stored(first as RunRecord);
  expect(checkpoint.step).toBe(1);
  expect(checkpoint.bytes).toEqual(await after(1));

  pause();
  const last = await ended;
  expect(last).toMatchObject({ status: 'paused', completedSteps: steps() });
  expect(last.points).toHaveLength(steps());
  expect((await stored(last)).bytes).toEqual(await after(steps()));
});

test('a clock that is set to and fro changes nothing of what is learned and stored', async () => {
  let reads = 0;
  const DAY_MS = 86_400_000;
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + (reads++ % 3) * DAY_MS - DAY_MS);
  const { ended, pause, steps } = await start({ opened: Promise.resolve() });
  await waitUntil(() => steps() >= 3);
  pause();
  const last = await ended;
  expect(reads).toBeGreaterThan(3);
  expect(last.points.map(({ step }) => step)).toEqual(
    Array.from({ length: steps() }, (_, index) => index + 1),
  );
  expect((await stored(last)).bytes).toEqual(await after(steps()));
});

test('a write that the browser couldn’t make is made again, and nothing is lost', async () => {
  let toFail = 0;
  const gate = {
    get opened() {
      if (toFail === 0) return Promise.resolve();
      toFail--;
      return Promise.reject(mynahError('storage-blocked', { reason: 'failed' }));
    },
  };
  const { ended, pause, steps } = await start(gate);
  await waitUntil(async () => (await getRun(storage, 'r'))?.completedSteps === 1);
  toFail = 2;
  pause();
  const last = await ended;
  expect(toFail).toBe(0);
  expect(last).toMatchObject({ status: 'paused', completedSteps: steps() });
  expect((await stored(last)).bytes).toEqual(await after(steps()));
});

test('a write that the browser never makes ends the run with its error', async () => {
  let fail = (_error: Error) => {};
  const gate = { opened: new Promise<void>((_resolve, reject) => (fail = reject)) };
  const { ended, steps } = await start(gate);
  await waitUntil(() => steps() >= 3);
  fail(mynahError('storage-blocked', { reason: 'failed' }));
  await expect(ended).rejects.toMatchObject({ code: 'storage-blocked' });
});

test('a write that fails while the training goes on ends the run with its error', async () => {
  let fail = (_error: Error) => {};
  const gate = { opened: new Promise<void>((_resolve, reject) => (fail = reject)) };
  const { loop, ended, steps } = await start(gate);
  await waitUntil(() => steps() >= 3);
  fail(mynahError('storage-quota', {}));
  await expect(ended).rejects.toMatchObject({ code: 'storage-quota' });
  await loop.idle();
  expect(await getRun(storage, 'r')).toMatchObject({ checkpointId: null, completedSteps: 0 });
});

test('a tab that was hidden trains on when its checkpoint is on the disk', async () => {
  const gate: { opened: Promise<unknown> } = { opened: Promise.resolve() };
  const { loop, ended, pause, steps } = await start(gate);
  await waitUntil(async () => (await getRun(storage, 'r'))?.completedSteps === 1);
  // It saves work of at least a second.
  const hiddenMs = performance.now() + 1000;
  await waitUntil(() => performance.now() > hiddenMs);
  let open = () => {};
  gate.opened = new Promise<void>((resolve) => (open = resolve));
  loop.saveSoon();
  const begun = steps();
  let seen = begun;
  await waitUntil(() => {
    const isStill = steps() === seen && seen > begun;
    seen = steps();
    return isStill;
  });
  open();
  await waitUntil(() => steps() > seen);
  expect((await getRun(storage, 'r'))?.completedSteps).toBe(seen);
  pause();
  await ended;
});

test('that the site’s data are gone is noticed at the next step, and the next checkpoint is due', async () => {
  const session = await newSession();
  const checkpoints = new RunCheckpoints(context, new DatasetDesk(context), session);
  const learned = { status: 'running', outcome: null, points: [], samples: [] } as const;
  await session.trainer.step();
  await checkpoints.save({ ...learned, tokensPerSecond: 100 });
  await checkpoints.written();
  await session.trainer.step();
  await checkpoints.check();
  expect(checkpoints.isStoredAnew).toBe(false);

  // As a browser does that clears them; the next database is a new one.
  storage.dispose();
  await checkpoints.check();
  expect(checkpoints.isStoredAnew).toBe(true);
  const begunMs = performance.now() + 1000;
  await waitUntil(() => performance.now() > begunMs);
  expect(checkpoints.isDue).toBe(true);
  await checkpoints.save({ ...learned, tokensPerSecond: 100 });
  expect(await getRun(await context.storage(), 'r')).toMatchObject({ completedSteps: 2 });
});
