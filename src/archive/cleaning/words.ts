/**
 * What counts as a word.
 *
 * huggingtweets splits a text at white space, as Python does, and so does this: a piece between
 * spaces is one word, and a piece with `http`, `@` or `#` in it is none. That is exact for every
 * piece without letters of a script that is written without spaces ({@link UNSPACED_LETTER}).
 *
 * A piece with such letters would be one word however long it is. Its words are those that
 * `Intl.Segmenter` calls word-like, after its links, mentions and hashtags have been taken out.
 * Where a browser has no `Intl.Segmenter` (Firefox before version 125), two letters of such a piece
 * count as one word, which is about what Chinese and Japanese have; words for plots can't be told
 * there.
 */

/** What `str.split`, `str.strip` and `\s` mean in Python: not quite JavaScript's `\s`. */
export const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`[${SPACE}]+`);
const OTHER_SPACE = new RegExp(`[${SPACE.replace('\\x20', '\\x1f')}]`);

/** The scripts whose words `Intl.Segmenter` can tell apart, by dictionary or by rule. */
const UNSPACED_LETTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
/** Thai is the first of them. Far quicker to test than the pattern above, and most texts fail it. */
const MAY_BE_UNSPACED = /[\u0e00-\uffff]/;

/** Letters, marks and digits of a hashtag, and what Twitter lets join them. */
export const HASHTAG_CHARACTER =
  '[\\p{L}\\p{N}\\p{M}_\\u200c\\u200d\\u05be\\u05f3\\u05f4\\u0f0b\\u0f0c\\u301c\\u30a0\\u30fb\\uff5e]';
/** In a piece without spaces: hashtags and mentions wherever they begin, and what is left of links. */
const NO_WORD = new RegExp(`[#＃]${HASHTAG_CHARACTER}*|[@＠][A-Za-z0-9_]*|http[!-~]*`, 'giu');

const segmenter =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('en', { granularity: 'word' }) : null;

/** Whether any word of it may have no space beside it. */
export function hasUnspacedLetter(text: string): boolean {
  return MAY_BE_UNSPACED.test(text) && UNSPACED_LETTER.test(text);
}

/** As Python's `str.split()` without arguments. */
export function splitAtSpaces(text: string): string[] {
  // Most texts hold no other space than the one: far quicker to split.
  const pieces = OTHER_SPACE.test(text) ? text.split(SPACES) : text.split(' ');
  return pieces.filter((piece) => piece !== '');
}

/** Words that are neither link, nor mention, nor hashtag. */
export function countWords(cleanedText: string): number {
  const mayBeUnspaced = MAY_BE_UNSPACED.test(cleanedText);
  let count = 0;
  for (const piece of splitAtSpaces(cleanedText)) {
    if (mayBeUnspaced && UNSPACED_LETTER.test(piece)) {
      count += segmentWords(piece)?.length ?? countWithoutSegmenter(piece);
    } else if (!isBoring(piece)) count++;
  }
  return count;
}

/** The words of a piece in a script without spaces; null where the browser can't tell them. */
function segmentWords(piece: string): string[] | null {
  if (segmenter === null) return null;
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(piece.replace(NO_WORD, ' '))) {
    if (isWordLike === true) words.push(segment);
  }
  return words;
}

const LETTERS_PER_WORD = 2;

/** Exported for tests, which run where there is an `Intl.Segmenter`. */
export function countWithoutSegmenter(piece: string): number {
  const letters = piece.replace(NO_WORD, ' ').match(/\p{L}/gu) ?? [];
  return Math.ceil(letters.length / LETTERS_PER_WORD);
}

function isBoring(piece: string): boolean {
  if (piece.includes('@') || piece.includes('#')) return true;
  // In any case; `K` and `ſ` are no letters of it.
  return piece.length >= 4 && piece.toLowerCase().includes('http');
}

const SPACED_WORD = /(?<![\p{L}\p{N}_@#])\p{L}[\p{L}\p{M}'’]{2,30}/gu;
const SHORT_HIRAGANA = /^\p{Script=Hiragana}{1,3}$/u;

/**
 * Words long enough to say something, for plots: three letters and more, or two in a script without
 * spaces. Up to three letters of Hiragana are left out too, as nearly all of those are grammar.
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
