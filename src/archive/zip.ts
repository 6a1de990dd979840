/**
 * Finds the tweets in an archive as Twitter/X hands it out, of any size.
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

import { type ErrorDetails, MynahError, mynahError } from '../core/errors.ts';
import { readAccount } from './account.ts';
import type { OpenedFile, TweetSource } from './source.ts';

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

/**
 * At the root (2018/19) or under `data/`; or one folder deeper, as people re-zip what they unpacked.
 * `tweet.js` became `tweets.js` in 2022; large accounts have `tweets-part1.js` and on.
 */
const TWEETS_PATH = /^((?:[^/]+\/)?(?:data\/)?)(tweets?)(?:-part(\d+))?\.js$/i;
const ACCOUNT_PATH = /^((?:[^/]+\/)?(?:data\/)?)account\.js$/i;

interface Found {
  readonly folder: string;
  readonly stem: string;
  readonly part: number;
  readonly entry: FileEntry;
}

/**
 * The tweet entries in part order, and the account. An archive without tweets has no sources.
 * Throws `archive-unreadable`.
 */
export async function openZip(file: File): Promise<OpenedFile> {
  const found: Found[] = [];
  const accounts: { folder: string; entry: FileEntry }[] = [];
  try {
    if (file.size < SMALLEST_ZIP_BYTES) throw new Error(ERR_EOCDR_NOT_FOUND);
    // Names are only compared, never used as paths: no name is a reason to refuse an archive.
    const reader = new ZipReader(new BlobReader(file), { filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      const path = entry.filename.replaceAll('\\', '/').replace(/^\.?\//, '');
      const tweets = TWEETS_PATH.exec(path);
      if (tweets) {
        const [, folder = '', stem = '', part = '0'] = tweets;
        found.push({ folder, stem: stem.toLowerCase(), part: Number(part), entry });
      }
      const account = ACCOUNT_PATH.exec(path);
      if (account) accounts.push({ folder: account[1] ?? '', entry });
    }
  } catch (error) {
    throw zipError(file.name, error);
  }

  const chosen = chooseParts(found);
  const folder = chosen[0]?.folder;
  const sources = chosen.map(({ entry }) => entrySource(file, entry));
  checkSizes(chosen, sources);
  const account = accounts.find((candidate) => candidate.folder === folder);
  return {
    name: file.name,
    sources,
    account: account ? await readAccountLeniently(entrySource(file, account.entry)) : null,
  };
}

/** All parts of the archive nearest to the root; its `tweets.js` where it has a `tweet.js` too. */
function chooseParts(found: readonly Found[]): readonly Found[] {
  const [best] = found.toSorted(
    (a, b) =>
      depthOf(a.folder) - depthOf(b.folder) ||
      a.folder.localeCompare(b.folder, 'en') ||
      b.stem.length - a.stem.length,
  );
  return found
    .filter(({ folder, stem }) => folder === best?.folder && stem === best.stem)
    .sort((a, b) => a.part - b.part);
}

function depthOf(folder: string): number {
  return folder.split('/').length;
}

function entrySource(file: File, entry: FileEntry): TweetSource {
  const name = `${file.name} › ${entry.filename}`;
  return { name, bytes: entry.uncompressedSize, stream: () => readEntry(name, entry) };
}

function checkSizes(parts: readonly Found[], sources: readonly TweetSource[]): void {
  let total = 0;
  for (const [index, { entry }] of parts.entries()) {
    const file = sources[index]?.name ?? entry.filename;
    if (entry.encrypted) throw mynahError('archive-unreadable', { file, reason: 'zip-encrypted' });
    total += entry.uncompressedSize;
    const isBomb =
      entry.uncompressedSize > RATIO_MATTERS_FROM_BYTES &&
      entry.uncompressedSize > entry.compressedSize * MAX_RATIO;
    if (isBomb || total > MAX_TWEET_BYTES) {
      throw mynahError('archive-unreadable', { file, reason: 'zip-damaged' });
    }
  }
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

async function readAccountLeniently(source: TweetSource): ReturnType<typeof readAccount> {
  try {
    return await readAccount(source);
  } catch (error) {
    // The tweets may still be sound, and they are what was asked for.
    if (error instanceof MynahError && error.code === 'archive-unreadable') return null;
    throw error;
  }
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
