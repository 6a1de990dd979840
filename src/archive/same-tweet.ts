/** Whether two tweets of one id are the same: people's own tables number their rows from 1. */

import type { RawTweet } from './formats/tweet.ts';

export function isSameTweet(a: RawTweet, b: RawTweet): boolean {
  return a.text === b.text || essence(a) === essence(b);
}

/** What the forms of an export write differently: HTML's escapes, links, blanks. */
function essence({ text }: RawTweet): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/https?:\/\/[\x21-\x7e]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
