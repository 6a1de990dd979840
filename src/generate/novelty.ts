/**
 * Finds out whether generated tweets copy the training texts: the longest sequence of words that a tweet has
 * in common with one of them. Words are compared without case and punctuation. In scripts without spaces, each
 * character counts as a word.
 *
 * One pass over all training texts checks all generated tweets, so there is no index to keep in memory.
 */

import { throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';

/** A passage of a generated tweet that is, word for word, in a training text. */
export interface FoundCopy {
  /** The passage, in code units of the generated tweet. */
  readonly start: number;
  readonly end: number;
  /** The number of the training text, and the text itself. */
  readonly document: number;
  readonly original: string;
}

export interface WrittenText {
  readonly text: string;
  /** The user wrote this many code units at its beginning, and they don't count as copied. */
  readonly promptLength: number;
}

/** Shorter sequences are common phrases, and count as copied only if they are the whole of both texts. */
const MIN_COPIED_WORDS = 6;
const MIN_COPIED_CHARACTERS = 20;
/** After this many texts, waiting messages are handled. */
const TEXTS_PER_YIELD = 2_000;

const SCRIPTS_WITHOUT_SPACES =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}';
const WORD = new RegExp(
  `[${SCRIPTS_WITHOUT_SPACES}]|(?:(?![${SCRIPTS_WITHOUT_SPACES}])[\\p{L}\\p{M}\\p{N}'’_])+`,
  'gu',
);

interface Words {
  /** A number for each word, equal for equal words; −1 for words that occur in no generated tweet. */
  readonly ids: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * For each generated tweet, the training text that it has most words in common with, or null if it copies
 * none. Throws `cancelled`.
 */
export async function findCopies(
  written: readonly WrittenText[],
  texts: Iterable<string>,
  signal?: AbortSignal,
): Promise<(FoundCopy | null)[]> {
  const vocabulary = new Map<string, number>();
  const sought = written.map(({ text, promptLength }) => {
    const words = wordsOf(text, (key) => {
      const id = vocabulary.get(key) ?? vocabulary.size;
      vocabulary.set(key, id);
      return id;
    });
    const firstNew = words.starts.findIndex((start) => start >= promptLength);
    return { words, firstNew: firstNew === -1 ? words.ids.length : firstNew };
  });
  const best = written.map(() => ({ newWords: 0, copy: null as FoundCopy | null }));
  let count = 0;
  for (const original of texts) {
    if (++count % TEXTS_PER_YIELD === 0) {
      await yieldToMessages();
      throwIfAborted(signal);
    }
    const words = wordsOf(original, (key) => vocabulary.get(key) ?? -1);
    if (!mayContainCopy(words.ids)) continue;
    for (const [i, { words: own, firstNew }] of sought.entries()) {
      const found = best[i];
      const run = longestSharedRun(own.ids, words.ids, firstNew);
      const { start: from, end: to } = run;
      const newWords = to - Math.max(from, firstNew);
      if (found === undefined || newWords <= found.newWords) continue;
      const start = own.starts[from] ?? 0;
      const end = own.ends[to - 1] ?? 0;
      const isWhole = to - from === own.ids.length && to - from === words.ids.length;
      const isLong =
        newWords >= MIN_COPIED_WORDS &&
        end - (own.starts[Math.max(from, firstNew)] ?? 0) >= MIN_COPIED_CHARACTERS;
      if (!isWhole && !isLong) continue;
      found.newWords = newWords;
      found.copy = { start, end, document: count - 1, original };
    }
  }
  return best.map(({ copy }) => copy);
}

function wordsOf(text: string, idOf: (key: string) => number): Words {
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

/**
 * A fast check that rules out most texts: whether enough consecutive words occur in any generated
 * tweet.
 */
function mayContainCopy(ids: readonly number[]): boolean {
  let run = 0;
  let longest = 0;
  for (const id of ids) {
    run = id === -1 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest >= MIN_COPIED_WORDS || (longest > 0 && longest === ids.length);
}

/**
 * The sequence of words in `own` that also occurs in `other` and has the most words from `firstNew` on
 * (dynamic programming over common substrings).
 */
function longestSharedRun(
  own: readonly number[],
  other: readonly number[],
  firstNew: number,
): { start: number; end: number } {
  let best = { start: 0, end: 0 };
  let maxNewWords = 0;
  /**
   * For each word of `other`, the length of the common sequence that ends with it and with the previous
   * word of `own`.
   */
  let previous = new Uint16Array(other.length + 1);
  for (const [i, id] of own.entries()) {
    const current = new Uint16Array(other.length + 1);
    for (const [j, otherId] of other.entries()) {
      if (id !== otherId) continue;
      const length = (previous[j] ?? 0) + 1;
      current[j + 1] = length;
      const start = i + 1 - length;
      const newWords = i + 1 - Math.max(start, firstNew);
      if (newWords > maxNewWords) {
        maxNewWords = newWords;
        best = { start, end: i + 1 };
      }
    }
    previous = current;
  }
  return best;
}
