/** What a file is that nobody's archive has: told by its first bytes, by name where those leave it open. */

import { formatOf } from '../formats/format-of.ts';
import { latin1 } from './packing.ts';
import type { TweetSource } from './source.ts';

/** The first line of the table that archives had until 2018. */
const OLD_TABLE = /^[^\w"]{0,8}"?tweet_id"?,"?in_reply_to_status_id"?,/;

/** Null for what isn't text, or no text of a kind that is known. */
export function formOf(head: Uint8Array, name: string): TweetSource['format'] | null {
  return formatOf(textOf(head), name);
}

/** Whether a text is meant to be JSON, with an assignment before it or without. */
export function beginsAsJson(text: string): boolean {
  return /^[^\w[{"$]{0,8}(?:[[{]|(?:(?:var|let|const)\s+)?[\w$.]+\s*=)/.test(text);
}

/** An object of what lies in X's archive, one list for each of its files. */
export function isCommunityArchive(head: Uint8Array): boolean {
  return /^[^\w{]{0,8}\{\s*"(?:upload-options|account|profile|tweets?|note-tweet|community-tweet|like|follower|following)":/.test(
    textOf(head),
  );
}

export function isOldTable(head: Uint8Array): boolean {
  return OLD_TABLE.test(textOf(head));
}

/**
 * Where a file that is part of an archive would lie in it, `data/tweets.js`, told by its first line;
 * null for any other.
 */
export function archivePathOf(head: Uint8Array): string | null {
  const start = textOf(head).replace(/^[^\w]{0,8}/, '');
  const ytd = /^window\.YTD\.(\w{1,60})\.part(\d{1,4})\s*=/.exec(start);
  if (ytd) {
    const [, name = '', part] = ytd;
    const stem = name.replaceAll('_', '-').replace(/^deleted-tweet$/, 'deleted-tweets');
    return `data/${stem}${part === '0' ? '' : `-part${part}`}.js`;
  }
  if (/^window\.__THAR_CONFIG\s*=/.test(start)) return 'data/manifest.js';
  const month = /^Grailbird\.data\.tweets_(\d{4}_\d\d)\s*=/.exec(start);
  if (month) return `data/js/tweets/${month[1]}.js`;
  const old = /^var (tweet_index|user_details)\s*=/.exec(start);
  return old ? `data/js/${old[1]}.js` : null;
}

/** As Latin-1 without NULs: ASCII shows in UTF-8 and in UTF-16 alike. */
function textOf(head: Uint8Array): string {
  return latin1(head.filter((byte) => byte !== 0));
}
