/**
 * Tweets that come to those of an earlier drop: a newer archive, also after a reload, and a table whose
 * column the user has to choose.
 */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { news } from '../../src/app/texts/en/news.ts';
import { archiveZip } from '../fixtures/archives.ts';
import { tweetTexts } from '../fixtures/tweets-file.ts';
import { dropArchive, readCounts } from '../support/drive-page.ts';
import { visitSite } from './open-page.ts';

test('a newer archive is joined to the earlier one, or kept apart; a table’s tweets follow the others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mynah-joining-'));
  const { page } = await visitSite({ hasThreads: false });
  const write = async (name: string, count: number): Promise<string> => {
    writeFileSync(join(folder, name), await archiveZip(tweetTexts(count)));
    return join(folder, name);
  };
  const offer = page.getByText('You already have tweets of @mynah_test here.');
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await dropArchive(page, await write('2023.zip', 200));
  expect(await readCounts(page)).toMatchObject({ read: 200 });
  expect(await offer.count()).toBe(0);
  await dropArchive(page, await write('2024.zip', 260));
  await offer.waitFor();
  expect(await readCounts(page)).toMatchObject({ read: 260 });
  await page.getByRole('status').getByText(news.canJoin('mynah_test')).waitFor();

  await page.reload();
  await offer.waitFor();
  await button(LABELS.joinTweets).click();
  await page.getByText('60 new tweets added.').waitFor();
  expect(await readCounts(page)).toMatchObject({ read: 260, kept: 260 });
  expect(await offer.count()).toBe(0);

  await dropArchive(page, await write('2025.zip', 300));
  await offer.waitFor();
  await button(LABELS.keepApart).click();
  await offer.waitFor({ state: 'hidden' });
  await page.reload();
  expect(await readCounts(page)).toMatchObject({ read: 300 });
  expect(await offer.count()).toBe(0);

  const table = join(folder, 'mine.csv');
  const texts = tweetTexts(240).slice(200);
  writeFileSync(table, ['when,said', ...texts.map((text) => `2024-11-09,${text}`)].join('\n'));
  writeFileSync(join(folder, 'mine.json'), JSON.stringify(tweetTexts(200)));
  await dropArchive(page, [join(folder, 'mine.json'), table]);
  const question = page.getByRole('group', { name: 'Which column holds the tweets?' });
  await question.getByRole('button', { name: 'said' }).click();
  await page.getByText('40 new tweets added.').waitFor();
  expect(await readCounts(page)).toMatchObject({ read: 240, kept: 240 });
});
