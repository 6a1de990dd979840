/**
 * Tells by its content whether an array holds tweets if its key isn't a known one: people and tools
 * wrap their tweets as `{"somebody": […]}` or `{"data": {"list": {"rows": […]}}}`.
 */

import { isOfOthers } from './graphql.ts';
import { isRecord } from './values.ts';

/** Lists of tweets by other people, and of what isn't published. */
const NOT_OWN =
  /like|favou?rite|bookmark|mention|comment|follow|block|mute|notification|draft|scheduled|saved|search|recommend|quoted|retweeted|chat|contact|mail|sms/i;
/** Such lists lie near the top; a tweet has arrays of its own further down. */
const MAX_DEPTH = 5;
/** How many elements are looked at. */
const MAX_TRIED = 5;

export type IsTweet = (value: unknown) => boolean;

/** What a list of plain texts must be called: an element alone doesn't tell that it is a tweet. */
const OF_TEXTS = /tweets|toots|posts/i;

/** @param path The keys to the array: what lies in `bookmarks` isn't somebody's own, whatever its key. */
export function isOwnList(
  path: readonly string[],
  items: readonly unknown[],
  isTweet: IsTweet,
): boolean {
  const tried = items.slice(0, MAX_TRIED);
  if (!path.every(isOwnKey)) return false;
  if (tried.every(isRecord)) return tried.some(isTweet);
  return OF_TEXTS.test(path.at(-1) ?? '') && tried.every(isString) && tried.some(isText);
}

function isString(item: unknown): item is string {
  return typeof item === 'string';
}

/** Whether it is neither an id nor a link: with a blank, or in another script. */
function isText(item: string): boolean {
  return /[^!-~]/.test(item);
}

/** The lists of tweets in an object, in their order. */
export function* ownListsIn(
  value: unknown,
  isTweet: IsTweet,
  depth = 0,
): Generator<readonly unknown[]> {
  if (!isRecord(value) || depth > MAX_DEPTH) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(inner)) {
      if (isOwnKey(key)) yield* ownListsIn(inner, isTweet, depth + 1);
    } else if (isOwnList([key], inner, isTweet)) yield inner;
  }
}

export function isOwnKey(key: string): boolean {
  return !isOfOthers(key) && !NOT_OWN.test(key);
}
