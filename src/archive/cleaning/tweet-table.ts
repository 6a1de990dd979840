/**
 * The tweets of a dataset, with everything that the stages of cleaning need to know about each of
 * them. It is computed once, so that a change of a filter recounts 100,000 tweets at once.
 */

import { NO_LANGUAGE } from '../../domain/cleaning.ts';
import { cleanTweet, hashtagsIn, hasMention, isEmojiOnly, isRetweet } from './clean-text.ts';
import { hasLink } from './links.ts';
import { countWords } from './words.ts';
import type { Account } from '../opening/source.ts';
import type { RawTweet } from '../formats/tweet.ts';

/** Properties of a tweet, as bits of {@link TweetTable.traits}. */
export const TRAIT = {
  retweet: 1,
  /** A reply to somebody else. */
  reply: 2,
  quote: 4,
  /** The dataset has a later version of it. */
  edited: 8,
  link: 16,
  mention: 32,
  hashtag: 64,
  newLine: 128,
  emojiOnly: 256,
  unknownAudience: 512,
} as const;

export interface TweetTable {
  readonly accounts: readonly Account[];
  readonly tweets: readonly RawTweet[];
  /** The text of each tweet, as huggingtweets cleans it. */
  readonly texts: readonly string[];
  /** The number of words of each text, as the minimum counts them. */
  readonly words: Uint16Array;
  /** The number of code points of each text. */
  readonly characters: Uint32Array;
  readonly traits: Uint16Array;
  /** All traits that at least one tweet has. */
  readonly allTraits: number;
  /**
   * For each tweet, the index of the first tweet of its thread. It is the tweet itself if it starts a
   * thread or belongs to none. A thread is a tweet and everything that its author wrote below it.
   */
  readonly threads: Uint32Array;
  /** For each tweet, the index of the tweet by the same author that it replies to or quotes, or −1. */
  readonly answered: Int32Array;
  /** For each tweet, an index into {@link languages}. */
  readonly language: Uint8Array;
  /** Language codes, including {@link NO_LANGUAGE}, which also stands for all beyond the first 255. */
  readonly languages: readonly string[];
}

/** How many tweets are processed between two pauses. Takes about 20 ms. */
const BATCH = 5_000;

/** @param pause Awaited between batches, so that other work gets a turn. What it throws is passed on. */
export async function buildTweetTable(
  tweets: readonly RawTweet[],
  accounts: readonly Account[],
  pause: () => Promise<void> = async () => {},
): Promise<TweetTable> {
  const count = tweets.length;
  const texts: string[] = [];
  const words = new Uint16Array(count);
  const characters = new Uint32Array(count);
  const traits = new Uint16Array(count);
  const language = new Uint8Array(count);
  const languages: string[] = [NO_LANGUAGE];
  const languageIndex = new Map([[NO_LANGUAGE, 0]]);
  const byId = indexById(tweets);
  const threads = findThreads(tweets, byId);
  const isToSelf = selfReplies(tweets, accounts, threads);

  for (const [i, tweet] of tweets.entries()) {
    if (i % BATCH === BATCH - 1) await pause();
    const text = cleanTweet(tweet.text, tweet);
    texts.push(text);
    words[i] = Math.min(0xffff, countWords(text));
    characters[i] = countCodePoints(text);
    let bits = 0;
    if (tweet.isRetweet || isRetweet(tweet.text)) bits |= TRAIT.retweet;
    if (isReply(tweet) && !isToSelf(i)) bits |= TRAIT.reply;
    if (tweet.isQuote) bits |= TRAIT.quote;
    if (hasLink(tweet.text)) bits |= TRAIT.link;
    if (hasMention(text)) bits |= TRAIT.mention;
    if (hashtagsIn(text).length > 0) bits |= TRAIT.hashtag;
    if (tweet.text.includes('\n')) bits |= TRAIT.newLine;
    if (isEmojiOnly(text)) bits |= TRAIT.emojiOnly;
    if (tweet.kind === 'unmarked') bits |= TRAIT.unknownAudience;
    traits[i] = bits;

    const code = tweet.language?.toLowerCase() ?? NO_LANGUAGE;
    let index = languageIndex.get(code);
    if (index === undefined && languages.length < 256) {
      index = languages.length;
      languages.push(code);
      languageIndex.set(code, index);
    }
    language[i] = index ?? 0;
  }
  for (const i of supersededVersions(tweets)) traits[i] = (traits[i] ?? 0) | TRAIT.edited;
  const allTraits = traits.reduce((all, bits) => all | bits, 0);
  return {
    accounts,
    tweets,
    texts,
    words,
    characters,
    traits,
    allTraits,
    threads,
    answered: findAnswered(tweets, byId),
    language,
    languages,
  };
}

/** Counts the code points of well-formed text, in which every low surrogate ends a pair. */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
  }
  return count;
}

function isReply(tweet: RawTweet): boolean {
  const isMarked =
    tweet.replyToId !== null || tweet.replyToUserId !== null || tweet.replyToUser !== null;
  // Many exports contain nothing but the text.
  return isMarked || /^@\w/.test(tweet.text);
}

/** Two accounts can each have a tweet with the same id. */
function tweetKey(account: number, id: string): string {
  return `${account} ${id}`;
}

function indexById(tweets: readonly RawTweet[]): ReadonlyMap<string, number> {
  const byId = new Map<string, number>();
  for (const [i, { account, id }] of tweets.entries()) {
    if (id !== null) byId.set(tweetKey(account, id), i);
  }
  return byId;
}

function findAnswered(tweets: readonly RawTweet[], byId: ReadonlyMap<string, number>): Int32Array {
  const answered = new Int32Array(tweets.length).fill(-1);
  for (const [i, { account, replyToId, quoteOfId, isRetweet }] of tweets.entries()) {
    if (isRetweet) continue;
    const find = (id: string | null) => (id === null ? undefined : byId.get(tweetKey(account, id)));
    answered[i] = find(replyToId) ?? find(quoteOfId) ?? -1;
  }
  return answered;
}

function findThreads(tweets: readonly RawTweet[], byId: ReadonlyMap<string, number>): Uint32Array {
  const roots = new Uint32Array(tweets.length);
  const isKnown = new Uint8Array(tweets.length);
  for (let i = 0; i < tweets.length; i++) {
    const path: number[] = [];
    let at = i;
    while (isKnown[at] === 0) {
      path.push(at);
      // Mark it before following the reply, so that ids that form a circle end the loop.
      isKnown[at] = 1;
      roots[at] = at;
      const tweet = tweets[at];
      if (tweet === undefined || tweet.replyToId === null || tweet.isRetweet) break;
      const parent = byId.get(tweetKey(tweet.account, tweet.replyToId));
      if (parent === undefined || parent === at) break;
      at = parent;
    }
    const root = roots[at] ?? at;
    for (const below of path) roots[below] = root;
  }
  return roots;
}

/** Tells whether a reply is to its own author, judging by ids and names. */
function selfReplies(
  tweets: readonly RawTweet[],
  accounts: readonly Account[],
  threads: Uint32Array,
): (i: number) => boolean {
  const names = accounts.map(({ username }) => username?.toLowerCase() ?? null);
  // The tweets of a thread reply to their author, which reveals the author's id.
  const ownIds = new Set<string>();
  for (const [i, { account, replyToUserId }] of tweets.entries()) {
    if (threads[i] !== i && replyToUserId !== null) ownIds.add(tweetKey(account, replyToUserId));
  }
  return (i) => {
    const tweet = tweets[i];
    if (tweet === undefined) return false;
    const { account, replyToUserId, replyToUser } = tweet;
    if (threads[i] !== i) return true;
    if (replyToUserId !== null && ownIds.has(tweetKey(account, replyToUserId))) return true;
    return replyToUser !== null && replyToUser.toLowerCase() === names[account];
  };
}

/** Every version of an edited tweet except the newest. */
function supersededVersions(tweets: readonly RawTweet[]): readonly number[] {
  const newest = new Map<string, number>();
  const superseded: number[] = [];
  const isEdit = new Set(
    tweets.flatMap(({ account, editOf }) => (editOf === null ? [] : [tweetKey(account, editOf)])),
  );
  for (const [i, { account, id, editOf }] of tweets.entries()) {
    const first = editOf ?? id;
    if (first === null) continue;
    const key = tweetKey(account, first);
    if (!isEdit.has(key)) continue;
    const before = newest.get(key);
    if (before === undefined) {
      newest.set(key, i);
    } else if (isLater(tweets[i], tweets[before])) {
      superseded.push(before);
      newest.set(key, i);
    } else {
      superseded.push(i);
    }
  }
  return superseded;
}

/** Compares ids, which grow with time and differ between versions of the same second. */
function isLater(a: RawTweet | undefined, b: RawTweet | undefined): boolean {
  const [left, right] = [a?.id ?? '', b?.id ?? ''];
  return left.length === right.length ? left > right : left.length > right.length;
}
