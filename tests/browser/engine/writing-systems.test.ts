/** Texts in any writing system come out of the engine as they went in. */

import { expect, test } from 'vitest';
import { fileOf, tweetsJs } from '../../fixtures/archives.ts';
import { startEngine } from './support.ts';

/** With marks of direction, joiners, letters that NFC would change, and families of emoji. */
const TEXTS = [
  '\u200fمی\u200cخواهم بروم خانه\u200e اما نمی\u200cشود',
  '\u2067שָׁלוֹם לכל החברים\u2069 and hello \u202bעולם\u202c again',
  'क्\u200dष और क्\u200cष दोनों अलग दिखते हैं',
  'cafe\u0301 au lait, \ufa19社 and \ufb2aלום stay as written',
  '家族 👩‍👩‍👧‍👦 と旗 🏳️‍🌈 と肌 👋🏽 と数字 1️⃣ です',
  'วันนี้น้ำท่วม ทำให้รถติดมาก',
  'zero\u200bwidth space and soft\u00adhyphen in one',
];

test('in pages of tweets, in searches, and in both files', async () => {
  const engine = await startEngine('wasm');
  const { id: datasetId, counts } = await engine.call('importTweets', {
    files: [fileOf('tweets.js', tweetsJs(TEXTS))],
  });
  expect(counts).toMatchObject({ read: TEXTS.length, kept: TEXTS.length });
  const browse = async (query: string) => {
    const which = { datasetId, offset: 0, limit: 40, query, show: 'all' } as const;
    return (await engine.call('browseTweets', which)).rows.map(({ text }) => text);
  };
  expect(await browse('')).toEqual(TEXTS);
  expect(await browse('CAFÉ')).toEqual([TEXTS[3]]);
  expect(await browse('น้ำ')).toEqual([TEXTS[5]]);
  const lines = async (format: 'jsonl' | 'txt') => {
    const { file } = await engine.call('exportDataset', { datasetId, format });
    return (await file.text()).trimEnd().split('\n');
  };
  expect(await lines('txt')).toEqual(TEXTS);
  expect((await lines('jsonl')).map((line) => (JSON.parse(line) as { text: string }).text)).toEqual(
    TEXTS,
  );
});

test('a dataset that keeps nothing is looked through, plotted, saved and deleted like others', async () => {
  const engine = await startEngine('wasm');
  const retweets = ['RT @someone: first of these', 'RT @someone: second of these'];
  const { id: datasetId, counts } = await engine.call('importTweets', {
    files: [fileOf('tweets.js', tweetsJs(retweets))],
  });
  expect(counts).toMatchObject({ read: 2, retweets: 2, kept: 0 });
  const which = { datasetId, offset: 0, limit: 40, query: '', show: 'kept' } as const;
  expect(await engine.call('browseTweets', which)).toEqual({ total: 0, rows: [] });
  expect(await engine.call('datasetFacts', { datasetId })).toMatchObject({ replies: 0 });
  const plots = await engine.call('datasetPlots', { datasetId, baseModelId: 'starter' });
  expect(plots).toMatchObject({ tokens: 0, words: expect.any(Array) });
  const { file } = await engine.call('exportDataset', { datasetId, format: 'txt' });
  expect((await file.text()).trim()).toBe('');
  const params = { datasetId, baseModelId: 'starter', preset: 'quick', overrides: {} } as const;
  for (const method of ['planTraining', 'train'] as const) {
    await expect(engine.call(method, params)).rejects.toMatchObject({ code: 'dataset-too-small' });
  }
  await engine.call('deleteDataset', { datasetId });
  expect(await engine.call('listDatasets', {})).toEqual([]);
});
