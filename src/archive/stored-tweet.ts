/** A tweet as it is stored: a row of JSON without names, and back. What is read back is foreign. */

import type { RawTweet, TweetKind } from './formats/tweet.ts';

const KINDS: readonly TweetKind[] = ['tweet', 'note', 'community', 'circle', 'deleted'];
const ESCAPED = 1;
const RETWEET = 2;
const QUOTE = 4;

/** Nulls at the end are left away: most tweets are no replies and no edits. */
export function toStoredTweet(tweet: RawTweet): readonly unknown[] {
  const flags =
    (tweet.isEscaped ? ESCAPED : 0) | (tweet.isRetweet ? RETWEET : 0) | (tweet.isQuote ? QUOTE : 0);
  const row: unknown[] = [
    tweet.text,
    tweet.account,
    flags,
    KINDS.indexOf(tweet.kind),
    tweet.id,
    tweet.createdAt,
    tweet.likes,
    tweet.language,
    tweet.replyToId,
    tweet.replyToUserId,
    tweet.replyToUser,
    tweet.editOf,
  ];
  while (row.at(-1) === null) row.pop();
  return row;
}

/** Throws a TypeError that names the field, never its content. */
export function parseStoredTweet(value: unknown): RawTweet {
  if (!Array.isArray(value)) throw new TypeError('not a row');
  const row: readonly unknown[] = value;
  const flags = countAt(row, 2);
  return {
    text: stringAt(row, 0) ?? wrong(0),
    account: countAt(row, 1),
    isEscaped: (flags & ESCAPED) !== 0,
    isRetweet: (flags & RETWEET) !== 0,
    isQuote: (flags & QUOTE) !== 0,
    kind: KINDS[countAt(row, 3)] ?? wrong(3),
    id: stringAt(row, 4),
    createdAt: numberAt(row, 5),
    likes: numberAt(row, 6),
    language: stringAt(row, 7),
    replyToId: stringAt(row, 8),
    replyToUserId: stringAt(row, 9),
    replyToUser: stringAt(row, 10),
    editOf: stringAt(row, 11),
  };
}

function wrong(field: number): never {
  throw new TypeError(`field ${field}`);
}

function stringAt(row: readonly unknown[], field: number): string | null {
  const value = row[field] ?? null;
  return value === null || typeof value === 'string' ? value : wrong(field);
}

function numberAt(row: readonly unknown[], field: number): number | null {
  const value = row[field] ?? null;
  return value === null || typeof value === 'number' ? value : wrong(field);
}

function countAt(row: readonly unknown[], field: number): number {
  const value = row[field];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : wrong(field);
}
