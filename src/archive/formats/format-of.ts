/**
 * Chooses the reader for a file by its first bytes, and by its name only if these don't decide it.
 */

import { END_OF_TEXT } from '../../domain/tweet-text.ts';
import { looksLikeTable } from './table-head.ts';
import type { TweetFormat } from './tweet-reader.ts';

const JSON_START =
  /^[^\w[{"]{0,8}(?:\[\s*[[{"\]\d]|\{\s*["}]|(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*[[{])/;
/** A line of text may begin with a bracket, so JSON in a text file has to be unmistakable. */
const SURE_JSON_START = /^\s*(?:\[\s*[{"]|\{\s*"|window\.YTD)/;
/** Binary files contain many of these, and texts hardly any. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find.
const CONTROLS = /[\x01-\x08\x0e-\x1a]/g;
const MAX_CONTROLS = 8;
const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/;

/**
 * Returns null for a file that can't contain tweets.
 *
 * @param head The first bytes as Latin-1, without NULs.
 */
export function formatOf(head: string, name: string): TweetFormat | null {
  const controls = head.match(CONTROLS)?.length ?? 0;
  if (controls > MAX_CONTROLS || head.startsWith('\xff\xd8')) return null;
  const text = head.replace(BYTE_ORDER_MARK, '');
  const isText = /\.(?:csv|tsv|tab|txt|text)$/i.test(name);
  if ((isText ? SURE_JSON_START : JSON_START).test(text)) return 'json';
  if (/\.(?:csv|tsv|tab)$/i.test(name) || looksLikeTable(text)) return 'table';
  if (/\.(?:txt|text)$/i.test(name) || text.includes(END_OF_TEXT)) return 'lines';
  return /\.(?:m?js|json|jsonl|ndjson)$/i.test(name) ? 'json' : null;
}
