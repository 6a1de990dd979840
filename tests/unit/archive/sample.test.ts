import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { fileOf, textsOf } from '../../fixtures/archives.ts';

const committed = readFileSync(new URL('../../../public/sample/mynah-sample.zip', import.meta.url));

test('the sample is an archive that trains without a warning', async () => {
  const opened = await openArchive([fileOf('mynah-sample.zip', new Uint8Array(committed))]);
  const read = await readTweets(opened);
  const { counts, documents, characters, isSmall } = await buildDataset(read);
  expect(read.accounts[0]).toMatchObject({
    username: 'mynah_sample',
    displayName: 'A Bird in Lost Property',
  });
  expect(counts).toMatchObject({ read: 478, retweets: 31, short: 26, other: 0, kept: 421 });
  expect(characters).toBeGreaterThan(42_000);
  expect(isSmall).toBe(false);
  expect(new Set(documents).size).toBe(documents.length);
  expect(documents.filter((text) => text.startsWith('My dream is')).length).toBeGreaterThan(12);
});

test('the sample holds what real tweets hold', async () => {
  const file = fileOf('mynah-sample.zip', new Uint8Array(committed));
  const tweets = textsOf(await readTweets(await openArchive([file])));
  const some = (pattern: RegExp) => tweets.filter((text) => pattern.test(text)).length;
  expect(some(/^@\w+ /)).toBeGreaterThan(10);
  expect(some(/https:\/\/t\.co\/\w{10}/)).toBeGreaterThan(5);
  expect(some(/&amp;/)).toBeGreaterThan(2);
  expect(some(/\n/)).toBeGreaterThan(3);
  expect(some(/&lt;\|endoftext\|&gt;/)).toBe(1);
  expect(some(/&lt;script&gt;/)).toBe(1);
  expect(some(/\u200d/)).toBeGreaterThan(2);
  expect(some(/#\w/)).toBeGreaterThan(3);
  for (const text of tweets) expect([...text].length).toBeLessThanOrEqual(280);
});
