/** Texts as sequences of words. */

import { UNSPACED_SCRIPTS } from '../domain/tweet-text.ts';

const WORD = new RegExp(
  `[${UNSPACED_SCRIPTS}]|(?:(?![${UNSPACED_SCRIPTS}])[\\p{L}\\p{M}\\p{N}'’_])+`,
  'gu',
);

export interface Words {
  /** A number for each word, equal for equal words; −1 for words that no training text has. */
  readonly ids: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The words of a text, in order. */
export function wordsOf(text: string, idOf: (key: string) => number): Words {
  const ids: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: found, index } of text.matchAll(WORD)) {
    ids.push(idOf(found.toLowerCase().replaceAll('’', "'")));
    starts.push(index);
    ends.push(index + found.length);
  }
  return { ids, starts, ends };
}
