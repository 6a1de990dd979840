/**
 * Snapshots: the texts that runs learn from, under the hash of their content. Runs on the same texts
 * share one snapshot. It stays when filters change, and is deleted with the last run that names it.
 */
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
  type Parser,
  parseCount,
  parseNumber,
  parseString,
} from '../core/parse.ts';
import { mynahError } from '../core/errors.ts';
import { damaged, parseRecord } from './parse.ts';
import { withNewBlobs } from './write-blob.ts';

export interface SnapshotAccount {
  readonly documents: readonly string[];
  /** For each document that answers another one of this account, the indices of both. */
  readonly answers: ReadonlyMap<number, number>;
  /** The number of code points of all documents. */
  readonly characters: number;
}

interface SnapshotRecord {
  readonly id: string;
  /** The sizes of each account's part of `documents`, in order. */
  readonly accounts: readonly { readonly documents: number; readonly characters: number }[];
  readonly documents: BlobRef;
  readonly createdAt: number;
}

const parseSnapshot = objectOf<SnapshotRecord>({
  id: parseString,
  accounts: arrayOf(objectOf({ documents: parseCount, characters: parseCount })),
  documents: parseBlobRef,
  createdAt: parseNumber,
});

/** A text, or one that answers another, with the index of that one among those of its account. */
type Line = string | readonly [text: string, answered: number];

const parseLine: Parser<Line> = (value, path) =>
  Array.isArray(value)
    ? [parseString(value[0], path), parseCount(value[1], path)]
    : parseString(value, path);

/**
 * Stores texts under the hash of their content, unless they are stored already. A run must name them
 * soon, because snapshots that no run names are deleted whenever a run is deleted, and at the start.
 *
 * @throws `storage-quota`, `storage-blocked`, `cancelled`. Then nothing has changed.
 */
export async function ensureSnapshot(
  storage: Storage,
  contentHash: string,
  accounts: readonly SnapshotAccount[],
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const key = await storage.transact('readonly', ['snapshots'], (tx) =>
    tx.objectStore('snapshots').getKey(contentHash),
  );
  if (key !== undefined) return;
  await withNewBlobs(storage, async (writeBlob) => {
    const documents = accounts.flatMap(({ documents, answers }) =>
      documents.map((text, i): Line => (answers.has(i) ? [text, answers.get(i) ?? 0] : text)),
    );
    const record: SnapshotRecord = {
      id: contentHash,
      accounts: accounts.map(({ documents: { length }, characters }) => ({
        documents: length,
        characters,
      })),
      documents: await writeBlob(jsonLines(documents), options),
      createdAt: Date.now(),
    };
    await storage.transact('readwrite', ['snapshots', 'chunks'], async (tx) => {
      await requireChunks(tx, record.documents);
      await tx.objectStore('snapshots').put(record);
    });
  });
}

/**
 * The texts by account.
 *
 * @throws `not-found`, `stored-data-damaged`, `storage-blocked`.
 */
export async function readSnapshot(
  storage: Storage,
  id: string,
): Promise<readonly SnapshotAccount[]> {
  const raw = await storage.transact('readonly', ['snapshots'], (tx) =>
    tx.objectStore('snapshots').get(id),
  );
  const owner = { what: 'texts', id } as const;
  const record = parseRecord(owner, raw, parseSnapshot);
  if (record === null) throw mynahError('not-found', owner);
  const texts = await readJsonLines(storage, record.documents, owner, parseLine);
  const count = record.accounts.reduce((sum, { documents }) => sum + documents, 0);
  if (texts.length !== count) throw damaged(owner, { what: 'wrong', at: 'documents.length' });
  let at = 0;
  return record.accounts.map(({ documents, characters }) => {
    at += documents;
    const lines = texts.slice(at - documents, at);
    const answers = new Map<number, number>();
    for (const [i, line] of lines.entries()) {
      if (typeof line === 'string') continue;
      if (line[1] >= documents) throw damaged(owner, { what: 'wrong', at: `documents[${i}]` });
      answers.set(i, line[1]);
    }
    const textOf = (line: Line) => (typeof line === 'string' ? line : line[0]);
    return { documents: lines.map(textOf), answers, characters };
  });
}

/**
 * Deletes snapshots that no run names, or only runs on the dataset `gone`. The transaction must include
 * `runs`, `snapshots` and `chunks`.
 */
export async function deleteUnusedSnapshots(
  tx: Transaction<'readwrite'>,
  gone?: string,
): Promise<void> {
  const snapshots = tx.objectStore('snapshots');
  const unused = new Set(await snapshots.getAllKeys());
  if (unused.size === 0) return;
  for (const run of await tx.objectStore('runs').getAll()) {
    // Unparsed records, because a damaged run may still need its texts.
    if (typeof run !== 'object' || run === null || !('snapshotId' in run)) continue;
    if (gone === undefined || !('datasetId' in run) || run.datasetId !== gone) {
      unused.delete(String(run.snapshotId));
    }
  }
  for (const id of unused) {
    await deleteBlobsOf(tx, await snapshots.get(id));
    await snapshots.delete(id);
  }
}
