/** Adding tweets to those that are there: accounts are matched by name, and repeats come once. */

import type { AddedTweets } from '../protocol/datasets.ts';
import type { RawTweet } from './formats/tweet.ts';
import type { Account } from './opening/source.ts';
import type { ReadTweets } from './read-tweets.ts';

export interface JoinedTweets extends ReadTweets {
  readonly added: AddedTweets;
  /** For each tweet that was brought, its index now; -1 if one without an id was there already. */
  readonly indices: readonly number[];
}

/**
 * `more` after `first`. An account of the same user name (or, where none is known, of the same
 * label) is the same account.
 *
 * A tweet whose id its account has already is the same tweet: the longer text of the two is kept, as
 * one archive may have cut what another has whole, and the higher count of likes. An edited tweet has
 * an id of its own and is added; the filters decide about its older versions. A tweet without an id
 * is the same as one of the same account with the same text and time, and as many of those are kept
 * as the one or the other had.
 *
 * The tweets of `first` keep their places, as what the user decided about them goes by those.
 */
export function joinTweets(first: ReadTweets, more: ReadTweets): JoinedTweets {
  const accounts: Account[] = [...first.accounts];
  const places = more.accounts.map((account) => {
    const place = accounts.findIndex((known) => nameOf(known) === nameOf(account));
    return place >= 0 ? place : accounts.push(account) - 1;
  });
  const tweets = [...first.tweets];
  const byId = new Map<string, number>();
  const withoutId = new Map<string, number>();
  for (const [i, tweet] of tweets.entries()) {
    const key = keyOf(tweet, tweet.account);
    if (tweet.id !== null) byId.set(key, i);
    else withoutId.set(key, 1 + (withoutId.get(key) ?? 0));
  }
  let repeated = 0;
  let lengthened = 0;
  const indices: number[] = [];
  for (const tweet of more.tweets) {
    const account = places[tweet.account] ?? 0;
    const key = keyOf(tweet, account);
    const index = tweet.id === null ? undefined : byId.get(key);
    const known = index === undefined ? undefined : tweets[index];
    const left = tweet.id === null ? (withoutId.get(key) ?? 0) : 0;
    indices.push(index ?? (left > 0 ? -1 : tweets.length));
    if (index !== undefined && known !== undefined) {
      const isLonger = tweet.text.length > known.text.length;
      if (isLonger) lengthened++;
      else repeated++;
      const likes = maxOf(known.likes, tweet.likes);
      tweets[index] = { ...(isLonger ? tweet : known), account, likes };
    } else if (left > 0) {
      withoutId.set(key, left - 1);
      repeated++;
    } else {
      if (tweet.id !== null) byId.set(key, tweets.length);
      tweets.push({ ...tweet, account });
    }
  }
  return {
    files: [...new Set([...first.files, ...more.files])],
    accounts,
    tweets,
    damaged: first.damaged + more.damaged,
    warnings: [...first.warnings, ...more.warnings],
    indices,
    added: { tweets: tweets.length - first.tweets.length, repeated, lengthened },
  };
}

function keyOf({ id, createdAt, text }: RawTweet, account: number): string {
  return id === null ? `${account} ${createdAt} ${text}` : `${account} ${id}`;
}

function maxOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function nameOf({ username, label }: Account): string {
  return username === null ? label : `@${username.toLowerCase()}`;
}
