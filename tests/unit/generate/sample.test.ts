/** Compares sampling with a slow but simple implementation of its definition. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomUnit } from '../../../src/core/random.ts';
import {
  candidates,
  draw,
  repeatingTokens,
  type SamplingOptions,
} from '../../../src/generate/sample.ts';

/** Equal or clearly different, so that rounding decides nothing. */
const anyLogits = fc
  .array(
    fc.integer({ min: -1280, max: 1280 }).map((steps) => steps / 64),
    { minLength: 2, maxLength: 80 },
  )
  .map((values) => Float32Array.from(values));

const plain = { temperature: 1, topK: 0, topP: 1, repetitionPenalty: 1 };
const noPast = { seen: new Set<number>(), banned: null };

/** All of them and renormalization after each, in the Hub's order and written simply. */
function reference(
  logits: Float32Array,
  { temperature, topK, topP, minP = 0, typicalP = 1 }: SamplingOptions,
): Map<number, number> {
  let kept = [...logits.entries()]
    .map(([id, logit]) => ({ id, logit: logit / temperature }))
    .sort((a, b) => b.logit - a.logit || a.id - b.id);
  if (topK > 0) kept = kept.slice(0, topK);
  const weigh = (list: typeof kept) => {
    const weights = list.map(({ logit }) => Math.exp(logit - (kept[0]?.logit ?? 0)));
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => w / total);
  };
  const probabilities = weigh(kept);
  // A token is kept if the tokens before it have less probability than p.
  kept = kept.filter(
    (_, i) => i === 0 || probabilities.slice(0, i).reduce((a, b) => a + b, 0) < topP,
  );
  const afterTopP = weigh(kept);
  const mostLikely = Math.max(...afterTopP);
  kept = kept.filter((_, i) => (afterTopP[i] ?? 0) >= minP * mostLikely);
  if (typicalP < 1) {
    const p = weigh(kept);
    const entropy = -p.reduce((sum, each) => sum + each * Math.log(each), 0);
    const distances = p.map((each) => Math.abs(-Math.log(each) - entropy));
    const order = [...p.keys()].sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0));
    const massUpTo = (at: number) =>
      order.slice(0, at + 1).reduce((sum, i) => sum + (p[i] ?? 0), 0);
    // The token that crosses the limit is kept, and all that are as near as it is.
    const last = order.find((_, at) => massUpTo(at) >= typicalP) ?? order.at(-1) ?? 0;
    kept = kept.filter((_, i) => (distances[i] ?? 0) <= (distances[last] ?? 0) + 1e-12);
  }
  const final = weigh(kept);
  return new Map(kept.map(({ id }, i) => [id, final[i] ?? 0]));
}

describe('candidates', () => {
  test('equal those of the definition (seed 20261122)', () => {
    fc.assert(
      fc.property(
        anyLogits,
        fc.double({ min: 0.2, max: 2, noNaN: true }),
        fc.integer({ min: 0, max: 90 }),
        fc.double({ min: 0.05, max: 0.999, noNaN: true }),
        fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 1, noNaN: true })),
        fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 0.999, noNaN: true })),
        (logits, temperature, topK, topP, minP, typicalP) => {
          const options = { ...plain, temperature, topK, topP, minP, typicalP };
          const expected = reference(logits, options);
          const actual = candidates(logits, options, noPast);
          expect(actual.map(({ id }) => id)).toEqual([...expected.keys()]);
          for (const { id, probability } of actual)
            expect(probability).toBeCloseTo(expected.get(id) ?? -1, 6);
        },
      ),
      { seed: 20261122 },
    );
  });

  test('never include a banned token', () => {
    const found = candidates(
      Float32Array.of(9, 1, 1),
      { ...plain, topK: 2 },
      { seen: new Set(), banned: 0 },
    );
    expect(found.map(({ id }) => id)).toEqual([1, 2]);
  });

  test('follow the penalty, which divides positive logits of seen tokens and multiplies negative ones', () => {
    const logits = Float32Array.of(2, 2, -1, -1);
    const past = { seen: new Set([0, 2]), banned: null };
    const found = candidates(logits, { ...plain, repetitionPenalty: 2 }, past);
    expect(found.map(({ id }) => id)).toEqual([1, 0, 3, 2]);
    const ratio = (a: number, b: number) =>
      (found[a]?.probability ?? 0) / (found[b]?.probability ?? 1);
    expect(ratio(1, 0)).toBeCloseTo(Math.exp(1 - 2), 6);
    expect(ratio(3, 2)).toBeCloseTo(Math.exp(-2 + 1), 6);
    expect([...logits]).toEqual([2, 2, -1, -1]);
  });

  test('contain only the most likely token for top-k 1', () => {
    const greedy = candidates(Float32Array.of(1, 3, 2), { ...plain, topK: 1 }, noPast);
    expect(greedy).toEqual([{ id: 1, probability: 1 }]);
  });
});

describe('a repeated n-gram', () => {
  test('is what would end as an earlier one does', () => {
    expect([...repeatingTokens([1, 2, 3, 1, 2], 3)]).toEqual([3]);
    expect([...repeatingTokens([1, 2, 3, 1, 2, 4, 1, 2], 3)]).toEqual([3, 4]);
    expect([...repeatingTokens([5, 6], 1)]).toEqual([5, 6]);
    expect([...repeatingTokens([5, 5], 2)]).toEqual([5]);
    expect([...repeatingTokens([1, 2], 4)]).toEqual([]);
    expect([...repeatingTokens([], 2)]).toEqual([]);
  });

  test('never comes when its end is never drawn (seed 20261130)', () => {
    const few = fc.array(fc.nat(3), { maxLength: 40 });
    fc.assert(
      fc.property(few, fc.integer({ min: 1, max: 5 }), (text, n) => {
        const grams = (tokens: number[]) =>
          tokens.slice(n - 1).map((_, i) => tokens.slice(i, i + n).join());
        const known = new Set(grams(text));
        const banned = repeatingTokens(text, n);
        for (let id = 0; id < 5; id++) {
          const next = grams([...text, id]).at(-1);
          expect(banned.has(id)).toBe(text.length >= n && next !== undefined && known.has(next));
        }
      }),
      { seed: 20261130 },
    );
  });

  test('is not among the candidates', () => {
    const past = { ...noPast, repeating: new Set([1, 2]) };
    for (const topK of [0, 2])
      expect(candidates(Float32Array.of(1, 3, 2, 0), { ...plain, topK }, past)[0]?.id).toBe(0);
  });
});

/** 99.9 % quantiles of chi-squared, by degrees of freedom. */
const QUANTILES = [0, 10.83, 13.82, 16.27, 18.47, 20.52, 22.46];

test.each([
  ['all tokens', {}, 6],
  ['top-k', { topK: 4 }, 4],
  ['top-p', { topP: 0.9 }, 4],
  ['min-p', { minP: 0.2 }, 3],
  ['typical sampling', { typicalP: 0.5 }, 3],
  ['a repetition penalty', { repetitionPenalty: 1.5 }, 6],
  ['everything', { topK: 5, topP: 0.98, minP: 0.05, typicalP: 0.9, repetitionPenalty: 1.2 }, 4],
])(
  '100,000 draws with %s follow the exact probabilities (chi-squared, seed 20261122)',
  (_, changes, size) => {
    const options: SamplingOptions = { ...plain, temperature: 0.8, ...changes };
    const logits = Float32Array.of(0, 1, 2, 0.5, -1, 1.4);
    // The repetition penalty is applied by hand here: tokens 2 and 4 are in the text.
    const penalty = options.repetitionPenalty;
    const changed = logits.map((logit, id) =>
      id === 2 ? logit / penalty : id === 4 ? logit * penalty : logit,
    );
    const exact = reference(changed, options);
    expect(exact.size).toBe(size);
    const from = candidates(logits, options, { seen: new Set([2, 4]), banned: null });
    const draws = 100_000;
    const counts = new Map<number, number>();
    for (let i = 0; i < draws; i++) {
      const id = draw(from, randomUnit(20261122, 0, i));
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    let chiSquared = 0;
    for (const [id, probability] of exact) {
      const expected = probability * draws;
      chiSquared += ((counts.get(id) ?? 0) - expected) ** 2 / expected;
    }
    expect([...counts.keys()].sort()).toEqual([...exact.keys()].sort());
    expect(chiSquared).toBeLessThan(QUANTILES[size - 1] ?? 0);
  },
);

test('the last candidate is drawn if rounding leaves the sum below 1', () => {
  expect(
    draw(
      [
        { id: 4, probability: 0.3 },
        { id: 5, probability: 0.3 },
      ],
      0.999999,
    ),
  ).toBe(5);
});
