/**
 * Large binary data, in chunks.
 *
 * A blob is written chunk by chunk, each in a transaction of its own, so memory stays bounded. It
 * doesn't exist yet: what makes it exist is a manifest (a model, a dataset or a checkpoint record)
 * that holds its {@link BlobRef}, put in one transaction with whatever it replaces. Chunks that no
 * manifest names are orphans of a write that was cut off; `createStorage` sweeps them at start.
 *
 * Here: what a blob is and what happens to it inside transactions. Writing and reading are in
 * `write-blob.ts` and `read-blob.ts`.
 */
import type { Hasher } from '../hashing/hash.ts';
import { mynahError } from '../core/errors.ts';
import type { ChunkKey, Database, KeyRange, Transaction } from './database.ts';
import {
  arrayOf,
  objectOf,
  ParseError,
  type Parser,
  parseCount,
  parseString,
  integerFrom,
  stringMatching,
} from '../core/parse.ts';

/** The largest size of a chunk, which is also the default size. */
export const MAX_CHUNK_BYTES = 16 * 2 ** 20;

export interface Storage extends Database {
  /** Size of the chunks of new blobs; old blobs remember their own. */
  readonly chunkBytes: number;
}

/** What a manifest holds of a blob. */
export interface BlobRef {
  readonly id: string;
  readonly byteLength: number;
  /** Size of every chunk but the last. */
  readonly chunkBytes: number;
  /** XXH64 of each chunk, hex: against damage, not against an attacker. */
  readonly checksums: readonly string[];
}

const BLOB_ID = /^blob-[0-9a-f]{32}$/;

const parseBlobFields = objectOf<BlobRef>({
  id: stringMatching(BLOB_ID),
  byteLength: parseCount,
  chunkBytes: integerFrom(1, MAX_CHUNK_BYTES),
  checksums: arrayOf(parseString),
});

export const parseBlobRef: Parser<BlobRef> = (value, path) => {
  const blob = parseBlobFields(value, path);
  const { byteLength, chunkBytes, checksums } = blob;
  if (checksums.length !== Math.ceil(byteLength / chunkBytes)) {
    throw new ParseError(`${path}.checksums`, { be: 'fitting' });
  }
  return blob;
};

/** 128 random bits, hex. Not `randomUUID`, which browsers keep to secure contexts. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function checksum(hasher: Hasher, bytes: Uint8Array): string {
  return hasher.init().update(bytes).digest();
}

/* ----------------------------------------------------------- transactions */

/** For the transaction that commits a manifest: throws unless every chunk of the blob is there. */
export async function requireChunks(tx: Transaction<'readwrite'>, blob: BlobRef): Promise<void> {
  const count = await tx.objectStore('chunks').count(chunkRange(blob.id));
  if (count !== blob.checksums.length) {
    throw mynahError('storage-blocked', { reason: 'vanished' });
  }
}

/**
 * Deletes the chunks of every blob that a raw record names. Works on records that don't parse:
 * blob ids are recognized by their form, which doesn't occur by chance, because it has 128 random bits.
 */
export async function deleteBlobsOf(tx: Transaction<'readwrite'>, record: unknown): Promise<void> {
  for (const id of blobIdsIn(record)) await deleteChunks(tx, id);
}

export function blobIdsIn(record: unknown): Set<string> {
  const ids = new Set<string>();
  const rest: unknown[] = [record];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string' && BLOB_ID.test(value)) ids.add(value);
    else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const inner of Object.values(value)) rest.push(inner);
    }
  }
  return ids;
}

export async function deleteChunks(tx: Transaction<'readwrite'>, blobId: string): Promise<void> {
  await tx.objectStore('chunks').delete(chunkRange(blobId));
}

/**
 * Cuts off a blob after `byteLength` bytes, at least one. A damaged blob is left as it is, so that
 * reading it reports the damage.
 */
export async function truncateBlob(
  tx: Transaction<'readwrite'>,
  blob: BlobRef,
  byteLength: number,
  hasher: Hasher,
): Promise<BlobRef> {
  const chunks = tx.objectStore('chunks');
  const lastIndex = Math.ceil(byteLength / blob.chunkBytes) - 1;
  const last = await chunks.get([blob.id, lastIndex]);
  const lastBytes = byteLength - lastIndex * blob.chunkBytes;
  if (!(last instanceof ArrayBuffer) || last.byteLength < lastBytes) return blob;
  const cut = new Uint8Array(last.slice(0, lastBytes));
  await chunks.delete(chunkRange(blob.id, lastIndex));
  await chunks.put(cut.buffer, [blob.id, lastIndex]);
  const checksums = [...blob.checksums.slice(0, lastIndex), checksum(hasher, cut)];
  return { ...blob, byteLength, checksums };
}

function chunkRange(blobId: string, firstIndex = 0): KeyRange<ChunkKey> {
  return { from: [blobId, firstIndex], to: [blobId, Infinity] };
}
