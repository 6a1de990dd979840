/** Tweets as read, the texts that runs learn from, and how both are forgotten. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';
import {
  deleteDataset,
  getDataset,
  listDatasets,
  putDataset,
  readRows,
  updateDataset,
} from '../../../src/storage/datasets.ts';
import { parseString } from '../../../src/core/parse.ts';
import { createRun, deleteRun, getRun } from '../../../src/storage/runs.ts';
import { ensureSnapshot, readSnapshot } from '../../../src/storage/snapshots.ts';
import { createStorage } from '../../../src/storage/storage.ts';
import { newRun } from '../../fixtures/new-run.ts';
import { chunkKeys, openStorage, SEED, summary, uniqueName } from './support.ts';

const CHUNK = 1000;

describe('datasets', () => {
  it(`keep every tweet, whatever its characters (seed ${SEED})`, async () => {
    const storage = await openStorage(uniqueName(), 64);
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      // Any UTF-16 at all: lone surrogates, line breaks, controls.
      fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text), async (rows) => {
        await putDataset(storage, summary, rows);
        expect(await readRows(storage, 'd1', parseString)).toEqual(rows);
      }),
      { seed: SEED, numRuns: 40 },
    );
    expect(await getDataset(storage, 'd1')).toEqual({
      ...(await getDataset(storage, 'd1')),
      summary,
    });
  });

  it('change how they are cleaned without a tweet being written again', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await putDataset(storage, summary, ['one', 'two']);
    const before = await chunkKeys(name);
    const options = { ...HUGGINGTWEETS, minimumWords: 5, languages: ['en'], shares: [2] };
    await updateDataset(storage, { ...summary, options }, [[1, 'drop']]);
    expect(await getDataset(storage, 'd1')).toMatchObject({
      summary: { options },
      overrides: [[1, 'drop']],
    });
    expect(await readRows(storage, 'd1', parseString)).toEqual(['one', 'two']);
    expect(await chunkKeys(name)).toEqual(before);
    await expect(updateDataset(storage, { ...summary, id: 'gone' }, [])).rejects.toMatchObject({
      data: { code: 'not-found', details: { what: 'dataset', id: 'gone' } },
    });
  });

  it('are listed newest first and leave nothing when deleted', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    for (const createdAt of [2, 3, 1]) {
      await putDataset(storage, { ...summary, id: `d${createdAt}`, createdAt }, ['one']);
    }
    expect((await listDatasets(storage)).map(({ id }) => id)).toEqual(['d3', 'd2', 'd1']);
    for (const id of ['d1', 'd2', 'd3']) await deleteDataset(storage, id);
    expect(await listDatasets(storage)).toEqual([]);
    const gone = { data: { code: 'not-found', details: { what: 'dataset', id: 'd1' } } };
    await expect(readRows(storage, 'd1', parseString)).rejects.toMatchObject(gone);
    await expect(getDataset(storage, 'd1')).rejects.toMatchObject(gone);
    expect(await chunkKeys(name)).toHaveLength(0);
  });
});

const noTexts = (id: string) => ({ data: { code: 'not-found', details: { what: 'texts', id } } });

describe('snapshots', () => {
  const texts = [
    { documents: ['one', 'two'], answers: new Map([[1, 0]]), characters: 6 },
    { documents: [], answers: new Map(), characters: 0 },
    { documents: ['three'], answers: new Map(), characters: 5 },
  ];

  it('are shared by content and go with the last run that needs them', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await ensureSnapshot(storage, 'hash', texts);
    const chunks = await chunkKeys(name);
    await ensureSnapshot(storage, 'hash', texts);
    expect(await chunkKeys(name)).toEqual(chunks);
    await createRun(storage, newRun('a', { snapshotId: 'hash' }));
    await createRun(storage, newRun('b', { snapshotId: 'hash' }));
    expect(await readSnapshot(storage, 'hash')).toEqual(texts);
    await deleteRun(storage, 'a');
    expect(await readSnapshot(storage, 'hash')).toEqual(texts);
    await deleteRun(storage, 'b');
    await expect(readSnapshot(storage, 'hash')).rejects.toMatchObject(noTexts('hash'));
    expect(await chunkKeys(name)).toHaveLength(0);
  });

  it('outlive a restart when a run names them, and don’t when none does', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await ensureSnapshot(storage, 'needed', texts);
    await ensureSnapshot(storage, 'orphan', texts);
    await createRun(storage, newRun('a', { snapshotId: 'needed' }));
    (await createStorage({ name })).dispose();
    expect(await readSnapshot(storage, 'needed')).toEqual(texts);
    await expect(readSnapshot(storage, 'orphan')).rejects.toMatchObject(noTexts('orphan'));
    expect(await chunkKeys(name)).toHaveLength(1);
  });

  it('are forgotten with the tweets they are of; runs on other tweets keep theirs', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await putDataset(storage, summary, ['mine']);
    await putDataset(storage, { ...summary, id: 'd2' }, ['the same']);
    for (const hash of ['only d1', 'both']) await ensureSnapshot(storage, hash, texts);
    await createRun(storage, newRun('a', { datasetId: 'd1', snapshotId: 'only d1' }));
    await createRun(storage, newRun('b', { datasetId: 'd1', snapshotId: 'both' }));
    await createRun(storage, newRun('c', { datasetId: 'd2', snapshotId: 'both' }));
    await deleteDataset(storage, 'd1');
    await expect(readSnapshot(storage, 'only d1')).rejects.toMatchObject(noTexts('only d1'));
    expect(await readSnapshot(storage, 'both')).toEqual(texts);
    for (const id of ['a', 'b']) {
      expect(await getRun(storage, id)).toMatchObject({ snapshotId: null, name: 'my bot' });
    }
    expect(await getRun(storage, 'c')).toMatchObject({ snapshotId: 'both' });
    await deleteDataset(storage, 'd2');
    expect(await chunkKeys(name)).toHaveLength(0);
  });
});
