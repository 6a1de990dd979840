/** Posts of Mastodon: the activities of an export's `outbox.json`, and statuses of its API. */

import { htmlToText } from './html-text.ts';
import {
  type Author,
  NO_FIELDS,
  isRecord,
  languageOf,
  parseTime,
  type Found,
  stringOf,
  countOf,
} from './tweet.ts';

const PUBLIC = /(?:^|#)(?:as:)?Public$/;

/** Undefined when `value` is nothing of Mastodon's. */
export function parseMastodon(value: Readonly<Record<string, unknown>>): Found | undefined {
  const { type, object } = value;
  if (type === 'Announce' && typeof object === 'string') {
    const tweet = { ...NO_FIELDS, text: object, isEscaped: false, isRetweet: true };
    return {
      tweet: { ...tweet, createdAt: parseTime(value.published) },
      author: authorOf(stringOf(value.actor)),
    };
  }
  if (type === 'Create' && isRecord(object)) return note(object, stringOf(value.actor));
  if (type === 'Note' && typeof value.content === 'string') {
    return note(value, stringOf(value.attributedTo));
  }
  const isStatus = typeof value.content === 'string' && typeof value.visibility === 'string';
  return isStatus ? status(value) : undefined;
}

function note(object: Readonly<Record<string, unknown>>, actor: string | null): Found {
  const audience = audienceOf(object);
  if (typeof object.content !== 'string') return 'other';
  if (audience === 'direct') return 'other';
  const languages = isRecord(object.contentMap) ? Object.keys(object.contentMap) : [];
  return {
    tweet: {
      ...NO_FIELDS,
      text: htmlToText(object.content),
      isEscaped: false,
      id: stringOf(object.id),
      createdAt: parseTime(object.published),
      replyToId: stringOf(object.inReplyTo),
      isQuote: stringOf(object.quoteUrl) !== null,
      language: languages.length === 1 ? languageOf(languages[0]) : null,
      kind: audience === 'followers' ? 'circle' : 'tweet',
    },
    author: authorOf(actor),
  };
}

/** A direct message is a note to nobody but those it names: it is none of ours. */
function audienceOf({
  to,
  cc,
}: Readonly<Record<string, unknown>>): 'public' | 'followers' | 'direct' {
  if (to === undefined && cc === undefined) return 'public';
  const all = [to, cc].flat().filter((one) => typeof one === 'string');
  if (all.some((one) => PUBLIC.test(one))) return 'public';
  return all.some((one) => one.endsWith('/followers')) ? 'followers' : 'direct';
}

function status(value: Readonly<Record<string, unknown>>): Found {
  if (value.visibility === 'direct') return 'other';
  const account = isRecord(value.account) ? value.account : {};
  const { acct, display_name: displayName } = account;
  const isBoost = isRecord(value.reblog);
  const content = isBoost && isRecord(value.reblog) ? value.reblog.content : value.content;
  return {
    tweet: {
      ...NO_FIELDS,
      text: typeof content === 'string' ? htmlToText(content) : '',
      isEscaped: false,
      id: stringOf(value.id),
      createdAt: parseTime(value.created_at),
      replyToId: stringOf(value.in_reply_to_id),
      replyToUserId: stringOf(value.in_reply_to_account_id),
      isRetweet: isBoost,
      isQuote: isRecord(value.quote),
      likes: countOf(value.favourites_count),
      language: languageOf(value.language),
      kind: value.visibility === 'private' ? 'circle' : 'tweet',
    },
    author: {
      id: stringOf(account.id),
      username: stringOf(acct),
      displayName: stringOf(displayName),
    },
  };
}

/** Whoever posted or boosted it. */
function authorOf(actor: string | null): Author | null {
  return actor === null ? null : { id: actor, username: usernameOf(actor), displayName: null };
}

/** `https://mastodon.social/users/bird` → `bird@mastodon.social` */
function usernameOf(actor: string | null): string | null {
  const found = /^https:\/\/([\w.-]+)\/(?:users\/|@)([\w.-]+)$/.exec(actor ?? '');
  return found ? `${found[2]}@${found[1]}` : null;
}
