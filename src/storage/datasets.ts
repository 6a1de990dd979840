/**
 * Datasets: the tweets as they were read, how they are to be cleaned, and what comes of it.
 *
 * An earlier version stored cleaned tweets and documents in place of what was read: those can be
 * looked at and trained on, and not filtered.
 */
import type { DatasetSummary } from '../protocol/calls.ts';
import type { DropReason } from '../domain/cleaning.ts';
import {
  type BlobRef,
  deleteBlobsOf,
  parseBlobRef,
  requireChunks,
  type Storage,
} from './chunks.ts';
import type { Transaction } from './db.ts';
import { jsonLines, readJsonLines } from './json-lines.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  oneOf,
  optional,
  ParseError,
  type Parser,
  parseCount,
  parseString,
  withDefault,
} from './parse.ts';
import { parseDatasetSummary } from './parse-dataset.ts';
import { forgetTexts } from './runs.ts';
import { parseReadable, parseRecord, unreadable } from './storage-error.ts';
import { withNewBlobs } from './write-blob.ts';

/** What the user decided about single tweets, by index. */
export type StoredOverrides = readonly (readonly [index: number, wish: 'keep' | 'drop'])[];

interface DatasetRecord {
  readonly id: string;
  readonly summary: DatasetSummary;
  readonly overrides: StoredOverrides;
  /** Tweets as read, a row of the archive's own each. Undefined in what an earlier version wrote. */
  readonly raw: BlobRef | undefined;
  /** Of an earlier version: every tweet cleaned, and the documents. */
  readonly tweets: BlobRef | undefined;
  readonly documents: BlobRef | undefined;
}

const parseOverride: Parser<StoredOverrides[number]> = (value, path) => {
  if (!Array.isArray(value)) throw new ParseError(path, 'an override');
  return [parseCount(value[0], `${path}[0]`), oneOf('keep', 'drop')(value[1], `${path}[1]`)];
};

const parseDataset = objectOf<DatasetRecord>({
  id: parseString,
  summary: parseDatasetSummary,
  overrides: withDefault(arrayOf(parseOverride), []),
  raw: optional(parseBlobRef),
  tweets: optional(parseBlobRef),
  documents: optional(parseBlobRef),
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

/** Changes how stored tweets are cleaned. @throws `checkpoint-incompatible` when they are gone. */
export async function updateDataset(
  storage: Storage,
  summary: DatasetSummary,
  overrides: StoredOverrides,
): Promise<void> {
  await storage.transact('readwrite', ['datasets'], async (tx) => {
    const record = await findRecord(tx, summary.id);
    if (record === null) throw unreadable(`dataset ${summary.id}`, 'not stored');
    await tx.objectStore('datasets').put({ ...record, summary, overrides });
  });
}

/** Null when there is none. @throws `checkpoint-incompatible` when the record doesn't parse. */
export async function getDataset(storage: Storage, id: string): Promise<StoredDataset | null> {
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
 * The rows given to {@link putDataset}; null when there are none of this dataset.
 *
 * @throws `weights-corrupt` when stored data is damaged, `checkpoint-incompatible`,
 *   `storage-blocked`.
 */
export async function readRows<T>(
  storage: Storage,
  id: string,
  parse: Parser<T>,
): Promise<readonly T[] | null> {
  const record = await readRecord(storage, id);
  return record?.raw ? readJsonLines(storage, record.raw, `tweets of ${id}`, parse) : null;
}

/** A tweet as an earlier version stored it. */
export interface CleanedRow {
  readonly text: string;
  readonly dropped: DropReason | null;
}

const parseDropped = nullable(oneOf<DropReason>('retweet', 'short'));

const parseCleanedRow: Parser<CleanedRow> = (value, path) => {
  if (!Array.isArray(value)) throw new ParseError(path, 'a row');
  return {
    text: parseString(value[0], `${path}[0]`),
    dropped: parseDropped(value[1], `${path}[1]`),
  };
};

/** What an earlier version stored: every tweet cleaned; null and errors as {@link readRows}. */
export async function readCleanedRows(
  storage: Storage,
  id: string,
): Promise<readonly CleanedRow[] | null> {
  const record = await readRecord(storage, id);
  if (!record?.tweets) return null;
  return readJsonLines(storage, record.tweets, `tweets of ${id}`, parseCleanedRow);
}

/** What an earlier version stored: the texts to train on; null and errors as {@link readRows}. */
export async function readDocuments(
  storage: Storage,
  id: string,
): Promise<readonly string[] | null> {
  const record = await readRecord(storage, id);
  if (!record?.documents) return null;
  return readJsonLines(storage, record.documents, `documents of ${id}`, parseString);
}

/**
 * Forgets a dataset: its tweets, and the texts that runs on it learned from. The runs stay, and
 * can't learn on. Texts that a run on other tweets learns from too stay with that run.
 */
export async function deleteDataset(storage: Storage, id: string): Promise<void> {
  const stores = ['datasets', 'runs', 'snapshots', 'chunks'] as const;
  await storage.transact('readwrite', stores, async (tx) => {
    const datasets = tx.objectStore('datasets');
    await deleteBlobsOf(tx, await datasets.get(id));
    await datasets.delete(id);
    await forgetTexts(tx, id);
  });
}

async function readRecord(storage: Storage, id: string): Promise<DatasetRecord | null> {
  return storage.transact('readonly', ['datasets'], (tx) => findRecord(tx, id));
}

async function findRecord(
  tx: Transaction<'readonly' | 'readwrite'>,
  id: string,
): Promise<DatasetRecord | null> {
  return parseRecord(`dataset ${id}`, await tx.objectStore('datasets').get(id), parseDataset);
}
