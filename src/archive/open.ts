/**
 * From the files a user brings to where the tweets are in them.
 *
 * The format is told by content first, by name only where the content leaves it open. To add one:
 * tell it apart in `openFile`, and give its sources.
 */

import { assert } from '../core/assert.ts';
import { type ErrorDetails, mynahError } from '../core/errors.ts';
import { readAccount } from './account.ts';
import type { AccountNames, OpenedFile, TweetSource } from './source.ts';
import { openZip } from './zip.ts';

export interface OpenedArchive {
  readonly files: readonly OpenedFile[];
  /** Sum over all sources. */
  readonly bytesTotal: number;
  readonly account: AccountNames | null;
}

/** Enough to see what a file is. */
const HEAD_BYTES = 512;
/** A first entry, an empty archive, a marker that some tools put before the first entry. */
const ZIP_MAGIC = new Set(['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08']);

/**
 * Opens one or several files as one dataset. `tweets-part1.js` follows `tweets.js` whatever order
 * they were dropped in; else the order is kept.
 * Throws `archive-unreadable`, and `archive-no-tweets` where no file is of a kind that has any.
 */
export async function openArchive(files: readonly File[]): Promise<OpenedArchive> {
  const [first] = files;
  assert(first, 'openArchive needs a file');
  const inOrder = files.toSorted((a, b) => partNumber(a.name) - partNumber(b.name));
  const opened: OpenedFile[] = [];
  for (const file of inOrder) opened.push(await openFile(file));

  const withTweets = opened.filter(({ sources }) => sources.length > 0);
  if (withTweets.length === 0) {
    throw mynahError('archive-no-tweets', { file: first.name, reason: 'no-tweet-file' });
  }
  return {
    files: withTweets,
    bytesTotal: withTweets.flatMap(({ sources }) => sources).reduce((sum, s) => sum + s.bytes, 0),
    account: opened.find(({ account }) => account !== null)?.account ?? null,
  };
}

async function openFile(file: File): Promise<OpenedFile> {
  if (file.size === 0) throw unreadable(file, 'empty');
  // Four bytes first: the start of a ZIP's first entry, which may be anything, isn't ours to read.
  if (ZIP_MAGIC.has(await readHead(file, 4))) return openZip(file);
  if (/\.zip$/i.test(file.name)) throw unreadable(file, 'not-a-zip');

  const head = await readHead(file, HEAD_BYTES);
  const kind = /^[^\w]{0,8}window\.YTD\.(\w+)\.part\d+\s*=/.exec(head)?.[1];
  if (kind === 'account') {
    return { name: file.name, sources: [], account: await readAccount(fileSource(file)) };
  }
  // Some other file of an archive: direct messages, likes. Not ours to read.
  if (kind !== undefined && kind !== 'tweets' && kind !== 'tweet') {
    return { name: file.name, sources: [], account: null };
  }
  const looksLikeArray = /^(?:[^\w[]{0,8}[\w$. \t]+=)?[^\w[]*\[/.test(head);
  if (looksLikeArray || /\.(js|json)$/i.test(file.name)) {
    return { name: file.name, sources: [fileSource(file)], account: null };
  }
  throw unreadable(file, 'unknown-format');
}

/** The first bytes as Latin-1 without NULs: ASCII shows in UTF-8 and in UTF-16 alike. */
async function readHead(file: File, length: number): Promise<string> {
  try {
    const bytes = new Uint8Array(await file.slice(0, length).arrayBuffer());
    return String.fromCharCode(...bytes.filter((byte) => byte !== 0));
  } catch (error) {
    throw unreadable(file, 'unreadable', error);
  }
}

function fileSource(file: File): TweetSource {
  return { name: file.name, bytes: file.size, stream: () => file.stream() };
}

/** 0 for all that is no later part, so that only parts move. */
function partNumber(name: string): number {
  return Number(/^tweets?-part(\d+)\b.*\.js$/i.exec(name)?.[1] ?? 0);
}

function unreadable(
  file: File,
  reason: ErrorDetails['archive-unreadable']['reason'],
  cause?: unknown,
): Error {
  return mynahError('archive-unreadable', { file: file.name, reason }, cause);
}
