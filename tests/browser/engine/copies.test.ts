/** A bot that has learned a tweet by heart is found out; one whose tweets are gone can't be. */

import { openDB } from 'idb';
import { expect, test } from 'vitest';
import type { GenerateProgress, WrittenTweet } from '../../../src/protocol/writing.ts';
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
  const finished: WrittenTweet[] = [];
  const onProgress = (progress: GenerateProgress) => void finished.push(...progress.finished);
  const { tweets } = await engine.call('generate', greedy, { onProgress });
  expect(tweets).toEqual([sentence]);
  const copy = { start: 0, end: sentence.length - 1, isWhole: true, original: sentence };
  expect(finished).toMatchObject([{ text: sentence, copy, mark: 'new', number: 0 }]);
  expect(await engine.call('listWritten', { runId: run.id })).toEqual(finished);

  // As an answer to that very tweet it would be an echo, which is given to nobody and not stored.
  const echo = await engine.call('generate', { ...greedy, replyTo: sentence }, { onProgress });
  for (const text of echo.tweets) expect(text).not.toBe(sentence);
  const stored = await engine.call('listWritten', { runId: run.id });
  expect(stored.filter(({ replyTo, text }) => replyTo === sentence && text === sentence)).toEqual(
    [],
  );
  for (const { id } of stored.slice(1)) await engine.call('deleteWritten', { ids: [id] });
  finished.splice(1);

  await engine.call('deleteDataset', { datasetId: dataset.id });
  expect((await engine.call('generate', greedy, { onProgress })).tweets).toEqual([sentence]);
  expect(finished[1]?.copy).toBeUndefined();
  // That it copied a tweet is still known, but not which one.
  const listed = await engine.call('listWritten', { runId: run.id });
  expect(listed.map((tweet) => tweet.copy)).toEqual([{ ...copy, original: null }, undefined]);
  expect(JSON.stringify(await readAll('written'))).not.toContain('"original"');
});

/** Every record of a store of the page's database, as it is stored. */
async function readAll(store: string): Promise<unknown[]> {
  const db = await openDB('mynah');
  const records = await db.getAll(store);
  db.close();
  return records;
}
