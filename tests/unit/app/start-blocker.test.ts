/** The button that starts a training: each reason why it can't be pressed, and what the page says then. */

import { expect, it } from 'vitest';
import { findStartBlocker, type StartState } from '../../../src/app/state/start-blocker.ts';
import { startBlockerText } from '../../../src/app/training/start-blocker-text.ts';
import { datasetCounts, datasetSummary } from '../../fixtures/dataset-summary.ts';

const free: StartState = {
  datasetId: 'd1',
  dataset: datasetSummary({ characters: 6000 }),
  invalidOptions: new Set(),
  missingModel: null,
  phase: 'ready',
  activity: null,
  isPlanAwaited: false,
};

it('nothing keeps a training of enough tweets, or of tweets not listed yet, from starting', () => {
  expect(findStartBlocker(free)).toBeNull();
  expect(findStartBlocker({ ...free, dataset: null })).toBeNull();
});

const fewer = datasetSummary({ characters: 5999 });
const allKept = datasetSummary({
  characters: 0,
  counts: datasetCounts({ read: 0, retweets: 0, short: 0 }),
});

it.each<[string, Partial<StartState>, RegExp]>([
  ['no tweets', { datasetId: null, dataset: null }, /once there are tweets in step 1\.$/],
  [
    'too few tweets kept',
    { dataset: fewer },
    /at least 6,000 characters .* So far there are 5,999: in step 1, keep more tweets or add some\.$/,
  ],
  ['too few tweets', { dataset: allKept }, /None are yet: add more tweets in step 1\.$/],
  [
    'one invalid option',
    { invalidOptions: new Set(['steps'] as const) },
    /once Steps is corrected under “Advanced”\.$/,
  ],
  [
    'two invalid options',
    { invalidOptions: new Set(['steps', 'seed'] as const) },
    /once Steps and Seed are corrected/,
  ],
  ['a model that isn’t here', { missingModel: { name: 'GPT-2' } }, /once GPT-2 is downloaded\.$/],
  ['a model that isn’t named', { missingModel: { name: null } }, /chosen or added\.$/],
  ['an engine that starts', { phase: 'starting' }, /in a moment/],
  ['no backend', { phase: 'unavailable' }, /choose something else in “Compute with”/],
  ['another tab', { phase: 'elsewhere' }, /closed in the other tab/],
  ['a lost engine', { phase: 'lost' }, /restart it at the top/],
  ['an import', { activity: 'importing' }, /once all tweets have been read/],
  ['another training', { activity: 'training' }, /once the bot in training/],
  ['writing', { activity: 'writing' }, /once the tweets being written/],
  ['a plan that is being made', { isPlanAwaited: true }, /estimating how long it takes/],
])('%s: the sentence names it', (_, change, sentence) => {
  const blocker = findStartBlocker({ ...free, ...change });
  expect(blocker && startBlockerText(blocker)).toMatch(/^Training can start /);
  expect(blocker && startBlockerText(blocker)).toMatch(sentence);
});

it('what the user has to change is said before what passes', () => {
  const all: StartState = {
    datasetId: null,
    dataset: fewer,
    invalidOptions: new Set(['steps'] as const),
    missingModel: null,
    phase: 'starting',
    activity: 'writing',
    isPlanAwaited: true,
  };
  const kinds = [
    all,
    { ...all, datasetId: 'd1' },
    { ...all, datasetId: 'd1', dataset: null },
    { ...free, phase: all.phase, activity: all.activity },
    { ...free, activity: all.activity, isPlanAwaited: true },
    { ...free, isPlanAwaited: true },
  ].map((state) => findStartBlocker(state)?.kind);
  expect(kinds).toEqual([
    ...['no-tweets', 'too-few-tweets', 'invalid-options', 'engine', 'activity', 'planning'],
  ]);
});
