/** Datasets: the tweets as they were read, how they are to be cleaned, and what comes of it. */
import type { DatasetSummary } from '../protocol/datasets.ts';
import {
  type BlobRef,
  deleteBlobsOf,
  parseBlobRef,
  requireChunks,
  type Storage,
} from './chunks.ts';
import type { Transaction } from './database.ts';
import { jsonLines, readJsonLines } from './json-lines.ts';
import {
  arrayOf,
  objectOf,
  oneOf,
  ParseError,
  type Parser,
  parseCount,
  parseString,
} from '../core/parse.ts';
import { parseDatasetSummary } from './parse-dataset.ts';
import { forgetTexts } from './runs.ts';
import { hasCode, mynahError } from '../core/errors.ts';
import { parseReadable, parseRecord } from './parse.ts';
import { deleteUnusedSnapshots } from './snapshots.ts';
import { withNewBlobs } from './write-blob.ts';

/** What the user decided about single tweets, by index. */
export type StoredOverrides = readonly (readonly [index: number, decision: 'keep' | 'drop'])[];

interface DatasetRecord {
  readonly id: string;
  readonly summary: DatasetSummary;
  readonly overrides: StoredOverrides;
  /** Every tweet as it was read, in a row of the archive's own. */
  readonly raw: BlobRef;
}

const parseOverride: Parser<StoredOverrides[number]> = (value, path) => {
  if (!Array.isArray(value)) throw new ParseError(path, { be: 'array' });
  return [parseCount(value[0], `${path}[0]`), oneOf('keep', 'drop')(value[1], `${path}[1]`)];
};

const parseDataset = objectOf<DatasetRecord>({
  id: parseString,
  summary: parseDatasetSummary,
  overrides: arrayOf(parseOverride),
  raw: parseBlobRef,
});

export interface StoredDataset {
  readonly summary: DatasetSummary;
  readonly overrides: StoredOverrides;
}

/**
 * Stores a dataset under `summary.id`, replacing the one of that id.
 *
 * @param rows Every tweet in the order it was read, as JSON values.
 * @throws `storage-quota`, `storage-blocked`, `cancelled`; then nothing has changed.
 */
export async function putDataset(
  storage: Storage,
  summary: DatasetSummary,
  rows: readonly unknown[],
  overrides: StoredOverrides = [],
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  await withNewBlobs(storage, async (writeBlob) => {
    const raw = await writeBlob(jsonLines(rows), options);
    await storage.transact('readwrite', ['datasets', 'chunks'], async (tx) => {
      await requireChunks(tx, raw);
      const datasets = tx.objectStore('datasets');
      await deleteBlobsOf(tx, await datasets.get(summary.id));
      await datasets.put({ id: summary.id, summary, overrides, raw });
    });
  });
}

/** Changes how stored tweets are cleaned. @throws `not-found`, `stored-data-damaged`. */
export async function updateDataset(
  storage: Storage,
  summary: DatasetSummary,
  overrides: StoredOverrides,
): Promise<void> {
  await storage.transact('readwrite', ['datasets'], async (tx) => {
    const record = await requireRecord(tx, summary.id);
    await tx.objectStore('datasets').put({ ...record, summary, overrides });
  });
}

/** @throws `not-found`, `stored-data-damaged`, `storage-blocked`. */
export async function getDataset(storage: Storage, id: string): Promise<StoredDataset> {
  return readRecord(storage, id);
}

/** Every dataset whose record parses, newest first. */
export async function listDatasets(storage: Storage): Promise<readonly DatasetSummary[]> {
  const raws = await storage.transact('readonly', ['datasets'], (tx) =>
    tx.objectStore('datasets').getAll(),
  );
  return parseReadable(raws, parseDataset)
    .map(({ summary }) => summary)
    .sort((a, b) => b.createdAt - a.createdAt);
}

/**
 * The rows given to {@link putDataset}.
 *
 * @throws `not-found`, `stored-data-damaged`, `storage-blocked`.
 */
export async function readRows<T>(
  storage: Storage,
  id: string,
  parse: Parser<T>,
): Promise<readonly T[]> {
  const { raw } = await readRecord(storage, id);
  return readJsonLines(storage, raw, { what: 'dataset', id }, parse);
}

/**
 * Forgets a dataset: its tweets, and the texts that runs on it learned from. The runs stay, and
 * can't learn on. Texts that a run on other tweets learns from too stay with that run.
 */
export async function deleteDataset(storage: Storage, id: string): Promise<void> {
  const deleting = (forget: (tx: Transaction<'readwrite'>, datasetId: string) => Promise<void>) =>
    storage.transact('readwrite', ['datasets', 'runs', 'snapshots', 'chunks'], async (tx) => {
      const datasets = tx.objectStore('datasets');
      await deleteBlobsOf(tx, await datasets.get(id));
      await datasets.delete(id);
      await forget(tx, id);
    });
  try {
    await deleting(forgetTexts);
  } catch (error) {
    if (!hasCode(error, 'storage-quota')) throw error;
    // On a full disk a transaction that writes anything fails, even if it frees more than it takes.
    await deleting(deleteUnusedSnapshots);
  }
}

async function readRecord(storage: Storage, id: string): Promise<DatasetRecord> {
  return storage.transact('readonly', ['datasets'], (tx) => requireRecord(tx, id));
}

async function requireRecord(
  tx: Transaction<'readonly' | 'readwrite'>,
  id: string,
): Promise<DatasetRecord> {
  const raw: unknown = await tx.objectStore('datasets').get(id);
  const record = parseRecord({ what: 'dataset', id }, raw, parseDataset);
  if (record === null) throw mynahError('not-found', { what: 'dataset', id });
  return record;
}
