/** One tweet with its fields, from whatever an array held. */

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

export type TweetKind = 'tweet' | 'note' | 'community' | 'circle' | 'deleted';

/** Who wrote it, where the tweet itself says so. */
export interface Author {
  readonly id: string | null;
  readonly username: string | null;
  readonly displayName: string | null;
}

/**
 * A tweet; `other` for what is rightly there and none, a like or a direct message; null for what
 * should be one and isn't.
 */
export type Found = { readonly tweet: RawTweet; readonly author: Author | null } | 'other' | null;

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

/**
 * The tweet that `value` is, or null when it is none. Whose it is, is left to the caller: 0.
 *
 * Takes what archives and exports hold: `{"tweet": {…}}`, the bare object, `full_text` or (before
 * 2018, and from the API) `text`, the shapes of the API's versions 1.1 and 2, and plain strings.
 */
export function parseTweet(value: unknown, kind: TweetKind = 'tweet'): RawTweet | null {
  if (typeof value === 'string') return { ...NO_FIELDS, text: value, kind };
  if (!isRecord(value)) return null;
  const tweet = isRecord(value.tweet) ? value.tweet : value;
  const text = textOf(tweet);
  if (text === null) return null;
  const id = stringOf(tweet.id_str) ?? stringOf(tweet.id);
  const references = referencesOf(tweet.referenced_tweets);
  return {
    text,
    isEscaped: true,
    id,
    createdAt: parseTime(tweet.created_at),
    account: 0,
    replyToId:
      stringOf(tweet.in_reply_to_status_id_str) ??
      stringOf(tweet.in_reply_to_status_id) ??
      references.replied_to,
    replyToUserId: stringOf(tweet.in_reply_to_user_id_str) ?? stringOf(tweet.in_reply_to_user_id),
    replyToUser: stringOf(tweet.in_reply_to_screen_name),
    isRetweet: isRecord(tweet.retweeted_status) || references.retweeted !== null,
    isQuote:
      tweet.is_quote_status === true || references.quoted !== null || linksToTweet(tweet.entities),
    likes: countOf(
      tweet.favorite_count ?? (isRecord(tweet.public_metrics) && tweet.public_metrics.like_count),
    ),
    language: languageOf(tweet.lang),
    editOf: firstVersion(tweet, id),
    kind,
  };
}

/** Who wrote a tweet from the API: `user` in version 1.1, `author` or an id in version 2. */
export function authorOf(value: Fields): Author | null {
  const user = isRecord(value.user) ? value.user : isRecord(value.author) ? value.author : null;
  if (user === null) {
    const id = stringOf(value.author_id);
    return id === null ? null : { id, username: null, displayName: null };
  }
  return {
    id: stringOf(user.id_str) ?? stringOf(user.id),
    username: stringOf(user.screen_name) ?? stringOf(user.username),
    displayName: stringOf(user.name),
  };
}

/** Long tweets have their whole text beside a cut one: in version 2, and in 1.1's streams. */
function textOf(tweet: Fields): string | null {
  const { note_tweet: note, extended_tweet: extended } = tweet;
  const text =
    (isRecord(note) ? note.text : undefined) ??
    (isRecord(extended) ? extended.full_text : undefined) ??
    tweet.full_text ??
    tweet.text ??
    // What some tools call it.
    tweet.tweet;
  return typeof text === 'string' ? text : null;
}

/**
 * An id or a name. Ids have 19 digits, which a JSON number can't hold: a rounded one would be that
 * of another tweet. `-1` and `0` stand for none.
 */
export function stringOf(value: unknown): string | null {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value > 0 ? `${value}` : null;
  if (typeof value !== 'string' || value === '' || value.length > MAX_ID_LENGTH) return null;
  return value === '-1' || value === '0' ? null : value;
}

/** Elsewhere than on Twitter, ids are addresses. */
const MAX_ID_LENGTH = 512;

export function countOf(value: unknown): number | null {
  const count = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

const NOT_A_LANGUAGE = /^(?:und|zxx|art|q..)$/;

export function languageOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[A-Za-z]{2,3}(?:-\w{2,8})?$/.test(value)) return null;
  return NOT_A_LANGUAGE.test(value) ? null : value;
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

const TWEET_LINK = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/\w+\/status\/\d+(?:\?|$)/;

/** An archive marks no quote, but the tweet quoted is the last thing linked to. */
function linksToTweet(entities: unknown): boolean {
  const urls = isRecord(entities) ? entities.urls : null;
  const last: unknown = Array.isArray(urls) ? urls.at(-1) : null;
  const link = isRecord(last) ? last.expanded_url : null;
  return typeof link === 'string' && TWEET_LINK.test(link);
}

function firstVersion(tweet: Fields, id: string | null): string | null {
  const { edit_info: info, edit_history_tweet_ids: history } = tweet;
  const edit = isRecord(info) ? info.edit : null;
  const first = Array.isArray(history) ? history[0] : isRecord(edit) && edit.initialTweetId;
  const firstId = stringOf(first);
  return firstId === id ? null : firstId;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const TWITTER_TIME = /^\w{3} (\w{3}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d) (\d{4})$/;
/** ISO 8601, and the old archive's `2017-05-13 00:06:47 +0000`; a time without a zone is UTC. */
const ISO_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)? ?(?:Z|([+-]\d\d):?(\d\d))?$/;
/** The first tweet was written on 21 March 2006; files with years such as 1997 occur. */
const EARLIEST_TIME = Date.UTC(2006, 2, 21);
const LATEST_TIME = Date.UTC(2100, 0, 1);

/** Milliseconds since 1970 of a time in one of the forms that occur; null for anything else. */
export function parseTime(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > 40) return null;
  let time: number;
  const twitter = TWITTER_TIME.exec(value);
  if (twitter) {
    const [, month = '', day, hour, minute, second, zoneHour, zoneMinute, year] = twitter;
    const monthIndex = MONTHS.indexOf(month) / 3;
    if (!Number.isInteger(monthIndex) || monthIndex < 0) return null;
    time =
      Date.UTC(
        Number(year),
        monthIndex,
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
      ) - zone(zoneHour, zoneMinute);
  } else {
    const iso = ISO_TIME.exec(value);
    if (!iso) return null;
    const [, year, month, day, hour, minute, second = 0, fraction = '0', ...zoned] = iso;
    time =
      Date.UTC(
        Number(year),
        Number(month) - 1,
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
        Number(fraction.padEnd(3, '0')),
      ) - zone(...zoned);
  }
  return time >= EARLIEST_TIME && time < LATEST_TIME ? time : null;
}

function zone(hours = '+00', minutes = '00'): number {
  const sign = hours.startsWith('-') ? -1 : 1;
  return sign * (Math.abs(Number(hours)) * 60 + Number(minutes)) * 60_000;
}

type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
