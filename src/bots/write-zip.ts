/** Writes a folder as a ZIP into a stream, with one piece in memory. */

import { configure, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';

configure({ useWebWorkers: false, useCompressionStream: true });

export interface FolderFile {
  readonly name: string;
  readonly byteLength: number;
  readonly content: Uint8Array<ArrayBuffer> | AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

export function textFile(name: string, value: string): FolderFile {
  const content = new TextEncoder().encode(value);
  return { name, byteLength: content.byteLength, content };
}

/** The size from which the ZIP needs 64-bit fields, less some room for the directory. */
const ZIP64_FROM_BYTES = 2 ** 32 - 2 ** 24;

export interface WriteZipOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes of the files' contents that have been written. */
  readonly onWritten?: ((writtenBytes: number) => void) | undefined;
}

/**
 * Writes and closes `target`. Nothing is compressed, because weights can't be compressed. Throws
 * `cancelled`, or what reading a file or writing to the target throws; then `target` was aborted.
 */
export async function writeZip(
  target: WritableStream<Uint8Array<ArrayBuffer>>,
  files: readonly FolderFile[],
  { signal, onWritten }: WriteZipOptions = {},
): Promise<void> {
  const total = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const zip64 = total > ZIP64_FROM_BYTES;
  const writer = new ZipWriter(target, { level: 0, zip64, preventClose: true });
  let writtenBytes = 0;
  try {
    for (const { name, content } of files) {
      const pieces = content instanceof Uint8Array ? [content] : content;
      const counted = async function* () {
        for await (const piece of pieces) {
          signal?.throwIfAborted();
          yield piece;
          writtenBytes += piece.byteLength;
          onWritten?.(writtenBytes);
        }
      };
      await writer.add(name, streamOf(counted()));
    }
    await writer.close();
    await target.close();
  } catch (error) {
    await target.abort(error).catch(() => undefined);
    throw error;
  }
}

function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream {
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    // One piece at a time, because a piece may be a whole tensor.
    { highWaterMark: 0 },
  );
}
