/**
 * Recordings of a browser's network traffic (`.har`), which people make while they scroll through
 * their profile. Only X's answers about an account's own posts are read: a recording also
 * contains other people's timelines, messages and passwords.
 */

import { type Fields, isRecord } from './values.ts';

const OWN_POSTS =
  /^https:\/\/(?:\w+\.)*(?:x|twitter)\.com\/\S*\/(?:User(?:Tweets|Media|HighlightsTweets)\w*|TweetDetail|TweetResultByRestId|user_timeline)\b/;

/** The parsed answer; null for a request that isn't read, undefined for what is no recorded request. */
export function recordedAnswer({ request, response }: Fields): unknown {
  if (!isRecord(request) || !isRecord(response) || typeof request.url !== 'string')
    return undefined;
  const { content } = response;
  if (!OWN_POSTS.test(request.url) || !isRecord(content)) return null;
  const { text, encoding } = content;
  if (typeof text !== 'string') return null;
  try {
    return JSON.parse(encoding === 'base64' ? utf8In(text) : text);
  } catch {
    return null;
  }
}

function utf8In(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
}
