/** The ready-made bot on a first visit: it writes in the first screen, without anything brought, and then offline. */

import { expect, test } from 'vitest';
import { labels } from '../../src/app/texts/en/labels.ts';
import { readCounts, trySample, waitUntilOffline } from '../support/drive-page.ts';
import { expectFit } from './expect-fit.ts';
import { visitSite } from './open-page.ts';

test('it writes at once, offline too, and is never in the way', async () => {
  const viewport = { width: 360, height: 740 };
  const { page, site } = await visitSite({ hasThreads: false }, { viewport });
  const list = page.getByRole('list', { name: labels.readyTweets });
  const write = async (start: string): Promise<string[]> => {
    await page.getByLabel(labels.readyPrompt).fill(start);
    await page.getByRole('button', { name: labels.tryIt }).click();
    await list.getByRole('button', { name: labels.keepTweet }).nth(2).waitFor();
    await page.getByRole('button', { name: labels.tryIt }).waitFor();
    return list.locator('blockquote').allInnerTexts();
  };
  await waitUntilOffline(page);
  await site.unplug();
  await page.reload();
  const tweets = await write('My dream is');
  expect(tweets).toHaveLength(3);
  for (const tweet of tweets) expect(tweet).toMatch(/^My dream is ./);
  await expectFit(page, 'first screen with tweets');

  // What it wrote stays with it, and new tweets begin with the new start.
  await page.reload();
  for (const tweet of await write('Nobody')) expect(tweet).toMatch(/^Nobody./);

  // It can be put away and brought back with what it wrote.
  await page.getByRole('button', { name: labels.removeReadyBot }).click();
  await page.getByRole('button', { name: labels.bringBackReadyBot }).click();
  await page.getByRole('button', { name: labels.tryIt }).waitFor();

  // Once there are tweets of one's own, it is the last of the list, and no bot of the user's.
  await trySample(page);
  await readCounts(page);
  expect(await page.getByRole('button', { name: labels.tryIt }).count()).toBe(0);
  await page.getByRole('button', { name: labels.selectReadyBot }).click();
  await page.getByRole('button', { name: labels.writeTweets(5) }).waitFor();
  await page
    .getByRole('list', { name: labels.writtenTweets })
    .getByText(tweets[0] ?? '')
    .waitFor();
});
