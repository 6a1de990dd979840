/**
 * Bots that earlier builds of this page have exported still open. Each file in `tests/fixtures/earlier-bots/` was made
 * by the export code of the commit that it is named after, the last one of a version of the page that people could
 * use: a made-up GPT-2 with 257 tokens, a recipe by that commit's own `createRecipe`, and every reason and option that
 * it knew.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseBotRecord, UNSAID } from '../../../src/bots/bot-record.ts';
import { readJson } from '../../../src/bots/model-files.ts';
import { blobReader, openFolder } from '../../../src/bots/open-folder.ts';
import { openParameters, readDescription } from '../../../src/bots/read-model.ts';
import { listZip } from '../../../src/bots/zip-files.ts';
import { must } from '../../../src/core/assert.ts';
import { HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';
import { readPieces } from '../../../src/model/tensor-source.ts';
import { parameterShapes } from '../../../src/model/weights.ts';

const folder = new URL('../../fixtures/earlier-bots/', import.meta.url);
const names = readdirSync(folder);
const zipOf = (name: string) => new File([readFileSync(new URL(name, folder))], name);
const open = (name: string) =>
  openFolder([{ path: name, file: zipOf(name) }], ['config.json']).then(({ files }) => files);

test('there is one of each version of the page that people could use', () => {
  expect(names.sort()).toEqual(['6932c20.zip', 'a0745ce.zip', 'e09cc7a.zip']);
});

describe.each(names)('the bot in %s', (name) => {
  test('has weights and a tokenizer that are read as they were', async () => {
    const files = await open(name);
    const { config, tokenizer } = await readDescription(files);
    expect([...tokenizer.encode('aé')]).toHaveLength(3);
    const { parameters } = await openParameters(files, config);
    expect(parameters.size).toBe(parameterShapes(config).size);
    // Its values were multiples of 1/256, which float16 keeps.
    for await (const { values } of readPieces(must(parameters.get('wpe.weight'), 'wpe'))) {
      expect(values.some((value) => value !== 0)).toBe(true);
      expect([...values].every((value) => Number.isInteger(256 * value))).toBe(true);
    }
  });

  test('has a record of which nothing is lost', async () => {
    const json = (await readJson(await open(name), 'training_args.json')) as object;
    const record = must(parseBotRecord(json), 'a record');
    expect(record).toMatchObject({ name: 'Ada', emoji: '🦜', seed: 7, backend: 'webgpu' });
    expect(record.base.repo).toBe('openai-community/gpt2');
    expect(record.points).toHaveLength(3);
    expect(record.recipe.totalSteps).toBe(record.totalSteps);
    expect(record.dataset.counts.read).toBe(1000);
    expect(Object.keys(record.dataset.counts.reasons).length).toBeGreaterThan(10);
    // All else is as the file says, and what it doesn't say, as it was with all bots then.
    const { canFilter: _canFilter, ...dataset } = (json as { dataset: Record<string, unknown> })
      .dataset;
    const said = { ...json, dataset };
    expect(record).toMatchObject(said);
  });
});

test('what the first builds didn’t say is what they all did', async () => {
  const recordOf = async (name: string) =>
    must(parseBotRecord(await readJson(await open(name), 'training_args.json')), 'a record');
  const first = await recordOf('e09cc7a.zip');
  expect(first.trainedShare).toBe(1);
  expect(first.recipe).toMatchObject(UNSAID.recipe);
  expect(first.plan.memory).toEqual(UNSAID.plan.memory);
  expect(first.dataset.options).toEqual({ ...HUGGINGTWEETS, unknownAudience: 'keep' });
  const second = await recordOf('a0745ce.zip');
  expect(second.trainedShare).toBe(1);
  expect(second.recipe.mixesWithBase).toBe(false);
  expect(second.recipe.attention).toBe('document');
  expect((await recordOf('6932c20.zip')).trainedShare).toBe(0.8);
});

test('their ZIPs are listed as ours are', async () => {
  for (const name of names) {
    const held = (await listZip(blobReader(zipOf(name), ''), '')).map(({ path }) => path);
    expect(held).toContain('model.safetensors');
    expect(held).toContain('training_args.json');
  }
});
