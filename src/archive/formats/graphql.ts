/**
 * Tweets as X's own page receives them from its GraphQL API, which browser extensions save. The
 * tweet is in `legacy`, its author in `core`, the full text of a long one in `note_tweet`, and all
 * of it is nested deeply in a timeline.
 */

import { fieldsOfRecord } from './named-fields.ts';
import { type Author, nestedAuthor } from './author.ts';
import { type Found, parseTweet, type TweetKind } from './tweet.ts';
import { type Fields, idOf, isRecord, stringOf, usernameOf } from './values.ts';

/** Returns undefined if `value` is not a tweet of the GraphQL API, nor a placeholder for one. */
export function parseGraphQLTweet(value: Fields, kind: TweetKind): Found | undefined {
  const { __typename: type, legacy } = value;
  if (type === 'TweetTombstone' || type === 'TweetUnavailable') return 'other';
  if (type === 'TweetWithVisibilityResults' && isRecord(value.tweet)) {
    return parseGraphQLTweet(value.tweet, kind);
  }
  if (!isRecord(legacy) || !('full_text' in legacy || 'text' in legacy)) return undefined;
  const found = parseTweet(legacy, kind);
  if (found === null || found === 'other') return found;
  const { tweet, author } = found;
  const id = tweet.id ?? idOf(value.rest_id);
  return {
    tweet: {
      ...tweet,
      text: wholeText(value.note_tweet) ?? tweet.text,
      id,
      isQuote: tweet.isQuote || isRecord(value.quoted_status_result),
      quoteOfId: tweet.quoteOfId ?? idOf(pathIn(value.quoted_status_result, 'result', 'rest_id')),
      editOf: firstVersion(value.edit_control, id),
    },
    author: authorIn(value.core) ?? author,
  };
}

function wholeText(note: unknown): string | null {
  const text = pathIn(note, 'note_tweet_results', 'result', 'text');
  return typeof text === 'string' ? text : null;
}

function authorIn(core: unknown): Author | null {
  const user = pathIn(core, 'user_results', 'result') ?? pathIn(core, 'user_result', 'result');
  if (!isRecord(user)) return null;
  const names = [user.core, user.legacy].filter(isRecord).map(fieldsOfRecord);
  const first = <T>(name: 'username' | 'displayName', parse: (value: unknown) => T | null) =>
    names.map((fields) => fields.first(name, parse)).find((found) => found !== null) ?? null;
  const author = {
    id: idOf(user.rest_id),
    username: first('username', usernameOf),
    displayName: first('displayName', stringOf),
  };
  return author.username === null && author.id === null ? nestedAuthor(user) : author;
}

function firstVersion(control: unknown, id: string | null): string | null {
  const ids =
    pathIn(control, 'edit_tweet_ids') ?? pathIn(control, 'edit_control_initial', 'edit_tweet_ids');
  const first = Array.isArray(ids) ? idOf(ids[0]) : null;
  return first === id ? null : first;
}

function pathIn(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) at = isRecord(at) ? at[key] : undefined;
  return at;
}

/** A timeline has about 12 levels. */
const MAX_DEPTH = 24;
const OF_OTHERS =
  /^(?:quoted|retweeted|includes|user_results?$|like|dm|direct|message|inbox|(?:conversation|bookmark|mention|draft|notification)s?$)/i;

/** Whether the value of this key is somebody else's tweet, or private. */
export function isOfOthers(key: string): boolean {
  return OF_OTHERS.test(key);
}

/**
 * Whether it is an answer of the GraphQL API. Some contain only users, or where the next page
 * starts.
 */
export function isGraphQLAnswer(value: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return false;
  if ('__typename' in value || 'instructions' in value) return true;
  return Object.values(value).some((inner) => isGraphQLAnswer(inner, depth + 1));
}

/** All tweets in an answer of the GraphQL API in their order, without advertisements. */
export function* graphQLTweetsIn(value: unknown, depth = 0): Generator<Fields> {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* graphQLTweetsIn(item, depth + 1);
    return;
  }
  if ('promotedMetadata' in value) return;
  for (const [key, inner] of Object.entries(value)) {
    const isTweet = key === 'tweet_results' || key === 'tweetResult' || key === 'tweet_result';
    const result = isTweet && isRecord(inner) ? inner.result : null;
    if (isRecord(result)) yield result;
    else if (!isOfOthers(key)) yield* graphQLTweetsIn(inner, depth + 1);
  }
}
