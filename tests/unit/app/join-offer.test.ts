/** A newer archive that is dropped, and not added with the button, can still be joined to the earlier. */

import { beforeEach, expect, it, vi } from 'vitest';
import {
  datasets,
  importError,
  importFiles,
  joinOffer,
  putDataset,
  retryImport,
} from '../../../src/app/state/datasets.ts';
import { selectedDatasetId } from '../../../src/app/state/settings.ts';
import { datasetSummary } from '../../fixtures/dataset-summary.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const archive = new File(['x'], 'newer.zip');
const earlier = datasetSummary({ id: 'earlier', username: 'Somebody' });
const ids = () => datasets.value.map(({ id }) => id);

beforeEach(() => {
  engine.resetEngine();
  engine.answer('importTweets', ({ addTo }) =>
    addTo === 'earlier' ? earlier : datasetSummary({ id: 'newer' }),
  );
  engine.answer('deleteDataset', () => ({}));
  datasets.value = [earlier];
});

it('is made for the same account, and leaves one dataset', async () => {
  await importFiles([archive]);
  expect(ids()).toEqual(['newer', 'earlier']);
  await joinOffer.value?.join();
  expect(ids()).toEqual(['earlier']);
  expect(selectedDatasetId.value).toBe('earlier');
  expect(joinOffer.value).toBeNull();
  const { params } = engine.asked.findLast(({ method }) => method === 'importTweets') ?? {};
  expect(params).toMatchObject({ files: [archive], addTo: 'earlier' });
});

it.each(['cancelled', 'storage-quota'] as const)(
  'keeps both datasets and the offer when joining ends in %s',
  async (code) => {
    await importFiles([archive]);
    const join = joinOffer.value?.join;
    engine.answer('importTweets', () => engine.fail({ code, details: {} }));
    await join?.();
    expect(ids()).toEqual(['newer', 'earlier']);
    expect(joinOffer.value).not.toBeNull();
    engine.answer('importTweets', () => earlier);
    await retryImport();
    expect(ids()).toEqual(['earlier']);
    expect(importError.value).toBeNull();
  },
);

it('is not made for another account, nor where the tweets name none', async () => {
  for (const username of ['else', null]) {
    engine.answer('importTweets', () => datasetSummary({ id: 'newer', username }));
    await importFiles([archive]);
    expect(joinOffer.value).toBeNull();
  }
});

it('is withdrawn when the user has chosen what to learn from in the new dataset', async () => {
  await importFiles([archive]);
  expect(joinOffer.value).not.toBeNull();
  putDataset(datasetSummary({ id: 'newer', contentHash: 'cd'.repeat(32) }));
  expect(joinOffer.value).toBeNull();
});
