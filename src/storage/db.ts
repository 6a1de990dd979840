/**
 * The database: its schema with numbered upgrades, opening and closing, and the one transaction
 * helper. The only file that imports idb.
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
import { mynahError } from '../core/errors.ts';
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

/**
 * Step `n` takes the database from version `n` to `n + 1`. Append, never edit: step 0 has run on
 * users' machines. A step may only use the transaction it's given, and must not await anything else.
 */
export const UPGRADES: readonly ((db: IDBPDatabase<Schema>) => void)[] = [
  function createStores(db) {
    db.createObjectStore('models', { keyPath: 'id' });
    db.createObjectStore('datasets', { keyPath: 'id' });
    db.createObjectStore('runs', { keyPath: 'id' });
    db.createObjectStore('checkpoints', { keyPath: 'id' }).createIndex('runId', 'runId');
    db.createObjectStore('chunks');
  },
  function createDownloads(db) {
    db.createObjectStore('downloads', { keyPath: 'id' });
  },
  function createSnapshots(db) {
    db.createObjectStore('snapshots', { keyPath: 'id' });
  },
  function createPassedTests(db) {
    db.createObjectStore('passedTests', { keyPath: 'adapter' });
  },
];

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
 * Opens the database, upgraded to the last of `upgrades`. It closes itself when another tab needs
 * a newer version, so that no old tab holds up a new one. The caller disposes.
 *
 * @throws `storage-blocked` when another tab doesn't let go of an older version, when the stored
 *   version is newer than ours, or when the browser refuses; `storage-quota` on a full disk.
 */
export async function openDatabase(
  name: string,
  upgrades: typeof UPGRADES = UPGRADES,
  blockedGraceMs: number = BLOCKED_GRACE_MS,
): Promise<Database> {
  let closedReason: string | null = null;
  let upgradeError: unknown;
  let connection: IDBPDatabase<Schema> | undefined;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;

  function close(reason: string): void {
    closedReason ??= reason;
    connection?.close();
  }

  let giveUp: (error: unknown) => void;
  const blocked = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const opening = openDB<Schema>(name, upgrades.length, {
    upgrade(db, oldVersion, _newVersion, tx) {
      try {
        for (const step of upgrades.slice(oldVersion)) step(db);
      } catch (error) {
        // Thrown on, it would reach nobody who waits; the old version stays as it was.
        upgradeError = error;
        tx.done.catch(() => {});
        tx.abort();
      }
    },
    blocked() {
      const reason = 'another tab has an older version open';
      graceTimer ??= setTimeout(() => {
        close(reason);
        giveUp(mynahError('storage-blocked', { reason }));
      }, blockedGraceMs);
    },
    blocking: () => close('a newer version was opened in another tab'),
    terminated: () => close('the browser closed the database'),
  });

  try {
    connection = await Promise.race([opening, blocked]);
  } catch (error) {
    // Should the other tab let go after all, nobody waits for this connection any more.
    opening.then(
      (late) => late.close(),
      () => {},
    );
    throw await toStorageError(upgradeError ?? error);
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
