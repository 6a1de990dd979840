/** Pairs of a real tweet and a written one of similar length, so that its length doesn't tell which is which. */

import { must } from '../core/assert.ts';
import { shuffledIndices } from '../core/random.ts';
import type { QuizPair } from '../protocol/quiz.ts';

/**
 * The lengths of a pair, in code points, differ by at most this share of the longer one, or by at most this many
 * characters, whichever is more.
 */
const MAX_LENGTH_SHARE = 0.15;
const MIN_TOLERANCE = 6;
/** If there are more real tweets, this many are drawn, because comparing all of them would take long. */
const MAX_REAL = 400;

/** The random streams of a seed; what is written with it has those from 0 on. */
const REAL_STREAM = 0xfffffff0;
const PAIR_STREAM = 0xfffffff1;
const SIDE_STREAM = 0xfffffff2;

/** Whether two lengths, in code points, are similar enough for a pair. */
export function areAlike(one: number, other: number): boolean {
  const tolerance = Math.max(MIN_TOLERANCE, MAX_LENGTH_SHARE * Math.max(one, other));
  return Math.abs(one - other) <= tolerance;
}

/**
 * Draws pairs, with each tweet in one of them at most. In half of them the real tweet comes first. Null if there
 * aren't enough pairs of similar length.
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

/** Takes the pair whose lengths are nearest of all, and again, until no two tweets of similar length are left. */
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
