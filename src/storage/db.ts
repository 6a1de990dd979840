/**
 * The database in IndexedDB: its schema, opening and closing, and the one transaction helper. No other
 * file imports idb.
 */
import { type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import { type ErrorDetails, hasCode, mynahError } from '../core/errors.ts';
import {
  type AccessMode,
  type Database,
  isRange,
  type Key,
  KEY_FIELDS,
  type KeyRange,
  type StoreName,
  type Transaction,
  type WriteStore,
} from './database.ts';
import { toStorageError } from './storage-error.ts';

/** Whoever changes the schema increases this number, and adds the code that converts stored data. */
export const SCHEMA_VERSION = 1;

function createStores(db: IDBPDatabase): void {
  for (const [name, keyPath] of Object.entries(KEY_FIELDS)) {
    const store = db.createObjectStore(name, { keyPath });
    if (name === 'checkpoints') store.createIndex('runId', 'runId');
  }
}

/** How long we wait for another tab to close its connection to an older version. */
const BLOCKED_GRACE_MS = 3000;
/** How long the browser may take to answer at all. Waking a disk takes a few seconds. */
const NO_ANSWER_MS = 10_000;

/**
 * Opens the database, and creates it if there is none. The connection closes itself when another tab
 * needs a newer version, so that an old tab never blocks a new one. The caller disposes it.
 *
 * @throws `storage-blocked` when another tab keeps an older version open, when the stored version is
 *   newer than ours, or when the browser has no storage, refuses it or doesn't answer; `storage-quota`
 *   when the disk is full.
 */
export async function openDatabase(
  name: string,
  version: number = SCHEMA_VERSION,
  { blockedGraceMs = BLOCKED_GRACE_MS, noAnswerMs = NO_ANSWER_MS } = {},
): Promise<Database> {
  type Reason = ErrorDetails['storage-blocked']['reason'];
  let closedReason: Reason | null = null;
  let connection: IDBPDatabase | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function close(reason: Reason): void {
    closedReason ??= reason;
    connection?.close();
  }

  let giveUp: (error: unknown) => void;
  const givenUp = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  function giveUpIn(ms: number, reason: Reason): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      close(reason);
      giveUp(mynahError('storage-blocked', { reason }));
    }, ms);
  }

  // What the browser throws at once, it throws into the promise.
  async function open(): Promise<IDBPDatabase> {
    if (!('indexedDB' in globalThis)) throw mynahError('storage-blocked', { reason: 'absent' });
    const opened = await openDB(name, version, {
      upgrade(db, oldVersion) {
        if (oldVersion === 0) createStores(db);
      },
      blocked: () => giveUpIn(blockedGraceMs, 'older-tab'),
      blocking: () => close('newer-version'),
      terminated: () => close('closed'),
    });
    // Some browsers open a database and then never finish a transaction.
    await opened.count('passedTests');
    return opened;
  }

  giveUpIn(noAnswerMs, 'no-answer');
  const opening = open();
  try {
    connection = await Promise.race([opening, givenUp]);
  } catch (error) {
    // If there is an answer after all, nobody uses this connection any more.
    opening.then(
      (late) => late.close(),
      () => {},
    );
    throw await openingError(error);
  } finally {
    clearTimeout(timer);
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

/** Chromium says `UnknownError` of blocked site data as well as of a damaged profile. */
async function openingError(error: unknown): Promise<unknown> {
  const known = await toStorageError(error);
  if (!hasCode(known, 'storage-blocked') || known.data.details.reason !== 'failed') return known;
  // The other kinds of storage are blocked together with it, and say so.
  const caches = await Promise.resolve()
    .then(() => globalThis.caches.has(''))
    .catch((refusal: unknown) => refusal);
  const isDenied = caches instanceof DOMException && caches.name === 'SecurityError';
  return isDenied ? mynahError('storage-blocked', { reason: 'denied' }, error) : known;
}

async function transact<M extends AccessMode, T>(
  db: IDBPDatabase,
  mode: M,
  stores: readonly StoreName[],
  work: (tx: Transaction<M>) => Promise<T>,
): Promise<T> {
  // Always typed as if it could write. A caller that asks for `readonly` gets a type without these methods.
  const access = mode as 'readwrite';
  // Strict means that a finished transaction is on disk. A manifest must not get there before its chunks.
  const names: string[] = [...stores];
  const tx = db.transaction(names, access, { durability: 'strict' });
  // Awaited below if `work` succeeds. If `work` throws, its own error says why.
  tx.done.catch(() => {});
  try {
    const value = await work({
      objectStore: (name) => withRanges(tx.objectStore(name)),
      abort: () => tx.abort(),
    });
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

/** What is in a store is ours, so its keys are of the type that we gave them. */
function withRanges<K extends Key, S extends string>(
  store: IDBPObjectStore<unknown, string[], S, 'readwrite'>,
): WriteStore<K> {
  const toQuery = (which: K | KeyRange<K>) =>
    isRange(which) ? IDBKeyRange.bound(which.from, which.to) : which;
  return {
    get: (key) => store.get(key),
    getKey: async (key) => ((await store.getKey(key)) === undefined ? undefined : key),
    getAll: (range) => store.getAll(range && toQuery(range)),
    getAllKeys: async () => (await store.getAllKeys()) as K[],
    count: (range) => store.count(range && toQuery(range)),
    index: (field) => ({
      getAllKeys: async (value) => (await store.index(field).getAllKeys(value)) as K[],
    }),
    put: (value, key) => store.put(value, key),
    add: (value) => store.add(value),
    delete: (which) => store.delete(toQuery(which)),
  };
}
