/**
 * Models that are being downloaded: the list of their files, and the chunks that have arrived.
 *
 * Each chunk is stored in one transaction with the record that counts it. So a record never counts
 * more than there is, and a download continues from its last chunk, however it was interrupted. Once
 * everything has arrived, the chunks become the model's in the transaction that creates the model;
 * they are not copied. A download that nobody has continued for a month is deleted.
 */
import { createXxHash64 } from '../hashing/hash.ts';
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
import type { Database, Transaction } from './database.ts';
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
  /** The size of the whole file, or null if the server doesn't say. */
  readonly expectedBytes: number | null;
  /** The SHA-256 of the whole file in hexadecimal, or null if the server doesn't say. */
  readonly sha256: string | null;
  /** The ETag of the response that the stored bytes came from. */
  readonly etag: string | null;
  readonly isComplete: boolean;
  /** The stored part of the file: whole chunks, and also the last chunk once the file is complete. */
  readonly blob: BlobRef;
}

export interface DownloadRecord {
  /** `owner/name`. */
  readonly id: string;
  /** The address of the Hub. */
  readonly hubUrl: string;
  /** The commit of all files, or null if the server doesn't say. */
  readonly commit: string | null;
  readonly files: readonly DownloadFile[];
  readonly updatedAt: number;
}

/** After how long an untouched download is deleted. */
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

/** A file of which nothing is stored yet. */
export function emptyBlob(storage: Storage): BlobRef {
  return { id: `blob-${newId()}`, byteLength: 0, chunkBytes: storage.chunkBytes, checksums: [] };
}

/** Null if there is no such download, or if its record is damaged: then the download starts again. */
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

/** Stores the record, and deletes the chunks that only the previous record named. */
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
 * @param chunk As long as a chunk; only the last chunk of a file may be shorter. Its whole buffer is
 *   stored.
 * @param change The other fields of the file that change.
 * @throws `cancelled` when the download has been deleted in the meantime, `storage-quota`,
 *   `storage-blocked`.
 */
export async function appendChunk(
  storage: Storage,
  record: DownloadRecord,
  name: string,
  chunk: Uint8Array<ArrayBuffer>,
  change: Partial<Pick<DownloadFile, 'etag' | 'isComplete'>>,
): Promise<DownloadRecord> {
  const hasher = await createXxHash64();
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

/** How much has arrived, and how large the download is, or null if the server doesn't say. */
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
 * Turns a complete download into a model, which replaces a model of the same id. The chunks become the
 * model's, and the download is deleted.
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

/** Called at the start: deletes downloads that nobody has continued, and damaged records. */
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
