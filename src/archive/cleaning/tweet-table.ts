/**
 * The tweets of a dataset with what cleaning wants to know of each, worked out once: so that 100,000
 * of them are judged anew in a moment when a filter changes.
 */

import { NO_LANGUAGE } from '../../domain/cleaning.ts';
import { cleanTweet, hashtagsIn, hasMention, isEmojiOnly, isRetweet } from './clean-text.ts';
import { hasLink } from './links.ts';
import { countWords } from './words.ts';
import type { Account } from '../opening/source.ts';
import type { RawTweet } from '../formats/tweet.ts';

/** What a tweet is or has: bits of {@link TweetTable.traits}. */
export const TRAIT = {
  retweet: 1,
  /** To somebody else. */
  reply: 2,
  quote: 4,
  /** A later version of it is there. */
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
  /** By tweet: its text as huggingtweets cleans it. */
  readonly texts: readonly string[];
  /** By tweet: words of that text that count against a minimum. */
  readonly words: Uint16Array;
  /** By tweet: code points of that text. */
  readonly characters: Uint32Array;
  readonly traits: Uint16Array;
  /**
   * By tweet: the first tweet of the thread it belongs to, itself where it begins one or stands
   * alone. A thread is a tweet and all that its author wrote below it.
   */
  readonly threads: Uint32Array;
  /** By tweet: index into {@link languages}. */
  readonly language: Uint8Array;
  /** Codes, {@link NO_LANGUAGE} among them; at most 255 and the rest as that. */
  readonly languages: readonly string[];
}

/** Tweets looked at in one go: some 20 ms. */
const BATCH = 5_000;

/** @param pause Awaited now and then, so that others get a turn; may throw. */
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
  const threads = findThreads(tweets);
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
  return { accounts, tweets, texts, words, characters, traits, threads, language, languages };
}

/** Of well-formed text, where every low surrogate is the second half of a pair. */
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
  // Many exports hold the text alone.
  return isMarked || /^@\w/.test(tweet.text);
}

/** One id can be two tweets of two accounts. */
function tweetKey(account: number, id: string): string {
  return `${account} ${id}`;
}

function findThreads(tweets: readonly RawTweet[]): Uint32Array {
  const byId = new Map<string, number>();
  for (const [i, { account, id }] of tweets.entries()) {
    if (id !== null) byId.set(tweetKey(account, id), i);
  }
  const roots = new Uint32Array(tweets.length);
  const isKnown = new Uint8Array(tweets.length);
  for (let i = 0; i < tweets.length; i++) {
    const path: number[] = [];
    let at = i;
    while (isKnown[at] === 0) {
      path.push(at);
      // Marked at once: ids that point in a circle end it here.
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

/** Whether a reply is to its own author, as far as ids and names tell. */
function selfReplies(
  tweets: readonly RawTweet[],
  accounts: readonly Account[],
  threads: Uint32Array,
): (i: number) => boolean {
  const names = accounts.map(({ username }) => username?.toLowerCase() ?? null);
  // Whoever a thread's tweets reply to is their author.
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

/** All but the newest version of each edited tweet. */
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

/** By id, which grows with time and tells versions of one second apart. */
function isLater(a: RawTweet | undefined, b: RawTweet | undefined): boolean {
  const [left, right] = [a?.id ?? '', b?.id ?? ''];
  return left.length === right.length ? left > right : left.length > right.length;
}
