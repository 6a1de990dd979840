/** The library of bots: what is trained on, copied, exported. */

import {
  BlobReader,
  type FileEntry,
  Uint8ArrayWriter,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, test, vi } from 'vitest';
import type { BotRecord } from '../../../src/bots/bot-record.ts';
import { must } from '../../../src/core/assert.ts';
import { parseSafetensorsHeader } from '../../../src/model/safetensors.ts';
import type {
  ExportParams,
  ModelImportFile,
  ResumeParams,
  RunSummary,
  TrainParams,
} from '../../../src/protocol/calls.ts';
import type { Client } from '../../../src/protocol/client.ts';
import { chunkKeys } from '../storage/support.ts';
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
  return unzip(await exportedZip(engine, runId, choice));
}

function recordIn(files: ReadonlyMap<string, Uint8Array>): BotRecord {
  return JSON.parse(new TextDecoder().decode(files.get('training_args.json'))) as BotRecord;
}

async function exportedZip(
  engine: Client,
  runId: string,
  choice: Partial<ExportParams> = {},
): Promise<Blob> {
  const params: ExportParams = { runId, what: 'model', dtype: 'F32', file: null, ...choice };
  const { blob, byteLength } = await engine.call('exportRun', params);
  if (blob === null) throw new Error('no blob');
  expect(blob.size).toBe(byteLength);
  return blob;
}

/** Trains until a step is done, and pauses. */
function trainAStep(engine: Client, params: TrainParams | ResumeParams): ReturnType<typeof train> {
  let isStopped = false;
  return train(engine, params, ({ points }) => {
    if (points.length === 0 || isStopped) return;
    isStopped = true;
    void engine.call('stopTraining', { as: 'paused' });
  });
}

/** The starter's files, as somebody else's bot. */
async function importedStarter(engine: Client): Promise<RunSummary> {
  const names = ['config.json', 'tokenizer.json', 'model.safetensors'];
  const files = await Promise.all(
    names.map(async (name) => {
      const response = await fetch(`/models/starter/${name}`);
      return {
        path: `huggingtweets-somebody/${name}`,
        file: new File([await response.blob()], name),
      };
    }),
  );
  return engine.call('importBot', { files });
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

describe('a bot in training', () => {
  test.each([
    [
      'exported',
      async (engine: Client, runId: string) => {
        expect(weightsIn(await exported(engine, runId)).size).toBe(76);
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
    const { run } = await trainAStep(engine, trainParams(dataset.id, 200));
    let refusal: unknown = null;
    // Each of these saves twice, and drops what it saved before.
    while (refusal === null) {
      let isTraining = true;
      const training = trainAStep(engine, { resumeRunId: run.id }).finally(() => {
        isTraining = false;
      });
      while (isTraining && refusal === null) {
        await read(engine, run.id).catch((error: unknown) => {
          refusal = error;
        });
      }
      await training;
    }
    expect(refusal).toMatchObject({ data: { code: 'busy', details: { reason: 'training' } } });
    await read(engine, run.id);
  });
});

describe('a bot from a file', () => {
  test('is the same bot: tweets, weights and record; and it learns on', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 2));
    await engine.call('editRun', { runId: run.id, name: 'Polly', emoji: '🦜' });
    const tweets = (await engine.call('generate', writing(run.id))).tweets;
    const first = await exportedZip(engine, run.id);
    await engine.call('deleteRun', { runId: run.id, canRestore: false });

    const files = [{ path: 'polly.zip', file: new File([first], 'polly.zip') }];
    const read = await engine.call('importBot', { files });
    const { plan, points, seed } = run;
    expect(read).toMatchObject({
      name: 'Polly',
      emoji: '🦜',
      status: 'finished',
      plan,
      points,
      seed,
    });
    expect(read.history).toMatchObject([{ number: 1, completedSteps: 2 }]);
    expect((await engine.call('generate', writing(read.id))).tweets).toEqual(tweets);
    const second = await unzip(await exportedZip(engine, read.id));
    const before = await unzip(first);
    expect(weightsIn(second)).toEqual(weightsIn(before));
    expect({ ...recordIn(second), createdAt: 0 }).toEqual({ ...recordIn(before), createdAt: 0 });
    expect((await engine.call('listBaseModels', {})).map(({ name }) => name)).not.toContain(
      'polly',
    );

    const { run: more } = await train(engine, { resumeRunId: read.id, moreEpochs: 0.01 });
    expect(more.history.map(({ number }) => number)).toEqual([1, 2]);
    expect((await engine.call('generate', writing(read.id))).tweets).not.toEqual(tweets);
    await engine.call('editRun', { runId: read.id, writesWith: 1 });
    expect((await engine.call('generate', writing(read.id))).tweets).toEqual(tweets);
  });

  test('has no adapter of its own before it learns on; then one on top of itself', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 2, { mode: 'lora' }));
    expect(run.hasAdapter).toBe(true);
    const zip = await exportedZip(engine, run.id);
    const files = [{ path: 'polly.zip', file: new File([zip], 'polly.zip') }];
    const read = await engine.call('importBot', { files });
    expect(read.hasAdapter).toBe(false);
    await expect(exportedZip(engine, read.id, { what: 'adapter' })).rejects.toMatchObject({
      code: 'checkpoint-incompatible',
    });

    const { run: more } = await train(engine, { resumeRunId: read.id, moreEpochs: 0.01 });
    expect(more.hasAdapter).toBe(true);
    const adapter = await exported(engine, read.id, { what: 'adapter' });
    const config = JSON.parse(new TextDecoder().decode(adapter.get('adapter_config.json')));
    expect(config).toMatchObject({ peft_type: 'LORA', base_model_name_or_path: null });
    // What is known of the training that made the version from the file is only what it said.
    await engine.call('editRun', { runId: read.id, writesWith: 1 });
    const first = recordIn(await exported(engine, read.id));
    expect(first).toMatchObject({ completedSteps: 2, totalSteps: 2, points: [] });
  });

  test('may be anybody’s GPT-2: it writes, without a word about its training', async () => {
    const engine = await startEngine('wasm');
    const bot = await importedStarter(engine);
    expect(bot).toMatchObject({ name: 'huggingtweets-somebody', canGenerate: true, points: [] });
    expect((await engine.call('generate', writing(bot.id))).tweets).toHaveLength(5);
  });

  test('stays whole when others are deleted while it is read', async () => {
    const engine = await startEngine('wasm');
    let isRead = false;
    const reading = importedStarter(engine).finally(() => {
      isRead = true;
    });
    // Deleting sweeps the models that no bot needs; until it is done, this one's is such.
    while (!isRead) await engine.call('deleteRun', { runId: 'another', canRestore: false });
    const { id } = await reading;
    expect((await engine.call('generate', writing(id))).tweets).toHaveLength(5);
  });

  test('that is damaged, or none, leaves nothing behind', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 1));
    const zip = await exportedZip(engine, run.id);
    const inside = await unzip(zip);
    const record = must(inside.get('training_args.json'), 'the record');
    const recipe = { ...recordIn(inside).recipe, totalSteps: 0 };
    const folder = (changed: Uint8Array): ModelImportFile[] =>
      Array.from(new Map([...inside, ['training_args.json', changed]]), ([name, bytes]) => ({
        path: `polly/${name}`,
        file: new File([new Uint8Array(bytes)], name),
      }));
    const file = (blob: Blob) => [{ path: 'x.zip', file: new File([blob], 'x.zip') }];
    const bots = await engine.call('listRuns', {});
    const before = await chunkKeys('mynah');
    const broken: readonly (readonly [string, ModelImportFile[]])[] = [
      ['weights-corrupt', file(zip.slice(0, zip.size - 3000))],
      ['weights-corrupt', file(new Blob(['not a zip at all']))],
      ['weights-corrupt', folder(record.subarray(0, -10))],
      [
        'checkpoint-incompatible',
        folder(new TextEncoder().encode(JSON.stringify({ ...recordIn(inside), recipe }))),
      ],
    ];
    for (const [code, files] of broken) {
      await expect(engine.call('importBot', { files })).rejects.toMatchObject({ code });
    }
    expect(await engine.call('listRuns', {})).toEqual(bots);
    expect(await chunkKeys('mynah')).toEqual(before);
  });

  test('leaves nothing when the tab is closed halfway', async () => {
    const engine = await startEngine('wasm');
    const before = await chunkKeys('mynah');
    const reading = importedStarter(engine);
    reading.catch(() => {});
    await vi.waitFor(async () => {
      expect((await chunkKeys('mynah')).length).toBeGreaterThan(before.length);
    });
    engine.terminate();
    await expect(reading).rejects.toMatchObject({ code: 'worker-lost' });
    const reloaded = await startEngine('wasm');
    expect(await reloaded.call('listRuns', {})).toEqual([]);
    expect(await chunkKeys('mynah')).toEqual(before);
  });
});
