/** The table of counts against one that Python made by the recipe's own code (clean-golden.py). */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { fileOf } from '../../fixtures/archives.ts';

const fixture = (name: string) => new URL(`../../fixtures/${name}`, import.meta.url);
const golden: Record<string, object> = JSON.parse(
  readFileSync(fixture('counts.golden.json'), 'utf8'),
);
const rows: readonly { raw: string }[] = JSON.parse(
  readFileSync(fixture('clean.golden.json'), 'utf8'),
);
const sample = new Uint8Array(
  readFileSync(new URL('../../../public/sample/mynah-sample.zip', import.meta.url)),
);

test.each([
  ['rows', () => fileOf('rows.json', JSON.stringify(rows.map(({ raw }) => raw)))],
  ['sample', () => fileOf('sample.zip', sample)],
])('%s', async (name, file) => {
  const { counts } = await buildDataset(await readTweets(await openArchive([file()])));
  expect(counts).toMatchObject({ ...golden[name], other: 0, damaged: 0 });
});
