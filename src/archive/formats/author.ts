/** Who wrote a tweet, or retweeted it, as far as its fields name somebody. */

import { fieldsOfRecord, type NamedFields } from './named-fields.ts';
import { idOf, isRecord, stringOf, usernameOf } from './values.ts';

/** The author of a tweet, as far as the tweet names it. */
export interface Author {
  readonly id: string | null;
  readonly username: string | null;
  readonly displayName: string | null;
}

/** The author of a tweet, as far as its fields name it. */
export function authorOf(fields: NamedFields): Author | null {
  if (!fields.index.namesAuthor) return null;
  const id = fields.first('authorId', idOf);
  const nested = fields.first('author', nestedAuthor);
  const username = fields.first('username', usernameOf) ?? fields.first('author', usernameOf);
  if (nested !== null) {
    return { ...nested, id: nested.id ?? id, username: nested.username ?? username };
  }
  if (id === null && username === null) return null;
  return { id, username, displayName: fields.first('displayName', stringOf) };
}

export function nestedAuthor(value: unknown): Author | null {
  if (!isRecord(value)) return null;
  const fields = fieldsOfRecord(value);
  const author = {
    id: fields.first('id', idOf),
    username: fields.first('username', usernameOf),
    displayName: fields.first('displayName', stringOf),
  };
  return author.id === null && author.username === null ? null : author;
}

/**
 * Who retweeted it; null if unknown. If the text doesn't begin with `RT @` and the original tweet
 * isn't nested in the retweet, the author in the fields is the author of the original.
 */
export function retweeterOf(fields: NamedFields, text: string): Author | null {
  const username = fields.first('retweetedBy', usernameOf);
  if (username !== null) return { id: null, username, displayName: null };
  const hasOriginal = fields.hasAny('retweetOf', isRecord) || fields.hasAny('retweet', isRecord);
  const [, original] = /^RT @(\w+)/.exec(text) ?? [];
  if (!hasOriginal && original === undefined) return null;
  const author = authorOf(fields);
  const isByOriginal = original?.toLowerCase() === author?.username?.toLowerCase();
  return original !== undefined && isByOriginal ? null : author;
}

/** The name of a user, or of the first user of a list. */
export function nameOfUser(value: unknown): string | null {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isRecord(one) ? (nestedAuthor(one)?.username ?? null) : usernameOf(one);
}
