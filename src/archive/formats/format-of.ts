/** Which reader a file is for, told by its first bytes, and by its name only where they leave it open. */

import { END_OF_TEXT } from '../../domain/tweet-text.ts';
import { looksLikeTable } from './table-head.ts';
import type { TweetFormat } from './tweet-reader.ts';

const JSON_START =
  /^[^\w[{"]{0,8}(?:\[\s*[[{"\]\d]|\{\s*["}]|(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*[[{])/;
/** Lines of text may begin with a bracket: JSON in such a file has to look like nothing else. */
const SURE_JSON_START = /^\s*(?:\[\s*[{"]|\{\s*"|window\.YTD)/;
/** Pictures and the like have these, texts hardly any. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROLS = /[\x01-\x08\x0e-\x1a]/g;
const MAX_CONTROLS = 8;
const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/;

/** @param head The first bytes as Latin-1 without NULs; null for what is no file of tweets. */
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
