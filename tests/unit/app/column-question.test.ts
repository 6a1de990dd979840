/** A table among other files is asked about, and its tweets are added to those of the others. */

import { expect, it, vi } from 'vitest';
import { rememberTextColumn, withLeftFiles } from '../../../src/app/state/brought.ts';
import { datasets, importFiles, retryImport } from '../../../src/app/state/datasets.ts';
import type { ImportWarning } from '../../../src/protocol/datasets.ts';
import { datasetSummary } from '../../fixtures/dataset-summary.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

it('adds the table to the dataset once its column is known', async () => {
  engine.resetEngine();
  engine.answer('importTweets', () => datasetSummary({ id: 'd7' }));
  const files = [new File(['[]'], 'tweets.json'), new File(['a,b'], 'table.csv')];
  await importFiles(files);
  rememberTextColumn('table.csv', 1);
  await retryImport();
  const imports = engine.asked.filter(({ method }) => method === 'importTweets');
  expect(imports.map(({ params }) => params)).toMatchObject([
    { textColumns: {} },
    { files, textColumns: { 'table.csv': 1 }, addTo: 'd7' },
  ]);
  expect(datasets.value.map(({ id }) => id)).toEqual(['d7']);
});

it('names what the browser didn’t hand over in the one warning on files', () => {
  const repeated: ImportWarning = { kind: 'repeated-tweets', count: 2 };
  const empty = { file: 'a.json', why: 'empty' } as const;
  const locked = { file: 'b.json', why: 'unreadable' } as const;
  const known: ImportWarning = { kind: 'files-left', files: [empty], count: 60 };
  expect(withLeftFiles([known, repeated], [locked])).toEqual([
    repeated,
    { kind: 'files-left', files: [locked, empty], count: 61 },
  ]);
  expect(withLeftFiles([repeated], [])).toEqual([repeated]);
});
