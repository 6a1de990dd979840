/** Compares sampling with a slow but simple implementation of its definition. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomUnit } from '../../../src/core/random.ts';
import { candidates, draw } from '../../../src/generate/sample.ts';

const anyLogits = fc
  .array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 2, maxLength: 80 })
  .map((values) => Float32Array.from(values));

const plain = { temperature: 1, topK: 0, topP: 1, repetitionPenalty: 1 };
const noPast = { seen: new Set<number>(), banned: null };

/** Temperature, top-k, softmax, top-p and renormalization, in the Hub's order and written simply. */
function reference(
  logits: Float32Array,
  temperature: number,
  topK: number,
  topP: number,
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
        (logits, temperature, topK, topP) => {
          const expected = reference(logits, temperature, topK, topP);
          const actual = candidates(logits, { ...plain, temperature, topK, topP }, noPast);
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

test('100,000 draws follow the distribution (chi-squared, seed 20261122)', () => {
  const from = candidates(
    Float32Array.of(0, 1, 2, 0.5, -1),
    { ...plain, temperature: 0.8 },
    noPast,
  );
  const draws = 100_000;
  const counts = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const id = draw(from, randomUnit(20261122, 0, i));
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const chiSquared = from.reduce((sum, { id, probability }) => {
    const expected = probability * draws;
    return sum + ((counts.get(id) ?? 0) - expected) ** 2 / expected;
  }, 0);
  // The 99.9 % quantile for 4 degrees of freedom.
  expect(chiSquared).toBeLessThan(18.47);
});

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
