/** Bluesky posts: the records of a repository as JSON, and the answers of `getAuthorFeed`. */

import { parseTime } from './time.ts';
import { type Found, NO_FIELDS } from './tweet.ts';
import { countOf, type Fields, isRecord, languageOf, stringOf } from './values.ts';

const POST = 'app.bsky.feed.post';
const EMBEDDED_POST = 'app.bsky.embed.record';

/** Returns undefined if `value` is not from Bluesky. */
export function parseBluesky(value: Fields): Found | undefined {
  // An item of a feed contains a post view, which contains the record. A listed record is in `value`.
  const view = isRecord(value.post) ? value.post : value;
  const record = [value, view.record, view.value].find(
    (one) => isRecord(one) && typeof one.$type === 'string',
  );
  if (!isRecord(record) || typeof record.$type !== 'string') return undefined;
  if (record.$type !== POST) {
    return record.$type.startsWith('app.bsky.') || record.$type.startsWith('chat.bsky.')
      ? 'other'
      : undefined;
  }
  if (typeof record.text !== 'string') return null;
  const reply = isRecord(record.reply) ? record.reply : {};
  const parent = stringOf(isRecord(reply.parent) ? reply.parent.uri : null);
  const embed = isRecord(record.embed) ? record.embed : {};
  const reason = isRecord(value.reason) ? value.reason : {};
  const isRepost = typeof reason.$type === 'string' && reason.$type.endsWith('#reasonRepost');
  // A repost belongs to the account that reposted it, not to the author of the post.
  const by = isRepost ? reason.by : view.author;
  const author = isRecord(by) ? by : {};
  const languages = Array.isArray(record.langs) ? record.langs : [];
  const id = stringOf(view.uri) ?? stringOf(value.uri);
  return {
    tweet: {
      ...NO_FIELDS,
      text: record.text,
      isEscaped: false,
      id,
      createdAt: parseTime(record.createdAt),
      replyToId: parent,
      replyToUserId: didOf(parent),
      isRetweet: isRepost,
      isQuote: typeof embed.$type === 'string' && embed.$type.startsWith(EMBEDDED_POST),
      quoteOfId: quotedPost(embed),
      likes: countOf(view.likeCount),
      language: languages.length === 1 ? languageOf(languages[0]) : null,
    },
    author: {
      id: stringOf(author.did) ?? (isRepost ? null : didOf(id)),
      username: stringOf(author.handle),
      displayName: stringOf(author.displayName),
    },
    isFormKnown: true,
  };
}

/** The address of the post in an embed, beside which there may be media. */
function quotedPost({ record }: Fields): string | null {
  if (!isRecord(record)) return null;
  return stringOf(isRecord(record.record) ? record.record.uri : record.uri);
}

/** `at://did:plc:abc/app.bsky.feed.post/xyz` → `did:plc:abc` */
function didOf(uri: string | null): string | null {
  return /^at:\/\/(did:[^/]+)\//.exec(uri ?? '')?.[1] ?? null;
}
