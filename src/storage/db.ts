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
  /** What runs learn from, under the hash of its content. */
  snapshots: { key: string; value: unknown };
  /** Adapters that have passed the self-test. */
  passedTests: { key: string; value: unknown };
  /** ArrayBuffers of at most 16 MiB under `[blobId, index]`. A manifest elsewhere names the blob. */
  chunks: { key: [blobId: string, index: number]; value: unknown };
}

export type StoreName = Exclude<StoreNames<Schema>, number>;

/** A schema that differs gets the next number, and code here that takes the stored data along. */
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
   * Runs `work` in one transaction over `stores` and resolves once it's on disk: all of it happens
   * or nothing. `work` may await only requests of this transaction; a throw in it aborts.
   *
   * @param neededBytes What is about to be written, for the message of a full disk.
   * @throws `storage-quota`, `storage-blocked` (also once closed), or what `work` throws.
   */
  transact<M extends AccessMode, T>(
    mode: M,
    stores: readonly StoreName[],
    work: (tx: Transaction<M>) => Promise<T>,
    neededBytes?: number,
  ): Promise<T>;
  /** True once the connection is gone, by {@link dispose} or because the browser or a tab took it. */
  isClosed(): boolean;
  /** Closes the connection once running transactions are done. Later ones are `storage-blocked`. */
  dispose(): void;
}

/** How long another tab may take to let go of an older version before we give up. */
const BLOCKED_GRACE_MS = 3000;

/**
 * Opens the database, and creates it where there is none. It closes itself when another tab needs a
 * newer version, so that no old tab holds up a new one. The caller disposes.
 *
 * @throws `storage-blocked` when another tab doesn't let go of an older version, when the stored
 *   version is newer than ours, or when the browser refuses; `storage-quota` on a full disk.
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
    // Should the other tab let go after all, nobody waits for this connection any more.
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
  // Strict: done means on disk. A manifest must not get there ahead of the chunks it names.
  const tx = db.transaction([...stores], mode, { durability: 'strict' });
  // Awaited below on the way that succeeds; on the other, `work` threw and says why.
  tx.done.catch(() => {});
  try {
    const value = await work(tx);
    await tx.done;
    return value;
  } catch (error) {
    // The browser's own abort names its cause on the transaction; its requests say only AbortError.
    const cause = tx.error;
    if (cause !== null) throw cause;
    try {
      tx.abort();
    } catch {
      // Already over: it aborted, or committed before `work` threw at something else.
    }
    throw error;
  }
}
