/** Databases of a test's own, records to put into them, and a look past the API. */
import { afterEach } from 'vitest';
import type { DatasetSummary } from '../../../src/protocol/datasets.ts';
import type { Storage } from '../../../src/storage/chunks.ts';
import { type ModelRecord, openModelFile } from '../../../src/storage/models.ts';
import { createStorage } from '../../../src/storage/storage.ts';
import { HANGING_MS } from '../../support/patience.ts';
import { datasetSummary } from '../../fixtures/dataset-summary.ts';

export const SEED = 20261122;

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export function onCleanup(cleanup: () => void | Promise<void>): void {
  cleanups.push(cleanup);
}

export function uniqueName(): string {
  const name = `test-${crypto.randomUUID()}`;
  onCleanup(() => deleteDatabase(name));
  return name;
}

export async function deleteDatabase(name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const ask = () => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => resolve();
      request.onerror = () => {
        // The browser is still clearing the site's data, which a test has asked for: it drops what is asked meanwhile.
        if (request.error?.name === 'AbortError') setTimeout(ask);
        else reject(request.error);
      };
    };
    ask();
    // `blocked` alone may be a connection that's just closing, with its worker for one.
    setTimeout(() => reject(new Error(`${name} is still open: dispose the storage`)), HANGING_MS);
  });
}

export async function openStorage(name = uniqueName(), chunkBytes?: number): Promise<Storage> {
  const storage = await createStorage(chunkBytes === undefined ? { name } : { name, chunkBytes });
  onCleanup(() => storage.dispose());
  return storage;
}

export function requested<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Opens the database behind the storage's back, uses it and closes it again. */
export async function raw<T>(name: string, use: (db: IDBDatabase) => Promise<T>): Promise<T> {
  const db = await requested(indexedDB.open(name));
  try {
    return await use(db);
  } finally {
    db.close();
  }
}

export function store(db: IDBDatabase, name: string): IDBObjectStore {
  return db.transaction(name, 'readwrite').objectStore(name);
}

export function chunkKeys(name: string): Promise<readonly IDBValidKey[]> {
  return raw(name, (db) => requested(store(db, 'chunks').getAllKeys()));
}

/** Equality without the megabytes of diff that a matcher would print. */
export async function allBytes(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) parts.push(new Uint8Array(piece));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) return false;
  for (let i = 0; i < a.byteLength; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

export const summary: DatasetSummary = datasetSummary();

export function newModel(id: string, name: string) {
  return { id, name, origin: { source: 'files' } } as const;
}

/** All of a stored model's file, which is small. */
export async function readModelFile(storage: Storage, model: ModelRecord, name: string) {
  const file = openModelFile(storage, model, name);
  return file.read(0, file.byteLength);
}
