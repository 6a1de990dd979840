/** Several files in a few words: an archive of 2012 has one a month. */
import { formatFacts } from '../format.ts';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

const MAX_NAMED = 3;

/** `a.js, b.js`; of many, `a.js, b.js and 73 others`. */
export function listFiles(names: readonly string[]): string {
  if (names.length <= MAX_NAMED) return formatFacts(names);
  const named = names.slice(0, MAX_NAMED - 1);
  return texts.filesAndOthers(formatFacts(named), names.length - named.length);
}
