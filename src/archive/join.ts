/** Tweets that join others: accounts matched by name, what is there already left out. */

import type { ReadTweets } from './read.ts';
import type { Account } from './source.ts';

/**
 * `more` after `first`. An account of the same user name (or, where none is known, of the same
 * label) is the same account. A tweet whose id its account has already isn't added again; one
 * without an id always is.
 */
export function joinTweets(first: ReadTweets, more: ReadTweets): ReadTweets {
  const accounts: Account[] = [...first.accounts];
  const places = more.accounts.map((account) => {
    const place = accounts.findIndex((known) => nameOf(known) === nameOf(account));
    return place >= 0 ? place : accounts.push(account) - 1;
  });
  const there = new Set(first.tweets.map(({ account, id }) => `${account} ${id}`));
  const added = more.tweets.flatMap((tweet) => {
    const account = places[tweet.account] ?? 0;
    const isThere = tweet.id !== null && there.has(`${account} ${tweet.id}`);
    return isThere ? [] : [{ ...tweet, account }];
  });
  return {
    files: [...first.files, ...more.files],
    accounts,
    tweets: [...first.tweets, ...added],
    damaged: first.damaged + more.damaged,
    warnings: [...first.warnings, ...more.warnings],
  };
}

function nameOf({ username, label }: Account): string {
  return username === null ? label : `@${username.toLowerCase()}`;
}
