/** A tweet as it is stored: a row of JSON without names, and back. What is read back is foreign. */

import { must } from '../core/assert.ts';
import {
  integerFrom,
  nullable,
  ParseError,
  type Parser,
  parseCount,
  parseNumber,
  parseString,
} from '../core/parse.ts';
import type { RawTweet, TweetKind } from './formats/tweet.ts';

const KINDS: readonly TweetKind[] = ['tweet', 'note', 'community', 'circle', 'deleted', 'unmarked'];
const ESCAPED = 1;
const RETWEET = 2;
const QUOTE = 4;

/** What stands where in a row, for errors. */
const FIELDS = [
  'text',
  'account',
  'flags',
  'kind',
  'id',
  'createdAt',
  'likes',
  'language',
  'replyToId',
  'replyToUserId',
  'replyToUser',
  'editOf',
  'quoteOfId',
] as const;

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
    tweet.quoteOfId,
  ];
  while (row.at(-1) === null) row.pop();
  return row;
}

/** @throws {@link ParseError} naming the field, never its content. */
export const parseStoredTweet: Parser<RawTweet> = (value, path) => {
  if (!Array.isArray(value)) throw new ParseError(path, { be: 'array' });
  const row: readonly unknown[] = value;
  // The same string for every tweet: a path for each would be millions of strings.
  const at = <T>(field: number, parse: Parser<T>): T =>
    parse(row[field] ?? null, FIELDS[field] ?? path);
  const flags = at(2, parseCount);
  return {
    text: at(0, parseString),
    account: at(1, parseCount),
    isEscaped: (flags & ESCAPED) !== 0,
    isRetweet: (flags & RETWEET) !== 0,
    isQuote: (flags & QUOTE) !== 0,
    kind: must(KINDS[at(3, integerFrom(0, KINDS.length - 1))], 'a kind'),
    id: at(4, nullable(parseString)),
    createdAt: at(5, nullable(parseNumber)),
    likes: at(6, nullable(parseNumber)),
    language: at(7, nullable(parseString)),
    replyToId: at(8, nullable(parseString)),
    replyToUserId: at(9, nullable(parseString)),
    replyToUser: at(10, nullable(parseString)),
    editOf: at(11, nullable(parseString)),
    quoteOfId: at(12, nullable(parseString)),
  };
};
