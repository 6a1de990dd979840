/** Base models from files, through the engine in its real worker, on real storage. */

import { beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { WRITING_DEFAULTS } from '../../../src/domain/writing.ts';
import type { RunSummary } from '../../../src/protocol/bots.ts';
import type {
  BaseModelSummary,
  ModelImportFile,
  ModelImportProgress,
} from '../../../src/protocol/models.ts';
import type { Client } from '../../../src/protocol/client.ts';
import { zipOf } from '../../fixtures/archives.ts';
import { tweetsFile } from '../../fixtures/tweets-file.ts';
import { chunkKeys } from '../storage/support.ts';
import { startEngine } from './support.ts';

let engine: Client;
/** The starter's own files: a whole GPT-2 folder that every machine has. */
const starter = new Map<string, Uint8Array<ArrayBuffer>>();

beforeAll(async () => {
  for (const name of ['config.json', 'vocab.json', 'merges.txt', 'model.safetensors']) {
    const response = await fetch(new URL(`models/starter/${name}`, location.origin));
    starter.set(name, new Uint8Array(await response.arrayBuffer()));
  }
});

async function start(): Promise<void> {
  engine = await startEngine('wasm');
}

function folder(
  changes: Readonly<Record<string, Uint8Array<ArrayBuffer> | null>> = {},
): readonly ModelImportFile[] {
  const files: ModelImportFile[] = [];
  for (const [name, bytes] of new Map([...starter, ...Object.entries(changes)])) {
    if (bytes === null) continue;
    files.push({ path: `my gpt2/${name}`, file: new File([bytes], name) });
  }
  return files;
}

const textBytes = (text: string) => new TextEncoder().encode(text);
const file = (name: string) => must(starter.get(name), name);

async function added(): Promise<readonly BaseModelSummary[]> {
  const models = await engine.call('listBaseModels', {});
  expect(models[0]).toMatchObject({ id: 'starter', origin: { source: 'starter' } });
  return models.slice(1);
}

async function trainTwoSteps(baseModelId: string): Promise<RunSummary> {
  const dataset = await engine.call('importTweets', { files: [tweetsFile(300)] });
  const overrides = { steps: 2, tokensPerStep: 32, seed: 7 };
  return engine.call('train', {
    datasetId: dataset.id,
    baseModelId,
    preset: 'quick',
    overrides,
  });
}

test('a folder is added, trained from, and kept for as long as a bot needs it', async () => {
  await start();
  const seen: ModelImportProgress[] = [];
  const model = await engine.call(
    'importBaseModel',
    { files: folder() },
    { onProgress: (progress) => seen.push(progress) },
  );
  expect(model).toMatchObject({
    name: 'my gpt2',
    origin: { source: 'files' },
    layers: 6,
    heads: 6,
    channels: 192,
    vocabulary: 4096,
    context: 256,
    parameters: 3_505_152,
    isReady: true,
  });
  expect(seen.at(-1)).toMatchObject({ phase: 'saving', bytesDone: 7_010_304 });
  expect(await added()).toEqual([model]);

  const run = await trainTwoSteps(model.id);
  expect(run).toMatchObject({ baseModelId: model.id, status: 'finished', canGenerate: true });
  // Random weights would begin at ln 4096 = 8.3.
  expect(run.points[0]?.loss).toBeLessThan(7.5);

  const written = await engine.call('generate', {
    ...{ ...WRITING_DEFAULTS, maxTokens: 20 },
    ...{ runId: run.id, prompt: 'My dream is', count: 1, seed: 11 },
  });
  expect(written.tweets[0]).toMatch(/^My dream is./);

  await expect(engine.call('deleteBaseModel', { modelId: model.id })).rejects.toMatchObject({
    code: 'model-needed',
    data: { details: { bots: [run.name] } },
  });
  engine.terminate();
  await start();
  expect(await added()).toEqual([model]);
  await engine.call('deleteRun', { runId: run.id, canRestore: false });
  await engine.call('deleteBaseModel', { modelId: model.id });
  expect(await added()).toEqual([]);
  await expect(engine.call('deleteBaseModel', { modelId: model.id })).rejects.toMatchObject({
    data: { code: 'not-found', details: { what: 'model', id: model.id } },
  });
  await expect(trainTwoSteps(model.id)).rejects.toMatchObject({ code: 'not-found' });
});

test('a ZIP is added as what is in it', async () => {
  await start();
  const zip = await zipOf([...starter].map(([name, bytes]) => [`gpt2/${name}`, bytes]));
  const files = [{ path: 'gpt2.zip', file: new File([zip], 'gpt2.zip') }];
  const model = await engine.call('importBaseModel', { files });
  expect(model).toMatchObject({ name: 'gpt2', parameters: 3_505_152 });
  await engine.call('deleteBaseModel', { modelId: model.id });
});

describe('what is refused leaves no trace', () => {
  const nan = () => {
    const bytes = file('model.safetensors').slice();
    bytes.set([0xff, 0x7f], bytes.length - 1000);
    return bytes;
  };
  const merges = () => new TextDecoder().decode(file('merges.txt')).split('\n');
  test.each([
    [
      'model-corrupt',
      'weights cut off',
      () => ({ 'model.safetensors': file('model.safetensors').slice(0, -2) }),
    ],
    [
      'model-corrupt',
      'a number that is none, near the end',
      () => ({ 'model.safetensors': nan() }),
    ],
    ['model-file-missing', 'no weights', () => ({ 'model.safetensors': null })],
    ['model-file-missing', 'no vocabulary', () => ({ 'vocab.json': null })],
    [
      'model-corrupt',
      'a missing merge',
      () => ({ 'merges.txt': textBytes(merges().toSpliced(1000, 1).join('\n')) }),
    ],
    ['unsupported', 'another model', () => ({ 'config.json': textBytes('{"model_type":"bert"}') })],
  ])('%s: %s', async (code, _what, changes) => {
    await start();
    const before = await chunkKeys('mynah');
    await expect(
      engine.call('importBaseModel', { files: folder(changes()) }),
    ).rejects.toMatchObject({ code });
    expect(await added()).toEqual([]);
    expect(await chunkKeys('mynah')).toEqual(before);
  });

  test('an import that is cancelled', async () => {
    await start();
    const before = await chunkKeys('mynah');
    const abort = new AbortController();
    await expect(
      engine.call(
        'importBaseModel',
        { files: folder() },
        { signal: abort.signal, onProgress: () => abort.abort() },
      ),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(await added()).toEqual([]);
    expect(await chunkKeys('mynah')).toEqual(before);
  });
});
