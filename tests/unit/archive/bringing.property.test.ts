/** Any tweets in any format, packed, nested and chosen in any way, among anything: each is read once. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { PRIVATE_ENTRIES, PRIVATE_MARKER } from '../../fixtures/archives.ts';
import {
  alone,
  type Brought,
  gzipped,
  inFolder,
  selectedAll,
  splitTree,
  tarred,
  together,
  type Tree,
  within,
  zipped,
} from '../../fixtures/bringing.ts';
import { MADE_FORMATS } from '../../fixtures/made-formats.ts';
import type { MadeFormat } from '../../fixtures/made-pieces.ts';
import { type MadeTweet, madeTweets } from '../../fixtures/made-tweets.ts';

const seed = 20261130;
const RUNS = 400;

/** Formats whose files say by their names that they are an archive: beside it nothing else is read. */
const ARCHIVES = new Set<string>([
  'today’s ZIP',
  'a folder',
  'ZIP of 2020',
  'ZIP of 2018',
  'ZIP of 2012',
  'ZIP of 2012 with its CSV alone',
  'tweets.js',
  'CSV',
  'Mastodon',
]);

const idle: Tree = {
  'Your archive.html': '<!doctype html>',
  'README.txt': `${PRIVATE_MARKER} and what this is\n`,
  'photo.jpg': Uint8Array.from([0xff, 0xd8, 0xff]),
  '.DS_Store': Uint8Array.from([0, 0, 0, 1]),
};
const besideAnArchive: Tree = {
  ...PRIVATE_ENTRIES,
  'notes.txt': `${PRIVATE_MARKER} to myself\n`,
  'bill.csv': `text\n${PRIVATE_MARKER} in a bill\n`,
  'ideas.json': JSON.stringify([`${PRIVATE_MARKER} of mine`]),
};

type Pack = (tree: Tree) => Promise<Tree>;

const packs: Readonly<Record<string, Pack>> = {
  'as it is': async (tree) => tree,
  'in a folder': async (tree) => within('a folder', tree),
  'in a ZIP': async (tree) => ({ 'twitter.zip': await zipped(tree) }),
  'in a tar': async (tree) => ({ 'twitter.tar': await tarred(tree) }),
  'in a .tar.gz': async (tree) => ({ 'twitter.tar.gz': gzipped(await tarred(tree)) }),
  'each file compressed': async (tree) =>
    Object.fromEntries(
      Object.entries(tree).map(([path, content]) => [`${path}.gz`, gzipped(content)]),
    ),
  'in two ZIPs': async (tree) => {
    const [first, second] = splitTree(tree, Math.ceil(Object.keys(tree).length / 2));
    return { 'b/1.zip': await zipped(first), 'a/2.zip': await zipped(second) };
  },
};

const choices: Readonly<Record<string, (tree: Tree) => Brought>> = {
  'a folder': (tree) => inFolder('Downloads', tree),
  'all in a folder': selectedAll,
  'files one by one': alone,
};

const cases = fc.record({
  format: fc.constantFrom(...Object.keys(MADE_FORMATS)) as fc.Arbitrary<keyof typeof MADE_FORMATS>,
  count: fc.integer({ min: 1, max: 12 }),
  parts: fc.integer({ min: 1, max: 3 }),
  inner: fc.constantFrom(...Object.keys(packs)),
  outer: fc.constantFrom(...Object.keys(packs)),
  choice: fc.constantFrom(...Object.keys(choices)),
  straysIn: fc.constantFrom('nowhere', 'inside', 'outside', 'beside'),
});

test(`any tweets, brought in any way, read back the same (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      cases,
      async ({ format: name, count, parts, inner, outer, choice, straysIn }) => {
        const format: MadeFormat = MADE_FORMATS[name];
        const tweets = [...madeTweets(count, seed)].map(
          (tweet): MadeTweet => ({
            ...tweet,
            text: format.fit(tweet.text),
          }),
        );
        const strays = ARCHIVES.has(name) ? { ...idle, ...besideAnArchive } : idle;
        const where = (place: string): Tree => (straysIn === place ? strays : {});
        const made = format
          .files(tweets, parts)
          .map(({ path, content }) => [path, [...content()].join('')] as const);
        const tree = await packs[inner]?.({ ...where('inside'), ...Object.fromEntries(made) });
        const packed = await packs[outer]?.({ ...where('outside'), ...tree });
        const chosen = choices[choice]?.(packed ?? {}) ?? alone({});
        const { files, paths } = together(chosen, alone(where('beside')));
        const read = await readTweets(await openArchive(files, { paths }));
        expect(read.tweets.map(({ text }) => text).toSorted()).toEqual(
          tweets.map(({ text }) => text).toSorted(),
        );
        expect(read.damaged).toBe(0);
        expect(read.accounts).toHaveLength(1);
        const kinds = read.warnings.map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind !== 'files-left')).toEqual([]);
      },
    ),
    { seed, numRuns: RUNS },
  );
});
