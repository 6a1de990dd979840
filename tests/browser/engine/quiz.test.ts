/** “Real or bot?” with a real bot: only held-out tweets are real in it, and its outcome is kept with the run. */

import { expect, test } from 'vitest';
import { QUIZ_PAIRS } from '../../../src/domain/quiz.ts';
import { fileOf, tweetsJs } from '../../fixtures/archives.ts';
import { tweetTexts } from '../../fixtures/tweets-file.ts';
import { startEngine, train, trainParams } from './support.ts';

test('pairs held-out tweets with new ones, and keeps the outcome', async () => {
  const engine = await startEngine('wasm');
  // Of several lengths, as tweets are.
  const words = 'and nobody knows why the kettle sings so early in the morning'.split(' ');
  const texts = tweetTexts(300).map((text, i) => [text, ...words.slice(0, i % 12)].join(' '));
  const file = fileOf('tweets.js', tweetsJs(texts));
  const dataset = await engine.call('importTweets', { files: [file] });
  const { run } = await train(engine, trainParams(dataset.id, 12));
  const quiz = await engine.call('makeQuiz', { runId: run.id, seed: 5 });
  if (quiz.kind !== 'ready') throw new Error(`no quiz: ${quiz.reason}`);
  expect(quiz).toMatchObject({ seed: 5, version: 1 });
  expect(quiz.pairs).toHaveLength(QUIZ_PAIRS);
  for (const { texts: both, real } of quiz.pairs) {
    expect(texts).toContain(both[real]);
    expect(texts).not.toContain(both[1 - real]);
  }
  expect(await engine.call('makeQuiz', { runId: run.id, seed: 5 })).toEqual(quiz);
  // What is written for it isn't among what the bot wrote.
  expect(await engine.call('listWritten', { runId: run.id })).toEqual([]);

  const outcome = { playedAt: 1, seed: 5, pairs: 10, right: 6, longestStreak: 3, version: 1 };
  const played = await engine.call('recordQuiz', { runId: run.id, outcome });
  expect(played).toMatchObject({ quizzes: [outcome], updatedAt: run.updatedAt });
  const { file: exported } = await engine.call('exportRunFiles', {
    runIds: [run.id],
    kind: 'json',
  });
  expect(JSON.parse(await exported.text())).toMatchObject({ quizzes: [outcome] });

  await engine.call('deleteDataset', { datasetId: dataset.id });
  expect(await engine.call('makeQuiz', { runId: run.id })).toEqual({
    ...{ kind: 'impossible', reason: 'no-tweets', heldOut: 0 },
  });
});
