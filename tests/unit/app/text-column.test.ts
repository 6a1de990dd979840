/** Which column of a table holds the tweets: the answer is for the file that was asked about. */

import { beforeEach, expect, it, vi } from 'vitest';
import { rememberTextColumn } from '../../../src/app/state/brought.ts';
import { importError, importFiles, retryImport } from '../../../src/app/state/datasets.ts';
import type { Calls } from '../../../src/protocol/calls.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const table = new File(['when,what\n'], 'mine.csv');

beforeEach(() => {
  engine.resetEngine();
  engine.answer('importTweets', ({ textColumns = {} }) =>
    Object.hasOwn(textColumns, 'mine.csv')
      ? engine.dataset('d')
      : engine.fail({
          code: 'table-column-unknown',
          details: { file: 'mine.csv', columns: 2, names: ['when', 'what'] },
        }),
  );
});

const columnsAsked = () =>
  engine.asked
    .filter(({ method }) => method === 'importTweets')
    .map(({ params }) => (params as Calls['importTweets']['params']).textColumns);

it('is asked, taken for the retry, and asked again when the file is brought again', async () => {
  await importFiles([table]);
  expect(importError.value?.code).toBe('table-column-unknown');
  rememberTextColumn('mine.csv', 0);
  await retryImport();
  expect(importError.value).toBeNull();
  // The first answer was the wrong one.
  await importFiles([table]);
  expect(importError.value?.code).toBe('table-column-unknown');
  rememberTextColumn('mine.csv', 1);
  await retryImport();
  expect(columnsAsked()).toEqual([{}, { 'mine.csv': 0 }, {}, { 'mine.csv': 1 }]);
});
