/** Tweets as they are stored, and tweets that join others. */

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { joinTweets } from '../../../src/archive/join-tweets.ts';
import type { ReadTweets } from '../../../src/archive/read-tweets.ts';
import { parseStoredTweet, toStoredTweet } from '../../../src/archive/stored-tweet.ts';
import { NO_FIELDS, type RawTweet } from '../../../src/archive/formats/tweet.ts';
import { ParseError } from '../../../src/core/parse.ts';

const seed = 20261122;
const text = fc.option(fc.string({ unit: 'binary' }));
const anyTweet: fc.Arbitrary<RawTweet> = fc.record({
  text: fc.string({ unit: 'binary' }),
  isEscaped: fc.boolean(),
  id: text,
  createdAt: fc.option(fc.integer()),
  account: fc.nat(),
  replyToId: text,
  replyToUserId: text,
  replyToUser: text,
  isRetweet: fc.boolean(),
  isQuote: fc.boolean(),
  likes: fc.option(fc.nat()),
  language: text,
  editOf: text,
  quoteOfId: text,
  kind: fc.constantFrom('tweet', 'note', 'community', 'circle', 'deleted', 'unmarked'),
});

test(`a stored tweet reads back the same (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyTweet, (tweet) => {
      const row: unknown = JSON.parse(JSON.stringify(toStoredTweet(tweet)));
      expect(parseStoredTweet(row, 'row')).toEqual(tweet);
    }),
    { seed },
  );
});

test.each([null, {}, [], [1, 0, 1, 0], ['t', -1, 1, 0], ['t', 0, 1, 9], ['t', 0, 1, 0, 5]])(
  'a row such as %j is refused, and not quoted',
  (row) => {
    expect(() => parseStoredTweet(row, 'row')).toThrow(ParseError);
  },
);

describe('tweets that join others', () => {
  const account = (username: string | null, label = `@${username}`) => ({
    username,
    displayName: null,
    label,
    avatar: null,
  });
  const read = (
    accounts: ReadTweets['accounts'],
    tweets: readonly (readonly [account: number, id: string | null, text: string])[],
  ): ReadTweets => ({
    files: ['f'],
    accounts,
    tweets: tweets.map(([of, id, text]) => ({ ...NO_FIELDS, text, account: of, id })),
    damaged: 1,
    warnings: [],
  });

  it('find their account by its name, and are not there twice', () => {
    const first = read(
      [account('a'), account('b')],
      [
        [0, '1', 'a one'],
        [1, '1', 'b one'],
        [1, null, 'b says'],
      ],
    );
    const more = read(
      [account('B'), account('c'), account('A')],
      [
        [0, '1', 'b one'],
        [0, '2', 'b two'],
        [0, null, 'b says'],
        [1, '1', 'c one'],
        [2, '1', 'a one'],
      ],
    );
    const joined = joinTweets(first, more);
    expect(joined.accounts.map(({ label }) => label)).toEqual(['@a', '@b', '@c']);
    expect(joined.tweets.map(({ account: of, text: said }) => [of, said])).toEqual([
      [0, 'a one'],
      [1, 'b one'],
      [1, 'b says'],
      [1, 'b two'],
      [2, 'c one'],
    ]);
    expect(joined).toMatchObject({ damaged: 2, files: ['f'] });
    expect(joined.added).toEqual({ tweets: 2, repeated: 3, lengthened: 0 });
    // Where each that was brought is now; one without an id could be any of its kind.
    expect(joined.indices).toEqual([1, 3, -1, 4, 0]);
  });

  it('without ids are as many as the one or the other had of the same words', () => {
    const first = read(
      [account('a')],
      [
        [0, null, 'same'],
        [0, null, 'same'],
        [0, null, 'old'],
      ],
    );
    const more = read(
      [account('a')],
      [
        [0, null, 'same'],
        [0, null, 'same'],
        [0, null, 'same'],
        [0, null, 'new'],
      ],
    );
    const { tweets, added } = joinTweets(first, more);
    expect(tweets.map(({ text: said }) => said)).toEqual(['same', 'same', 'old', 'same', 'new']);
    expect(added).toEqual({ tweets: 2, repeated: 2, lengthened: 0 });
  });

  it('that have been edited are new, and more likes are taken over', () => {
    const first = read([account('a')], [[0, '1', 'a tpyo']]);
    const brought = read(
      [account('a')],
      [
        [0, '1', 'a tpyo'],
        [0, '2', 'a typo'],
      ],
    );
    const more = {
      ...brought,
      tweets: brought.tweets.map((tweet) =>
        tweet.id === '1' ? { ...tweet, likes: 7 } : { ...tweet, editOf: '1' },
      ),
    };
    const { tweets, added } = joinTweets(first, more);
    expect(tweets.map(({ id, likes }) => [id, likes])).toEqual([
      ['1', 7],
      ['2', tweets[1]?.likes],
    ]);
    expect(added).toEqual({ tweets: 1, repeated: 1, lengthened: 0 });
  });

  it('bring the whole of what was there in part, and never the other way', () => {
    const part = read([account('a')], [[0, '1', 'the start…']]);
    const { tweets, ...rest } = read([account('A')], [[0, '1', 'the start and the end']]);
    const whole: ReadTweets = {
      ...rest,
      tweets: tweets.map((tweet) => ({ ...tweet, kind: 'note' })),
    };
    for (const joined of [joinTweets(part, whole), joinTweets(whole, part)]) {
      expect(joined.tweets.map(({ text: said }) => said)).toEqual(['the start and the end']);
    }
  });
});
