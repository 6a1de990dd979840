/** The library of bots: what is trained on, copied, exported. */

import { describe, expect, test } from 'vitest';
import { parseSafetensorsHeader } from '../../../src/model/safetensors.ts';
import type { AddedTweets } from '../../../src/protocol/datasets.ts';
import type { ResumeParams, TrainParams } from '../../../src/protocol/training.ts';
import type { Client } from '../../../src/protocol/client.ts';
import { tweetsFile } from '../../fixtures/tweets-file.ts';
import { exported, recordIn, unzip, weightsIn } from './exported.ts';
import { importMadeUpTweets, startEngine, train, trainParams, writing } from './support.ts';

/** Trains until a step is done, and pauses. */
function trainAStep(engine: Client, params: TrainParams | ResumeParams): ReturnType<typeof train> {
  let isStopped = false;
  return train(engine, params, ({ points }) => {
    if (points.length === 0 || isStopped) return;
    isStopped = true;
    void engine.call('stopTraining', { as: 'paused' });
  });
}

describe('a finished bot', () => {
  test('learns on, and is a new version of itself; either version writes', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run: first } = await train(engine, trainParams(dataset.id, 3));
    expect(first.history).toMatchObject([{ number: 1 }]);
    const tweets = (await engine.call('generate', writing(first.id))).tweets;

    const { run, points } = await train(engine, { resumeRunId: first.id, moreEpochs: 0.02 });
    expect(run).toMatchObject({ id: first.id, status: 'finished' });
    expect(run.completedSteps).toBeGreaterThan(3);
    expect(run.totalSteps).toBe(run.completedSteps);
    // From its peak once more.
    expect(points[0]).toMatchObject({ step: 4, learningRate: first.points[0]?.learningRate });
    expect(run.history.map(({ number }) => number)).toEqual([1, 2]);
    const last = recordIn(await exported(engine, run.id));
    expect(last).toMatchObject({ completedSteps: run.completedSteps, points: run.points });
    const newer = (await engine.call('generate', writing(first.id))).tweets;
    expect(newer).not.toEqual(tweets);

    await engine.call('editRun', { runId: first.id, writesWith: 1 });
    expect((await engine.call('generate', writing(first.id))).tweets).toEqual(tweets);
    // Described by its own steps, not by those that came after it.
    const [version] = run.history;
    const older = recordIn(await exported(engine, run.id));
    expect(older).toMatchObject({ completedSteps: 3, totalSteps: 3, points: first.points });
    expect(older.points.at(-1)?.loss).toBe(version?.loss);
    const copy = await engine.call('duplicateRun', { runId: first.id, name: 'Copy' });
    await engine.call('deleteRun', { runId: first.id, canRestore: true });
    expect((await engine.call('listRuns', {})).map(({ name }) => name)).toEqual(['Copy']);
    expect((await engine.call('generate', writing(copy.id))).tweets).toEqual(tweets);
    const back = await engine.call('restoreRun', { runId: first.id });
    expect((await engine.call('generate', writing(back.id))).tweets).toEqual(tweets);

    // It learns on from the version that writes: on the same tweets, both begin with another loss.
    const more = async (runId: string) =>
      (await train(engine, { resumeRunId: runId, moreEpochs: 0.001 })).points[0];
    await engine.call('editRun', { runId: copy.id, writesWith: null });
    const [fromFirst, fromSecond] = [await more(back.id), await more(copy.id)];
    expect(fromFirst?.step).toBe(fromSecond?.step);
    expect(fromFirst?.loss).not.toBe(fromSecond?.loss);
  });

  test('learns on from its dataset as it has become, with what was added to it', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run: first } = await train(engine, trainParams(dataset.id, 3));
    let added: AddedTweets | undefined;
    const larger = await engine.call(
      'importTweets',
      { files: [tweetsFile(500)], addTo: dataset.id },
      {
        onProgress: (progress) => {
          added = progress.added ?? added;
        },
      },
    );
    expect(added).toEqual({ tweets: 200, repeated: 300, lengthened: 0 });
    expect(larger.counts.read).toBe(dataset.counts.read + 200);

    const again = { resumeRunId: first.id, moreEpochs: 0.01 };
    const { run: same } = await train(engine, again);
    expect(same.dataset).toEqual(first.dataset);
    const { run, points } = await train(engine, { ...again, withNewTweets: true });
    expect(run.dataset.contentHash).toBe(larger.contentHash);
    expect(run.dataset.counts).toEqual(larger.counts);
    expect(run.history.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(points[0]?.step).toBe(same.completedSteps + 1);
    const { dataset: recorded } = recordIn(await exported(engine, run.id));
    expect(recorded.contentHash).toBe(larger.contentHash);
    // The texts it learns from now are a snapshot of its own: filters don't reach it.
    const options = { ...larger.options, minimumWords: 50 };
    await engine.call('cleanDataset', { datasetId: dataset.id, options });
    const { run: later } = await train(engine, again);
    expect(later.dataset.contentHash).toBe(larger.contentHash);
    await expect(train(engine, { ...again, withNewTweets: true })).rejects.toMatchObject({
      code: 'dataset-too-small',
    });
  });

  test('is exported with the state of its optimizer as long as its training can be continued', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run: paused } = await trainAStep(engine, trainParams(dataset.id, 500));
    expect(paused).toMatchObject({ status: 'paused', hasOptimizer: true });
    const whole = { what: 'model', dtype: 'F32' } as const;
    const asked = { picture: false, optimizer: true };
    const files = await exported(engine, paused.id, whole, asked);
    const bytes = files.get('optimizer.safetensors') ?? new Uint8Array();
    const { metadata } = parseSafetensorsHeader(bytes, bytes.byteLength, 'optimizer.safetensors');
    expect(metadata['updates']).toBe(String(paused.completedSteps));
    expect(bytes.byteLength).toBeGreaterThan(8 * paused.plan.parameters);
    expect((await exported(engine, paused.id)).has('optimizer.safetensors')).toBe(false);

    const { run } = await train(engine, trainParams(dataset.id, 1));
    expect(run).toMatchObject({ status: 'finished', hasOptimizer: false });
    const without = await exported(engine, run.id, whole, asked);
    expect(without.has('optimizer.safetensors')).toBe(false);
  });

  test('is exported as a file of the user’s or as a download, the same bytes', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 1));
    const download = await exported(engine, run.id);
    const record = JSON.parse(new TextDecoder().decode(download.get('training_args.json')));
    expect(record).toMatchObject({
      format: 'mynah-bot/1',
      completedSteps: 1,
      seed: 7,
      dataset: { contentHash: dataset.contentHash },
      base: { name: 'Starter', repo: null },
    });

    const root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle('bot.zip', { create: true });
    const params = { runId: run.id, choice: { what: 'model', dtype: 'F32' }, file } as const;
    const written: number[] = [];
    const result = await engine.call('exportRun', params, {
      onProgress: ({ writtenBytes, totalBytes }) => written.push(writtenBytes / totalBytes),
    });
    expect(result.blob).toBeNull();
    expect(written.at(-1)).toBe(1);
    expect(await weightsIn(await unzip(await file.getFile()))).toEqual(await weightsIn(download));
    const half = await exported(engine, run.id, { what: 'model', dtype: 'F16' });
    expect(half.get('model.safetensors')?.byteLength).toBeLessThan(
      0.51 * (download.get('model.safetensors')?.byteLength ?? 0),
    );

    // What is cancelled leaves the file as it was.
    const before = (await file.getFile()).size;
    const controller = new AbortController();
    controller.abort();
    await expect(
      engine.call('exportRun', params, { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect((await file.getFile()).size).toBe(before);
    await root.removeEntry('bot.zip');
    // A file that can't be written to is told from storage that can't.
    const folder = await root.getDirectoryHandle('gone', { create: true });
    const lost = await folder.getFileHandle('bot.zip', { create: true });
    await root.removeEntry('gone', { recursive: true });
    await expect(engine.call('exportRun', { ...params, file: lost })).rejects.toMatchObject({
      code: 'file-not-writable',
      data: { details: { reason: 'failed' } },
    });
    await expect(engine.call('exportRun', { ...params, runId: 'gone' })).rejects.toMatchObject({
      data: { code: 'not-found', details: { what: 'run', id: 'gone' } },
    });
  });
});

describe('a bot in training', () => {
  test.each([
    [
      'exported',
      async (engine: Client, runId: string) => {
        expect((await weightsIn(await exported(engine, runId))).size).toBe(76);
      },
    ],
    [
      'copied',
      async (engine: Client, runId: string) => {
        const copy = await engine.call('duplicateRun', { runId, name: 'Copy' });
        await engine.call('deleteRun', { runId: copy.id, canRestore: false });
      },
    ],
  ])('is %s as it was, or not until it rests: never as a damaged one', async (_how, read) => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    // More steps than are made until a reading is refused.
    const { run } = await trainAStep(engine, trainParams(dataset.id, 20_000));
    // Each save drops what was saved before.
    const training = train(engine, { resumeRunId: run.id }, () => {
      void engine.call('saveSoon', {});
    });
    let refusal: unknown = null;
    while (refusal === null) {
      await read(engine, run.id).catch((error: unknown) => {
        refusal = error;
      });
    }
    await engine.call('stopTraining', { as: 'paused' });
    await training;
    expect(refusal).toMatchObject({ data: { code: 'busy', details: { reason: 'training' } } });
    await read(engine, run.id);
  });
});
