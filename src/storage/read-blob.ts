/** Reading blobs: in order, or by range. The checksum of every chunk is verified. */
import { createXxHash64, type Hasher } from '../hashing/hash.ts';
import { must } from '../core/assert.ts';
import type { DamagedThing } from '../core/errors.ts';
import { type BlobRef, checksum, type Storage } from './chunks.ts';
import { damaged } from './parse.ts';
import { isLostValue } from './storage-error.ts';

/** Random access to a blob. The last chunk stays in memory, so that neighbouring reads load it once. */
export interface BlobReader {
  readonly byteLength: number;
  /** Returns the bytes of a range in a buffer that belongs to the caller. */
  read(byteOffset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * @param owner What the blob is a part of, for errors.
 * @throws On reading: `stored-data-damaged` when a chunk is missing or damaged, or the range is
 *   outside of the blob; `storage-blocked`.
 */
export function openBlob(storage: Storage, blob: BlobRef, owner: DamagedThing): BlobReader {
  const { chunkBytes, byteLength } = blob;
  let hasher: Hasher | undefined;
  let kept: { readonly index: number; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;

  async function chunk(index: number): Promise<Uint8Array<ArrayBuffer>> {
    if (kept?.index === index) return kept.bytes;
    kept = undefined;
    hasher ??= await createXxHash64();
    const bytes = await readChunk(storage, blob, index, hasher, owner);
    kept = { index, bytes };
    return bytes;
  }

  return {
    byteLength,
    async read(offset, length) {
      const isInside = offset >= 0 && length >= 0 && offset + length <= byteLength;
      if (!isInside || !Number.isSafeInteger(offset) || !Number.isSafeInteger(length)) {
        throw damaged(owner, { what: 'wrong', at: `${offset}+${length}` });
      }
      const target = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const index = Math.floor((offset + done) / chunkBytes);
        const start = offset + done - index * chunkBytes;
        const part = (await chunk(index)).subarray(start, start + length - done);
        target.set(part, done);
        done += part.byteLength;
      }
      return target;
    },
  };
}

/** Yields the chunks of a blob in order. Each belongs to the caller, and only one is in memory. */
export async function* readBlob(
  storage: Storage,
  blob: BlobRef,
  owner: DamagedThing,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hasher = await createXxHash64();
  for (const index of blob.checksums.keys()) {
    yield await readChunk(storage, blob, index, hasher, owner);
  }
}

async function readChunk(
  storage: Storage,
  blob: BlobRef,
  index: number,
  hasher: Hasher,
  owner: DamagedThing,
): Promise<Uint8Array<ArrayBuffer>> {
  const corrupt = (what: 'part-missing' | 'part-changed', cause?: unknown) =>
    damaged(owner, { what, part: index + 1, parts: blob.checksums.length }, cause);

  const value = await storage
    .transact('readonly', ['chunks'], (tx) => tx.objectStore('chunks').get([blob.id, index]))
    .catch((error: unknown) => {
      throw isLostValue(error) ? corrupt('part-missing', error) : error;
    });
  if (value === undefined) throw corrupt('part-missing');
  if (!(value instanceof ArrayBuffer)) throw corrupt('part-changed');
  const isLast = index === blob.checksums.length - 1;
  const wanted = isLast ? blob.byteLength - index * blob.chunkBytes : blob.chunkBytes;
  if (value.byteLength !== wanted) throw corrupt('part-changed');
  const bytes = new Uint8Array(value);
  if (checksum(hasher, bytes) !== must(blob.checksums[index], 'checksum')) {
    throw corrupt('part-changed');
  }
  return bytes;
}
