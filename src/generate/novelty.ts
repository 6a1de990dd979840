/**
 * Whether what was written is a copy: the longest run of words that it shares with a text learned from.
 * Words are compared without case and punctuation; in scripts without spaces each character is one.
 *
 * It reads all the texts once for all that was written, so nothing has to be kept between two writings.
 */

import { throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { TweetCopy } from '../protocol/calls.ts';

export interface WrittenText {
  readonly text: string;
  /** Code units at its start that the user gave: words of theirs are no copy. */
  readonly promptLength: number;
}

/** Fewer words in a row are phrases that are nobody's, unless they are the whole of both texts. */
const MIN_COPIED_WORDS = 6;
const MIN_COPIED_CHARACTERS = 20;
/** Texts looked at before messages are let in. */
const TEXTS_PER_YIELD = 2_000;

const SCRIPTS_WITHOUT_SPACES =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}';
const WORD = new RegExp(
  `[${SCRIPTS_WITHOUT_SPACES}]|(?:(?![${SCRIPTS_WITHOUT_SPACES}])[\\p{L}\\p{M}\\p{N}'’_])+`,
  'gu',
);

interface Words {
  /** Numbers of words, the same for the same word; −1 for one that nothing written has. */
  readonly ids: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** By what was written: the text that it shares most with, or null. Throws `cancelled`. */
export async function findCopies(
  written: readonly WrittenText[],
  texts: Iterable<string>,
  signal?: AbortSignal,
): Promise<(TweetCopy | null)[]> {
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
  const best = written.map(() => ({ newWords: 0, copy: null as TweetCopy | null }));
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
      found.copy = { start, end, original };
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

/** Most texts have no long run of words that were written at all; or all of their few words were. */
function mayContainCopy(ids: readonly number[]): boolean {
  let run = 0;
  let longest = 0;
  for (const id of ids) {
    run = id === -1 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest >= MIN_COPIED_WORDS || (longest > 0 && longest === ids.length);
}

/** Of `own`: the run that `other` has too with the most words from `firstNew` on. */
function longestSharedRun(
  own: readonly number[],
  other: readonly number[],
  firstNew: number,
): { start: number; end: number } {
  let best = { start: 0, end: 0 };
  let most = 0;
  /** By word of `other`: how long the run is that ends there and at the word of `own` before. */
  let before = new Uint16Array(other.length + 1);
  for (const [i, id] of own.entries()) {
    const now = new Uint16Array(other.length + 1);
    for (const [j, otherId] of other.entries()) {
      if (id !== otherId) continue;
      const length = (before[j] ?? 0) + 1;
      now[j + 1] = length;
      const start = i + 1 - length;
      const newWords = i + 1 - Math.max(start, firstNew);
      if (newWords > most) {
        most = newWords;
        best = { start, end: i + 1 };
      }
    }
    before = now;
  }
  return best;
}
