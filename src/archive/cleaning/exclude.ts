/**
 * Leaves out tweets that contain certain words.
 *
 * The pattern consists of words and `*`. It is no regular expression, because JavaScript's engine
 * backtracks, and a pattern that a user pastes must not be able to hang the page. A word is compared
 * with a greedy glob, which only goes back to the last `*`, so that it takes at most (letters of the
 * pattern × letters of the word) steps.
 *
 * Terms are separated by commas or line breaks. `crypto` matches that word in upper and lower case,
 * also as `#crypto` or `@crypto`. `crypto*` matches every word that begins with it, and `good morning`
 * matches the two words in a row. A term without letters and digits (`🚀`, `:)`) matches anywhere in a
 * text. So does a term in a script that is written without spaces (`東京`).
 */

import { searchable } from '../../domain/search-text.ts';
import { hasUnspacedLetter } from './words.ts';

/** Longer patterns are cut off: they are a whole page that was pasted by mistake. */
const MAX_PATTERN_LENGTH = 5_000;
const WORD = /[@#]?[\p{L}\p{N}\p{M}_'’]+/gu;
const WORD_OR_STAR = /[@#]?[\p{L}\p{N}\p{M}_'’*]+/gu;

interface Term {
  readonly words: readonly string[];
  /** A part of every text that the term matches. Looking for it rules out most texts quickly. */
  readonly literal: string;
}

/** Returns null for a pattern without terms. The function's time is linear in the length of its text. */
export function compileExclude(pattern: string): ((text: string) => boolean) | null {
  const plain: string[] = [];
  /** Terms of one word without `*`, which is all that most people write. */
  const exact = new Set<string>();
  const terms: Term[] = [];
  for (const part of pattern.slice(0, MAX_PATTERN_LENGTH).split(/[,\n]/)) {
    const source = searchable(part.trim());
    const words = source.match(WORD_OR_STAR) ?? [];
    const spelled = words.filter((word) => /[^*]/.test(word));
    if (hasUnspacedLetter(source)) plain.push(...(source.match(/[^\s*]+/g) ?? []));
    else if (words.length === 1 && !source.includes('*')) exact.add(words[0] ?? '');
    else if (spelled.length > 0) terms.push({ words, literal: longestLiteral(spelled) });
    else if (/[^*\s]/.test(source)) plain.push(source.replaceAll('*', ''));
  }
  if (plain.length + exact.size + terms.length === 0) return null;
  const literals = [...exact, ...terms.map(({ literal }) => literal)];
  return (text) => {
    const searched = searchable(text);
    if (plain.some((literal) => searched.includes(literal))) return true;
    if (!literals.some((literal) => searched.includes(literal))) return false;
    const words: readonly string[] = searched.match(WORD) ?? [];
    if (words.some((word) => exact.has(word) || (isMarked(word) && exact.has(word.slice(1))))) {
      return true;
    }
    return terms.some((term) => searched.includes(term.literal) && occursIn(words, term.words));
  };
}

function longestLiteral(words: readonly string[]): string {
  const literals = words.flatMap((word) => word.split('*'));
  return literals.reduce((longest, next) => (next.length > longest.length ? next : longest), '');
}

function occursIn(words: readonly string[], wanted: readonly string[]): boolean {
  for (let start = 0; start + wanted.length <= words.length; start++) {
    if (wanted.every((pattern, i) => matchesWord(words[start + i] ?? '', pattern))) return true;
  }
  return false;
}

function matchesWord(word: string, pattern: string): boolean {
  return matchesGlob(word, pattern) || (isMarked(word) && matchesGlob(word.slice(1), pattern));
}

function isMarked(word: string): boolean {
  return word.startsWith('#') || word.startsWith('@');
}

/** In the pattern, `*` stands for any number of letters, including none. */
function matchesGlob(text: string, pattern: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      starAt = at;
    } else if (p < pattern.length && pattern[p] === text[at]) {
      p++;
      at++;
    } else if (star >= 0) {
      p = star + 1;
      at = ++starAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
