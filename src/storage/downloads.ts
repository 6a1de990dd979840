/**
 * Models that are still being downloaded: what is to come, and the chunks that are already here.
 *
 * Each chunk is put in one transaction with the record that counts it, so a record never promises
 * more than there is, and a download goes on from its last chunk after any kind of end. When all is
 * there the chunks become a model's, in the transaction that makes the model exist; they aren't
 * copied. A download that nobody has touched for a month is taken for abandoned.
 */
import { createXXHash64 } from 'hash-wasm';
import { mynahError } from '../core/errors.ts';
import {
  type BlobRef,
  blobIdsIn,
  checksum,
  deleteBlobsOf,
  deleteChunks,
  newId,
  parseBlobRef,
  requireChunks,
  type Storage,
} from './chunks.ts';
import type { Database, Transaction } from './db.ts';
import type { ModelRecord } from './models.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  parseBoolean,
  parseCount,
  parseNumber,
  parseString,
} from '../core/parse.ts';
import { type BlobReader, openBlob, readBlob } from './read-blob.ts';
import { parseReadable } from './parse.ts';

export interface DownloadFile {
  readonly name: string;
  /** Size of the whole, where the server said it. */
  readonly expectedBytes: number | null;
  /** SHA-256 of the whole in hex, where the server said it. */
  readonly sha256: string | null;
  /** Of the server's answer that the stored bytes came with. */
  readonly etag: string | null;
  readonly isComplete: boolean;
  /** What is stored of it: whole chunks, and the rest once it is complete. */
  readonly blob: BlobRef;
}

export interface DownloadRecord {
  /** `owner/name`. */
  readonly id: string;
  /** Where it comes from. */
  readonly hubUrl: string;
  /** The commit that all files are of; null where the server doesn't say. */
  readonly commit: string | null;
  readonly files: readonly DownloadFile[];
  readonly updatedAt: number;
}

/** How long a download may lie untouched. */
export const ABANDONED_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

const parseDownload = objectOf<DownloadRecord>({
  id: parseString,
  hubUrl: parseString,
  commit: nullable(parseString),
  files: arrayOf(
    objectOf<DownloadFile>({
      name: parseString,
      expectedBytes: nullable(parseCount),
      sha256: nullable(parseString),
      etag: nullable(parseString),
      isComplete: parseBoolean,
      blob: parseBlobRef,
    }),
  ),
  updatedAt: parseNumber,
});

/** Nothing stored yet. */
export function emptyBlob(storage: Storage): BlobRef {
  return { id: `blob-${newId()}`, byteLength: 0, chunkBytes: storage.chunkBytes, checksums: [] };
}

/** Null when there is none, and when what there is can't be read: then it starts over. */
export async function getDownload(storage: Storage, id: string): Promise<DownloadRecord | null> {
  const raw = await storage.transact('readonly', ['downloads'], (tx) =>
    tx.objectStore('downloads').get(id),
  );
  return parseReadable([raw], parseDownload)[0] ?? null;
}

export async function listDownloads(storage: Storage): Promise<readonly DownloadRecord[]> {
  const raws = await storage.transact('readonly', ['downloads'], (tx) =>
    tx.objectStore('downloads').getAll(),
  );
  return parseReadable(raws, parseDownload).sort((a, b) => b.updatedAt - a.updatedAt);
}

/** Stores the record; chunks that the one before named and this one doesn't are deleted. */
export async function putDownload(storage: Storage, record: DownloadRecord): Promise<void> {
  await storage.transact('readwrite', ['downloads', 'chunks'], async (tx) => {
    const downloads = tx.objectStore('downloads');
    const dropped = blobIdsIn(await downloads.get(record.id));
    for (const blobId of blobIdsIn(record)) dropped.delete(blobId);
    for (const blobId of dropped) await deleteChunks(tx, blobId);
    await downloads.put(record);
  });
}

/**
 * Stores the next chunk of a file and returns the record that counts it.
 *
 * @param chunk A chunk's length, less only as the last of a file. Its whole buffer is stored.
 * @param change What else is new of the file.
 * @throws `cancelled` when the download has been deleted meanwhile, `storage-quota`,
 *   `storage-blocked`.
 */
export async function appendChunk(
  storage: Storage,
  record: DownloadRecord,
  name: string,
  chunk: Uint8Array<ArrayBuffer>,
  change: Partial<Pick<DownloadFile, 'etag' | 'isComplete'>>,
): Promise<DownloadRecord> {
  const hasher = await createXXHash64();
  const files = record.files.map((file): DownloadFile => {
    if (file.name !== name) return file;
    const { blob } = file;
    const checksums = [...blob.checksums, checksum(hasher, chunk)];
    const byteLength = blob.byteLength + chunk.byteLength;
    return { ...file, ...change, blob: { ...blob, byteLength, checksums } };
  });
  const next = { ...record, files, updatedAt: Date.now() };
  const blob = record.files.find((file) => file.name === name)?.blob;
  if (blob === undefined) throw new Error(`${name} is not among the files of ${record.id}`);
  const missing = files.reduce(
    (sum, file) => sum + Math.max(0, (file.expectedBytes ?? 0) - file.blob.byteLength),
    chunk.byteLength,
  );
  await storage.transact(
    'readwrite',
    ['downloads', 'chunks'],
    async (tx) => {
      const downloads = tx.objectStore('downloads');
      if ((await downloads.getKey(record.id)) === undefined) throw mynahError('cancelled', {});
      await tx.objectStore('chunks').put(chunk.buffer, [blob.id, blob.checksums.length]);
      await downloads.put(next);
    },
    missing,
  );
  return next;
}

/** How much of it is here, and how much that is in all where the server says so. */
export function downloadBytes({ files }: DownloadRecord): {
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
} {
  let receivedBytes = 0;
  let totalBytes: number | null = 0;
  for (const { blob, expectedBytes, isComplete } of files) {
    receivedBytes += blob.byteLength;
    const size = isComplete ? blob.byteLength : expectedBytes;
    totalBytes = totalBytes === null || size === null ? null : totalBytes + size;
  }
  return { receivedBytes, totalBytes };
}

/** Random access to a stored file of a download. */
export function openDownloadFile(
  storage: Storage,
  downloadId: string,
  { blob }: DownloadFile,
): BlobReader {
  return openBlob(storage, blob, { what: 'download', id: downloadId });
}

/** The stored chunks of a file in order. @throws `stored-data-damaged`. */
export function readDownloadFile(
  storage: Storage,
  downloadId: string,
  { blob }: DownloadFile,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  return readBlob(storage, blob, { what: 'download', id: downloadId });
}

/**
 * Makes a model of a complete download, replacing the model of the same id. The chunks change hands;
 * the download is gone.
 */
export async function commitDownload(
  storage: Storage,
  downloadId: string,
  model: ModelRecord,
): Promise<void> {
  await storage.transact('readwrite', ['downloads', 'models', 'chunks'], async (tx) => {
    for (const { blob } of model.files) await requireChunks(tx, blob);
    const models = tx.objectStore('models');
    await deleteBlobsOf(tx, await models.get(model.id));
    await models.put(model);
    const downloads = tx.objectStore('downloads');
    const unused = blobIdsIn(await downloads.get(downloadId));
    for (const { blob } of model.files) unused.delete(blob.id);
    for (const blobId of unused) await deleteChunks(tx, blobId);
    await downloads.delete(downloadId);
  });
}

export async function deleteDownload(storage: Storage, id: string): Promise<void> {
  await storage.transact('readwrite', ['downloads', 'chunks'], (tx) => remove(tx, id));
}

/** For the start: what nobody came back for, and what can't be read. */
export async function deleteAbandonedDownloads(
  database: Database,
  nowMs = Date.now(),
): Promise<void> {
  await database.transact('readwrite', ['downloads', 'chunks'], async (tx) => {
    const downloads = tx.objectStore('downloads');
    for (const id of await downloads.getAllKeys()) {
      const record = parseReadable([await downloads.get(id)], parseDownload)[0];
      if (record === undefined || nowMs - record.updatedAt > ABANDONED_AFTER_MS) {
        await remove(tx, id);
      }
    }
  });
}

async function remove(tx: Transaction<'readwrite'>, id: string): Promise<void> {
  const downloads = tx.objectStore('downloads');
  await deleteBlobsOf(tx, await downloads.get(id));
  await downloads.delete(id);
}
