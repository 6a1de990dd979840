/**
 * `npm run main-thread`: how long the page's own thread is busy at a time while the built page is opened, reads a large
 * archive, shows it, trains, writes, and shows what was written. Prints one JSON line for each of these:
 *
 *     {"during": …, "tasks": …, "longest_ms": …, "over_50_ms": …, "over_50_ms_if_4_times_slower": …, "longest_clock_ms": …}
 *
 * Times are processor time (`tests/support/thread-time.ts`), so other work on the machine hardly changes them; only
 * `longest_clock_ms` is by the clock. `--parts` prints what the longest tasks consisted of. `--tweets N` sets the size
 * of the archive (100,000).
 */

import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { labels } from '../../src/app/texts/en/labels.ts';
import { writeArchive } from '../fixtures/write-archive.ts';
import {
  ENDLESS,
  chooseArchive,
  launchBrowser,
  openSession,
  pressButton,
  readCounts,
  showView,
  startTraining,
  stopAndKeep,
  waitForStep,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { speakOnPage } from '../support/page-language.ts';
import { serveSite } from '../support/serve-site.ts';
import { tasksDuring } from '../support/thread-time.ts';

/** A task that is longer than this delays what the user does by a time that can be felt. */
const LONG_MS = 50;
const LISTED = 3;

const { values } = parseArgs({
  options: {
    tweets: { type: 'string', default: '100000' },
    parts: { type: 'boolean', default: false },
  },
});

const round = (ms: number) => Math.round(ms * 10) / 10;

await build({ logLevel: 'warn' });
const archive = `${tmpdir()}/mynah-main-thread-${process.pid}.zip`;
await writeArchive(archive, { format: 'today’s ZIP', tweets: Number(values.tweets), parts: 3 });
const browser = await launchBrowser();
const site = await serveSite();
// tsx names functions by a helper of its own, which isn't in the page.
const initScript = 'globalThis.__name = (of) => of';
const session = await openSession('about:blank', { browser, initScript });
const { page } = session;

async function measure(during: string, work: () => Promise<unknown>): Promise<void> {
  const tasks = await tasksDuring(page, work);
  const over = (ms: number) => tasks.filter((task) => task.ms > ms).length;
  console.log(
    JSON.stringify({
      during,
      tasks: tasks.length,
      longest_ms: round(tasks[0]?.ms ?? 0),
      over_50_ms: over(LONG_MS),
      over_50_ms_if_4_times_slower: over(LONG_MS / 4),
      longest_clock_ms: round(Math.max(...tasks.map(({ clockMs }) => clockMs))),
    }),
  );
  if (!values.parts) return;
  for (const { ms, parts } of tasks.slice(0, LISTED)) {
    console.log(`  ${round(ms)} ms\n    ${parts.join('\n    ')}`);
  }
}

try {
  const write = page.getByRole('button', { name: labels.tryIt });
  await measure('opening the page', async () => {
    await page.goto(site.url);
    await write.and(page.locator(':enabled')).waitFor();
  });
  await measure('writing by the ready-made bot', async () => {
    await pressButton(write);
    const list = page.getByRole('list', { name: labels.readyTweets });
    await list.getByRole('button', { name: labels.keepTweet }).nth(2).waitFor();
  });
  await measure('reading the archive', async () => {
    await chooseArchive(page, archive);
    const start = page.getByRole('button', { name: labels.startTraining });
    await start.and(page.locator(':enabled:not([aria-busy=true])')).waitFor();
  });
  await measure('looking through all tweets', async () => {
    await readCounts(page);
    await page.getByText(labels.chooseTweets).click();
    await page.getByText(labels.seeCharts).click();
    await page.getByText(labels.everyTweet).click();
    await page.getByLabel(labels.searchTweets).fill('the');
    await page.getByText(/ with “the”/).waitFor();
  });
  await measure('training', async () => {
    await startTraining(page, ENDLESS);
    await waitForStep(page, 20);
  });
  await measure('ending the training', async () => {
    await stopAndKeep(page);
    await waitUntilTrained(page);
  });
  await measure('writing 20 tweets', () => writeTweets(page, 'My dream is', 20));
  await measure('speaking another language', () => speakOnPage(page, 'de'));
  await speakOnPage(page, 'en');
  await measure('showing the runs', async () => {
    await showView(page, 'runs');
    await page.getByRole('button', { name: labels.repeatRun }).waitFor();
  });
} finally {
  await browser.close();
  await site.unplug();
  rmSync(archive, { force: true });
}
// The preview server's watchers would keep the process alive.
process.exit(0);
