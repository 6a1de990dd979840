/** What was written is damaged behind our back: errors with a code, and never a list that dies. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Checkpoint, readCheckpoint } from '../../../src/storage/read-checkpoint.ts';
import { saveCheckpoint } from '../../../src/storage/write-checkpoint.ts';
import type { StoredThing } from '../../../src/core/errors.ts';
import type { Storage } from '../../../src/storage/chunks.ts';
import {
  deleteDataset,
  getDataset,
  listDatasets,
  putDataset,
  readRows,
} from '../../../src/storage/datasets.ts';
import {
  appendChunk,
  type DownloadRecord,
  emptyBlob,
  getDownload,
  listDownloads,
  putDownload,
} from '../../../src/storage/downloads.ts';
import { getModel, listModels, writeModel } from '../../../src/storage/models.ts';
import { createRun, deleteRun, getRun, listRuns, updateRun } from '../../../src/storage/runs.ts';
import { ensureSnapshot, readSnapshot } from '../../../src/storage/snapshots.ts';
import { createStorage } from '../../../src/storage/storage.ts';
import { damagedCopy, damageTo } from '../../support/mutations.ts';
import { patternBytes } from './pattern.ts';
import { newRun } from '../../fixtures/new-run.ts';
import {
  allBytes,
  chunkKeys,
  newModel,
  openStorage,
  raw,
  requested,
  SEED,
  store,
  summary,
  uniqueName,
  readModelFile,
} from './support.ts';

const CHUNK = 1000;
let name: string;
let storage: Storage;
let checkpoint: Checkpoint;

beforeEach(async () => {
  name = uniqueName();
  storage = await openStorage(name, CHUNK);
  await createRun(storage, newRun('r'));
  const tensors = [0, 1, 2].map((i) => ({
    name: `w${i}`,
    shape: [300],
    dtype: 'F32' as const,
    pieces: [patternBytes(1200, i + 1)],
  }));
  const id = await saveCheckpoint(storage, 'r', { completedSteps: 1, tensors });
  checkpoint = await readCheckpoint(storage, id);
});

/** Changes a stored value in place. */
async function damage(
  storeName: string,
  key: IDBValidKey,
  change: (value: Record<string, unknown>) => unknown,
): Promise<void> {
  await raw(name, async (db) => {
    const value: Record<string, unknown> = await requested(store(db, storeName).get(key));
    const changed = change(value);
    const target = store(db, storeName);
    await requested(target.keyPath === null ? target.put(changed, key) : target.put(changed));
  });
}

async function readAll(isWanted?: (name: string) => boolean): Promise<string[]> {
  const names: string[] = [];
  for (const { name: each, pieces } of checkpoint.tensors(isWanted)) {
    expect(await allBytes(pieces)).toHaveLength(1200);
    names.push(each);
  }
  return names;
}

const blobId = () => checkpoint.manifest.blob.id;

describe('a chunk', () => {
  const broken: readonly [string, unknown][] = [
    ['of the wrong length', new ArrayBuffer(999)],
    ['that is no buffer', 'text'],
    ['of other bytes', patternBytes(CHUNK, 77).buffer],
  ];
  it.each(broken)('%s is stored-data-damaged', async (_what, value) => {
    const fault = { what: 'part-changed', part: 2 };
    await damage('chunks', [blobId(), 1], () => value);
    await expect(readAll()).rejects.toMatchObject({
      data: {
        code: 'stored-data-damaged',
        details: { what: 'checkpoint', id: checkpoint.manifest.id, fault },
      },
    });
  });

  it('with one flipped bit is stored-data-damaged, and its neighbours still read', async () => {
    await raw(name, async (db) => {
      const bytes = new Uint8Array(await requested(store(db, 'chunks').get([blobId(), 2])));
      bytes[500] = (bytes[500] ?? 0) ^ 1;
      await requested(store(db, 'chunks').put(bytes.buffer, [blobId(), 2]));
    });
    await expect(readAll()).rejects.toMatchObject({ code: 'stored-data-damaged' });
    expect(await readAll((each) => each === 'w0')).toEqual(['w0']);
  });

  it('that is missing is stored-data-damaged', async () => {
    await raw(name, (db) => requested(store(db, 'chunks').delete([blobId(), 3])));
    await expect(readAll()).rejects.toMatchObject({
      data: {
        code: 'stored-data-damaged',
        details: { what: 'checkpoint', fault: { what: 'part-missing', part: 4 } },
      },
    });
  });

  it('of a model or a dataset is stored-data-damaged too', async () => {
    const model = await writeModel(storage, newModel('m', 'M'), [
      { name: 'config.json', content: patternBytes(10, 1) },
    ]);
    await putDataset(storage, summary, ['secret']);
    for (const key of await chunkKeys(name)) {
      if (Array.isArray(key) && key[0] !== blobId()) {
        await damage('chunks', key, () => new ArrayBuffer(10));
      }
    }
    const corrupt = { code: 'stored-data-damaged' };
    await expect(readModelFile(storage, model, 'config.json')).rejects.toMatchObject({
      data: { ...corrupt, details: { what: 'model', id: 'm' } },
    });
    const reading = readRows(storage, 'd1', String);
    await expect(reading).rejects.toMatchObject({
      data: { ...corrupt, details: { what: 'dataset', id: 'd1' } },
    });
    await expect(reading).rejects.not.toThrow('secret');
  });
});

describe('a manifest', () => {
  const table = (change: object) => (value: Record<string, unknown>) => ({
    ...value,
    tensors: [
      { name: 'w0', shape: [300], dtype: 'F32', byteOffset: 0, byteLength: 1200, ...change },
    ],
  });
  const broken: readonly [string, (value: Record<string, unknown>) => unknown][] = [
    ['with an offset outside the blob', table({ byteOffset: 3000 })],
    ['with a length that is not its shape’s', table({ byteLength: 1199 })],
    ['with a shape that overflows', table({ shape: [2 ** 52, 2 ** 52], byteLength: 2 ** 53 })],
    ['with a negative offset', table({ byteOffset: -4 })],
    ['with an unknown type', table({ dtype: 'F64' })],
    ['without a blob', ({ blob: _blob, ...rest }) => rest],
    [
      'with a checksum short',
      (value) => ({ ...value, blob: { ...Object(value['blob']), checksums: [] } }),
    ],
    [
      'with endless chunks',
      (value) => ({ ...value, blob: { ...Object(value['blob']), chunkBytes: 2 ** 40 } }),
    ],
  ];
  it.each(broken)('%s is stored-data-damaged', async (_what, change) => {
    await damage('checkpoints', checkpoint.manifest.id, change);
    await expect(readCheckpoint(storage, checkpoint.manifest.id)).rejects.toMatchObject({
      code: 'stored-data-damaged',
    });
  });
});

describe('an unreadable record', () => {
  it('is left out of its list, named when asked for, and can be deleted', async () => {
    await createRun(storage, newRun('good'));
    await putDataset(storage, summary, []);
    await putDataset(storage, { ...summary, id: 'd2' }, ['x']);
    await writeModel(storage, newModel('m1', 'M'), []);
    await writeModel(storage, newModel('m2', 'M'), []);
    await damage('runs', 'r', (run) => ({ ...run, status: 'asleep' }));
    await damage('datasets', 'd2', ({ raw: blob }) => ({ id: 'd2', summary: null, raw: blob }));
    await damage('models', 'm2', () => ({ id: 'm2', files: 'all' }));

    expect((await listRuns(storage)).map(({ id }) => id)).toEqual(['good']);
    expect((await listDatasets(storage)).map(({ id }) => id)).toEqual(['d1']);
    expect((await listModels(storage)).map(({ id }) => id)).toEqual(['m1']);

    await expect(getRun(storage, 'r')).rejects.toMatchObject({
      data: {
        code: 'stored-data-damaged',
        details: {
          what: 'run',
          id: 'r',
          fault: { what: 'value', at: 'run.status', expected: { be: 'one-of' } },
        },
      },
    });
    const damaged = (what: string, id: string) => ({
      data: { code: 'stored-data-damaged', details: { what, id } },
    });
    await expect(getDataset(storage, 'd2')).rejects.toMatchObject(damaged('dataset', 'd2'));
    await expect(getModel(storage, 'm2')).rejects.toMatchObject(damaged('model', 'm2'));

    // An unreadable record keeps its chunks through a sweep: another version may read it.
    (await createStorage({ name })).dispose();
    const before = (await chunkKeys(name)).length;
    await deleteRun(storage, 'r');
    await deleteDataset(storage, 'd2');
    const left = await chunkKeys(name);
    expect(before - left.length).toBe(4 + 1);
  });

  it('never lets its values into the error', async () => {
    await damage('runs', 'r', (run) => ({ ...run, name: { text: 'secret' }, samples: 'secret' }));
    await expect(getRun(storage, 'r')).rejects.toMatchObject({
      message: expect.not.stringContaining('secret'),
    });
  });
});

/** Tables with free keys: what is in them may be missing. */
const FREE_KEYS = ['reasons', 'versions'];

describe('a record with any of its fields damaged', () => {
  const readers: Readonly<Record<string, readonly [StoredThing['what'], () => Promise<unknown>]>> =
    {
      runs: ['run', () => getRun(storage, 'r')],
      datasets: ['dataset', () => getDataset(storage, 'd1')],
      models: ['model', () => getModel(storage, 'm')],
      snapshots: ['texts', () => readSnapshot(storage, 'hash')],
      checkpoints: ['checkpoint', () => readCheckpoint(storage, checkpoint.manifest.id)],
    };

  it.each(Object.entries(readers))(
    `of %s is never taken for sound (seed ${SEED})`,
    async (...of) => {
      const [storeName, [what, read]] = of;
      await updateRun(storage, 'r', { points: [{ step: 1, loss: 4, learningRate: 1, epoch: 1 }] });
      await putDataset(storage, summary, ['x'], [[0, 'drop']]);
      await writeModel(storage, newModel('m', 'M'), [{ name: 'x', content: patternBytes(9, 1) }]);
      await ensureSnapshot(storage, 'hash', [
        { documents: ['x'], answers: new Map(), characters: 1 },
      ]);
      const [valid] = await raw<unknown[]>(name, (db) => requested(store(db, storeName).getAll()));
      await read();
      await fc.assert(
        fc.asyncProperty(damageTo(valid), async (change) => {
          const { path, value } = change;
          fc.pre(path.length > 0 && path[0] !== 'id');
          fc.pre(value !== undefined || !FREE_KEYS.includes(String(path.at(-2))));
          const changed = damagedCopy(valid, change);
          await raw(name, (db) => requested(store(db, storeName).put(changed)));
          await expect(read()).rejects.toMatchObject({
            data: { code: 'stored-data-damaged', details: { what } },
          });
        }),
        { seed: SEED, numRuns: 80 },
      );
    },
  );

  it(`of downloads is as good as none, so that the download starts again (seed ${SEED})`, async () => {
    const file = { isComplete: false, etag: null, blob: emptyBlob(storage) };
    const record: DownloadRecord = {
      id: 'owner/name',
      hubUrl: 'https://hub.example',
      commit: 'c0',
      updatedAt: 1,
      files: [
        { ...file, name: 'config.json', expectedBytes: 9, sha256: 'ab' },
        { ...file, name: 'merges.txt', expectedBytes: null, sha256: null, etag: '"1"' },
      ],
    };
    await putDownload(storage, record);
    await appendChunk(storage, record, 'config.json', patternBytes(9, 1), { isComplete: true });
    const valid = await getDownload(storage, record.id);
    expect(valid).toMatchObject({ files: [{ isComplete: true, blob: { byteLength: 9 } }, {}] });
    await fc.assert(
      fc.asyncProperty(damageTo(valid), async (change) => {
        fc.pre(change.path.length > 0 && change.path[0] !== 'id');
        const changed = damagedCopy(valid, change);
        await raw(name, (db) => requested(store(db, 'downloads').put(changed)));
        expect(await getDownload(storage, record.id)).toBeNull();
        expect(await listDownloads(storage)).toEqual([]);
      }),
      { seed: SEED, numRuns: 80 },
    );
  });
});

describe('a second writer', () => {
  it('whose chunks were swept fails at its commit, and nothing changes', async () => {
    const before = await getRun(storage, 'r');
    async function* sweptMidway() {
      yield patternBytes(2000, 5);
      (await createStorage({ name })).dispose();
    }
    const tensor = { name: 'w', shape: [500], dtype: 'F32' as const, pieces: sweptMidway() };
    const saving = saveCheckpoint(storage, 'r', { completedSteps: 2, tensors: [tensor] });
    await expect(saving).rejects.toMatchObject({ code: 'storage-blocked' });
    expect(await getRun(storage, 'r')).toEqual(before);
    expect(await readAll()).toEqual(['w0', 'w1', 'w2']);
  });
});
