/** Writing blobs chunk by chunk. They are deleted again if storing their manifest fails. */
import { createXxHash64 } from '../hashing/hash.ts';
import { throwIfAborted } from '../core/errors.ts';
import { type BlobRef, checksum, deleteChunks, newId, type Storage } from './chunks.ts';

/** A source of bytes. Its pieces may have any size, and are copied before the next one is read. */
export type ByteSource =
  | Uint8Array
  | Iterable<Uint8Array>
  | AsyncIterable<Uint8Array>
  | ReadableStream<Uint8Array>;

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** The size of the whole, if it is known, for the error when the disk is full. */
  readonly expectedBytes?: number | undefined;
  /** Called after each chunk with the number of bytes of the blob that are on disk. */
  readonly onWritten?: ((writtenBytes: number) => void) | undefined;
}

export type WriteBlob = (source: ByteSource, options?: WriteOptions) => Promise<BlobRef>;

/**
 * Runs `work`, which writes blobs and then stores the manifest that names them. If `work` throws, the
 * blobs are deleted again. If that fails too, they are deleted at the next start.
 */
export async function withNewBlobs<T>(
  storage: Storage,
  work: (writeBlob: WriteBlob) => Promise<T>,
): Promise<T> {
  const ids: string[] = [];
  try {
    return await work((source, options = {}) => {
      const id = `blob-${newId()}`;
      ids.push(id);
      return writeBlob(storage, id, source, options);
    });
  } catch (error) {
    await storage
      .transact('readwrite', ['chunks'], async (tx) => {
        for (const id of ids) await deleteChunks(tx, id);
      })
      .catch(() => {});
    throw error;
  }
}

async function writeBlob(
  storage: Storage,
  id: string,
  source: ByteSource,
  { signal, expectedBytes = 0, onWritten }: WriteOptions,
): Promise<BlobRef> {
  const { chunkBytes } = storage;
  const hasher = await createXxHash64();
  const checksums: string[] = [];
  let writtenBytes = 0;
  // Small blobs such as config.json are common, so the buffer starts small and grows to a chunk.
  let buffer = new Uint8Array(Math.min(chunkBytes, 2 ** 16));
  let filled = 0;

  async function flush(): Promise<void> {
    throwIfAborted(signal);
    // `put` copies the whole ArrayBuffer, so the last chunk is cut to size first.
    const chunk = filled === buffer.byteLength ? buffer : buffer.slice(0, filled);
    checksums.push(checksum(hasher, chunk));
    const key: [string, number] = [id, checksums.length - 1];
    await storage.transact(
      'readwrite',
      ['chunks'],
      (tx) => tx.objectStore('chunks').put(chunk.buffer, key),
      Math.max(expectedBytes, writtenBytes + filled),
    );
    writtenBytes += filled;
    filled = 0;
    onWritten?.(writtenBytes);
  }

  for await (const piece of pieces(source)) {
    throwIfAborted(signal);
    for (let taken = 0; taken < piece.byteLength; ) {
      const part = piece.subarray(taken, taken + chunkBytes - filled);
      if (filled + part.byteLength > buffer.byteLength) {
        const capacity = Math.max(filled + part.byteLength, 2 * buffer.byteLength);
        const grown = new Uint8Array(Math.min(chunkBytes, capacity));
        grown.set(buffer.subarray(0, filled));
        buffer = grown;
      }
      buffer.set(part, filled);
      filled += part.byteLength;
      taken += part.byteLength;
      if (filled === chunkBytes) await flush();
    }
  }
  if (filled > 0) await flush();
  return { id, byteLength: writtenBytes, chunkBytes, checksums };
}

async function* pieces(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    yield source;
  } else if (source instanceof ReadableStream) {
    // Read with a reader, because streams are not async iterable in Safari.
    const reader = source.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        yield next.value;
      }
    } finally {
      // Tells the source if reading ends early. After the end this does nothing.
      await reader.cancel();
    }
  } else {
    yield* source;
  }
}
