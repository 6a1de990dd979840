/**
 * Snapshots: the texts that runs learn from, under the hash of their content. Runs on the same texts
 * share one. It outlives any change of filters, and goes with the last run that names it.
 */
import {
  type BlobRef,
  deleteBlobsOf,
  parseBlobRef,
  requireChunks,
  type Storage,
} from './chunks.ts';
import type { Transaction } from './db.ts';
import { jsonLines, readJsonLines } from './json-lines.ts';
import { arrayOf, objectOf, parseCount, parseNumber, parseString } from '../core/parse.ts';
import { mynahError } from '../core/errors.ts';
import { damaged, parseRecord } from './parse.ts';
import { withNewBlobs } from './write-blob.ts';

export interface SnapshotAccount {
  readonly documents: readonly string[];
  /** Code points of all of them. */
  readonly characters: number;
}

interface SnapshotRecord {
  readonly id: string;
  /** Sizes of the parts of `documents`, in order. */
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

/**
 * Stores texts under the hash of their content, unless they are there. A run has to name them soon:
 * what none names is deleted at the next occasion.
 *
 * @throws `storage-quota`, `storage-blocked`, `cancelled`; then nothing has changed.
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
    const documents = accounts.flatMap((account) => account.documents);
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
  const texts = await readJsonLines(storage, record.documents, owner, parseString);
  const count = record.accounts.reduce((sum, { documents }) => sum + documents, 0);
  if (texts.length !== count) throw damaged(owner, `${texts.length} texts instead of ${count}`);
  let at = 0;
  return record.accounts.map(({ documents, characters }) => {
    at += documents;
    return { documents: texts.slice(at - documents, at), characters };
  });
}

/** In a transaction that includes `runs`, `snapshots` and `chunks`. */
export async function deleteUnusedSnapshots(tx: Transaction<'readwrite'>): Promise<void> {
  const snapshots = tx.objectStore('snapshots');
  const unused = new Set(await snapshots.getAllKeys());
  if (unused.size === 0) return;
  for (const run of await tx.objectStore('runs').getAll()) {
    // Raw records: what this version can't read may still be a run that needs its texts.
    if (typeof run === 'object' && run !== null && 'snapshotId' in run) {
      unused.delete(String(run.snapshotId));
    }
  }
  for (const id of unused) {
    await deleteBlobsOf(tx, await snapshots.get(id));
    await snapshots.delete(id);
  }
}
