/** Recognizes what an element of JSON is, whichever service or tool wrote it. */

import { fieldKey } from '../../domain/field-names.ts';
import { parseBluesky } from './bluesky.ts';
import { graphQLTweetsIn, isGraphQLAnswer, isOfOthers, parseGraphQLTweet } from './graphql.ts';
import { recordedAnswer } from './har.ts';
import { parseMastodon } from './mastodon.ts';
import { parseMeta } from './meta.ts';
import { parseNote } from './notes.ts';
import { ownListsIn } from './own-lists.ts';
import { type Author, nestedAuthor } from './author.ts';
import {
  type Found,
  type FoundTweet,
  NO_FIELDS,
  parseTweet,
  type RawTweet,
  type TweetKind,
} from './tweet.ts';
import { type Fields, isRecord } from './values.ts';

export interface ElementSink {
  onTweet(found: FoundTweet): void;
  /** The full text of a long tweet, whose beginning is among the tweets. */
  onNote(note: RawTweet): void;
}

/**
 * What an element is: tweets or notes, which the sink has got; something else that is expected in
 * such a file and is no tweet; or something unknown.
 */
export type ElementKind = 'tweets' | 'other' | 'unknown';

/**
 * Hands the tweets in an element to the sink.
 *
 * @param kind What the element's list contains.
 * @param mayHaveOwnLists Whether an array under an unknown key in it may be a list of tweets.
 */
export function readElement(
  value: unknown,
  kind: TweetKind,
  sink: ElementSink,
  depth = 0,
  mayHaveOwnLists = true,
): ElementKind {
  if (typeof value === 'string' && kind !== 'note') {
    sink.onTweet({ tweet: { ...NO_FIELDS, text: value, kind }, author: null });
    return 'tweets';
  }
  if (Array.isArray(value)) return depth === 0 ? readThread(value, kind, sink) : 'unknown';
  if (!isRecord(value)) return 'unknown';
  const answer = recordedAnswer(value);
  if (answer === null) return 'other';
  if (answer !== undefined) return readElement(answer, kind, sink);
  const note = parseNote(value);
  if (note !== null) {
    sink.onNote(note);
    return 'tweets';
  }
  if (kind === 'note') return 'unknown';
  const found = parseAny(value, kind);
  if (found === 'other') return 'other';
  if (found !== null) {
    sink.onTweet(found);
    return 'tweets';
  }
  if (isOtherPart(value)) return 'other';
  return depth === 0 ? readPage(value, kind, sink, 0, mayHaveOwnLists) : 'unknown';
}

function parseAny(value: Fields, kind: TweetKind): Found {
  if (isRecord(value.tweet)) {
    return parseGraphQLTweet(value.tweet, kind) ?? parseTweet(value, kind);
  }
  const known = parseBluesky(value) ?? parseMastodon(value) ?? parseGraphQLTweet(value, kind);
  return known === undefined ? (parseTweet(value, kind) ?? parseMeta(value) ?? null) : known;
}

/** Whether it would be a tweet anywhere: it has a text, and an id or a time. */
export function isCertainTweet(value: unknown): boolean {
  const found = isRecord(value) ? parseAny(value, 'tweet') : null;
  if (found === null || found === 'other') return false;
  return found.tweet.id !== null || found.tweet.createdAt !== null;
}

/** A thread that is a list within the list, as tools that read Nitter save it. */
function readThread(items: readonly unknown[], kind: TweetKind, sink: ElementSink): ElementKind {
  if (items.length === 0 || !items.every(isRecord)) return 'unknown';
  const kinds = items.map((item) => readElement(item, kind, sink, 1));
  return best(kinds);
}

function best(kinds: readonly ElementKind[]): ElementKind {
  if (kinds.includes('tweets')) return 'tweets';
  return kinds.includes('other') ? 'other' : 'unknown';
}

/** The keys of elements from other files of an archive, which people merge with the tweets. */
const OTHER_PARTS = new Set(
  'like follower following block mute account profile manifest list ageinfo adimpressions'.split(
    ' ',
  ),
);

/** Whether it is such as `{"like": {…}}`: valid, but no tweet. */
function isOtherPart(value: Fields): boolean {
  const [key, ...others] = Object.keys(value);
  return (
    key !== undefined &&
    others.length === 0 &&
    isRecord(value[key]) &&
    OTHER_PARTS.has(fieldKey(key))
  );
}

/** The keys under which objects have arrays of tweets, and what kind of tweets they are. */
const LISTS: Readonly<Record<string, TweetKind>> = {
  ...Object.fromEntries(
    `data tweets statuses ordered_items feed records posts items results toots truths timeline threads
      instructions entries text_post_app_text_posts status_updates status_updates_v2 ig_stories ig_reels_media
      ig_archived_post_media group_posts_v2`
      .split(/\s+/)
      .map((name) => [fieldKey(name), 'tweet'] as const),
  ),
  communitytweet: 'community',
  communitytweets: 'community',
  notetweet: 'note',
  notetweets: 'note',
  twittercircletweet: 'circle',
  twittercircletweets: 'circle',
};

/**
 * Returns null for arrays that are not known to contain tweets, such as likes, messages or
 * followers.
 */
export function kindOfList(key: string, kind: TweetKind): TweetKind | null {
  const name = fieldKey(key);
  const own = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (own === undefined) return null;
  return own === 'tweet' ? kind : own;
}

/** The keys under which objects have one tweet, or a page of tweets. */
const WRAPPERS = [
  'data',
  'status',
  'node',
  'result',
  '_source',
  'globalObjects',
  'response',
  'log',
];
const MAX_WRAPPERS = 3;

/** Reads one answer of an API; `twarc` writes one per line. */
function readPage(
  value: Fields,
  kind: TweetKind,
  sink: ElementSink,
  depth: number,
  mayHaveOwnLists: boolean,
): ElementKind {
  const users = usersIn(value);
  const paged: ElementSink = {
    onNote: sink.onNote.bind(sink),
    onTweet: (found) => sink.onTweet({ ...found, author: known(found.author, users) }),
  };
  const kinds: ElementKind[] = [];
  for (const [key, list] of Object.entries(value)) {
    const listKind = kindOfList(key, kind);
    if (listKind === null) continue;
    if (Array.isArray(list)) {
      // A page without tweets is valid, too.
      kinds.push('other', ...list.map((item) => readElement(item, listKind, paged, 1)));
    } else {
      for (const [id, item] of itemsById(list)) {
        kinds.push(readElement(item, listKind, underKey(id, paged), 1));
      }
    }
  }
  if (kinds.includes('tweets')) return 'tweets';
  for (const key of depth < MAX_WRAPPERS ? WRAPPERS : []) {
    const inner = value[key];
    if (!isRecord(inner)) continue;
    const one = readElement(inner, kind, paged, 1);
    kinds.push(one === 'unknown' ? readPage(inner, kind, paged, depth + 1, mayHaveOwnLists) : one);
  }
  if (depth === 0 && !kinds.includes('tweets')) {
    for (const tweet of graphQLTweetsIn(value)) kinds.push(readElement(tweet, kind, paged, 1));
    const isAnswer = isGraphQLAnswer(value);
    if (kinds.length === 0 && isAnswer) kinds.push('other');
    for (const list of isAnswer || !mayHaveOwnLists ? [] : ownListsIn(value, isCertainTweet)) {
      for (const item of list) kinds.push(readElement(item, kind, paged, 1));
    }
  }
  return best(kinds);
}

/** The tweets in `"tweets": {"12": {…}}`; none if the value is not such an object. */
function itemsById(list: unknown): readonly (readonly [key: string, item: unknown])[] {
  if (!isRecord(list)) return [];
  const items = Object.entries(list).filter(([key]) => !isOfOthers(key));
  return items.every(([, item]) => isRecord(item)) ? items : [];
}

/** A key that is the id of a tweet. The row numbers that pandas writes are shorter. */
const ID = /^\d{8,25}$/;

/** The tweet in `"12": "its text"`; null for another key. */
export function textById(key: string, text: string): Fields | null {
  return ID.test(key) ? { id: key, text } : null;
}

/** A sink for the tweet under this key, which may be its id. */
export function underKey(key: string, sink: ElementSink): ElementSink {
  if (!ID.test(key)) return sink;
  return {
    onNote: (note) => sink.onNote(note),
    onTweet: (found) =>
      sink.onTweet({ ...found, tweet: { ...found.tweet, id: found.tweet.id ?? key } }),
  };
}

/** By id: the users that version 2 of the API lists beside the tweets. */
export function usersIn(page: unknown): ReadonlyMap<string, Author> {
  const users = new Map<string, Author>();
  const includes = isRecord(page) ? page.includes : null;
  const list = isRecord(includes) && Array.isArray(includes.users) ? includes.users : [];
  for (const user of list) {
    const author = nestedAuthor(user);
    if (author?.id) users.set(author.id, author);
  }
  return users;
}

function known(author: Author | null, users: ReadonlyMap<string, Author>): Author | null {
  return (author?.id ? users.get(author.id) : null) ?? author;
}
