/** Tweets that join others: accounts matched by name, what is there already left out. */

import type { ReadTweets } from './read-tweets.ts';
import type { Account } from './opening/source.ts';

/**
 * `more` after `first`. An account of the same user name (or, where none is known, of the same
 * label) is the same account. A tweet whose id its account has already isn't added again, but may
 * bring the whole of a long one; one without an id always is.
 */
export function joinTweets(first: ReadTweets, more: ReadTweets): ReadTweets {
  const accounts: Account[] = [...first.accounts];
  const places = more.accounts.map((account) => {
    const place = accounts.findIndex((known) => nameOf(known) === nameOf(account));
    return place >= 0 ? place : accounts.push(account) - 1;
  });
  const tweets = [...first.tweets];
  const there = new Map(tweets.map(({ account, id }, i) => [`${account} ${id}`, i]));
  for (const tweet of more.tweets) {
    const account = places[tweet.account] ?? 0;
    const index = tweet.id === null ? undefined : there.get(`${account} ${tweet.id}`);
    if (index === undefined) tweets.push({ ...tweet, account });
    else if (tweet.kind === 'note') tweets[index] = { ...tweet, account };
  }
  return {
    files: [...first.files, ...more.files],
    accounts,
    tweets,
    damaged: first.damaged + more.damaged,
    warnings: [...first.warnings, ...more.warnings],
  };
}

function nameOf({ username, label }: Account): string {
  return username === null ? label : `@${username.toLowerCase()}`;
}
