import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { MynahError } from '../../../src/core/errors.ts';
import {
  archiveZip,
  fileOf,
  JSON_SHAPES,
  jsonArray,
  makeFiles,
  plainTweets,
  textsOf,
  tweetsJs,
} from '../../fixtures/archives.ts';
import { MADE_FORMATS } from '../../fixtures/made-formats.ts';
import type { MadeFormat } from '../../fixtures/made-pieces.ts';
import { type MadeTweet, madeId } from '../../fixtures/made-tweets.ts';

const seed = 20261122;

/** Anything a text can hold: emoji, brackets, quotes, controls, halves of surrogate pairs. */
const tweetText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'[]{}",\\\n\ud83d\u2028', 'RT @', '😀'), maxLength: 20 }),
);
const tweetList = fc.array(tweetText, { maxLength: 12 });

/** A file whose bytes come in chunks of the sizes given, over and over. */
class ChunkedFile extends File {
  readonly #sizes: readonly number[];

  constructor(content: BlobPart, name: string, sizes: readonly number[]) {
    super([content], name);
    this.#sizes = sizes;
  }

  override stream(): ReturnType<File['stream']> {
    let at = 0;
    let turn = 0;
    return new ReadableStream({
      pull: async (controller) => {
        const size = this.#sizes[turn++ % this.#sizes.length] ?? 1;
        const bytes = new Uint8Array(await this.slice(at, at + size).arrayBuffer());
        at += size;
        if (bytes.length > 0) controller.enqueue(bytes);
        if (at >= this.size) controller.close();
      },
    });
  }
}

async function readBack(...files: readonly File[]): Promise<readonly string[]> {
  return textsOf(await readTweets(await openArchive(files)));
}

test(`any list of tweets written as an archive reads back the same (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      tweetList,
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      async (tweets, parts, isStored) => {
        const zip = await archiveZip(tweets, { parts, isStored });
        expect(await readBack(fileOf('a.zip', zip))).toEqual(tweets);
      },
    ),
    { seed, numRuns: 60 },
  );
});

const anyTweets = fc
  .array(
    fc.record({
      text: tweetText,
      replyToId: fc.option(fc.bigInt({ min: 1n, max: 2n ** 62n }).map(String)),
      isRetweet: fc.boolean(),
      quoteOfId: fc.option(fc.bigInt({ min: 1n, max: 2n ** 62n }).map(String)),
      likes: fc.nat(),
      language: fc.constantFrom('en', 'pt', 'ja', 'zh-Hant'),
      secondsLater: fc.nat(5_000_000),
    }),
    { maxLength: 8 },
  )
  .map((list) => {
    let createdAt = Date.UTC(2011, 11, 31);
    return list.map(({ secondsLater, ...tweet }, index): MadeTweet => {
      createdAt += secondsLater * 1000;
      const replyToUser = tweet.replyToId === null ? null : 'bird';
      return { ...tweet, id: madeId(index), createdAt, replyToUser };
    });
  });

describe(`any tweets with their fields read back the same (seed ${seed})`, () => {
  test.each(Object.entries(MADE_FORMATS))('%s', async (name, format: MadeFormat) => {
    await fc.assert(
      fc.asyncProperty(anyTweets, fc.integer({ min: 1, max: 3 }), async (any, parts) => {
        const tweets = any.map((tweet) => ({ ...tweet, text: format.fit(tweet.text) }));
        const { files, paths } = await makeFiles(format, tweets, parts);
        if (tweets.length === 0 && files.some(({ size }) => size === 0)) return;
        if (tweets.length === 0 && name === 'ZIP of 2012') return;
        const read = await readTweets(await openArchive(files, { paths }));
        expect(read.damaged).toBe(0);
        expect(read.warnings).toEqual([]);
        const fields = ['text', ...format.carries] as const;
        const only = (tweet: Readonly<Partial<Record<(typeof fields)[number], unknown>>>) =>
          fields.map((field) => tweet[field]);
        expect(read.tweets.map(only)).toEqual(tweets.map(only));
      }),
      { seed, numRuns: format.as === 'zip' ? 15 : 40 },
    );
  });
});

test(`any list of tweets in bare files, in any chunks, reads back the same (seed ${seed})`, async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(
      tweetList,
      sizes,
      fc.constantFrom('parts' as const, ...JSON_SHAPES),
      async (tweets, chunks, shape) => {
        if (shape === 'parts') {
          const half = Math.floor(tweets.length / 2);
          const first = tweetsJs(tweets.slice(0, half));
          const second = tweetsJs(tweets.slice(half), { part: 1, isWrapped: false });
          const files = [
            new ChunkedFile(second, 'tweets-part1.js', chunks),
            new ChunkedFile(first, 'tweets.js', chunks),
          ];
          expect(await readBack(...files)).toEqual(tweets);
        } else {
          const file = new ChunkedFile(jsonArray(tweets, shape), 'a.json', chunks);
          expect(await readBack(file)).toEqual(tweets);
        }
      },
    ),
    { seed, numRuns: 100 },
  );
});

test(`any damage to an archive ends in tweets or in an error of ours (seed ${seed})`, async () => {
  const archives = [
    { name: 'a.zip', bytes: await archiveZip(plainTweets(120), { parts: 2 }) },
    { name: 'b.zip', bytes: await archiveZip(plainTweets(120), { isStored: true }) },
    { name: 'tweets.js', bytes: new TextEncoder().encode(tweetsJs(plainTweets(120))) },
  ];
  const damage = fc.record({
    archive: fc.constantFrom(...archives),
    // From the end, as a ZIP's directory is there.
    hits: fc.array(fc.tuple(fc.oneof(fc.nat(300), fc.nat()), fc.integer({ min: 0, max: 255 })), {
      maxLength: 6,
    }),
    cut: fc.option(fc.nat(), { nil: null, freq: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ archive: { name, bytes }, hits, cut }) => {
      const damaged = bytes.slice(0, cut === null ? bytes.length : cut % bytes.length);
      for (const [fromEnd, value] of hits) {
        if (damaged.length > 0) damaged[damaged.length - 1 - (fromEnd % damaged.length)] = value;
      }
      try {
        const read = await readTweets(await openArchive([fileOf(name, damaged)]));
        await buildDataset(read);
      } catch (error) {
        expect(error).toBeInstanceOf(MynahError);
        if (error instanceof MynahError) expect(error.code).not.toBe('internal');
      }
    }),
    { seed, numRuns: 300 },
  );
});
