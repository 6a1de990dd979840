/** Raw tweets → the documents to train on, and for every tweet whether and why it was dropped. */

import { createSHA256 } from 'hash-wasm';
import { mynahError, throwIfAborted } from '../core/errors.ts';
import type { DatasetCounts, DropReason } from '../protocol/calls.ts';
import { cleanTweet, END_OF_TEXT, isRetweet, isShort } from './clean.ts';
import type { ReadTweets } from './read.ts';

/** What huggingtweets asks for at least: about one block of 1,024 tokens. */
export const NEEDED_CHARACTERS = 6_000;
/** Under this it trains, with a warning. */
export const COMFORTABLE_CHARACTERS = 40_000;

export interface DatasetTweet {
  /** Cleaned, for retweets too. */
  readonly text: string;
  readonly dropped: DropReason | null;
}

export interface Dataset {
  /** All tweets read, in file order. */
  readonly tweets: readonly DatasetTweet[];
  /** The texts kept, in the same order. */
  readonly documents: readonly string[];
  readonly counts: DatasetCounts;
  /**
   * Code points of the documents joined by `<|endoftext|>`, which is how huggingtweets (Python)
   * counts for its limits: a separator adds 13.
   */
  readonly characters: number;
  readonly isSmall: boolean;
  /** SHA-256 of the documents joined by U+0000 in UTF-8, hex. */
  readonly contentHash: string;
}

/**
 * Cleans and filters. Throws `archive-no-tweets` when nothing is left, `dataset-too-small` under
 * {@link NEEDED_CHARACTERS}, `cancelled`.
 */
export async function buildDataset(
  { files, tweets: rawTweets, damaged }: ReadTweets,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Dataset> {
  const tweets: DatasetTweet[] = [];
  for (const [index, raw] of rawTweets.entries()) {
    if (index % BATCH === BATCH - 1) await letOthersRun(signal);
    tweets.push(judge(raw.text));
  }
  const documents = tweets.filter(({ dropped }) => dropped === null).map(({ text }) => text);
  const retweets = tweets.filter(({ dropped }) => dropped === 'retweet').length;
  const read = tweets.length;
  const kept = documents.length;
  const counts: DatasetCounts = { read, retweets, short: read - retweets - kept, kept, damaged };

  if (kept === 0) {
    const reason = read === 0 ? 'no-tweets' : retweets === read ? 'only-retweets' : 'nothing-kept';
    throw mynahError('archive-no-tweets', { file: files.join(', '), reason, tweetsRead: read });
  }
  const characters =
    documents.reduce((sum, text) => sum + countCodePoints(text), 0) +
    END_OF_TEXT.length * (kept - 1);
  if (characters < NEEDED_CHARACTERS) {
    throw mynahError('dataset-too-small', {
      characters,
      neededCharacters: NEEDED_CHARACTERS,
      tweetsKept: kept,
    });
  }
  return {
    tweets,
    documents,
    counts,
    characters,
    isSmall: characters < COMFORTABLE_CHARACTERS,
    contentHash: await hashDocuments(documents),
  };
}

/** Tweets cleaned in one go: some 20 ms. */
const BATCH = 5_000;

/** A turn of the event loop, as a request to cancel arrives as a message. */
async function letOthersRun(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  throwIfAborted(signal);
}

function judge(rawText: string): DatasetTweet {
  const text = cleanTweet(rawText);
  if (isRetweet(rawText)) return { text, dropped: 'retweet' };
  return { text, dropped: isShort(text) ? 'short' : null };
}

/** Of well-formed text, where every low surrogate is the second half of a pair. */
function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
  }
  return count;
}

async function hashDocuments(documents: readonly string[]): Promise<string> {
  const hash = await createSHA256();
  for (const [index, text] of documents.entries()) hash.update(index === 0 ? text : `\0${text}`);
  return hash.digest('hex');
}
