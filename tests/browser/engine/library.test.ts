/** The library of bots: what is trained on, copied, exported. */

import {
  BlobReader,
  type FileEntry,
  Uint8ArrayWriter,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, test } from 'vitest';
import { parseSafetensorsHeader } from '../../../src/model/safetensors.ts';
import type { ExportParams } from '../../../src/protocol/calls.ts';
import type { Client } from '../../../src/protocol/client.ts';
import { importMadeUpTweets, startEngine, train, trainParams, writing } from './support.ts';

async function unzip(zip: Blob): Promise<Map<string, Uint8Array>> {
  const entries = await new ZipReader(new BlobReader(zip)).getEntries();
  const files = entries.filter((entry): entry is FileEntry => !entry.directory);
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const content = await file.getData(new Uint8ArrayWriter(), { checkSignature: true });
        return [file.filename, content] as const;
      }),
    ),
  );
}

/** The bytes of every weight of an exported model by name. */
function weightsIn(files: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const bytes = files.get('model.safetensors') ?? new Uint8Array();
  const { entries } = parseSafetensorsHeader(bytes, bytes.byteLength, 'model.safetensors');
  return new Map(
    [...entries].map(([name, { byteOffset, byteLength }]) => [
      name,
      bytes.subarray(byteOffset, byteOffset + byteLength).join(),
    ]),
  );
}

async function exported(
  engine: Client,
  runId: string,
  choice: Partial<ExportParams> = {},
): Promise<Map<string, Uint8Array>> {
  const params: ExportParams = { runId, what: 'model', dtype: 'F32', file: null, ...choice };
  const { blob, byteLength } = await engine.call('exportRun', params);
  if (blob === null) throw new Error('no blob');
  expect(blob.size).toBe(byteLength);
  return unzip(blob);
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
    const newer = (await engine.call('generate', writing(first.id))).tweets;
    expect(newer).not.toEqual(tweets);

    await engine.call('editRun', { runId: first.id, writesWith: 1 });
    expect((await engine.call('generate', writing(first.id))).tweets).toEqual(tweets);
    const copy = await engine.call('duplicateRun', { runId: first.id, name: 'Copy' });
    await engine.call('deleteRun', { runId: first.id, canRestore: true });
    expect((await engine.call('listRuns', {})).map(({ name }) => name)).toEqual(['Copy']);
    expect((await engine.call('generate', writing(copy.id))).tweets).toEqual(tweets);
    const back = await engine.call('restoreRun', { runId: first.id });
    expect((await engine.call('generate', writing(back.id))).tweets).toEqual(tweets);
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
    const params = { runId: run.id, what: 'model', dtype: 'F32', file } as const;
    const written: number[] = [];
    const result = await engine.call('exportRun', params, {
      onProgress: ({ writtenBytes, totalBytes }) => written.push(writtenBytes / totalBytes),
    });
    expect(result.blob).toBeNull();
    expect(written.at(-1)).toBe(1);
    expect(weightsIn(await unzip(await file.getFile()))).toEqual(weightsIn(download));
    const half = await exported(engine, run.id, { dtype: 'F16' });
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
    await expect(engine.call('exportRun', { ...params, runId: 'gone' })).rejects.toMatchObject({
      code: 'checkpoint-incompatible',
    });
  });
});
