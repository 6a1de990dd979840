/**
 * Posts in the exports of Instagram, Threads and Facebook.
 *
 * Their JSON has one character for every byte of the UTF-8 text, such as `\u00c3\u00a9` for `é`.
 */

import { type Found, NO_FIELDS, type RawTweet } from './tweet.ts';
import { parseTime } from './time.ts';
import { type Fields, isRecord } from './values.ts';

/** Returns undefined if `value` is not from one of these exports. */
export function parseMeta(value: Fields): Found | undefined {
  const { media, data, timestamp, creation_timestamp: createdAt } = value;
  if (Array.isArray(media) && media.some(isMedia)) {
    const [first] = media.filter(isMedia);
    return post([value.title, first?.title], createdAt ?? first?.creation_timestamp);
  }
  if (isMedia(value) && typeof value.title === 'string') return post([value.title], createdAt);
  const isActivity =
    typeof timestamp === 'number' && (Array.isArray(data) || 'attachments' in value);
  if (!isActivity) return undefined;
  const entries = Array.isArray(data) ? data.filter(isRecord) : [];
  // A comment on somebody else's post.
  if (entries.some((entry) => 'comment' in entry || 'reaction' in entry)) return 'other';
  const texts = entries.flatMap((entry) => (typeof entry.post === 'string' ? [entry.post] : []));
  // `title` only says what happened: "Ann updated her status."
  return post([texts.join('\n\n')], timestamp);
}

function isMedia(value: unknown): value is Fields {
  return isRecord(value) && typeof value.creation_timestamp === 'number';
}

/** A post with the first title that isn't empty. A picture without a caption has none. */
function post(titles: readonly unknown[], time: unknown): Found {
  const text = titles.find((title) => typeof title === 'string' && title !== '') ?? '';
  const tweet: RawTweet = {
    ...NO_FIELDS,
    text: mended(String(text)),
    isEscaped: false,
    createdAt: parseTime(time),
  };
  return { tweet, author: null, isFormKnown: true };
}

/** Decodes a text whose characters are the bytes of its UTF-8. Other texts stay as they are. */
function mended(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return text;
  }
}
