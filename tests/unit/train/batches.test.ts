/** Batches are a pure function of tweets, seed and step: this is what makes a resume exact. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  splitDocuments,
  stackBlocks,
  TrainingStream,
  validationBlocks,
} from '../../../src/train/batches.ts';

const end = 99;
const documents = (lengths: readonly number[]) =>
  lengths.map((length, d) => Int32Array.from({ length }, (_, i) => (d * 7 + i) % end));

const anyDocuments = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 })
  .map(documents);

const tokens = (stream: TrainingStream, from: number, count: number) =>
  [...stream.block(0, from + count).ids].slice(from);

describe('the training stream', () => {
  test('every epoch holds every tweet once, each after an end-of-text (seed 20261122)', () => {
    fc.assert(
      fc.property(anyDocuments, fc.nat(), (docs, seed) => {
        const stream = new TrainingStream(docs, end, seed);
        const expected = docs.map((d) => [...d].join()).sort();
        for (const epoch of [0, 1, 2]) {
          const all = tokens(stream, epoch * stream.epochTokens, stream.epochTokens);
          expect(all[0]).toBe(end);
          const found = all
            .join()
            .split(`${end}`)
            .slice(1)
            .map((text) => text.replace(/^,|,$/g, ''));
          expect(found.sort()).toEqual(expected);
        }
      }),
      { seed: 20261122 },
    );
  });

  test('blocks are contiguous and targets are the next token (seed 20261122)', () => {
    fc.assert(
      fc.property(anyDocuments, fc.nat(), fc.integer({ min: 1, max: 40 }), (docs, seed, T) => {
        const stream = new TrainingStream(docs, end, seed);
        const all = tokens(new TrainingStream(docs, end, seed), 0, 5 * T + 1);
        for (let index = 0; index < 5; index++) {
          const { ids, targets } = stream.block(index, T);
          expect([...ids]).toEqual(all.slice(index * T, (index + 1) * T));
          expect([...targets]).toEqual(all.slice(index * T + 1, (index + 1) * T + 1));
        }
      }),
      { seed: 20261122 },
    );
  });

  test('a block asked for later is the block it would have been', () => {
    const docs = documents([3, 5, 2, 8, 1, 9, 4]);
    const once = new TrainingStream(docs, end, 4);
    for (let i = 0; i < 40; i++) once.block(i, 8);
    expect(new TrainingStream(docs, end, 4).block(23, 8)).toEqual(once.block(23, 8));
  });

  test('epochs differ in order, and so do seeds', () => {
    const docs = documents([3, 5, 2, 8, 1, 9, 4, 6, 7]);
    const stream = new TrainingStream(docs, end, 1);
    const n = stream.epochTokens;
    expect(tokens(stream, 0, n)).not.toEqual(tokens(stream, n, n));
    expect(tokens(stream, 0, n)).not.toEqual(tokens(new TrainingStream(docs, end, 2), 0, n));
  });
});

describe('held-out tweets', () => {
  test('are a seeded share, apart from the training ones', () => {
    const docs = documents(Array.from({ length: 200 }, (_, i) => (i % 5) + 1));
    const { training, validation } = splitDocuments(docs, 0.05, 3);
    expect(validation).toHaveLength(10);
    expect(training).toHaveLength(190);
    expect(new Set([...training, ...validation]).size).toBe(200);
    expect(splitDocuments(docs, 0.05, 3).validation).toEqual(validation);
    expect(splitDocuments(docs, 0.05, 4).validation).not.toEqual(validation);
  });

  test('none are held out of fewer than 40', () => {
    expect(splitDocuments(documents(new Array(39).fill(2)), 0.05, 1).validation).toEqual([]);
  });

  test('every token counts once, padding never', () => {
    const docs = documents([4, 6, 3]);
    const blocks = validationBlocks(docs, end, 8, 100);
    const counted = blocks.flatMap(({ targets }) => [...targets].filter((t) => t >= 0));
    // After the first end-of-text: every token, the separators, and the end of the last tweet.
    expect(counted).toEqual([
      ...(docs[0] ?? []),
      end,
      ...(docs[1] ?? []),
      end,
      ...(docs[2] ?? []),
      end,
    ]);
  });

  test('no more blocks than asked for', () => {
    expect(validationBlocks(documents([50, 50]), end, 8, 3)).toHaveLength(3);
  });
});

test('stacked blocks are rows of a batch', () => {
  const stream = new TrainingStream(documents([9, 9, 9]), end, 0);
  const batch = stackBlocks([stream.block(0, 4), stream.block(1, 4)]);
  expect(batch).toMatchObject({ B: 2, T: 4 });
  expect([...batch.ids.subarray(4)]).toEqual([...stream.block(1, 4).ids]);
});
