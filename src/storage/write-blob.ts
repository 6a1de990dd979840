/** Writing blobs chunk by chunk, removed again when what they are for fails. */
import { createXXHash64 } from 'hash-wasm';
import { throwIfAborted } from '../core/errors.ts';
import { type BlobRef, checksum, deleteChunks, newId, type Storage } from './chunks.ts';

/** Bytes from anywhere. Pieces may be of any size and are copied at once. */
export type ByteSource =
  | Uint8Array
  | Iterable<Uint8Array>
  | AsyncIterable<Uint8Array>
  | ReadableStream<Uint8Array>;

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Size of the whole, where known, for the message of a full disk. */
  readonly expectedBytes?: number | undefined;
  /** Called after each chunk with the blob's bytes on disk so far. */
  readonly onWritten?: ((writtenBytes: number) => void) | undefined;
}

export type WriteBlob = (source: ByteSource, options?: WriteOptions) => Promise<BlobRef>;

/**
 * Runs `work`, which writes blobs and then commits the manifest that names them. When it throws,
 * what it wrote is removed again; should even that fail, the next start sweeps it.
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
  const hasher = await createXXHash64();
  const checksums: string[] = [];
  let writtenBytes = 0;
  // Small blobs are common (config.json): the buffer starts small and grows to a chunk.
  let buffer = new Uint8Array(Math.min(chunkBytes, 2 ** 16));
  let filled = 0;

  async function flush(): Promise<void> {
    throwIfAborted(signal);
    // `put` copies the whole of an ArrayBuffer at once; the last chunk is cut to size first.
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
    // By its reader: Safari's streams aren't async iterable.
    const reader = source.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        yield next.value;
      }
    } finally {
      // Left early: tells the source. Read to the end: a no-op.
      await reader.cancel();
    }
  } else {
    yield* source;
  }
}
