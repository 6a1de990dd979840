/** Reads every tweet of an opened archive, in file order, in memory bounded by the tweets' text. */

import { MynahError, mynahError, toErrorData } from '../core/errors.ts';
import type { ImportProgress, ImportWarning } from '../protocol/calls.ts';
import { ElementSplitter, JsonFault } from './json-elements.ts';
import { firstFaultIn, placeOf } from './json-fault.ts';
import type { OpenedArchive } from './open.ts';
import type { Account, OpenedFile, TweetSource } from './source.ts';
import { readText, textOf } from './text-chunks.ts';
import { parseTweet, type RawTweet } from './tweet.ts';

/** The heaviest accounts have 170,000 tweets and 48 million characters. */
const MAX_TWEETS = 5_000_000;
const MAX_CHARACTERS = 256 * 1024 ** 2;

export interface ReadTweets {
  readonly files: readonly string[];
  /** Whose tweets they are: at least one, with nothing known of it where no file says. */
  readonly accounts: readonly Account[];
  /** In file order. */
  readonly tweets: readonly RawTweet[];
  /** Elements that were no tweets. */
  readonly damaged: number;
  /** What to tell the user, though all was read that is there. */
  readonly warnings: readonly ImportWarning[];
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called for every chunk: throttle it. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/**
 * One damaged element costs that element; a file with nothing but damage is no file of tweets.
 * Throws `archive-unreadable` (with the place, for a fault in JSON), `out-of-memory` for more text
 * than any account has, `cancelled`.
 */
export async function readTweets(
  opened: OpenedArchive,
  { signal, onProgress }: ReadOptions = {},
): Promise<ReadTweets> {
  const collected: Collected = { tweets: [], characters: 0, damaged: 0 };
  let bytesBefore = 0;
  for (const file of opened.files) {
    const tweetsBefore = collected.tweets.length;
    let firstDamage: { source: TweetSource; offset: number } | null = null;
    for (const source of file.sources) {
      const offset = await readSource(source, collected, signal, (bytes) =>
        onProgress?.({
          phase: 'reading',
          file: source.name,
          bytesRead: Math.min(bytesBefore + bytes, opened.bytesTotal),
          bytesTotal: opened.bytesTotal,
          tweetsRead: collected.tweets.length,
        }),
      );
      if (offset !== null) firstDamage ??= { source, offset };
      bytesBefore += source.bytes;
    }
    if (firstDamage && collected.tweets.length === tweetsBefore) {
      throw await notJson(firstDamage.source, firstDamage.offset, signal);
    }
  }
  return {
    files: opened.files.map(({ name }: OpenedFile) => name),
    tweets: collected.tweets,
    damaged: collected.damaged,
    accounts: [accountOf(opened)],
    warnings: [],
  };
}

function accountOf({ account, files }: OpenedArchive): Account {
  const label = account?.username
    ? `@${account.username}`
    : files.map(({ name }) => name).join(', ');
  return { username: null, displayName: null, ...account, label, avatar: null };
}

interface Collected {
  readonly tweets: RawTweet[];
  characters: number;
  damaged: number;
}

/** Adds a source's tweets to `into`; returns the offset of its first damaged element, or null. */
async function readSource(
  source: TweetSource,
  into: Collected,
  signal: AbortSignal | undefined,
  onBytes: (bytesRead: number) => void,
): Promise<number | null> {
  let firstDamage: number | null = null;
  let firstFault: number | null = null;
  const splitter = new ElementSplitter((json, offset) => {
    const parsed = parseElement(json);
    if ('text' in parsed) {
      into.tweets.push(parsed);
      into.characters += parsed.text.length;
    } else {
      into.damaged++;
      firstDamage ??= offset + (parsed.fault ?? 0);
      if (parsed.fault !== null) firstFault ??= offset + parsed.fault;
    }
  });
  try {
    for await (const { text, bytesRead } of readText(source.stream(), signal)) {
      splitter.push(text);
      if (into.tweets.length > MAX_TWEETS || into.characters > MAX_CHARACTERS) {
        throw mynahError('out-of-memory', {});
      }
      onBytes(bytesRead);
    }
    splitter.end();
  } catch (error) {
    if (error instanceof JsonFault) {
      // A bracket missing in one element often shows only at the end: the first fault is the cause.
      throw await notJson(source, firstFault ?? error.offset, signal);
    }
    throw readError(source, error);
  }
  return firstDamage;
}

/** The tweet; or where in `json` it stops being JSON, null when it is, but no tweet. */
function parseElement(json: string): RawTweet | { fault: number | null } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { fault: firstFaultIn(json) };
  }
  return parseTweet(value) ?? { fault: null };
}

async function notJson(
  source: TweetSource,
  offset: number,
  signal: AbortSignal | undefined,
): Promise<MynahError> {
  try {
    const place = await placeOf(textOf(readText(source.stream(), signal)), offset);
    return mynahError('archive-unreadable', { file: source.name, reason: 'not-json', ...place });
  } catch (error) {
    return readError(source, error);
  }
}

/** What reading bytes can throw is ours already, or the file is gone or changed on disk. */
function readError(source: TweetSource, error: unknown): MynahError {
  const data = toErrorData(error);
  if (data.code !== 'internal') return new MynahError(data, { cause: error });
  return mynahError('archive-unreadable', { file: source.name, reason: 'unreadable' }, error);
}
