/** Where a text may be cut: after a sentence, or at least after a word. */

import { UNSPACED_SCRIPTS } from '../domain/tweet-text.ts';

/** Quotation marks and brackets that close after the end of a sentence. */
const CLOSING = '["\'”’»)\\]」』]*';
const SENTENCE_END = new RegExp(`[.!?…]+${CLOSING}(?=\\s|$)|[。！？]+${CLOSING}`, 'gu');

/** Words of scripts without spaces are told apart by the browser. Old ones can't, and cut between characters. */
const segmenter =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('und', { granularity: 'word' }) : null;

/**
 * The longest beginning that `fits` and ends with a sentence or, if that would lose more than half of it, with a
 * word; an empty text if there is none.
 */
export function shortened(line: string, fits: (beginning: string) => boolean): string {
  const longest = (ends: readonly number[]) =>
    line.slice(0, ends.findLast((end) => fits(line.slice(0, end))) ?? 0);
  const words = longest(wordEnds(line));
  const sentences = longest(sentenceEnds(line));
  return sentences.length * 2 >= words.length ? sentences : words;
}

/** The text up to the end of its last complete sentence, or null if it has none. */
export function endOfSentence(line: string): string | null {
  const end = sentenceEnds(line).at(-1);
  return end === undefined ? null : line.slice(0, end);
}

/** Whether a beginning of a line that was cut off anywhere can't end within a word. */
export function isWhole(beginning: string, line: string): boolean {
  return beginning.length < line.length || sentenceEnds(line).includes(line.length);
}

function sentenceEnds(line: string): number[] {
  return Array.from(line.matchAll(SENTENCE_END), ({ index, 0: end }) => index + end.length);
}

/** After each run of letters; in scripts without spaces, also between their words. */
function wordEnds(line: string): number[] {
  const ends = new Set(
    Array.from(line.matchAll(/\S(?=\s|$)/gu), ({ index, 0: c }) => index + c.length),
  );
  for (const { segment, index, isWordLike } of segmenter?.segment(line) ?? []) {
    if (isWordLike === true && UNSPACED_LETTER.test(segment)) ends.add(index + segment.length);
  }
  return [...ends].sort((a, b) => a - b);
}

const UNSPACED_LETTER = new RegExp(`[${UNSPACED_SCRIPTS}]`, 'u');
