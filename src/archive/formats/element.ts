/** Tells what an element of JSON is, whatever it came from. */

import { fieldKey } from '../../domain/field-names.ts';
import { parseBluesky } from './bluesky.ts';
import { graphQLTweetsIn, isGraphQLAnswer, isOfOthers, parseGraphQLTweet } from './graphql.ts';
import { parseMastodon } from './mastodon.ts';
import { parseMeta } from './meta.ts';
import { parseNote } from './notes.ts';
import {
  type Author,
  type Found,
  type FoundTweet,
  nestedAuthor,
  NO_FIELDS,
  parseTweet,
  type RawTweet,
  type TweetKind,
} from './tweet.ts';
import { type Fields, isRecord } from './values.ts';

export interface ElementSink {
  onTweet(found: FoundTweet): void;
  /** The whole of a long tweet, of which there is the start elsewhere. */
  onNote(note: RawTweet): void;
}

/**
 * What an element turned out to be: tweets or a note, which have been handed on; something else that
 * is rightly there; or nothing that is known.
 */
export type ElementKind = 'tweets' | 'other' | 'unknown';

/** What an element is, when `kind` is what its list holds. */
export function readElement(
  value: unknown,
  kind: TweetKind,
  sink: ElementSink,
  depth = 0,
): ElementKind {
  if (typeof value === 'string' && kind !== 'note') {
    sink.onTweet({ tweet: { ...NO_FIELDS, text: value, kind }, author: null });
    return 'tweets';
  }
  if (Array.isArray(value)) return depth === 0 ? readThread(value, kind, sink) : 'unknown';
  if (!isRecord(value)) return 'unknown';
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
  return depth === 0 ? readPage(value, kind, sink) : 'unknown';
}

function parseAny(value: Fields, kind: TweetKind): Found {
  if (isRecord(value.tweet)) {
    return parseGraphQLTweet(value.tweet, kind) ?? parseTweet(value, kind);
  }
  const known = parseBluesky(value) ?? parseMastodon(value) ?? parseGraphQLTweet(value, kind);
  return known === undefined ? (parseTweet(value, kind) ?? parseMeta(value) ?? null) : known;
}

/** A thread that is a list in the list, as Nitter's readers save them. */
function readThread(items: readonly unknown[], kind: TweetKind, sink: ElementSink): ElementKind {
  if (items.length === 0 || !items.every(isRecord)) return 'unknown';
  const kinds = items.map((item) => readElement(item, kind, sink, 1));
  return best(kinds);
}

function best(kinds: readonly ElementKind[]): ElementKind {
  if (kinds.includes('tweets')) return 'tweets';
  return kinds.includes('other') ? 'other' : 'unknown';
}

/** Elements of an archive's other files, which people put together with the tweets. */
const OTHER_PARTS = new Set(
  'like follower following block mute account profile manifest list ageinfo adimpressions'.split(
    ' ',
  ),
);

/** `{"like": {…}}` and the like: sound, and no tweet. */
function isOtherPart(value: Fields): boolean {
  const [key, ...others] = Object.keys(value);
  return (
    key !== undefined &&
    others.length === 0 &&
    isRecord(value[key]) &&
    OTHER_PARTS.has(fieldKey(key))
  );
}

/** The arrays of tweets in an object, by their keys, and what their elements are. */
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

/** Null for an array that isn't known to hold tweets: likes, messages, followers. */
export function kindOfList(key: string, kind: TweetKind): TweetKind | null {
  const name = fieldKey(key);
  const own = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (own === undefined) return null;
  return own === 'tweet' ? kind : own;
}

/** Objects that hold one tweet, or the page it is on. */
const WRAPPERS = ['data', 'status', 'node', 'result', '_source', 'globalObjects', 'response'];
const MAX_WRAPPERS = 3;

/** One answer of an API, as `twarc` writes them a line each. */
function readPage(value: Fields, kind: TweetKind, sink: ElementSink, depth = 0): ElementKind {
  const users = usersIn(value);
  const paged: ElementSink = {
    onNote: sink.onNote.bind(sink),
    onTweet: (found) => sink.onTweet({ ...found, author: known(found.author, users) }),
  };
  const kinds: ElementKind[] = [];
  for (const [key, list] of Object.entries(value)) {
    const listKind = kindOfList(key, kind);
    const items = Array.isArray(list) ? list : itemsById(list);
    if (listKind === null || items === null) continue;
    // An empty page is a page.
    if (Array.isArray(list)) kinds.push('other');
    kinds.push(...items.map((item) => readElement(item, listKind, paged, 1)));
  }
  if (kinds.includes('tweets')) return 'tweets';
  for (const key of depth < MAX_WRAPPERS ? WRAPPERS : []) {
    const inner = value[key];
    if (!isRecord(inner)) continue;
    const one = readElement(inner, kind, paged, 1);
    kinds.push(one === 'unknown' ? readPage(inner, kind, paged, depth + 1) : one);
  }
  if (depth === 0 && !kinds.includes('tweets')) {
    for (const tweet of graphQLTweetsIn(value)) kinds.push(readElement(tweet, kind, paged, 1));
    if (kinds.length === 0 && isGraphQLAnswer(value)) kinds.push('other');
  }
  return best(kinds);
}

/** `"tweets": {"12": {…}}`; null for what is no list. */
function itemsById(list: unknown): readonly unknown[] | null {
  if (!isRecord(list)) return null;
  const items = Object.entries(list).filter(([key]) => !isOfOthers(key));
  return items.length > 0 && items.every(([, item]) => isRecord(item))
    ? items.map(([, item]) => item)
    : null;
}

/** The users that version 2 of the API puts beside the tweets, by id. */
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
