/** Tells what an element of JSON is, whatever it came from. */

import { parseBluesky } from './bluesky.ts';
import { parseMastodon } from './mastodon.ts';
import {
  type Author,
  authorOf,
  isRecord,
  parseTweet,
  type RawTweet,
  type TweetKind,
} from './tweet.ts';

export type OnTweet = (tweet: RawTweet, author: Author | null) => void;

/** Keys under which a page of an API's answers has its tweets. */
const PAGE_KEYS = [
  'data',
  'tweets',
  'statuses',
  'orderedItems',
  'feed',
  'records',
  'posts',
  'items',
];

/**
 * Hands on every tweet that `value` is or holds; false when it is or holds what should be one and
 * isn't, or nothing of the kind at all.
 */
export function tweetsIn(value: unknown, kind: TweetKind, onTweet: OnTweet, depth = 0): boolean {
  if (!isRecord(value)) {
    const tweet = parseTweet(value, kind);
    if (tweet !== null) onTweet(tweet, null);
    return tweet !== null;
  }
  const found = isRecord(value.tweet) ? undefined : (parseBluesky(value) ?? parseMastodon(value));
  if (found === 'other') return true;
  if (found) {
    onTweet(found.tweet, found.author);
    return true;
  }
  if (found === null) return false;
  const tweet = parseTweet(value, kind);
  if (tweet !== null) {
    onTweet(tweet, authorOf(value));
    return true;
  }
  return depth === 0 && isPage(value, kind, onTweet);
}

/** One answer of an API, as `twarc` writes them a line each. */
function isPage(
  value: Readonly<Record<string, unknown>>,
  kind: TweetKind,
  onTweet: OnTweet,
): boolean {
  const users = usersIn(value);
  let isAny = false;
  for (const key of PAGE_KEYS) {
    const items: unknown = value[key];
    const isOne = key === 'data' && isRecord(items);
    if (!Array.isArray(items) && !isOne) continue;
    const onItem: OnTweet = (tweet, author) => onTweet(tweet, known(author, users));
    const found = [items].flat().map((item) => tweetsIn(item, kind, onItem, 1));
    // What is called `data` is anything: one of it has to be a tweet.
    isAny ||= !isOne || found.includes(true);
  }
  return isAny;
}

/** The users that version 2 of the API puts beside the tweets, by id. */
export function usersIn(page: unknown): ReadonlyMap<string, Author> {
  const users = new Map<string, Author>();
  const includes = isRecord(page) ? page.includes : null;
  const list = isRecord(includes) && Array.isArray(includes.users) ? includes.users : [];
  for (const user of list) {
    const author = isRecord(user) ? authorOf({ user }) : null;
    if (author?.id) users.set(author.id, author);
  }
  return users;
}

function known(author: Author | null, users: ReadonlyMap<string, Author>): Author | null {
  return (author?.id ? users.get(author.id) : null) ?? author;
}
