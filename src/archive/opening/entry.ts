/** A file that was brought, or one that lies in a ZIP or another container: they are the same. */

import { mynahError } from '../../core/errors.ts';
import { HEAD_BYTES, MAGIC_BYTES, packingOf } from './packing.ts';
import type { ByteSource } from './source.ts';

export interface Entry {
  /** Where it lies in all that was brought, containers being folders: `Downloads/a.zip/data/tweets.js`. */
  readonly path: string;
  readonly source: ByteSource;
  /** The file or the folder that the user brought, by name. */
  readonly brought: string;
  /** The container or the folder that it lies in, by name; null for a file that was brought alone. */
  readonly container: string | null;
  /** The first bytes, and no more of it than it takes. Throws `archive-unreadable`. */
  head(): Promise<Uint8Array>;
  /** Throws `archive-unreadable` for what must not be read. */
  check(): void;
  /** All of it, at random access. Throws `archive-unreadable`. */
  blob(): Promise<Blob>;
}

/** A container that lies in another one and has to be unpacked whole, before it can be opened. */
const MAX_INNER_BYTES = 512 * 1024 ** 2;
/** Pieces of this size are handed to the browser, which may put them on disk. */
const PIECE_BYTES = 16 * 1024 ** 2;

/** A file that was brought, alone or in a folder. */
export function entryOfFile(
  file: File,
  path: string,
  brought: string,
  container: string | null,
): Entry {
  const name = container === null ? file.name : path;
  return {
    path,
    source: { name, bytes: file.size, stream: () => file.stream() },
    brought,
    container,
    head: once(async () => {
      try {
        // What comes after the start of a packed file may be anything, and isn't ours to read yet.
        const start = await bytesOf(file.slice(0, MAGIC_BYTES));
        return packingOf(start) === null ? await bytesOf(file.slice(0, HEAD_BYTES)) : start;
      } catch (error) {
        throw mynahError('archive-unreadable', { file: name, reason: 'unreadable' }, error);
      }
    }),
    check: () => undefined,
    blob: async () => file,
  };
}

/** What is asked for again is not read again. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= read());
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** The first bytes of a stream. Throws what it throws. */
export async function headOf(source: ByteSource): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let length = 0;
  const reader = source.stream().getReader();
  try {
    while (length < HEAD_BYTES) {
      const { value, done } = await reader.read();
      if (done) break;
      const part = value.subarray(0, HEAD_BYTES - length);
      head.set(part, length);
      length += part.length;
    }
  } finally {
    // A stream that has failed has nothing to cancel.
    await reader.cancel().catch(() => undefined);
  }
  return head.subarray(0, length);
}

/** A stream's bytes at random access. Throws what the stream throws, `archive-unreadable` for too many. */
export async function spool(source: ByteSource): Promise<Blob> {
  const pieces: Blob[] = [];
  let piece: Uint8Array<ArrayBuffer>[] = [];
  let pieceBytes = 0;
  let bytes = 0;
  const reader = source.stream().getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return new Blob([...pieces, ...piece]);
    bytes += value.byteLength;
    if (bytes > MAX_INNER_BYTES) {
      await reader.cancel();
      throw mynahError('archive-unreadable', { file: source.name, reason: 'too-large' });
    }
    piece.push(value.slice());
    pieceBytes += value.byteLength;
    if (pieceBytes < PIECE_BYTES) continue;
    pieces.push(new Blob(piece));
    piece = [];
    pieceBytes = 0;
  }
}
