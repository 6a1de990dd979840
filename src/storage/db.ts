/**
 * The database: its schema, opening and closing, and the one transaction helper. No other file
 * imports idb.
 *
 * Values are `unknown` in the schema: every record goes through a parser on its way out.
 */
import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import { type ErrorDetails, mynahError } from '../core/errors.ts';
import { toStorageError } from './storage-error.ts';

interface Schema extends DBSchema {
  models: { key: string; value: unknown };
  datasets: { key: string; value: unknown };
  runs: { key: string; value: unknown };
  checkpoints: { key: string; value: unknown; indexes: { runId: string } };
  /** Models that are still being downloaded. */
  downloads: { key: string; value: unknown };
  /** The texts that runs learn from, under the hash of their content. */
  snapshots: { key: string; value: unknown };
  /** Adapters that have passed the self-test. */
  passedTests: { key: string; value: unknown };
  /** ArrayBuffers of at most 16 MiB under `[blobId, index]`. A manifest elsewhere names the blob. */
  chunks: { key: [blobId: string, index: number]; value: unknown };
}

export type StoreName = Exclude<StoreNames<Schema>, number>;

/** Whoever changes the schema increases this number, and adds the code that converts stored data. */
export const SCHEMA_VERSION = 1;

function createStores(db: IDBPDatabase<Schema>): void {
  db.createObjectStore('models', { keyPath: 'id' });
  db.createObjectStore('datasets', { keyPath: 'id' });
  db.createObjectStore('runs', { keyPath: 'id' });
  db.createObjectStore('checkpoints', { keyPath: 'id' }).createIndex('runId', 'runId');
  db.createObjectStore('downloads', { keyPath: 'id' });
  db.createObjectStore('snapshots', { keyPath: 'id' });
  db.createObjectStore('passedTests', { keyPath: 'adapter' });
  db.createObjectStore('chunks');
}

type AccessMode = 'readonly' | 'readwrite';
export type Transaction<M extends AccessMode> = IDBPTransaction<Schema, StoreName[], M>;

export interface Database {
  /**
   * Runs `work` in one transaction over `stores`, and resolves once everything is on disk. Either all
   * changes happen or none. `work` may await only requests of this transaction; if it throws, the
   * transaction is aborted.
   *
   * @param neededBytes The number of bytes to be written, for the error when the disk is full.
   * @throws `storage-quota`, `storage-blocked` (also after the connection was closed), or what `work`
   *   throws.
   */
  transact<M extends AccessMode, T>(
    mode: M,
    stores: readonly StoreName[],
    work: (tx: Transaction<M>) => Promise<T>,
    neededBytes?: number,
  ): Promise<T>;
  /** True once {@link dispose}, the browser or another tab has closed the connection. */
  isClosed(): boolean;
  /** Closes the connection when running transactions are done. Later ones throw `storage-blocked`. */
  dispose(): void;
}

/** How long we wait for another tab to close its connection to an older version. */
const BLOCKED_GRACE_MS = 3000;

/**
 * Opens the database, and creates it if there is none. The connection closes itself when another tab
 * needs a newer version, so that an old tab never blocks a new one. The caller disposes it.
 *
 * @throws `storage-blocked` when another tab keeps an older version open, when the stored version is
 *   newer than ours, or when the browser refuses; `storage-quota` when the disk is full.
 */
export async function openDatabase(
  name: string,
  version: number = SCHEMA_VERSION,
  blockedGraceMs: number = BLOCKED_GRACE_MS,
): Promise<Database> {
  let closedReason: ErrorDetails['storage-blocked']['reason'] | null = null;
  let connection: IDBPDatabase<Schema> | undefined;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;

  function close(reason: typeof closedReason): void {
    closedReason ??= reason;
    connection?.close();
  }

  let giveUp: (error: unknown) => void;
  const blocked = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const opening = openDB<Schema>(name, version, {
    upgrade(db, oldVersion) {
      if (oldVersion === 0) createStores(db);
    },
    blocked() {
      graceTimer ??= setTimeout(() => {
        close('older-tab');
        giveUp(mynahError('storage-blocked', { reason: 'older-tab' }));
      }, blockedGraceMs);
    },
    blocking: () => close('newer-version'),
    terminated: () => close('closed'),
  });

  try {
    connection = await Promise.race([opening, blocked]);
  } catch (error) {
    // If the other tab closes its connection after all, nobody uses this one any more.
    opening.then(
      (late) => late.close(),
      () => {},
    );
    throw await toStorageError(error);
  } finally {
    clearTimeout(graceTimer);
  }
  if (closedReason !== null) connection.close();

  const db = connection;
  return {
    async transact(mode, stores, work, neededBytes) {
      if (closedReason !== null) throw mynahError('storage-blocked', { reason: closedReason });
      try {
        return await transact(db, mode, stores, work);
      } catch (error) {
        throw await toStorageError(error, neededBytes);
      }
    },
    isClosed: () => closedReason !== null,
    dispose: () => close('closed'),
  };
}

async function transact<M extends AccessMode, T>(
  db: IDBPDatabase<Schema>,
  mode: M,
  stores: readonly StoreName[],
  work: (tx: Transaction<M>) => Promise<T>,
): Promise<T> {
  // Strict means that a finished transaction is on disk. A manifest must not get there before its chunks.
  const tx = db.transaction([...stores], mode, { durability: 'strict' });
  // Awaited below if `work` succeeds. If `work` throws, its own error says why.
  tx.done.catch(() => {});
  try {
    const value = await work(tx);
    await tx.done;
    return value;
  } catch (error) {
    // When the browser aborts, the transaction has the cause, while its requests say only AbortError.
    const cause = tx.error;
    if (cause !== null) throw cause;
    try {
      tx.abort();
    } catch {
      // The transaction is over already: it was aborted, or it was committed before `work` threw.
    }
    throw error;
  }
}
