/**
 * What the rest of this room knows of the database: stores of records, and transactions. It is the same
 * for IndexedDB (`db.ts`) and for memory (`memory-db.ts`), which takes its place where the browser lets
 * the page keep nothing.
 *
 * Values are `unknown`: every record goes through a parser on its way out.
 */

export type ChunkKey = [blobId: string, index: number];

/** The stores, and what a record's key is in each. */
export interface Keys {
  models: string;
  datasets: string;
  runs: string;
  checkpoints: string;
  /** Models that are still being downloaded. */
  downloads: string;
  /** The texts that runs learn from, under the hash of their content. */
  snapshots: string;
  /** What bots have written. The keys of one bot's tweets begin with the id of its run. */
  written: string;
  /** Adapters that have passed the self-test. */
  passedTests: string;
  /** The shapes of kernels that were the fastest on an adapter. */
  tunings: string;
  /** How fast models train here. */
  speeds: string;
  /** ArrayBuffers of at most 16 MiB. A manifest elsewhere names the blob. */
  chunks: ChunkKey;
}

export type StoreName = keyof Keys;
export type Key = Keys[StoreName];

/** The field of a record that is its key. Chunks have none: their keys are given with them. */
export const KEY_FIELDS: { readonly [S in StoreName]: string | null } = {
  models: 'id',
  datasets: 'id',
  runs: 'id',
  checkpoints: 'id',
  downloads: 'id',
  snapshots: 'id',
  written: 'id',
  passedTests: 'adapter',
  tunings: 'adapter',
  speeds: 'key',
  chunks: null,
};

/** All keys from one to another, both included. */
export interface KeyRange<K> {
  readonly from: K;
  readonly to: K;
}

export function isRange<K extends Key>(which: K | KeyRange<K>): which is KeyRange<K> {
  return typeof which === 'object' && 'from' in which;
}

export interface ReadStore<K> {
  get(key: K): Promise<unknown>;
  getKey(key: K): Promise<K | undefined>;
  /** In the order of their keys. */
  getAll(range?: KeyRange<K>): Promise<unknown[]>;
  getAllKeys(): Promise<K[]>;
  count(range?: KeyRange<K>): Promise<number>;
  /** The keys of the records that have this value in the field. Only `checkpoints` has this index. */
  index(field: 'runId'): { getAllKeys(value: string): Promise<K[]> };
}

export interface WriteStore<K> extends ReadStore<K> {
  put(value: unknown, key?: K): Promise<unknown>;
  /** Fails if there is a record with this key. */
  add(value: unknown): Promise<unknown>;
  delete(key: K | KeyRange<K>): Promise<void>;
}

interface StoreIn<K> {
  readonly: ReadStore<K>;
  readwrite: WriteStore<K>;
}

export type AccessMode = keyof StoreIn<Key>;

export interface Transaction<M extends AccessMode> {
  objectStore<S extends StoreName>(name: S): StoreIn<Keys[S]>[M];
  /** Takes everything back. The transaction then fails with `storage-blocked`. */
  abort(): void;
}

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
