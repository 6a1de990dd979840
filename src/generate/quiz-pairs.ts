/** Pairs of a real tweet and a written one of similar length, so that length doesn’t tell which is which. */

import { must } from '../core/assert.ts';
import { shuffledIndices } from '../core/random.ts';
import type { QuizPair } from '../protocol/quiz.ts';

/** The lengths of a pair, in code points, differ by this share of the longer one at most, or by a few characters. */
const MAX_LENGTH_SHARE = 0.15;
const FEW_CHARACTERS = 6;
/** Of more real tweets than this, a random part is enough, and as good. */
const MAX_REAL = 400;

/** The random streams of a seed; what is written with it has those from 0 on. */
const REAL_STREAM = 0xfffffff0;
const PAIR_STREAM = 0xfffffff1;
const SIDE_STREAM = 0xfffffff2;

/** Whether two lengths, in code points, are alike. */
export function areAlike(one: number, other: number): boolean {
  const most = Math.max(FEW_CHARACTERS, MAX_LENGTH_SHARE * Math.max(one, other));
  return Math.abs(one - other) <= most;
}

/**
 * Draws pairs, each tweet in one at most. In half of them the real tweet is the first. Null if there aren't enough
 * that are alike in length.
 */
export function quizPairs(
  real: readonly string[],
  written: readonly string[],
  count: number,
  seed: number,
): readonly QuizPair[] | null {
  const drawn = shuffled(real, seed, REAL_STREAM).slice(0, MAX_REAL);
  const matches = shuffled(nearestMatches(drawn, written), seed, PAIR_STREAM).slice(0, count);
  if (matches.length < count) return null;
  const sides = shuffledIndices(count, seed, SIDE_STREAM);
  return matches.map(([ofUser, ofBot], i): QuizPair => {
    const isFirst = must(sides[i], 'a side') < count / 2;
    return isFirst ? { texts: [ofUser, ofBot], real: 0 } : { texts: [ofBot, ofUser], real: 1 };
  });
}

function shuffled<T>(items: readonly T[], seed: number, stream: number): T[] {
  return Array.from(shuffledIndices(items.length, seed, stream), (i) => must(items[i], 'an item'));
}

/** Of all possible pairs, the one whose lengths are nearest is taken first, until none is alike. */
function nearestMatches(
  real: readonly string[],
  written: readonly string[],
): (readonly [real: string, written: string])[] {
  const lengths = (texts: readonly string[]) => texts.map((text) => [...text].length);
  const [realLengths, writtenLengths] = [lengths(real), lengths(written)];
  const possible: { readonly r: number; readonly w: number; readonly difference: number }[] = [];
  for (const [r, length] of realLengths.entries()) {
    for (const [w, other] of writtenLengths.entries()) {
      if (areAlike(length, other)) possible.push({ r, w, difference: Math.abs(length - other) });
    }
  }
  possible.sort((a, b) => a.difference - b.difference);
  const [taken, used] = [new Set<number>(), new Set<number>()];
  const matches: (readonly [string, string])[] = [];
  for (const { r, w } of possible) {
    if (taken.has(r) || used.has(w)) continue;
    taken.add(r);
    used.add(w);
    matches.push([must(real[r], 'a tweet'), must(written[w], 'a tweet')]);
  }
  return matches;
}
