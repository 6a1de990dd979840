/**
 * The page answers at once, whatever the engine does: its own thread never works for 50 ms at a time. And it trains
 * without a word to those who listen.
 */

import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels } from '../../../src/app/texts/en/labels.ts';
import { archiveZip } from '../../fixtures/archives.ts';
import { tweetTexts } from '../../fixtures/tweets-file.ts';
import {
  ENDLESS,
  chooseArchive,
  pressButton,
  readCounts,
  type Session,
  startTraining,
  waitForStep,
} from '../../support/drive-page.ts';
import { announcementsDuring } from '../../support/fit-for-everyone.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { tasksDuring } from '../../support/thread-time.ts';
import { openPage } from '../open-page.ts';

/** In processor time, which other work on the machine hardly changes. */
const LONG_MS = 50;
const TWEETS = 50_000;

let site: Site;
let session: Session;

beforeEach(async () => {
  site = await serveSite();
  session = await openPage('about:blank');
});

afterEach(async () => {
  await session.close();
  await site.unplug();
});

test('opening, writing, reading a big archive and training have no long task', async () => {
  const { page } = session;
  const expectNoLongTask = async (during: string, work: () => Promise<unknown>) => {
    const tasks = await tasksDuring(page, work);
    const long = tasks.filter(({ ms }) => ms > LONG_MS);
    expect.soft(long, during).toEqual([]);
  };
  const write = page.getByRole('button', { name: labels.tryIt });
  await expectNoLongTask('opening', async () => {
    await page.goto(site.url);
    await write.and(page.locator(':enabled')).waitFor();
  });
  await expectNoLongTask('writing', async () => {
    await pressButton(write);
    const list = page.getByRole('list', { name: labels.readyTweets });
    await list.getByRole('button', { name: labels.keepTweet }).nth(2).waitFor();
  });
  const archive = `${tmpdir()}/mynah-big-${process.pid}.zip`;
  writeFileSync(archive, await archiveZip(tweetTexts(TWEETS), { parts: 3 }));
  await expectNoLongTask('reading', async () => {
    await chooseArchive(page, archive);
    expect((await readCounts(page)).read).toBe(TWEETS);
  });
  await startTraining(page, ENDLESS);
  await waitForStep(page, 1);
  const said = await announcementsDuring(page, () =>
    expectNoLongTask('training', () => waitForStep(page, 6)),
  );
  // A figure that changes at every step would talk over whatever else is read.
  expect(said).toEqual([]);
});
