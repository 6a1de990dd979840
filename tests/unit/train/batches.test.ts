/** Batches are a pure function of tweets, seed and step: this is what makes a resume exact. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AccountDocuments,
  splitDocuments,
  stackBlocks,
  TrainingStream,
  trainingData,
  validationBlocks,
  oneAccount,
  documentStarts,
  wholeDocumentBlocks,
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
        const stream = new TrainingStream(oneAccount(docs), end, seed);
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
        const stream = new TrainingStream(oneAccount(docs), end, seed);
        const all = tokens(new TrainingStream(oneAccount(docs), end, seed), 0, 5 * T + 1);
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
    const once = new TrainingStream(oneAccount(docs), end, 4);
    for (let i = 0; i < 40; i++) once.block(i, 8);
    expect(new TrainingStream(oneAccount(docs), end, 4).block(23, 8)).toEqual(once.block(23, 8));
  });

  test('epochs differ in order, and so do seeds', () => {
    const docs = documents([3, 5, 2, 8, 1, 9, 4, 6, 7]);
    const stream = new TrainingStream(oneAccount(docs), end, 1);
    const n = stream.epochTokens;
    expect(tokens(stream, 0, n)).not.toEqual(tokens(stream, n, n));
    expect(tokens(stream, 0, n)).not.toEqual(
      tokens(new TrainingStream(oneAccount(docs), end, 2), 0, n),
    );
  });
});

describe('several accounts in one bot', () => {
  /** Documents of one token each, which says whose it is and which. */
  const account = (a: number, count: number, characters: number, share = 1): AccountDocuments => ({
    documents: Array.from({ length: count }, (_, i) => Int32Array.of(a * 1000 + i)),
    characters,
    share,
  });
  const epochs = (accounts: readonly AccountDocuments[], count: number, seed = 3) => {
    const stream = new TrainingStream(accounts, -1, seed);
    return tokens(stream, 0, count * stream.epochTokens).filter((id) => id >= 0);
  };
  const of = (ids: readonly number[], a: number) => ids.filter((id) => Math.floor(id / 1000) === a);

  test('each has the characters of the largest in every epoch (seed 20261122)', () => {
    const sizes = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 5, max: 90 })),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(sizes, fc.nat(), (accounts, seed) => {
        const all = accounts.map(([count, each], a) => account(a, count, count * each));
        const largest = Math.max(...all.map(({ characters }) => characters));
        const ids = epochs(all, 1, seed);
        for (const [a, [, each]] of accounts.entries()) {
          const read = of(ids, a).length * each;
          expect(Math.abs(read - largest)).toBeLessThanOrEqual(each);
        }
      }),
      { seed: 20261122 },
    );
  });

  test('shares shift the balance, not the length of an epoch', () => {
    const ids = epochs([account(0, 40, 4000, 3), account(1, 10, 1000, 1)], 1);
    expect(of(ids, 0)).toHaveLength(60);
    expect(of(ids, 1)).toHaveLength(20);
  });

  test('after any epoch, no tweet was read more than once oftener than another', () => {
    for (const count of [1, 2, 3, 4, 5]) {
      const ids = of(epochs([account(0, 40, 4000), account(1, 11, 1000)], count), 1);
      const times = Array.from(
        { length: 11 },
        (_, i) => ids.filter((id) => id === 1000 + i).length,
      );
      expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
    }
  });

  test('a block asked for later is the block it would have been', () => {
    const accounts = [account(0, 40, 4000), account(1, 11, 1000), account(2, 7, 300, 0.4)];
    const stream = new TrainingStream(accounts, -1, 9);
    for (let i = 0; i < 100; i++) stream.block(i, 8);
    for (const index of [99, 0, 57]) {
      expect(new TrainingStream(accounts, -1, 9).block(index, 8)).toEqual(stream.block(index, 8));
    }
  });

  test('one account alone is read as ever: its stream is written down here', () => {
    const stream = new TrainingStream(oneAccount(documents([3, 5, 2, 8, 1, 9, 4])), end, 4);
    expect(stream.epochTokens).toBe(39);
    expect([...stream.block(0, 48).ids]).toEqual([
      99, 0, 1, 2, 99, 42, 43, 44, 45, 99, 7, 8, 9, 10, 11, 99, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      99, 14, 15, 99, 28, 99, 21, 22, 23, 24, 25, 26, 27, 28, 99, 7, 8, 9, 10, 11, 99, 21, 22,
    ]);
    expect([...stream.block(5, 16).ids]).toEqual([
      36, 37, 38, 39, 40, 41, 42, 43, 99, 21, 22, 23, 24, 25, 26, 27,
    ]);
  });

  test('each holds out tweets of its own', () => {
    const accounts = [account(0, 100, 1), account(1, 60, 1)];
    const split = { validationShare: 0.1, seed: 5 };
    const { stream, heldOut: documents } = trainingData(accounts, -1, split);
    const firstIds = documents.map((d) => d[0] ?? -1);
    const heldOut = [of(firstIds, 0).length, of(firstIds, 1).length];
    expect(Math.min(...heldOut)).toBeGreaterThan(1);
    expect(Math.max(...heldOut)).toBeLessThan(20);
    const read = tokens(stream, 0, stream.epochTokens).filter((id) => id >= 0);
    expect([0, 1].map((a) => of(read, a).length + (heldOut[a] ?? 0))).toEqual([100, 60]);
    const alone = splitDocuments(account(0, 100, 1).documents, 0.1, 5);
    expect(new Set(of(read, 0))).toEqual(new Set(alone.training.map((d) => d[0])));
  });
});

describe('held-out tweets', () => {
  test('are a seeded share, apart from the training ones', () => {
    const docs = documents(Array.from({ length: 200 }, (_, i) => (i % 5) + 1));
    const { training, validation } = splitDocuments(docs, 0.05, 3);
    expect(validation.length).toBeGreaterThan(3);
    expect(validation.length).toBeLessThan(20);
    expect(new Set([...training, ...validation]).size).toBe(200);
    expect(splitDocuments(docs, 0.05, 3).validation).toEqual(validation);
    expect(splitDocuments(docs, 0.05, 4).validation).not.toEqual(validation);
  });

  test('stay held out, and no trained one becomes so, when others are added', () => {
    const docs = Array.from({ length: 2000 }, (_, i) => Int32Array.of(i >> 6, i & 63, 7));
    const before = splitDocuments(docs.slice(500, 1500), 0.05, 3);
    const after = splitDocuments(docs, 0.05, 3);
    const isAfter = new Set(after.validation);
    expect(before.validation.every((document) => isAfter.has(document))).toBe(true);
    expect(before.training.some((document) => isAfter.has(document))).toBe(false);
    // Of what was added, a share is held out as well.
    const added = after.validation.length - before.validation.length;
    expect(added).toBeGreaterThan(25);
    expect(added).toBeLessThan(80);
    expect(before.validation.length).toBeGreaterThan(25);
    expect(before.validation.length).toBeLessThan(80);
  });

  test('are never said a second time in what is trained on', () => {
    const docs = documents(new Array(100).fill(4));
    const { training, validation } = splitDocuments([...docs, ...docs], 0.3, 1);
    expect(validation).toEqual([]);
    expect(training).toHaveLength(200);
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
  const stream = new TrainingStream(oneAccount(documents([9, 9, 9])), end, 0);
  const batch = stackBlocks([stream.block(0, 4), stream.block(1, 4)]);
  expect(batch).toMatchObject({ B: 2, T: 4 });
  expect([...batch.ids.subarray(4)]).toEqual([...stream.block(1, 4).ids]);
});

describe('documents in blocks', () => {
  test('each begins at its end-of-text, at its block, or after as many tokens as fit (seed 20261130)', () => {
    fc.assert(
      fc.property(anyDocuments, fc.integer({ min: 1, max: 40 }), fc.nat(), (docs, T, seed) => {
        const stream = new TrainingStream(oneAccount(docs), end, seed);
        const { ids } = stackBlocks([stream.block(0, T), stream.block(1, T)]);
        const starts = documentStarts(ids, T, end, 7);
        for (let n = 0; n < ids.length; n++) {
          const t = n % T;
          const start = starts[n] as number;
          expect(t - start).toBeGreaterThanOrEqual(0);
          expect(t - start).toBeLessThan(7);
          const block = n - t;
          // Nothing begins between a token's document's beginning and the token.
          expect([...ids.subarray(block + start + 1, n + 1)]).not.toContain(end);
          const isBeginning =
            start === 0 || ids[block + start] === end || starts[block + start - 1] === start - 7;
          expect(isBeginning).toBe(true);
        }
      }),
      { seed: 20261130 },
    );
  });

  test('whole documents fill blocks without being cut, and every token counts once (seed 20261130)', () => {
    fc.assert(
      fc.property(anyDocuments, (docs) => {
        const T = 13; // As long as the longest document with its end-of-text.
        const blocks = wholeDocumentBlocks(docs, end, T, Infinity);
        const counted = blocks.flatMap(({ targets }) => [...targets].filter((id) => id >= 0));
        expect(counted).toEqual(docs.flatMap((document) => [...document, end]));
        for (const { ids, targets } of blocks) {
          expect(ids).toHaveLength(T);
          // A block ends with the end of a document: the last target that counts is an end-of-text.
          expect([...targets].filter((id) => id >= 0).at(-1)).toBe(end);
        }
      }),
      { seed: 20261130 },
    );
  });
});
