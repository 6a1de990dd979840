/**
 * Reads files in a ZIP by range. zip.js reads the directory. Uncompressed entries, as in PyTorch's files
 * and in ZIPs that Mynah writes, are ranges of the ZIP. Compressed ones are inflated up to the range that
 * is read, and from the beginning again to go back.
 */

import { type FileEntry, Reader, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { must } from '../core/assert.ts';
import { type ModelFault, MynahError, mynahError } from '../core/errors.ts';
import type { Fault } from '../core/faults.ts';
import type { ByteReader } from '../model/safetensors.ts';

const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER_BYTES = 30;
/** More entries than any model folder has, but few enough to list them, at some kilobytes each. */
const MAX_ENTRIES = 10_000;

export interface ZipFile {
  /** The path in the ZIP, with `/`. */
  readonly path: string;
  /** Whether the entry is not compressed, so that any range can be read directly. */
  readonly isStored: boolean;
  /** The size of the file, unpacked, according to the directory. */
  readonly byteLength: number;
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

/** Lists the files of a ZIP in its order. Throws `model-corrupt` naming `file`, and what reading throws. */
export async function listZip(zip: ByteReader, file: string): Promise<readonly ZipFile[]> {
  const files: ZipFile[] = [];
  const paths = new Set<string>();
  try {
    const reader = new ZipReader(new RangeReader(zip), { filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      const path = entry.filename.replaceAll('\\', '/').replace(/^\.?\//, '');
      if (paths.has(path)) throw malformed(file, { what: 'repeated', at: path });
      paths.add(path);
      if (paths.size > MAX_ENTRIES) throw malformed(file, { what: 'too-large', at: 'ZIP' });
      const isStored = entry.compressionMethod === STORED;
      const open = () => openEntry(zip, entry, `${file} › ${path}`);
      files.push({ path, isStored, byteLength: entry.uncompressedSize, open });
    }
  } catch (error) {
    if (error instanceof MynahError) throw error;
    throw corrupt(file, 'not-a-zip', error);
  }
  return files;
}

function corrupt(file: string, reason: ModelFault, cause?: unknown): MynahError {
  return mynahError('model-corrupt', { file, reason }, cause);
}

function malformed(file: string, fault: Fault, cause?: unknown): MynahError {
  return mynahError('model-corrupt', { file, reason: 'malformed', fault }, cause);
}

async function openEntry(zip: ByteReader, entry: FileEntry, file: string): Promise<ByteReader> {
  const { compressedSize, compressionMethod, offset, uncompressedSize } = entry;
  if (entry.encrypted) throw mynahError('unsupported', { file, what: 'encrypted-zip' });
  if (offset + LOCAL_HEADER_BYTES > zip.byteLength) throw corrupt(file, 'cut-off');
  // The directory doesn't say where the data begins, because PyTorch pads the local header to align them.
  const header = new DataView((await zip.read(offset, LOCAL_HEADER_BYTES)).buffer);
  if (header.getUint32(0, true) !== 0x04034b50) {
    throw malformed(file, { what: 'missing', at: 'header' });
  }
  const begin =
    offset + LOCAL_HEADER_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
  if (begin + compressedSize > zip.byteLength) throw corrupt(file, 'cut-off');
  const range = rangeOf(zip, begin, compressedSize, file);
  if (compressionMethod === STORED && compressedSize === uncompressedSize) return range;
  if (compressionMethod === DEFLATED) return inflating(range, uncompressedSize, file);
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

/** Reads an inflated stream by range. To go back, it inflates again from the beginning. */
function inflating(compressed: ByteReader, byteLength: number, file: string): ByteReader {
  let stream: ReadableStreamDefaultReader<Uint8Array> | null = null;
  let position = 0;
  let left = new Uint8Array();

  /** Returns the next bytes, at most `length` of them. */
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
        // Collected in parts, because the length in the ZIP may be wrong.
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
        throw malformed(file, { what: 'unreadable', at: 'deflate' }, error);
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
