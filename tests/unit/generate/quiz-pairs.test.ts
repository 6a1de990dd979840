/** The pairs of “Real or bot?”: nothing but what is read in them may tell which tweet is real. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { longestStreak, QUIZ_PAIRS, quizScore } from '../../../src/domain/quiz.ts';
import { areAlike, quizPairs } from '../../../src/generate/quiz-pairs.ts';
import { splitDocuments } from '../../../src/train/documents.ts';

const seed = 20261130;

/** Texts of given lengths that all differ, and say who wrote them. */
const texts = (who: string, lengths: readonly number[]) =>
  lengths.map((length, i) => `${who}${i} `.padEnd(length, 'å'));

const lengths = (min: number) =>
  fc.array(fc.integer({ min: 12, max: 280 }), { minLength: min, maxLength: 90 });

describe('pairs', () => {
  test(`are of held-out tweets, alike in length and balanced in order, each tweet once (seed ${seed})`, () => {
    const round = fc.record({
      documents: lengths(60),
      written: lengths(25),
      share: fc.double({ min: 0.2, max: 0.6, noNaN: true }),
      of: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    });
    let made = 0;
    fc.assert(
      fc.property(round, ({ documents, written: writtenLengths, share, of }) => {
        const all = texts('me', documents);
        const ids = all.map((text) => new Int32Array([...text].map((c) => c.codePointAt(0) ?? 0)));
        const split = splitDocuments(
          { documents: ids, answers: new Map() },
          { validationShare: share, seed: of },
        );
        const heldOut = split.validation.map((i) => all[i] ?? '');
        const training = new Set(split.training.map((i) => all[i]));
        const written = texts('bot', writtenLengths);
        const pairs = quizPairs(heldOut, written, QUIZ_PAIRS, of);
        expect(quizPairs(heldOut, written, QUIZ_PAIRS, of)).toEqual(pairs);
        if (pairs === null) return;
        made++;
        expect(pairs).toHaveLength(QUIZ_PAIRS);
        for (const { texts: both, real } of pairs) {
          expect(heldOut).toContain(both[real]);
          expect(training.has(both[real])).toBe(false);
          expect(written).toContain(both[1 - real]);
          expect(areAlike([...both[0]].length, [...both[1]].length)).toBe(true);
        }
        expect(new Set(pairs.flatMap((pair) => pair.texts)).size).toBe(2 * QUIZ_PAIRS);
        expect(pairs.filter(({ real }) => real === 0)).toHaveLength(QUIZ_PAIRS / 2);
      }),
      { seed, numRuns: 60 },
    );
    expect(made).toBeGreaterThan(20);
  });

  test('have the real tweet at each place as often as the other, whatever the place', () => {
    const [real, written] = [texts('me', Array(30).fill(50)), texts('bot', Array(25).fill(50))];
    const firsts = new Array<number>(QUIZ_PAIRS).fill(0);
    const rounds = 400;
    for (let of = 0; of < rounds; of++) {
      const pairs = quizPairs(real, written, QUIZ_PAIRS, of) ?? [];
      for (const [i, pair] of pairs.entries()) firsts[i] = (firsts[i] ?? 0) + 1 - pair.real;
    }
    // Five standard deviations of a fair coin.
    for (const count of firsts) expect(Math.abs(count - rounds / 2)).toBeLessThan(5 * 10);
  });

  test('are of all lengths that there are, and not only of the most usual ones', () => {
    const of = Array.from({ length: 60 }, (_, i) => 20 + 4 * i);
    const pairs = quizPairs(texts('me', of), texts('bot', of), QUIZ_PAIRS, 3) ?? [];
    const found = pairs.map((pair) => pair.texts[0].length);
    expect(Math.max(...found) - Math.min(...found)).toBeGreaterThan(100);
  });

  test('aren’t made where length would tell', () => {
    const real = texts('me', Array(40).fill(40));
    expect(quizPairs(real, texts('bot', Array(25).fill(200)), QUIZ_PAIRS, 1)).toBeNull();
    expect(quizPairs(real, texts('bot', Array(9).fill(40)), QUIZ_PAIRS, 1)).toBeNull();
    expect(quizPairs([], texts('bot', Array(25).fill(40)), QUIZ_PAIRS, 1)).toBeNull();
  });
});

describe('the score of a bot', () => {
  const round = (right: number, version: number | null) => ({
    ...{ playedAt: 0, seed: 1, pairs: 10, right, longestStreak: right, version },
  });
  const bot = { status: 'finished', writesWith: null, history: [{ number: 1 }, { number: 2 }] };

  test('is that of the version that writes', () => {
    const quizzes = [round(3, 1), round(7, 2), round(8, 2), round(1, null)];
    expect(quizScore({ ...bot, quizzes })).toEqual({ rounds: 2, pairs: 20, right: 15 });
    expect(quizScore({ ...bot, writesWith: 1, quizzes })).toMatchObject({ right: 3 });
    expect(quizScore({ ...bot, status: 'paused', history: [], quizzes })).toMatchObject({
      right: 1,
    });
    expect(quizScore({ ...bot, quizzes: [] })).toBeNull();
  });

  test('has the longest streak of a round', () => {
    expect(longestStreak([])).toBe(0);
    expect(longestStreak([true, true, false, true, true, true, false])).toBe(3);
  });
});
