/** A bot that has learned a tweet by heart is found out; one whose tweets are gone can't be. */

import { expect, test } from 'vitest';
import { fileOf, tweetsJs } from '../../fixtures/archives.ts';
import { startEngine, train, trainParams, writing } from './support.ts';

const sentence =
  'The lighthouse keeper paints his door green every spring, and nobody asks him why.';

test('what a bot copies is marked, with the tweet that it is from', async () => {
  const engine = await startEngine('wasm');
  // As bots do that are fed the same again and again.
  const file = fileOf('tweets.js', tweetsJs(Array.from({ length: 100 }, () => sentence)));
  const dataset = await engine.call('importTweets', { files: [file] });
  const { run } = await train(engine, trainParams(dataset.id, 30, { learningRate: 3e-3 }));
  const greedy = { ...writing(run.id), prompt: 'The lighthouse keeper', count: 1, topK: 1 };
  const { tweets, copies } = await engine.call('generate', greedy);
  expect(tweets).toEqual([sentence]);
  expect(copies).toEqual([{ start: 0, end: sentence.length - 1, original: sentence }]);

  await engine.call('deleteDataset', { datasetId: dataset.id });
  expect(await engine.call('generate', greedy)).toMatchObject({ tweets, copies: null });
});
