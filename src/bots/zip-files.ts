/**
 * Files in a ZIP, by range. zip.js reads the directory; stored entries, which a model's ZIP and
 * PyTorch's own files have, are ranges of the ZIP; compressed ones are inflated up to where somebody
 * reads, and from the beginning again for whoever goes back.
 */

import { type FileEntry, Reader, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { must } from '../core/assert.ts';
import { type ModelFault, MynahError, mynahError } from '../core/errors.ts';
import type { ByteReader } from '../model/safetensors.ts';

const stored = 0;
const deflated = 8;
const localHeaderBytes = 30;
/** More than any model folder's, and few enough to be listed: each takes some kilobytes. */
const mostEntries = 10_000;

export interface ZipFile {
  /** With `/`, as in the ZIP. */
  readonly path: string;
  /** Whether its bytes lie in the ZIP as they are, so that any range is as near as any other. */
  readonly isStored: boolean;
  /** Throws `model-corrupt`, `unsupported`. */
  open(): Promise<ByteReader>;
}

class RangeReader extends Reader<ByteReader> {
  private readonly source: ByteReader;

  constructor(source: ByteReader) {
    super(source);
    this.source = source;
    this.size = source.byteLength;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.size);
    return offset >= end ? new Uint8Array() : this.source.read(offset, end - offset);
  }
}

/** The files of a ZIP in its order. Throws `model-corrupt` naming `file`, and what reading throws. */
export async function listZip(zip: ByteReader, file: string): Promise<readonly ZipFile[]> {
  const files: ZipFile[] = [];
  const paths = new Set<string>();
  try {
    const reader = new ZipReader(new RangeReader(zip), { filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      const path = entry.filename.replaceAll('\\', '/').replace(/^\.?\//, '');
      if (paths.has(path)) throw corrupt(file, 'malformed', `it holds ${path} twice`);
      paths.add(path);
      if (paths.size > mostEntries) throw corrupt(file, 'malformed', 'it holds too many files');
      const isStored = entry.compressionMethod === stored;
      files.push({ path, isStored, open: () => openEntry(zip, entry, `${file} › ${path}`) });
    }
  } catch (error) {
    if (error instanceof MynahError) throw error;
    throw corrupt(file, 'not-a-zip', undefined, error);
  }
  return files;
}

function corrupt(file: string, reason: ModelFault, detail?: string, cause?: unknown): MynahError {
  return mynahError('model-corrupt', { file, reason, ...(detail && { detail }) }, cause);
}

async function openEntry(zip: ByteReader, entry: FileEntry, file: string): Promise<ByteReader> {
  const { compressedSize, compressionMethod, offset, uncompressedSize } = entry;
  if (entry.encrypted) throw mynahError('unsupported', { file, what: 'encrypted-zip' });
  if (offset + localHeaderBytes > zip.byteLength) throw corrupt(file, 'cut-off');
  // The directory doesn't say where the data begins: PyTorch pads the local header to align it.
  const header = new DataView((await zip.read(offset, localHeaderBytes)).buffer);
  if (header.getUint32(0, true) !== 0x04034b50)
    throw corrupt(file, 'malformed', 'it has no header');
  const begin = offset + localHeaderBytes + header.getUint16(26, true) + header.getUint16(28, true);
  if (begin + compressedSize > zip.byteLength) throw corrupt(file, 'cut-off');
  const range = rangeOf(zip, begin, compressedSize, file);
  if (compressionMethod === stored && compressedSize === uncompressedSize) return range;
  if (compressionMethod === deflated) return inflating(range, uncompressedSize, file);
  throw mynahError('unsupported', { file, what: 'zip-compression' });
}

function rangeOf(zip: ByteReader, begin: number, byteLength: number, file: string): ByteReader {
  return {
    byteLength,
    async read(offset, length) {
      if (offset < 0 || offset + length > byteLength) throw corrupt(file, 'cut-off');
      return zip.read(begin + offset, length);
    },
  };
}

/** Reads an inflated stream by range: forward as it flows, backward by starting over. */
function inflating(compressed: ByteReader, byteLength: number, file: string): ByteReader {
  let stream: ReadableStreamDefaultReader<Uint8Array> | null = null;
  let position = 0;
  let left = new Uint8Array();

  /** The next bytes, at most `length`; moves on. */
  async function next(length: number): Promise<Uint8Array> {
    while (left.byteLength === 0) {
      const { done, value } = await must(stream, 'a stream').read();
      if (done) throw corrupt(file, 'cut-off');
      left = new Uint8Array(value);
    }
    const part = left.subarray(0, length);
    left = left.subarray(part.byteLength);
    position += part.byteLength;
    return part;
  }

  return {
    byteLength,
    async read(offset, length) {
      if (offset < 0 || offset + length > byteLength) throw corrupt(file, 'cut-off');
      try {
        if (stream === null || offset < position) {
          await stream?.cancel().catch(() => {});
          stream = inflated(compressed).getReader();
          position = 0;
          left = new Uint8Array();
        }
        while (position < offset) await next(offset - position);
        // Not allocated at once: the length is only what the ZIP says it is.
        const parts: Uint8Array[] = [];
        for (let rest = length; rest > 0; ) {
          const part = await next(rest);
          parts.push(part);
          rest -= part.byteLength;
        }
        return joined(parts, length);
      } catch (error) {
        stream = null;
        if (error instanceof MynahError) throw error;
        throw corrupt(file, 'malformed', 'its compressed data are damaged', error);
      }
    },
  };
}

function inflated(compressed: ByteReader): ReadableStream<Uint8Array> {
  const chunkBytes = 2 ** 18;
  let at = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const length = Math.min(chunkBytes, compressed.byteLength - at);
      if (length === 0) return controller.close();
      controller.enqueue(await compressed.read(at, length));
      at += length;
    },
  }).pipeThrough(new DecompressionStream('deflate-raw'));
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
