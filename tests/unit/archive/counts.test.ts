/** The table of counts against one that Python made by the recipe's own code (clean-golden.py). */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { fileOf } from '../../fixtures/archives.ts';

const fixture = (name: string) => new URL(`../../fixtures/${name}`, import.meta.url);
const golden: Record<string, Record<string, number>> = JSON.parse(
  readFileSync(fixture('counts.golden.json'), 'utf8'),
);
const rows: readonly { raw: string }[] = JSON.parse(
  readFileSync(fixture('clean.golden.json'), 'utf8'),
);
const sample = new Uint8Array(
  readFileSync(new URL('../../../public/sample/mynah-sample.zip', import.meta.url)),
);

/** Of the made-up rows the recipe drops one as short that is Japanese: to it that is two words. */
const differs: Record<string, { readonly keptMore: number }> = { rows: { keptMore: 1 } };

test.each([
  ['rows', () => fileOf('rows.json', JSON.stringify(rows.map(({ raw }) => raw)))],
  ['sample', () => fileOf('sample.zip', sample)],
])('%s', async (name, file) => {
  const { counts } = await buildDataset(await readTweets(await openArchive([file()])));
  const { keptMore = 0 } = differs[name] ?? {};
  const { short = 0, kept = 0, ...same } = golden[name] ?? {};
  const expected = { ...same, short: short - keptMore, kept: kept + keptMore };
  expect(counts).toMatchObject({ ...expected, other: 0, damaged: 0 });
});
