/**
 * Posts of Mastodon and related servers: the activities in `outbox.json` of an export, and statuses
 * as the API returns them and tools save them.
 *
 * Mynah only learns from posts that everyone could read, so the audience has to be certain. Both
 * the activity and the post in it may name the audience. If both do, both have to be public. If
 * neither does, the post is private.
 */

import { htmlToText } from './html-text.ts';
import { parseTime } from './time.ts';
import type { Author } from './author.ts';
import { type Found, kindOfVisibility, NO_FIELDS, type TweetKind } from './tweet.ts';
import { countOf, type Fields, isRecord, languageOf, stringOf } from './values.ts';

const EVERYONE = new Set(['https://www.w3.org/ns/activitystreams#Public', 'as:Public', 'Public']);
const AUDIENCES = ['direct', 'followers', 'public'] as const;
type Audience = (typeof AUDIENCES)[number];

/** The types of posts that Mastodon and other servers of the Fediverse write. */
const POSTS = new Set(['Note', 'Question', 'Article', 'Page', 'ChatMessage', 'Tombstone']);

/** Returns undefined if `value` is not from Mastodon or a related server. */
export function parseMastodon(value: Fields): Found | undefined {
  const { type, actor, content } = value;
  if (typeof type === 'string' && typeof actor === 'string') return activity(value, type, actor);
  if (typeof type === 'string' && POSTS.has(type) && !('text' in value)) {
    return note(value, stringOf(value.attributedTo), audienceOf(value));
  }
  if (typeof content === 'string' && isStatus(value)) return status(value);
  const isActor = typeof value.preferredUsername === 'string' && typeof value.inbox === 'string';
  return isActor ? 'other' : undefined;
}

function activity(value: Fields, type: string, actor: string): Found {
  const { object } = value;
  if (type === 'Announce' && typeof object === 'string') {
    const tweet = { ...NO_FIELDS, text: object, isEscaped: false, isRetweet: true };
    const createdAt = parseTime(value.published);
    return { tweet: { ...tweet, createdAt }, author: authorOf(actor, null), isFormKnown: true };
  }
  // A boost that contains the post has somebody else's text. Edits, likes and follows are not posts.
  if (type !== 'Create' || !isRecord(object)) return 'other';
  return note(object, actor, audienceOf(value, object));
}

function note(object: Fields, actor: string | null, audience: Audience): Found {
  const { content, contentMap, url } = object;
  if (typeof content !== 'string' || audience === 'direct') return 'other';
  if (object.type === 'ChatMessage') return 'other';
  const languages = isRecord(contentMap) ? Object.keys(contentMap) : [];
  const quoteOfId =
    stringOf(object.quote) ?? stringOf(object.quoteUrl) ?? stringOf(object.quoteUri);
  return {
    tweet: {
      ...NO_FIELDS,
      text: htmlToText(content),
      isEscaped: false,
      id: stringOf(object.id),
      createdAt: parseTime(object.published),
      replyToId: stringOf(object.inReplyTo),
      isQuote: quoteOfId !== null,
      quoteOfId,
      language: languages.length === 1 ? languageOf(languages[0]) : null,
      kind: audience === 'followers' ? 'circle' : 'tweet',
    },
    author: actor === null ? null : authorOf(actor, stringOf(url)),
    isFormKnown: true,
  };
}

/**
 * The smallest of the audiences that the activity and the post name; `direct` if neither names one.
 */
function audienceOf(...parts: readonly Fields[]): Audience {
  const named = parts.filter(isAddressed).map(audienceNamedBy);
  return AUDIENCES.find((audience) => named.includes(audience)) ?? 'direct';
}

function isAddressed({ to, cc }: Fields): boolean {
  return (to !== undefined && to !== null) || (cc !== undefined && cc !== null);
}

function audienceNamedBy({ to, cc }: Fields): Audience {
  const all = [to, cc].flat().map((one) => (isRecord(one) ? one.id : one));
  if (all.some((one) => typeof one === 'string' && EVERYONE.has(one))) return 'public';
  const isFollowers = (one: unknown) => typeof one === 'string' && one.endsWith('/followers');
  return all.some(isFollowers) ? 'followers' : 'direct';
}

/** Recognizes a status by fields that only Mastodon's statuses have. */
function isStatus(value: Fields): boolean {
  return (
    typeof value.visibility === 'string' || 'favourites_count' in value || 'reblogs_count' in value
  );
}

function status(value: Fields): Found {
  const kind = kindSeenBy(value.visibility);
  if (kind === null) return 'other';
  const isBoost = isRecord(value.reblog);
  const content = isBoost && isRecord(value.reblog) ? value.reblog.content : value.content;
  const url = stringOf(value.url);
  return {
    tweet: {
      ...NO_FIELDS,
      text: typeof content === 'string' ? htmlToText(content) : '',
      isEscaped: false,
      id: stringOf(value.id) ?? stringOf(value.uri) ?? url,
      createdAt: parseTime(value.created_at),
      replyToId: stringOf(value.in_reply_to_id),
      replyToUserId: stringOf(value.in_reply_to_account_id),
      isRetweet: isBoost,
      isQuote: isRecord(value.quote),
      quoteOfId: quotedStatus(value.quote),
      likes: countOf(value.favourites_count),
      language: languageOf(value.language),
      kind,
    },
    author: isRecord(value.account)
      ? accountOf(value.account)
      : authorOf(null, isBoost ? null : url),
    isFormKnown: true,
  };
}

/** A quote is the quoted status, or says what became of it and contains the status or its id. */
function quotedStatus(quote: unknown): string | null {
  if (!isRecord(quote)) return null;
  const { quoted_status: status } = quote;
  return stringOf(isRecord(status) ? status.id : (quote.quoted_status_id ?? quote.id));
}

/** `acct` contains no server if the account is on the same server. */
function accountOf({ acct, id, url, display_name: displayName }: Fields): Author {
  const name = stringOf(acct);
  const isWhole = name === null || name.includes('@');
  return {
    id: stringOf(id),
    username: (isWhole ? null : usernameIn(stringOf(url))) ?? name,
    displayName: stringOf(displayName),
  };
}

/** A tool may have dropped the visibility. Then only the user knows whether the post is public. */
function kindSeenBy(visibility: unknown): TweetKind | null {
  return typeof visibility === 'string' ? kindOfVisibility(visibility) : 'unmarked';
}

/** Who posted or boosted it. The name comes from the address of the actor or of the post. */
function authorOf(actor: string | null, url: string | null): Author | null {
  const username = usernameIn(actor) ?? usernameIn(url);
  return actor === null && username === null ? null : { id: actor, username, displayName: null };
}

/**
 * `https://mastodon.social/users/bird` → `bird@mastodon.social`. The address of a post,
 * `https://mastodon.social/@bird/1`, is of use if the address of the actor only has a number.
 */
function usernameIn(address: string | null): string | null {
  const pattern = /^https:\/\/([\w.-]+(?::\d+)?)\/(?:users\/|@|u\/)([\w.-]+)(?:\/[\w-]*)?$/;
  const [, host, name = ''] = pattern.exec(address ?? '') ?? [];
  return host === undefined || /^\d+$/.test(name) ? null : `${name}@${host}`;
}
