/**
 * Finds what is of use in an archive as Twitter/X hands it out, of any size.
 *
 * Only the central directory and the few entries wanted are read, straight from the `Blob`: such a
 * ZIP is often many gigabytes of media, and it holds direct messages, contacts and IP logs, which
 * are never opened. zip.js does the format (ZIP64, data descriptors, CRC); it inflates with the
 * browser's own DecompressionStream, in this thread, which is a worker already.
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
import { archiveFile } from '../../domain/archive-files.ts';
import type { UnitEntry } from './unit.ts';

configure({ useWebWorkers: false, useCompressionStream: true, chunkSize: 256 * 1024 });

/** The heaviest accounts have 200 MB of tweets. */
const MAX_TWEET_BYTES = 4 * 1024 ** 3;
/**
 * Deflate reaches 1,030 : 1 on zeros; tweets, which are full of ids, get about 10 : 1. Only asked of
 * entries big enough to hurt.
 */
const MAX_RATIO = 200;
const RATIO_MATTERS_FROM_BYTES = 50 * 1024 ** 2;
/** The fixed part of the end record, which every ZIP has. */
const SMALLEST_ZIP_BYTES = 22;

/** An account's pictures are one entry each: the largest archives known have 200,000. */
const MAX_ENTRIES = 2_000_000;

/**
 * The entries that may be of use, nothing of them read yet. Throws `archive-unreadable`, `cancelled`.
 */
export async function openZip(file: File, signal?: AbortSignal): Promise<UnitEntry[]> {
  const found: UnitEntry[] = [];
  let count = 0;
  try {
    if (file.size < SMALLEST_ZIP_BYTES) throw new Error(ERR_EOCDR_NOT_FOUND);
    // Names are only compared, never used as paths: no name is a reason to refuse an archive.
    const reader = new ZipReader(new BlobReader(file), { filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      throwIfAborted(signal);
      if (++count > MAX_ENTRIES) throw new Error(ERR_EOCDR_NOT_FOUND);
      const place = entry.directory ? null : archiveFile(entry.filename);
      if (place === null || entry.directory) continue;
      const name = `${file.name} › ${entry.filename}`;
      found.push({
        ...place,
        source: {
          name,
          bytes: entry.uncompressedSize,
          stream: () => readEntry(name, entry),
        },
        check: () => checkEntry(name, entry),
      });
    }
  } catch (error) {
    throw zipError(file.name, error);
  }
  return found;
}

/** Throws `archive-unreadable` for what must not be unpacked. */
function checkEntry(file: string, entry: FileEntry): void {
  if (entry.encrypted) throw mynahError('archive-unreadable', { file, reason: 'zip-encrypted' });
  const isBomb =
    entry.uncompressedSize > MAX_TWEET_BYTES ||
    (entry.uncompressedSize > RATIO_MATTERS_FROM_BYTES &&
      entry.uncompressedSize > entry.compressedSize * MAX_RATIO);
  if (isBomb) throw mynahError('archive-unreadable', { file, reason: 'zip-bomb' });
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
        throw mynahError('archive-unreadable', { file: name, reason: 'zip-damaged' });
      }
      controller.enqueue(chunk);
    },
  });
  return readable;
}

const REASONS = new Map<string, ErrorDetails['archive-unreadable']['reason']>([
  [ERR_EOCDR_NOT_FOUND, 'zip-truncated'],
  [ERR_SPLIT_ZIP_FILE, 'zip-truncated'],
  [ERR_ENCRYPTED, 'zip-encrypted'],
  [ERR_ENCRYPTED_CENTRAL_DIRECTORY, 'zip-encrypted'],
  [ERR_UNSUPPORTED_ENCRYPTION, 'zip-encrypted'],
  [ERR_UNSUPPORTED_COMPRESSION, 'unreadable'],
]);

function zipError(file: string, error: unknown): MynahError {
  if (error instanceof MynahError) return error;
  // The file itself can't be read any more: moved, changed on disk, permission gone.
  const isFileGone = error instanceof DOMException && /^Not(Readable|Found)Error$/.test(error.name);
  const message = error instanceof Error ? error.message : '';
  const reason = isFileGone ? 'unreadable' : (REASONS.get(message) ?? 'zip-damaged');
  return mynahError('archive-unreadable', { file, reason }, error);
}
