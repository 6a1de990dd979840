/** One tweet with its fields, and how to read it from an object or a row of a table. */

import { type Author, authorOf, nameOfUser, retweeterOf } from './author.ts';
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
} from './values.ts';

/** One tweet as its source contains it. */
export interface RawTweet {
  /** Still HTML-escaped if the source escapes, as archives do. Links are those of t.co. */
  readonly text: string;
  /** Whether HTML entities in `text` have to be decoded. */
  readonly isEscaped: boolean;
  readonly id: string | null;
  /** Milliseconds since 1970; null if missing or implausible. */
  readonly createdAt: number | null;
  /** Index into `ReadTweets.accounts`. */
  readonly account: number;
  readonly replyToId: string | null;
  readonly replyToUserId: string | null;
  /** Screen name, without the `@`. */
  readonly replyToUser: string | null;
  /**
   * Whether the source marks it as a retweet. Modern archives don't, and only the text shows it.
   */
  readonly isRetweet: boolean;
  readonly isQuote: boolean;
  /** The id of the tweet that it quotes, if the source names it. */
  readonly quoteOfId: string | null;
  readonly likes: number | null;
  /** A language tag; null for none, and for tags that mean none (`und`, `zxx`, `qme`). */
  readonly language: string | null;
  /** The id of the first version if this is a later one. */
  readonly editOf: string | null;
  readonly kind: TweetKind;
}

/** `unmarked`: from a service that has private posts, without information on who could see it. */
export type TweetKind = 'tweet' | 'note' | 'community' | 'circle' | 'deleted' | 'unmarked';

export interface FoundTweet {
  readonly tweet: RawTweet;
  /** Null if the tweet doesn't name its author. */
  readonly author: Author | null;
  /** Whether the form of `text` is known: it is plain text, and `isEscaped` is right. */
  readonly isFormKnown?: boolean;
}

/**
 * A tweet; `other` for something that is expected there and is no tweet of the account, such as a
 * like or a direct message; null for something that is not recognized as a tweet.
 */
export type Found = FoundTweet | 'other' | null;

/** The fields of a tweet of which only the text is known. */
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
  quoteOfId: null,
  likes: null,
  language: null,
  editOf: null,
  kind: 'tweet',
};

const isCalledMessage = (value: unknown) =>
  typeof value === 'string' && /message|chat/i.test(value);
const isCalledQuote = (value: unknown) => value === 'quote' || value === 'quoted';
const isCalledRetweet = (value: unknown) =>
  typeof value === 'string' && /^(?:retweet|repost|reblog)/i.test(value);

/** Messages are private, whoever wrote them. */
function isMessage(fields: NamedFields): boolean {
  if (!fields.index.hasMarks) return false;
  return fields.valuesOf('message').length > 0 || fields.hasAny('sort', isCalledMessage);
}

/** What an object has in nested objects. A row of a table has none. */
interface Nested {
  /** The full text of a long tweet. */
  readonly text: string | null;
  readonly references: Record<Reference, string | null>;
  /** The id in the last link, if that leads to a tweet. */
  readonly linkedTweet: string | null;
  readonly likes: number | null;
  readonly firstVersion: string | null;
}

const NOTHING_NESTED: Nested = {
  text: null,
  references: { replied_to: null, retweeted: null, quoted: null },
  linkedTweet: null,
  likes: null,
  firstVersion: null,
};

/** Reads the tweet from the fields of a row or an object. The caller has to set `account`. */
export function tweetOf(
  fields: NamedFields,
  kind: TweetKind,
  nested: Nested = NOTHING_NESTED,
): Found {
  if (isMessage(fields)) return 'other';
  const id = fields.first('id', idOf) ?? fields.first('link', idInLink);
  const createdAt = timeOf(fields);
  const isTweet = createdAt !== null || (id !== null && /^\d+$/.test(id));
  const text = textOf(fields, isTweet);
  if (text === null) return null;
  const visibleKind = fields.index.hasMarks
    ? kindSeenBy(fields.valuesOf('visibility'), kind)
    : kind;
  if (visibleKind === null) return 'other';
  const { references } = nested;
  const isRetweet = references.retweeted !== null || isMarkedRetweet(fields);
  const isUnknownAuthor = isRetweet && references.retweeted === null;
  return {
    // All fields are listed, because spreading objects is slow and this runs for every tweet.
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
      isQuote: references.quoted !== null || nested.linkedTweet !== null || isMarkedQuote(fields),
      quoteOfId: references.quoted ?? quotedIn(fields) ?? nested.linkedTweet,
      likes: fields.first('likes', countOf) ?? nested.likes,
      language: fields.first('language', languageOf),
      editOf: nested.firstVersion === id ? null : nested.firstVersion,
      kind: visibleKind,
    },
    author: isUnknownAuthor ? retweeterOf(fields, text) : authorOf(fields),
  };
}

/**
 * Reads the tweet from an object. Archives wrap it as `{"tweet": {…}}`, and versions 1.1 and 2 of
 * the API have some of it in nested objects.
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
    linkedTweet: linkedTweet(tweet.entities),
    likes: likesIn(tweet.public_metrics, 'like_count') ?? likesIn(tweet.stats, 'likes'),
    firstVersion: firstVersion(tweet),
  };
}

function isMarkedQuote(fields: NamedFields): boolean {
  if (!fields.index.hasMarks) return false;
  return (
    fields.hasAny('isQuote', isTrue) ||
    fields.hasAny('quoteOf', isSomething) ||
    fields.hasAny('quote', isSomethingElseThanCount) ||
    fields.hasAny('sort', isCalledQuote)
  );
}

function quotedIn(fields: NamedFields): string | null {
  if (!fields.index.hasMarks) return null;
  const unlessCount = (value: unknown) =>
    isSomethingElseThanCount(value) ? idOfQuoted(value) : null;
  return fields.first('quoteOf', idOfQuoted) ?? fields.first('quote', unlessCount);
}

/** From the quoted tweet itself, its address, or its id. */
function idOfQuoted(value: unknown): string | null {
  if (!isRecord(value)) return idInLink(value) ?? idOf(value);
  const tweet = isRecord(value.result) ? value.result : value;
  return idOf(tweet.id_str) ?? idOf(tweet.rest_id) ?? idInLink(tweet.url) ?? idOf(tweet.id);
}

function isMarkedRetweet(fields: NamedFields): boolean {
  if (!fields.index.hasMarks) return false;
  return (
    fields.hasAny('isRetweet', isTrue) ||
    fields.hasAny('isRetweet', isRecord) ||
    fields.hasAny('retweetOf', isSomething) ||
    fields.hasAny('retweet', isSomethingElseThanCount) ||
    fields.hasAny('sort', isCalledRetweet)
  );
}

/**
 * The text of a tweet; null if it is no tweet. A picture without a text has an empty one: some
 * tools write null for it, and a short row of a table omits it.
 */
function textOf(fields: NamedFields, isTweet: boolean): string | null {
  const text = fields.first('text', filledText);
  if (text !== null) return text;
  const values = fields.valuesOf('text');
  if (isTweet && values.some((value) => value === null || value === undefined)) return '';
  return values.find((value) => typeof value === 'string') ?? null;
}

function filledText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function timeOf(fields: NamedFields): number | null {
  const clocks = fields.valuesOf('clock');
  if (clocks.length === 0) return fields.first('time', parseTime);
  return fields.first('time', (date) => parseDateAndClock(date, clocks[0]));
}

/** Returns null if only certain people can see it, or if that is unknown. */
function kindSeenBy(visibilities: readonly unknown[], kind: TweetKind): TweetKind | null {
  for (const value of visibilities) {
    const word = isRecord(value) ? value.value : value;
    // A number means how often it was seen.
    if (typeof word === 'string' && /[a-z]/i.test(word)) return kindOfVisibility(word, kind);
  }
  return kind;
}

/** Returns null if only certain people can see it, and for unknown words. */
export function kindOfVisibility(visibility: string, kind: TweetKind = 'tweet'): TweetKind | null {
  const word = visibility.trim().toLowerCase();
  if (/^(?:public|unlisted|home|everyone)$/.test(word)) return kind;
  return /^(?:private|followers|followers_only|protected)$/.test(word) ? 'circle' : null;
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

const TWEET_LINK = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/\w+\/status\/(\d+)(?:\?|$)/;

/** Archives don't mark quotes, but the last link of a quote leads to the quoted tweet. */
function linkedTweet(entities: unknown): string | null {
  const urls = isRecord(entities) ? entities.urls : null;
  const last: unknown = Array.isArray(urls) ? urls.at(-1) : null;
  const link = isRecord(last) ? last.expanded_url : null;
  return typeof link === 'string' ? (TWEET_LINK.exec(link)?.[1] ?? null) : null;
}

function firstVersion(tweet: Fields): string | null {
  const { edit_info: info, edit_history_tweet_ids: history } = tweet;
  const edit = isRecord(info) ? info.edit : null;
  return stringOf(Array.isArray(history) ? history[0] : isRecord(edit) && edit.initialTweetId);
}
