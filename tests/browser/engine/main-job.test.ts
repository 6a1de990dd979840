/** The engine in its real worker, through the real protocol, on real storage. */

import { describe, expect, test } from 'vitest';
import type { MetricPoint, PlanProgress } from '../../../src/protocol/training.ts';
import { HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';
import {
  connectEngine,
  startEngine,
  importMadeUpTweets,
  trainParams,
  train,
  writing,
} from './support.ts';

const losses = (points: readonly MetricPoint[]) => points.map(({ step, loss }) => [step, loss]);

describe('the main job', () => {
  test('import, train, write; and the same again from a fresh worker', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    expect(dataset.counts).toMatchObject({ read: 300, kept: 300 });

    const { run, points } = await train(engine, trainParams(dataset.id, 6));
    expect(run).toMatchObject({ status: 'finished', completedSteps: 6, canGenerate: true });
    expect(points.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(points.at(-1)?.loss).toBeLessThan((points[0]?.loss ?? 0) - 0.3);
    expect(run.points).toEqual(points);
    // How many there are depends on the machine's speed.
    for (const sample of run.samples)
      expect(sample).toMatchObject({ learned: { grams: expect.any(Number) } });

    const first = await engine.call('generate', writing(run.id));
    expect(first.tweets).toHaveLength(5);
    for (const tweet of first.tweets) expect(tweet).toMatch(/^My dream is./);
    expect(first.tweets.join('')).not.toMatch(/\n|<\|endoftext\|>/);

    // A reload: another worker, the same storage.
    engine.terminate();
    const reloaded = await startEngine('wasm');
    const stored = await reloaded.call('listRuns', {});
    expect(stored.find(({ id }) => id === run.id)).toEqual(run);
    const again = await reloaded.call('generate', writing(run.id));
    expect(again.tweets).toEqual(first.tweets);
  });

  // A software GPU makes few tokens a second: fewer steps and shorter tweets there say the same.
  test.each([
    ['webgpu', 2, 'everything', {}],
    ['wasm', 6, 'everything', {}],
    ['wasm', 6, 'an adapter', { mode: 'lora' }],
  ] as const)(
    'on %s, in %i steps of %s, a run interrupted in the middle gives the losses and the tweets of one that was not',
    async (backend, steps, _name, mode) => {
      const engine = await startEngine(backend);
      const dataset = await importMadeUpTweets(engine);
      const whole = await train(engine, trainParams(dataset.id, steps, mode));
      expect(whole.run).toMatchObject({ status: 'finished', backend });

      let paused = false;
      // A step that has only begun would be given up.
      const half = await train(
        engine,
        trainParams(dataset.id, steps, mode),
        ({ completedSteps }) => {
          if (completedSteps === 0 || paused) return;
          paused = true;
          void engine.call('stopTraining', { as: 'paused' });
        },
      );
      expect(half.run.status).toBe('paused');
      expect(half.run.completedSteps).toBeGreaterThan(0);
      expect(half.run.completedSteps).toBeLessThan(steps);
      engine.terminate();

      const reloaded = await startEngine(backend);
      // Other filters meanwhile are for the next bot: this one goes on with the texts it had.
      const options = { ...HUGGINGTWEETS, exclude: 'toaster' };
      const { counts } = await reloaded.call('cleanDataset', { datasetId: dataset.id, options });
      expect(counts.kept).toBeLessThan(dataset.counts.kept);
      const rest = await train(reloaded, { resumeRunId: half.run.id });
      expect(rest.run.status).toBe('finished');
      expect(losses([...half.points, ...rest.points])).toEqual(losses(whole.points));
      expect(losses(rest.run.points)).toEqual(losses(whole.points));
      const few = backend === 'webgpu' ? { count: 2, maxTokens: 12 } : {};
      const ofWhole = await reloaded.call('generate', { ...writing(whole.run.id), ...few });
      const ofHalves = await reloaded.call('generate', { ...writing(half.run.id), ...few });
      expect(ofHalves.tweets).toEqual(ofWhole.tweets);
    },
  );
});

describe('interruptions', () => {
  test('a worker killed in the middle leaves a run that can be continued', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const killed = new Promise<string>((resolve) => {
      engine
        .call('train', trainParams(dataset.id, 40), {
          onProgress: ({ runId, completedSteps }) => {
            if (completedSteps >= 2) resolve(runId);
          },
        })
        .catch((error: unknown) => expect(error).toMatchObject({ code: 'worker-lost' }));
    });
    const runId = await killed;
    engine.terminate();

    const reloaded = await startEngine('wasm');
    const run = (await reloaded.call('listRuns', {})).find(({ id }) => id === runId);
    expect(run).toMatchObject({ status: 'interrupted', totalSteps: 40 });
    let stopped = false;
    const continued = await train(reloaded, { resumeRunId: runId }, ({ completedSteps }) => {
      if (completedSteps < 3 || stopped) return;
      stopped = true;
      void reloaded.call('stopTraining', { as: 'finished' });
    });
    expect(continued.run).toMatchObject({ status: 'finished', canGenerate: true });
  });

  test('writing can be cancelled, and the bot writes again', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 2));
    const controller = new AbortController();
    const cancelled = engine.call(
      'generate',
      { ...writing(run.id), maxTokens: 200 },
      {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const stored = () => engine.call('listWritten', { runId: run.id });
    // What was finished before the cancel stays, if anything was.
    const before = await stored();
    const { tweets } = await engine.call('generate', writing(run.id));
    expect(tweets).toHaveLength(5);
    const after = (await stored()).slice(before.length);
    expect(after.map(({ text }) => text)).toEqual(tweets);
    expect(after.map(({ number, seed }) => [number, seed])).toEqual(
      [0, 1, 2, 3, 4].map((number) => [number, 11]),
    );
    const [first] = after;
    await engine.call('deleteWritten', { ids: after.slice(1).map(({ id }) => id) });
    await engine.call('editWritten', { ids: [first?.id ?? ''], edit: { mark: 'kept' } });
    expect((await stored()).slice(before.length)).toEqual([{ ...first, mark: 'kept' }]);
  });

  test('training that is cancelled keeps what it learned', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const controller = new AbortController();
    let runId = '';
    const cancelled = engine.call('train', trainParams(dataset.id, 40), {
      signal: controller.signal,
      onProgress: (progress) => {
        runId = progress.runId;
        if (progress.completedSteps >= 2) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const run = (await engine.call('listRuns', {})).find(({ id }) => id === runId);
    expect(run).toMatchObject({ status: 'paused', canGenerate: true });
    expect(run?.completedSteps).toBeGreaterThanOrEqual(2);
  });

  test('one thing at a time: writing while training is refused, and training goes on', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run: bot } = await train(engine, trainParams(dataset.id, 1));
    let refused: Promise<unknown> | null = null;
    const { run } = await train(engine, trainParams(dataset.id, 3), ({ phase }) => {
      if (phase === 'training')
        refused ??= engine.call('generate', writing(bot.id)).catch((e: unknown) => e);
    });
    expect(await refused).toMatchObject({
      data: { code: 'busy', details: { reason: 'training' } },
    });
    expect(run.status).toBe('finished');
  });

  test('a second tab hears that the first one has the engine', async () => {
    await startEngine('wasm');
    await expect(connectEngine().call('start', { backend: 'wasm' })).rejects.toMatchObject({
      data: { code: 'busy', details: { reason: 'another-tab' } },
    });
  });
});

describe('bad moments', () => {
  test('a stop on the heels of the start ends in cancelled and leaves no run', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const runs = await engine.call('listRuns', {});
    const training = engine.call('train', trainParams(dataset.id, 40));
    await engine.call('stopTraining', { as: 'finished' });
    await expect(training).rejects.toMatchObject({ code: 'cancelled' });
    expect(await engine.call('listRuns', {})).toEqual(runs);
    // And it does not reach into the next one.
    expect((await train(engine, trainParams(dataset.id, 1))).run.status).toBe('finished');
  });

  test('a plan gives way to whatever needs the model, and is made again', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    /** Resolves when the engine has begun to time steps: by then it is in the middle of a plan. */
    const planUnderway = (steps: number, blockLength = 32) => {
      let begin = (): void => {};
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      const onProgress = ({ phase }: PlanProgress) => {
        if (phase === 'timing') begin();
      };
      const params = trainParams(dataset.id, steps, { blockLength });
      const plan = engine.call('planTraining', params, { onProgress });
      return { plan, begun };
    };

    const first = planUnderway(4);
    await first.begun;
    expect(await engine.call('start', { backend: 'cpu' })).toMatchObject({ backend: 'cpu' });
    expect(await engine.call('start', { backend: 'wasm' })).toMatchObject({ backend: 'wasm' });
    expect((await first.plan).steps).toBe(4);

    const second = planUnderway(5);
    const { run } = await train(engine, trainParams(dataset.id, 1, { blockLength: 16 }));
    expect(run).toMatchObject({ status: 'finished', backend: 'wasm' });
    expect((await second.plan).steps).toBe(5);

    // Blocks of another length have to be timed.
    const third = planUnderway(6, 64);
    await third.begun;
    expect((await engine.call('generate', writing(run.id))).tweets).toHaveLength(5);
    expect((await third.plan).steps).toBe(6);
  });

  test('a newer plan takes the place of one that is being made', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const older = engine.call('planTraining', trainParams(dataset.id, 4));
    const newer = engine.call('planTraining', trainParams(dataset.id, 5));
    await expect(older).rejects.toMatchObject({ code: 'cancelled' });
    expect((await newer).steps).toBe(5);
  });

  test('a plan of tweets that are forgotten meanwhile keeps nothing of them', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const plan = engine.call('planTraining', trainParams(dataset.id, 4));
    await engine.call('deleteDataset', { datasetId: dataset.id });
    await expect(plan).rejects.toMatchObject({
      data: { code: 'not-found', details: { what: 'dataset', id: dataset.id } },
    });
  });

  test('a starter that was damaged on disk is fetched again', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 1));
    const before = await engine.call('generate', writing(run.id));
    engine.terminate();
    expect(await damageStoredModels()).toBeGreaterThan(0);

    const reloaded = await startEngine('wasm');
    expect((await train(reloaded, trainParams(dataset.id, 1))).run.status).toBe('finished');
    expect((await reloaded.call('generate', writing(run.id))).tweets).toEqual(before.tweets);
  });
});

/** Overwrites every chunk of every base model with zeros; returns how many that were. */
async function damageStoredModels(): Promise<number> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('mynah');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const blobs = new Set<unknown>();
  let damaged = 0;
  const tx = db.transaction(['models', 'chunks'], 'readwrite');
  const done = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onerror = () => reject(tx.error);
  });
  tx.objectStore('models').getAll().onsuccess = ({ target }) => {
    const models = (target as IDBRequest<{ files: { blob: { id: string } }[] }[]>).result;
    for (const { files } of models) for (const { blob } of files) blobs.add(blob.id);
    tx.objectStore('chunks').openCursor().onsuccess = (event) => {
      const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
      if (cursor === null) return;
      if (blobs.has((cursor.key as [string, number])[0])) {
        damaged++;
        cursor.update(new ArrayBuffer(16));
      }
      cursor.continue();
    };
  };
  await done;
  db.close();
  return damaged;
}

describe('what is gone is said', () => {
  test('a run whose tweets were deleted writes, but does not train on', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    let stopped = false;
    const { run } = await train(engine, trainParams(dataset.id, 40), ({ completedSteps }) => {
      if (completedSteps < 1 || stopped) return;
      stopped = true;
      void engine.call('stopTraining', { as: 'paused' });
    });
    await engine.call('deleteDataset', { datasetId: dataset.id });
    await expect(engine.call('train', { resumeRunId: run.id })).rejects.toMatchObject({
      data: { code: 'not-found', details: { what: 'texts' } },
    });
    expect((await engine.call('generate', writing(run.id))).tweets).toHaveLength(5);
  });

  test('a deleted bot is gone', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 1));
    await engine.call('editRun', { runId: run.id, name: 'Polly' });
    expect((await engine.call('listRuns', {}))[0]).toMatchObject({ id: run.id, name: 'Polly' });
    await engine.call('deleteRun', { runId: run.id, canRestore: false });
    await expect(engine.call('generate', writing(run.id))).rejects.toMatchObject({
      data: { code: 'not-found', details: { what: 'run', id: run.id } },
    });
  });
});

test('tweets are looked through by page, word and reason', async () => {
  const engine = await startEngine('wasm');
  const { id: datasetId } = await importMadeUpTweets(engine);
  const browse = (query: string, show: 'all' | 'kept' | 'short', offset = 0) =>
    engine.call('browseTweets', { datasetId, query, show, offset, limit: 10 });
  expect((await browse('', 'all')).total).toBe(300);
  expect((await browse('', 'all', 295)).rows).toHaveLength(5);
  expect(await browse('', 'short')).toEqual({ total: 0, rows: [] });
  const found = await browse('SOURDOUGH', 'kept');
  expect(found.total).toBeGreaterThan(0);
  for (const { text, dropped } of found.rows) {
    expect(text).toContain('sourdough');
    expect(dropped).toBeNull();
  }
});
