/** A bot as a file: opened, the same as it was, and never in half. */

import { describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import type { RunSummary } from '../../../src/protocol/bots.ts';
import type { ModelImportFile } from '../../../src/protocol/models.ts';
import type { Client } from '../../../src/protocol/client.ts';
import { chunkKeys } from '../storage/support.ts';
import { exported, exportedZip, recordIn, unzip, weightsIn } from './exported.ts';
import { importMadeUpTweets, startEngine, train, trainParams, writing } from './support.ts';

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
  return engine.call('importBot', { files, baseModelId: null });
}

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
    const read = await engine.call('importBot', { files, baseModelId: null });
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
    expect(await weightsIn(second)).toEqual(await weightsIn(before));
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

  test('opens and writes if an earlier build of the page has exported it', async () => {
    const engine = await startEngine('wasm');
    const fixtures = import.meta.glob('../../fixtures/earlier-bots/*.zip', {
      query: '?url',
      import: 'default',
      eager: true,
    });
    expect(Object.keys(fixtures)).toHaveLength(3);
    for (const url of Object.values(fixtures)) {
      const file = new File([await (await fetch(String(url))).blob()], 'ada.zip');
      const files = [{ path: file.name, file }];
      const bot = await engine.call('importBot', { files, baseModelId: null });
      expect(bot).toMatchObject({
        name: 'Ada',
        emoji: '🦜',
        status: 'finished',
        canGenerate: true,
      });
      const settings = { ...writing(bot.id), count: 1, maxTokens: 20 };
      const { tweets } = await engine.call('generate', settings);
      expect(tweets[0]).toMatch(/^My dream is/);
    }
  });

  test('has no adapter of its own before it learns on; then one on top of itself', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 2, { mode: 'lora' }));
    expect(run.hasAdapter).toBe(true);
    const zip = await exportedZip(engine, run.id);
    const files = [{ path: 'polly.zip', file: new File([zip], 'polly.zip') }];
    const read = await engine.call('importBot', { files, baseModelId: null });
    expect(read.hasAdapter).toBe(false);
    await expect(exportedZip(engine, read.id, { what: 'adapter' })).rejects.toMatchObject({
      data: { code: 'not-found', details: { what: 'adapter' } },
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

  test('may be an adapter, which becomes part of the model that the user chooses', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 2, { mode: 'lora' }));
    const zip = await exportedZip(engine, run.id, { what: 'adapter' });
    const files = [{ path: 'polly-adapter.zip', file: new File([zip], 'polly-adapter.zip') }];
    await expect(engine.call('importBot', { files, baseModelId: null })).rejects.toMatchObject({
      data: { code: 'adapter-base-needed', details: { base: null } },
    });
    const read = await engine.call('importBot', { files, baseModelId: 'starter' });
    expect(read).toMatchObject({ name: run.name, canGenerate: true, points: run.points });
    expect(await weightsIn(await exported(engine, read.id))).toEqual(
      await weightsIn(await exported(engine, run.id)),
    );
    // The model of one adapter is no base for others.
    expect((await engine.call('listBaseModels', {})).map(({ origin }) => origin.source)).toEqual([
      'starter',
    ]);
  });

  test('may be an adapter that names a model which is stored here', async () => {
    const engine = await startEngine('wasm');
    const dataset = await importMadeUpTweets(engine);
    const { run } = await train(engine, trainParams(dataset.id, 2, { mode: 'lora' }));
    const whole = await unzip(await exportedZip(engine, run.id));
    const asFiles = (name: string, inside: ReadonlyMap<string, Uint8Array>) =>
      [...inside].map(([file, bytes]) => ({
        path: `${name}/${file}`,
        file: new File([new Uint8Array(bytes)], file),
      }));
    const base = await engine.call('importBaseModel', { files: asFiles('my-gpt2', whole) });
    expect(base.name).toBe('my-gpt2');
    const adapter = new Map(await exported(engine, run.id, { what: 'adapter' }));
    const config = JSON.parse(new TextDecoder().decode(adapter.get('adapter_config.json')));
    const name = (named: string) =>
      adapter.set(
        'adapter_config.json',
        new TextEncoder().encode(JSON.stringify({ ...config, base_model_name_or_path: named })),
      );
    name('somebody/my-gpt2');
    await expect(
      engine.call('importBot', { files: asFiles('other', adapter), baseModelId: null }),
    ).rejects.toMatchObject({ data: { details: { base: 'somebody/my-gpt2' } } });
    name('/home/me/models/my-gpt2');
    const files = asFiles('again', adapter);
    const read = await engine.call('importBot', { files, baseModelId: null });
    expect((await engine.call('generate', writing(read.id))).tweets).toHaveLength(5);
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
      ['model-corrupt', file(zip.slice(0, zip.size - 3000))],
      ['model-corrupt', file(new Blob(['not a zip at all']))],
      ['model-corrupt', folder(record.subarray(0, -10))],
      [
        'model-corrupt',
        folder(new TextEncoder().encode(JSON.stringify({ ...recordIn(inside), recipe }))),
      ],
    ];
    for (const [code, files] of broken) {
      await expect(engine.call('importBot', { files, baseModelId: null })).rejects.toMatchObject({
        code,
      });
    }
    expect(await engine.call('listRuns', {})).toEqual(bots);
    expect(await chunkKeys('mynah')).toEqual(before);
  });

  test('leaves nothing when the tab is closed halfway', async () => {
    const engine = await startEngine('wasm');
    const before = await chunkKeys('mynah');
    const reading = importedStarter(engine);
    reading.catch(() => {});
    await expect
      .poll(async () => (await chunkKeys('mynah')).length, { interval: 10 })
      .toBeGreaterThan(before.length);
    engine.terminate();
    await expect(reading).rejects.toMatchObject({ code: 'worker-lost' });
    const reloaded = await startEngine('wasm');
    expect(await reloaded.call('listRuns', {})).toEqual([]);
    expect(await chunkKeys('mynah')).toEqual(before);
  });
});
