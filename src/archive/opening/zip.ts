/**
 * The entries of a ZIP, of any size.
 *
 * Only the central directory is read, and later the few entries that are needed, straight from the
 * `Blob`: an archive's ZIP is often many gigabytes of media, and it holds direct messages, contacts and
 * IP logs, which are never opened. zip.js handles the format (ZIP64, data descriptors, CRC). It inflates
 * with the browser's own DecompressionStream, in this thread, which is already a worker.
 */

import {
  BlobReader,
  configure,
  ERR_ENCRYPTED,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_EOCDR_NOT_FOUND,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';

import { type ErrorDetails, MynahError, mynahError, throwIfAborted } from '../../core/errors.ts';
import { isOfUse, segmentsOf } from '../../domain/archive-files.ts';
import { type Entry, headOf, once, spool } from './entry.ts';

configure({ useWebWorkers: false, useCompressionStream: true, chunkSize: 256 * 1024 });

/** The largest accounts have 200 MB of tweets. */
export const MAX_TWEET_BYTES = 4 * 1024 ** 3;
/**
 * Deflate reaches 1,030 : 1 on zeros; tweets, which are full of ids, get about 10 : 1. Only entries
 * that are large enough to do harm are checked.
 */
export const MAX_RATIO = 200;
export const RATIO_MATTERS_FROM_BYTES = 50 * 1024 ** 2;
/** The fixed part of the end record, which every ZIP has. */
const MIN_ZIP_BYTES = 22;
/** An account's pictures are one entry each: the largest archives known have 200,000. */
const MAX_ENTRIES = 2_000_000;
/** Size of the fixed part of an entry's local header, which stands before the name. */
const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_MAGIC = 0x04034b50;
const NAME_LENGTH_AT = 26;
const EXTRA_LENGTH_AT = 28;
/** Not compressed. */
const STORED = 0;

/** The entries that may be of use; none of them has been read yet. Throws `archive-unreadable`, `cancelled`. */
export async function openZip(zip: Entry, signal?: AbortSignal): Promise<Entry[]> {
  const container = zip.source.name;
  const found: Entry[] = [];
  let count = 0;
  try {
    const blob = await zip.blob();
    if (blob.size < MIN_ZIP_BYTES) throw new Error(ERR_EOCDR_NOT_FOUND);
    // Names are only compared, never used as paths: no name is a reason to refuse an archive.
    const reader = new ZipReader(new BlobReader(blob), { filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      throwIfAborted(signal);
      if (++count > MAX_ENTRIES) throw new Error(ERR_EOCDR_NOT_FOUND);
      if (entry.directory) continue;
      const path = `${zip.path}/${segmentsOf(entry.filename).join('/')}`;
      if (!isOfUse(path)) continue;
      const source = {
        name: `${container} › ${entry.filename}`,
        bytes: entry.uncompressedSize,
        stream: () => readEntry(source.name, entry),
      };
      found.push({
        path,
        source,
        brought: zip.brought,
        container,
        head: once(() => headOf(source)),
        check: () => checkEntry(source.name, entry),
        blob: async () => (await storedIn(blob, entry)) ?? spool(source),
      });
    }
  } catch (error) {
    throw zipError(container, error);
  }
  return found;
}

/** Throws `archive-unreadable` for what must not be unpacked. */
function checkEntry(file: string, entry: FileEntry): void {
  if (entry.encrypted) throw mynahError('archive-unreadable', { file, reason: 'encrypted' });
  const isBomb =
    entry.uncompressedSize > MAX_TWEET_BYTES ||
    (entry.uncompressedSize > RATIO_MATTERS_FROM_BYTES &&
      entry.uncompressedSize > entry.compressedSize * MAX_RATIO);
  if (isBomb) throw mynahError('archive-unreadable', { file, reason: 'too-large' });
}

/** Inflates as it is read; fails with `archive-unreadable` when the entry is damaged. */
function readEntry(name: string, entry: FileEntry): ReadableStream<Uint8Array> {
  let bytes = 0;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    start(controller) {
      // `preventClose` leaves the end to us, so that a fault arrives as ours and not as zip.js's.
      // Deferred a step, as the stream isn't there yet.
      Promise.resolve()
        .then(() => entry.getData(writable, { checkCrc32: true, preventClose: true }))
        .then(
          () => controller.terminate(),
          (error: unknown) => controller.error(zipError(name, error)),
        );
    },
    transform(chunk, controller) {
      // What the directory declares has passed the limits above; the content must keep to it.
      bytes += chunk.byteLength;
      if (bytes > entry.uncompressedSize) {
        throw mynahError('archive-unreadable', { file: name, reason: 'damaged' });
      }
      controller.enqueue(chunk);
    },
  });
  return readable;
}

/** An entry that isn't compressed, as a ZIP in a ZIP often isn't, lies in the file as it is. */
async function storedIn(blob: Blob, entry: FileEntry): Promise<Blob | null> {
  if (entry.compressionMethod !== STORED || entry.encrypted) return null;
  const bytes = await blob.slice(entry.offset, entry.offset + LOCAL_HEADER_BYTES).arrayBuffer();
  if (bytes.byteLength < LOCAL_HEADER_BYTES) return null;
  const header = new DataView(bytes);
  if (header.getUint32(0, true) !== LOCAL_HEADER_MAGIC) return null;
  const nameLength = header.getUint16(NAME_LENGTH_AT, true);
  const extraLength = header.getUint16(EXTRA_LENGTH_AT, true);
  const start = entry.offset + LOCAL_HEADER_BYTES + nameLength + extraLength;
  return blob.slice(start, start + entry.compressedSize);
}

const REASONS = new Map<string, ErrorDetails['archive-unreadable']['reason']>([
  [ERR_EOCDR_NOT_FOUND, 'truncated'],
  [ERR_SPLIT_ZIP_FILE, 'truncated'],
  [ERR_ENCRYPTED, 'encrypted'],
  [ERR_ENCRYPTED_CENTRAL_DIRECTORY, 'encrypted'],
  [ERR_UNSUPPORTED_ENCRYPTION, 'encrypted'],
  [ERR_UNSUPPORTED_COMPRESSION, 'unreadable'],
]);

function zipError(file: string, error: unknown): MynahError {
  if (error instanceof MynahError) return error;
  // The file itself can't be read any more: moved, changed on disk, permission gone.
  const isFileGone = error instanceof DOMException && /^Not(Readable|Found)Error$/.test(error.name);
  const message = error instanceof Error ? error.message : '';
  const reason = isFileGone ? 'unreadable' : (REASONS.get(message) ?? 'damaged');
  return mynahError('archive-unreadable', { file, reason }, error);
}
