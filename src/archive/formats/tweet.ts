/** One tweet with its fields, from whatever object or row a source has for it. */

import { fieldsOfRecord, type NamedFields } from './named-fields.ts';
import { parseDateAndClock, parseTime } from './time.ts';
import {
  countOf,
  type Fields,
  idInLink,
  idOf,
  isRecord,
  isSomething,
  isSomethingElseThanCount,
  isTrue,
  languageOf,
  stringOf,
  usernameOf,
} from './values.ts';

/** One tweet as its source has it. */
export interface RawTweet {
  /** Still HTML-escaped where the source escapes, as archives do; links are t.co ones. */
  readonly text: string;
  /** Whether HTML entities in `text` are to be decoded. */
  readonly isEscaped: boolean;
  readonly id: string | null;
  /** Milliseconds since 1970; null where missing or nonsense. */
  readonly createdAt: number | null;
  /** Index into `ReadTweets.accounts`. */
  readonly account: number;
  readonly replyToId: string | null;
  readonly replyToUserId: string | null;
  /** Screen name, without the `@`. */
  readonly replyToUser: string | null;
  /** What the source itself says; a modern archive says nothing, and only the text tells. */
  readonly isRetweet: boolean;
  readonly isQuote: boolean;
  readonly likes: number | null;
  /** A language tag; null for none and for what stands for none (`und`, `zxx`, `qme`). */
  readonly language: string | null;
  /** Id of the first version, when this is a later one. */
  readonly editOf: string | null;
  readonly kind: TweetKind;
}

/** `unmarked`: of a service with private posts, and without a word on who could see it. */
export type TweetKind = 'tweet' | 'note' | 'community' | 'circle' | 'deleted' | 'unmarked';

/** Who wrote it, where the tweet itself says so. */
export interface Author {
  readonly id: string | null;
  readonly username: string | null;
  readonly displayName: string | null;
}

export interface FoundTweet {
  readonly tweet: RawTweet;
  /** Null where only the file may tell. */
  readonly author: Author | null;
  /** Whether `text` is neither HTML nor to be looked at again: its form is known. */
  readonly isFormKnown?: boolean;
}

/**
 * A tweet; `other` for what is rightly there and no tweet of the account, such as a like or a direct
 * message; null for what should be a tweet and isn't.
 */
export type Found = FoundTweet | 'other' | null;

/** A tweet of which nothing but the text is known. */
export const NO_FIELDS: Omit<RawTweet, 'text'> = {
  isEscaped: true,
  id: null,
  createdAt: null,
  account: 0,
  replyToId: null,
  replyToUserId: null,
  replyToUser: null,
  isRetweet: false,
  isQuote: false,
  likes: null,
  language: null,
  editOf: null,
  kind: 'tweet',
};

/** What an object says of its tweet in objects of its own, which a row has no place for. */
interface Nested {
  /** The whole of a long text. */
  readonly text: string | null;
  readonly references: Record<Reference, string | null>;
  readonly linksToTweet: boolean;
  readonly likes: number | null;
  readonly firstVersion: string | null;
}

const NOTHING_NESTED: Nested = {
  text: null,
  references: { replied_to: null, retweeted: null, quoted: null },
  linksToTweet: false,
  likes: null,
  firstVersion: null,
};

/** The tweet that a row or a plain object is. Whose account it is of is left to the caller: 0. */
export function tweetOf(
  fields: NamedFields,
  kind: TweetKind,
  nested: Nested = NOTHING_NESTED,
): Found {
  if (fields.valuesOf('message').length > 0) return 'other';
  const id = fields.first('id', idOf) ?? fields.first('link', idInLink);
  const createdAt = timeOf(fields);
  const isTweet = createdAt !== null || (id !== null && /^\d+$/.test(id));
  const text = textOf(fields, isTweet);
  if (text === null) return null;
  const visibleKind = kindSeenBy(fields.valuesOf('visibility'), kind);
  if (visibleKind === null) return 'other';
  const { references } = nested;
  const isRetweet = references.retweeted !== null || isMarkedRetweet(fields);
  const isUnknownAuthor = isRetweet && references.retweeted === null;
  return {
    // Written out, as this is done for every tweet of an archive.
    tweet: {
      text: nested.text ?? text,
      isEscaped: true,
      id,
      createdAt,
      account: 0,
      replyToId: fields.first('replyToId', idOf) ?? references.replied_to,
      replyToUserId: fields.first('replyToUserId', idOf),
      replyToUser: fields.first('replyToUser', nameOfUser),
      isRetweet,
      isQuote: references.quoted !== null || nested.linksToTweet || isMarkedQuote(fields),
      likes: fields.first('likes', countOf) ?? nested.likes,
      language: fields.first('language', languageOf),
      editOf: nested.firstVersion === id ? null : nested.firstVersion,
      kind: visibleKind,
    },
    author: isUnknownAuthor ? retweeterOf(fields, text) : authorOf(fields),
  };
}

/**
 * The tweet that an object is, which may hold it as its `tweet` alone, as archives have them, and may
 * have more of it in objects of its own, as the API's versions 1.1 and 2 have.
 */
export function parseTweet(value: Fields, kind: TweetKind = 'tweet'): Found {
  const tweet = isRecord(value.tweet) ? value.tweet : value;
  const found = tweetOf(fieldsOfRecord(tweet), kind, nestedIn(tweet));
  if (tweet === value || found === null || found === 'other' || found.author !== null) return found;
  const author = authorOf(fieldsOfRecord(value));
  return author === null ? found : { tweet: found.tweet, author };
}

function nestedIn(tweet: Fields): Nested {
  const { note_tweet: note, extended_tweet: extended, referenced_tweets: references } = tweet;
  const whole =
    (isRecord(note) ? note.text : undefined) ??
    (isRecord(extended) ? extended.full_text : undefined);
  return {
    text: typeof whole === 'string' ? whole : null,
    references: references === undefined ? NOTHING_NESTED.references : referencesOf(references),
    linksToTweet: linksToTweet(tweet.entities),
    likes: likesIn(tweet.public_metrics, 'like_count') ?? likesIn(tweet.stats, 'likes'),
    firstVersion: firstVersion(tweet),
  };
}

/** Whose a tweet is, as far as it says so itself. */
export function authorOf(fields: NamedFields): Author | null {
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
 * Who retweeted it. Where the text is that of the other, without `RT @`, and what was retweeted isn't
 * a tweet of its own beside it, the author given is the other.
 */
function retweeterOf(fields: NamedFields, text: string): Author | null {
  const username = fields.first('retweetedBy', usernameOf);
  if (username !== null) return { id: null, username, displayName: null };
  const hasOriginal = fields.hasAny('retweetOf', isRecord) || fields.hasAny('retweet', isRecord);
  const [, original] = /^RT @(\w+)/.exec(text) ?? [];
  if (!hasOriginal && original === undefined) return null;
  const author = authorOf(fields);
  const isByOriginal = original?.toLowerCase() === author?.username?.toLowerCase();
  return original !== undefined && isByOriginal ? null : author;
}

function isMarkedQuote(fields: NamedFields): boolean {
  return (
    fields.hasAny('isQuote', isTrue) ||
    fields.hasAny('quoteOf', isSomething) ||
    fields.hasAny('quote', isSomethingElseThanCount) ||
    fields.hasAny('sort', (value) => value === 'quote' || value === 'quoted')
  );
}

function isMarkedRetweet(fields: NamedFields): boolean {
  return (
    fields.hasAny('isRetweet', (value) => isTrue(value) || isRecord(value)) ||
    fields.hasAny('retweetOf', isSomething) ||
    fields.hasAny('retweet', isSomethingElseThanCount) ||
    fields.hasAny(
      'sort',
      (value) => typeof value === 'string' && /^(?:retweet|repost|reblog)/i.test(value),
    )
  );
}

/**
 * A picture alone has no text: some tools write null for that, and a ragged row of a table leaves it
 * out. Null for what is no tweet.
 */
function textOf(fields: NamedFields, isTweet: boolean): string | null {
  let text: string | null = null;
  for (const value of fields.valuesOf('text')) {
    if (typeof value === 'string') {
      if (value.trim() !== '') return value;
      text ??= value;
    } else if ((value === null || value === undefined) && isTweet) text ??= '';
  }
  return text;
}

function timeOf(fields: NamedFields): number | null {
  const clocks = fields.valuesOf('clock');
  if (clocks.length === 0) return fields.first('time', parseTime);
  return fields.first('time', (date) => parseDateAndClock(date, clocks[0]));
}

/** Null for what only those it names can see, or what can't be told. */
function kindSeenBy(visibilities: readonly unknown[], kind: TweetKind): TweetKind | null {
  for (const value of visibilities) {
    const word = isRecord(value) ? value.value : value;
    // A number is how often it was seen.
    if (typeof word === 'string' && /[a-z]/i.test(word)) return kindOfVisibility(word, kind);
  }
  return kind;
}

/** Null for what only those it names can see, and for words that aren't known. */
export function kindOfVisibility(visibility: string, kind: TweetKind = 'tweet'): TweetKind | null {
  const word = visibility.trim().toLowerCase();
  if (/^(?:public|unlisted|home|everyone)$/.test(word)) return kind;
  return /^(?:private|followers|followers_only|protected)$/.test(word) ? 'circle' : null;
}

function nameOfUser(value: unknown): string | null {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isRecord(one) ? (nestedAuthor(one)?.username ?? null) : usernameOf(one);
}

type Reference = 'replied_to' | 'retweeted' | 'quoted';

function referencesOf(value: unknown): Record<Reference, string | null> {
  const found: Record<Reference, string | null> = {
    replied_to: null,
    retweeted: null,
    quoted: null,
  };
  for (const reference of Array.isArray(value) ? value : []) {
    if (!isRecord(reference)) continue;
    const { type } = reference;
    if (type === 'replied_to' || type === 'retweeted' || type === 'quoted') {
      found[type] = stringOf(reference.id);
    }
  }
  return found;
}

function likesIn(value: unknown, name: string): number | null {
  return isRecord(value) ? countOf(value[name]) : null;
}

const TWEET_LINK = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/\w+\/status\/\d+(?:\?|$)/;

/** An archive marks no quote, but the tweet quoted is the last thing linked to. */
function linksToTweet(entities: unknown): boolean {
  const urls = isRecord(entities) ? entities.urls : null;
  const last: unknown = Array.isArray(urls) ? urls.at(-1) : null;
  const link = isRecord(last) ? last.expanded_url : null;
  return typeof link === 'string' && TWEET_LINK.test(link);
}

function firstVersion(tweet: Fields): string | null {
  const { edit_info: info, edit_history_tweet_ids: history } = tweet;
  const edit = isRecord(info) ? info.edit : null;
  return stringOf(Array.isArray(history) ? history[0] : isRecord(edit) && edit.initialTweetId);
}
