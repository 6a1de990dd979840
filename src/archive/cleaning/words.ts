/**
 * Defines what counts as a word.
 *
 * Like huggingtweets, this splits a text at white space as Python does. Each piece counts as one word,
 * or as none if it contains `http`, `@` or `#`. Every piece is counted exactly like that unless it
 * contains a letter of a script that is written without spaces ({@link UNSPACED_LETTER}).
 *
 * A piece with such a letter may be a whole sentence. Its words are the segments that `Intl.Segmenter`
 * calls word-like, after its links, mentions and hashtags have been removed. In a browser without
 * `Intl.Segmenter` (Firefox before version 125), every two letters of such a piece count as one word,
 * which is about right for Chinese and Japanese, and the charts show no words of such pieces.
 */

import { UNSPACED_SCRIPTS } from '../../domain/tweet-text.ts';

/** White space as Python's `str.split`, `str.strip` and `\s` define it, which differs from JavaScript's `\s`. */
export const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`[${SPACE}]+`);
const OTHER_SPACE = new RegExp(`[${SPACE.replace('\\x20', '\\x1f')}]`);

/** `Intl.Segmenter` finds the words of these scripts by dictionary or by rule. */
const UNSPACED_LETTER = new RegExp(`[${UNSPACED_SCRIPTS}]`, 'u');
/** Thai is the first of these scripts. This is much quicker to test, and rules out most texts. */
const MAY_BE_UNSPACED = /[\u0e00-\uffff]/;

/** A character of a hashtag: letters, marks, digits, and those that Twitter allows between them. */
export const HASHTAG_CHARACTER =
  '[\\p{L}\\p{N}\\p{M}_\\u200c\\u200d\\u05be\\u05f3\\u05f4\\u0f0b\\u0f0c\\u301c\\u30a0\\u30fb\\uff5e]';
/** What is no word in a piece without spaces: hashtags, mentions, and remains of links. */
const NO_WORD = new RegExp(`[#＃]${HASHTAG_CHARACTER}*|[@＠][A-Za-z0-9_]*|http[!-~]*`, 'giu');

const segmenter =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('en', { granularity: 'word' }) : null;

/** Tells whether a text contains a letter of a script that is written without spaces. */
export function hasUnspacedLetter(text: string): boolean {
  return MAY_BE_UNSPACED.test(text) && UNSPACED_LETTER.test(text);
}

/** Splits a text like Python's `str.split()` without arguments. */
export function splitAtSpaces(text: string): string[] {
  // Most texts contain no other white space than spaces, and splitting by a string is much quicker.
  const pieces = OTHER_SPACE.test(text) ? text.split(SPACES) : text.split(' ');
  return pieces.includes('') ? pieces.filter((piece) => piece !== '') : pieces;
}

/** Counts the words of a text without links, mentions and hashtags. */
export function countWords(cleanedText: string): number {
  const mayBeUnspaced = MAY_BE_UNSPACED.test(cleanedText);
  const pieces = splitAtSpaces(cleanedText);
  if (!mayBeUnspaced && !MAY_BE_BORING.test(cleanedText)) return pieces.length;
  let count = 0;
  for (const piece of pieces) {
    if (mayBeUnspaced && UNSPACED_LETTER.test(piece)) {
      count += segmentWords(piece)?.length ?? countWithoutSegmenter(piece);
    } else if (!isBoring(piece)) count++;
  }
  return count;
}

/** The words of a piece in a script without spaces, or null if the browser can't find them. */
function segmentWords(piece: string): string[] | null {
  if (segmenter === null) return null;
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(piece.replace(NO_WORD, ' '))) {
    if (isWordLike === true) words.push(segment);
  }
  return words;
}

const LETTERS_PER_WORD = 2;

/** Exported for the tests, which run where `Intl.Segmenter` exists. */
export function countWithoutSegmenter(piece: string): number {
  const letters = piece.replace(NO_WORD, ' ').match(/\p{L}/gu) ?? [];
  return Math.ceil(letters.length / LETTERS_PER_WORD);
}

/** Rules out most texts at once. */
const MAY_BE_BORING = /[@#]|http/i;

function isBoring(piece: string): boolean {
  if (piece.includes('@') || piece.includes('#')) return true;
  // In upper or lower case. `K` and `ſ`, whose lower case is a Latin letter, don't occur in it.
  return piece.length >= 4 && piece.toLowerCase().includes('http');
}

const SPACED_WORD = /(?<![\p{L}\p{N}_@#])\p{L}[\p{L}\p{M}'’]{2,30}/gu;
const SHORT_HIRAGANA = /^\p{Script=Hiragana}{1,3}$/u;

/**
 * The words for charts: those with at least three letters, or two in a script without spaces. Words of
 * up to three letters in Hiragana are left out as well, because nearly all of them are grammar.
 */
export function tellingWords(text: string): string[] {
  if (!MAY_BE_UNSPACED.test(text)) return text.match(SPACED_WORD) ?? [];
  return splitAtSpaces(text).flatMap((piece) => {
    if (!UNSPACED_LETTER.test(piece)) return piece.match(SPACED_WORD) ?? [];
    return (segmentWords(piece) ?? []).filter((word) => {
      if (!UNSPACED_LETTER.test(word)) return /^\p{L}[\p{L}\p{M}'’]{2,30}$/u.test(word);
      return /\p{L}.*\p{L}/u.test(word) && !SHORT_HIRAGANA.test(word);
    });
  });
}
