/** Batches are a pure function of tweets, seed and step: this is what makes a resume exact. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import {
  stackBlocks,
  trainingData,
  validationBlocks,
  documentStarts,
  wholeDocumentBlocks,
} from '../../../src/train/batches.ts';
import { type AccountDocuments, splitDocuments, oneAccount } from '../../../src/train/documents.ts';
import { TrainingStream } from '../../../src/train/training-stream.ts';

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
  const mark = 100_000;
  /** Documents of one token each, which says whose it is and which. */
  const account = (a: number, count: number, characters: number, share = 1): AccountDocuments => ({
    documents: Array.from({ length: count }, (_, i) => Int32Array.of(a * 1000 + i)),
    answers: new Map(),
    characters,
    share,
  });
  const epochs = (accounts: readonly AccountDocuments[], count: number, seed = 3) => {
    const stream = new TrainingStream(accounts, mark, seed);
    return tokens(stream, 0, count * stream.epochTokens).filter((id) => id !== mark);
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
    const stream = new TrainingStream(accounts, mark, 9);
    for (let i = 0; i < 100; i++) stream.block(i, 8);
    for (const index of [99, 0, 57]) {
      expect(new TrainingStream(accounts, mark, 9).block(index, 8)).toEqual(stream.block(index, 8));
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
    const { stream, heldOut: documents } = trainingData(accounts, mark, split);
    const firstIds = documents.map((d) => d[0] ?? -1);
    const heldOut = [of(firstIds, 0).length, of(firstIds, 1).length];
    expect(Math.min(...heldOut)).toBeGreaterThan(1);
    expect(Math.max(...heldOut)).toBeLessThan(20);
    const read = tokens(stream, 0, stream.epochTokens).filter((id) => id !== mark);
    expect([0, 1].map((a) => of(read, a).length + (heldOut[a] ?? 0))).toEqual([100, 60]);
    const alone = splitDocuments(account(0, 100, 1), split);
    expect(new Set(of(read, 0))).toEqual(
      new Set(alone.training.map((i) => account(0, 100, 1).documents[i]?.[0])),
    );
  });
});

describe('held-out tweets', () => {
  const split = (docs: readonly Int32Array[], validationShare: number, seed: number) => {
    const { training, validation } = splitDocuments(must(oneAccount(docs)[0], 'account'), {
      validationShare,
      seed,
    });
    const of = (indices: readonly number[]) => indices.map((i) => must(docs[i], 'document'));
    return { training: of(training), validation: of(validation) };
  };

  test('are a seeded share, apart from the training ones', () => {
    const docs = documents(Array.from({ length: 200 }, (_, i) => (i % 5) + 1));
    const { training, validation } = split(docs, 0.05, 3);
    expect(validation.length).toBeGreaterThan(3);
    expect(validation.length).toBeLessThan(20);
    expect(new Set([...training, ...validation]).size).toBe(200);
    expect(split(docs, 0.05, 3).validation).toEqual(validation);
    expect(split(docs, 0.05, 4).validation).not.toEqual(validation);
  });

  test('stay held out, and no trained one becomes so, when others are added', () => {
    const docs = Array.from({ length: 2000 }, (_, i) => Int32Array.of(i >> 6, i & 63, 7));
    const before = split(docs.slice(500, 1500), 0.05, 3);
    const after = split(docs, 0.05, 3);
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
    const { training, validation } = split([...docs, ...docs], 0.3, 1);
    expect(validation).toEqual([]);
    expect(training).toHaveLength(200);
  });

  test('none are held out of fewer than 40', () => {
    expect(split(documents(new Array(39).fill(2)), 0.05, 1).validation).toEqual([]);
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

describe('answers', () => {
  const separator = Int32Array.of(55, 56);
  const count = fc.integer({ min: 40, max: 90 });
  /** Texts of their own tokens, of which some answer an earlier or a later one. */
  const account = (n: number, links: readonly number[]) => {
    const docs = Array.from({ length: n }, (_, d) =>
      Int32Array.from({ length: 1 + (d % 4) }, (_unused, i) => 1000 + 10 * d + i),
    );
    const answers = new Map<number, number>();
    for (const [i, any] of links.slice(0, n).entries()) {
      const link = any % (2 * i + 1);
      if (link < i) answers.set(n - 1 - i, n - 1 - link);
    }
    return must(oneAccount(docs, answers)[0], 'account');
  };
  const anyAccount = fc
    .tuple(count, fc.array(fc.nat(), { minLength: 40, maxLength: 90 }))
    .map(([n, links]) => account(n, links));
  const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

  test('are read after what they answer, of which nothing is learned (seed 20261201)', () => {
    fc.assert(
      fc.property(anyAccount, anySeed, (own, seed) => {
        const options = { validationShare: 0.2, seed, replySeparator: separator };
        const { stream, heldOut } = trainingData([own], end, options);
        const split = splitDocuments(own, options);
        const whole = (i: number) => {
          const before = own.documents[own.answers.get(i) ?? -1];
          const given = before === undefined ? [] : [...before, ...separator];
          const document = [...must(own.documents[i], 'document')];
          return { ids: [end, ...given, ...document], counted: [end, ...document] };
        };
        const { ids, targets } = stream.block(0, stream.epochTokens);
        const byFirst = new Map<string, number[]>();
        let document: number[] = [];
        const counted = [...targets].filter((target) => target >= 0);
        for (const id of [...ids, end]) {
          if (id === end && document.length > 0) {
            byFirst.set(document.join(), document);
            document = [];
          }
          document.push(id);
        }
        expect([...byFirst.keys()].sort()).toEqual(
          split.training.map((i) => whole(i).ids.join()).sort(),
        );
        expect(counted.sort()).toEqual(split.training.flatMap((i) => whole(i).counted).sort());
        // A target is the token that follows, or none.
        for (let t = 0; t + 1 < ids.length; t++) expect([ids[t + 1], -100]).toContain(targets[t]);
        const [block] = validationBlocks(heldOut, end, 4096, 1);
        const expected = split.validation.flatMap((i) => whole(i).ids);
        expect([...(block?.ids ?? [])].slice(0, expected.length)).toEqual(expected);
        const learned = [...(block?.targets ?? [])].filter((target) => target >= 0);
        expect(learned.sort()).toEqual(split.validation.flatMap((i) => whole(i).counted).sort());
      }),
      { seed: 20261201 },
    );
  });

  test('are on the same side as what they answer, and stay there when others are added (seed 20261201)', () => {
    let heldOutAnswers = 0;
    fc.assert(
      fc.property(anyAccount, anySeed, (own, seed) => {
        const options = { validationShare: 0.3, seed };
        const { training, validation } = splitDocuments(own, options);
        expect([...training, ...validation].sort((a, b) => a - b)).toEqual([
          ...own.documents.keys(),
        ]);
        const isHeldOut = new Set(validation);
        for (const [answer, answered] of own.answers) {
          expect(isHeldOut.has(answer)).toBe(isHeldOut.has(answered));
          if (isHeldOut.has(answer)) heldOutAnswers++;
        }
        const more = Array.from({ length: 20 }, (_, i) => Int32Array.of(5000 + i));
        const after = splitDocuments({ ...own, documents: [...own.documents, ...more] }, options);
        expect(after.validation.filter((i) => i < own.documents.length).sort()).toEqual(
          [...validation].sort(),
        );
      }),
      { seed: 20261201 },
    );
    expect(heldOutAnswers).toBeGreaterThan(20);
  });
});
