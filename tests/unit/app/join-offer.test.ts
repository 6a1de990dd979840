/** A newer archive that is dropped, and not added with the button, can still be joined to the earlier. */

import { beforeEach, expect, it, vi } from 'vitest';
import { announcement } from '../../../src/app/state/announce.ts';
import {
  datasets,
  importError,
  importFiles,
  joinTarget,
  joinToEarlier,
  keepApart,
  putDataset,
  retryImport,
} from '../../../src/app/state/datasets.ts';
import { apartIds, parseSettings, selectedDatasetId } from '../../../src/app/state/settings.ts';
import { HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';
import { datasetSummary } from '../../fixtures/dataset-summary.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const archive = new File(['x'], 'newer.zip');
const earlier = datasetSummary({ id: 'earlier', username: 'Somebody' });
const newer = datasetSummary({ id: 'newer', createdAt: earlier.createdAt + 1 });
const joined = { dataset: earlier, added: { tweets: 2, repeated: 1, lengthened: 0 } };
const ids = () => datasets.value.map(({ id }) => id);

beforeEach(() => {
  engine.resetEngine();
  engine.answer('importTweets', () => newer);
  engine.answer('joinDatasets', () => joined);
  datasets.value = [earlier];
  apartIds.value = [];
});

it('is made and said for the same account, and leaves one dataset', async () => {
  await importFiles([archive]);
  expect(ids()).toEqual(['newer', 'earlier']);
  expect(joinTarget.value?.id).toBe('earlier');
  expect(announcement.value.text).toContain('join them to the earlier tweets of @Somebody');
  await joinToEarlier();
  expect(ids()).toEqual(['earlier']);
  expect(selectedDatasetId.value).toBe('earlier');
  expect(joinTarget.value).toBeNull();
  const { params } = engine.asked.findLast(({ method }) => method === 'joinDatasets') ?? {};
  expect(params).toEqual({ datasetId: 'newer', into: 'earlier' });
});

it('needs nothing but what is stored, so it is there again after a reload', () => {
  datasets.value = [newer, earlier];
  selectedDatasetId.value = 'newer';
  expect(joinTarget.value?.id).toBe('earlier');
  selectedDatasetId.value = 'earlier';
  expect(joinTarget.value).toBeNull();
});

it.each(['cancelled', 'storage-quota'] as const)(
  'keeps both datasets and the offer when joining ends in %s',
  async (code) => {
    await importFiles([archive]);
    engine.answer('joinDatasets', () => engine.fail({ code, details: {} }));
    await joinToEarlier();
    expect(ids()).toEqual(['newer', 'earlier']);
    expect(joinTarget.value?.id).toBe('earlier');
    engine.answer('joinDatasets', () => joined);
    await retryImport();
    expect(ids()).toEqual(['earlier']);
    expect(importError.value).toBeNull();
  },
);

it('is not made for another account, nor where the tweets name none', async () => {
  for (const username of ['else', null]) {
    engine.answer('importTweets', () => ({ ...newer, username }));
    await importFiles([archive]);
    expect(joinTarget.value).toBeNull();
  }
});

it('is withdrawn when the user has chosen filters for the new dataset', async () => {
  await importFiles([archive]);
  putDataset({ ...newer, options: { ...HUGGINGTWEETS, minimumWords: 5 } });
  expect(joinTarget.value).toBeNull();
});

it('is declined for good, as the settings remember', async () => {
  await importFiles([archive]);
  apartIds.value = ['forgotten long ago'];
  keepApart();
  expect(joinTarget.value).toBeNull();
  expect(apartIds.value).toEqual(['newer']);
  expect(parseSettings({ apartIds: ['newer'] }).apartIds).toEqual(['newer']);
  expect(parseSettings({ apartIds: [7] }).apartIds).toEqual([]);
});
