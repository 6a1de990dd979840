/** Filters on the page: shown at once, counted one after the other, the last choice wins. */

import { beforeEach, expect, it, vi } from 'vitest';
import {
  changeOptions,
  cleaningError,
  forgetDecisions,
  isRecounting,
  optionsOf,
  resetOptions,
} from '../../../src/app/state/cleaning.ts';
import { datasets } from '../../../src/app/state/datasets.ts';
import type { DatasetSummary } from '../../../src/protocol/datasets.ts';
import { type CleaningOptions, HUGGINGTWEETS, isUsual } from '../../../src/domain/cleaning.ts';
import { waitUntil } from '../../support/patience.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const shown = (): DatasetSummary => {
  const [first] = datasets.value;
  if (first === undefined) throw new Error('no dataset');
  return first;
};
const asked = () =>
  engine.asked.map(({ params }) => (params as { options: CleaningOptions }).options.minimumWords);

/** Answers of the engine, to be given by hand. */
let answers: (() => void)[] = [];

beforeEach(() => {
  engine.resetEngine();
  answers = [];
  datasets.value = [engine.dataset('d')];
  engine.answer(
    'cleanDataset',
    ({ options }) =>
      new Promise((resolve) => {
        answers.push(() => resolve({ ...engine.dataset('d'), options }));
      }),
  );
});

async function answerAll(): Promise<void> {
  for (let next = answers.shift(); next !== undefined; next = answers.shift()) {
    next();
    await waitUntil(() => answers.length === 1 || !isRecounting.value);
  }
}

it('what was left out by hand goes back to the options in one go', async () => {
  const by = { ...engine.dataset('d'), counts: { ...shown().counts, reasons: { 'by-hand': 2 } } };
  const row = {
    text: 'a',
    dropped: 'by-hand',
    createdAt: null,
    account: 0,
    decision: 'drop',
  } as const;
  const rows = [4, 9].map((index) => ({ ...row, index }));
  engine.answer('browseTweets', ({ show, limit }) => {
    expect({ show, limit }).toEqual({ show: 'by-hand', limit: 2 });
    return { total: 2, rows };
  });
  engine.answer('overrideTweets', ({ tweets, decision }) => {
    expect({ tweets, decision }).toEqual({ tweets: [4, 9], decision: null });
    return engine.dataset('d');
  });
  datasets.value = [by];
  await forgetDecisions(by);
  expect(cleaningError.value).toBeNull();
  expect(shown().counts.reasons).not.toHaveProperty('by-hand');
});

it('a choice shows before it is counted; of several that wait, only the last is asked', async () => {
  for (const minimumWords of [4, 5, 6]) changeOptions(shown(), { minimumWords });
  expect(optionsOf(shown()).minimumWords).toBe(6);
  expect(shown().options.minimumWords).toBe(3);
  await answerAll();
  expect(asked()).toEqual([4, 6]);
  expect(shown().options.minimumWords).toBe(6);
  expect(isRecounting.value).toBe(false);
});

it('two choices about two things are both kept', async () => {
  changeOptions(shown(), { replies: 'drop' });
  changeOptions(shown(), { mentions: 'strip' });
  await answerAll();
  expect(shown().options).toMatchObject({ replies: 'drop', mentions: 'strip' });
});

it('a choice made of what was shown before the last count takes nothing back', async () => {
  const drawn = shown();
  changeOptions(drawn, { replies: 'drop' });
  await answerAll();
  changeOptions(drawn, { exclude: 'tea' });
  await answerAll();
  expect(shown().options).toMatchObject({ replies: 'drop', exclude: 'tea' });
});

it('back to the usual keeps whose share is whose', async () => {
  changeOptions(shown(), { replies: 'drop', shares: [2, 1] });
  await answerAll();
  expect(isUsual(shown().options)).toBe(false);
  resetOptions(shown());
  await answerAll();
  expect(shown().options).toEqual({ ...HUGGINGTWEETS, shares: [2, 1] });
  expect(isUsual(shown().options)).toBe(true);
});

it('a refusal is told, and the options are those that count', async () => {
  engine.answer('cleanDataset', () => engine.fail({ code: 'storage-quota', details: {} }));
  changeOptions(shown(), { minimumWords: 9 });
  await waitUntil(() => !isRecounting.value);
  expect(cleaningError.value).toMatchObject({ code: 'storage-quota' });
  expect(optionsOf(shown()).minimumWords).toBe(3);
});
