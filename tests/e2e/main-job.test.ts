/** The main job as a person does it, on the built site: with the network, and then without. */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import {
  chooseArchive,
  continueTraining,
  dropArchive,
  emptyStore,
  ENDLESS,
  pauseTraining,
  pressButton,
  readCounts,
  readRecordedRun,
  type Session,
  type SessionOptions,
  startTraining,
  stopAndKeep,
  trySample,
  waitForStep,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import type { RecordedRun } from '../support/page-facts.ts';
import { type Site, type SiteOptions, serveSite } from '../support/serve-site.ts';
import { openPage } from './open-page.ts';
import { accountJs, archiveZip, PRIVATE_ENTRIES, tweetsJs, zipOf } from '../fixtures/archives.ts';
import { manifestFile } from '../fixtures/made-formats.ts';
import { tweetTexts } from '../fixtures/tweets-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'mynah-e2e-'));

let site: Site;
let session: Session;

/** Opens the page before each test of a suite. */
function visit(options: SiteOptions, look: SessionOptions = {}): void {
  beforeEach(async () => {
    site = await serveSite(options);
    session = await openPage(site.url, look);
  });
}

afterEach(async () => {
  await session.close();
  await site.unplug().catch(() => undefined);
  expect(session.foreignRequests).toEqual([]);
  expect(session.complaints).toEqual([]);
});

/** 300 tweets of one's own, 20 retweets and 10 too short to keep, in a ZIP as X makes it. */
async function archive(): Promise<string> {
  const own = tweetTexts(300);
  const retweets = Array.from({ length: 20 }, (_, i) => `RT @someone: not mine, number ${i}`);
  const short = Array.from({ length: 10 }, (_, i) => `ok ${i}`);
  const zip = await archiveZip([...own, ...retweets, ...short], { parts: 2 });
  const path = join(folder, 'twitter-archive.zip');
  writeFileSync(path, zip);
  return path;
}

function oneTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

async function recordedRun(): Promise<RecordedRun> {
  const run = await readRecordedRun(session.page);
  if (run === null) throw new Error('the page recorded no run');
  return run;
}

/** Goes through what a bot wrote by keys, and finds it again after a reload. */
async function useStudio(page: Page, tweets: readonly string[]): Promise<void> {
  const list = page.getByRole('list', { name: LABELS.writtenTweets });
  const shown = () => list.locator('blockquote').allInnerTexts();
  const count = (name: RegExp, number: number) =>
    page.getByRole('radio', { name: new RegExp(`${name.source}.*${number}$`) }).waitFor();
  // Typed in a field, the keys are letters.
  const search = page.getByLabel(LABELS.searchWritten);
  await search.fill('xxx');
  await search.press('x');
  expect(await shown()).toEqual([]);
  await search.fill('');

  await page.getByRole('button', { name: LABELS.keys }).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await count(/^Kept/, 1);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await count(/^Dropped/, 1);
  await page.keyboard.press('u');
  await count(/^Dropped/, 0);
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await count(/^Dropped/, 1);
  await page.keyboard.press('e');
  await page.getByLabel(LABELS.editedText).fill('My dream is another one');
  await page.keyboard.press('Control+Enter');
  await list.getByText('My dream is another one').waitFor();

  await writeTweets(page, 'Tonight', 1);
  await page.reload();
  await list.getByText('My dream is another one').waitFor();
  await count(/^All/, 5);
  await count(/^Kept/, 1);
  const stored = await shown();
  expect(stored[0]).toMatch(/^Tonight/);
  expect(stored.slice(1)).toEqual([tweets[0], tweets[1], 'My dream is another one', tweets[4]]);
  // The starts that were used are offered again.
  await page.getByRole('button', { name: 'Tonight', exact: true }).click();
  expect(await page.getByLabel(LABELS.prompt).inputValue()).toBe('Tonight');
}

describe('drop a ZIP, train, reload, unplug, write', () => {
  // As `npm start` serves it, with threads, and with all that moves.
  visit({}, { reducedMotion: 'no-preference' });

  test('on the fastest there is', async () => {
    const { page } = session;
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await waitUntilOffline(page);
    await dropArchive(page, await archive());
    expect(await readCounts(page)).toEqual({ read: 330, retweets: 20, short: 10, kept: 300 });

    await startTraining(page, ENDLESS);
    await waitForStep(page, 6);
    await page.reload();
    const interrupted = await recordedRun();
    expect(interrupted).toMatchObject({ status: 'running', totalSteps: ENDLESS });
    const savedSteps = interrupted.completedSteps;
    expect(savedSteps).toBeGreaterThan(0);
    expect(interrupted.points.map(({ step }) => step)).toEqual(oneTo(savedSteps));

    await continueTraining(page);
    await waitForStep(page, savedSteps + 10);
    await stopAndKeep(page);
    await waitUntilTrained(page);
    const run = await recordedRun();
    expect(run).toMatchObject({ id: interrupted.id, status: 'finished' });
    expect(run.completedSteps).toBeGreaterThanOrEqual(savedSteps + 10);
    // It went on where it was: what was recorded stands, and not a step is missing or there twice.
    expect(run.points.slice(0, savedSteps)).toEqual(interrupted.points);
    expect(run.points.map(({ step }) => step)).toEqual(oneTo(run.completedSteps));
    const losses = run.points.map(({ loss }) => loss);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(losses.slice(-6))).toBeLessThan(mean(losses.slice(0, 6)) - 0.2);

    await site.unplug();
    await page.reload();
    const tweets = await writeTweets(page, 'My dream is', 5);
    expect(tweets).toHaveLength(5);
    for (const tweet of tweets) expect(tweet).toMatch(/^My dream is\S* ./);
    await pressButton(page.getByRole('button', { name: LABELS.downloadTweets }));
    const download = page.waitForEvent('download');
    await pressButton(page.getByRole('button', { name: LABELS.saveTweets('txt'), exact: true }));
    const saved = readFileSync(await (await download).path(), 'utf8')
      .trimEnd()
      .split('\n');
    const words = (texts: readonly string[]) => texts.map((text) => text.split(/\s+/));
    expect(words(saved)).toEqual(words(tweets));
    await useStudio(page, tweets);

    // That no foreign request was seen counts only if those that were made were seen.
    const weights = `${site.url}models/starter/model.safetensors`;
    const seen = session.requests.filter(({ url }) => url === weights).map(({ by }) => by);
    expect(new Set(seen)).toEqual(new Set(['page or worker', 'service worker']));
  });

  test('with the server stopped after the first visit: import, train and write', async () => {
    const { page } = session;
    await waitUntilOffline(page);
    await site.unplug();
    await page.reload();
    await trySample(page);
    expect((await readCounts(page)).kept).toBeGreaterThan(400);
    await startTraining(page, 2);
    await waitUntilTrained(page);
    expect(await writeTweets(page, '', 2)).toHaveLength(2);
  });
});

describe('while it works', () => {
  visit({ hasThreads: false });

  test('stopping keeps what was learned; a second bot stands beside the first', async () => {
    const { page } = session;
    await dropArchive(page, await archive());
    await readCounts(page);
    await startTraining(page, ENDLESS);
    await waitForStep(page, 3);
    await stopAndKeep(page);
    await waitUntilTrained(page);
    const first = await recordedRun();
    expect(first.status).toBe('finished');
    expect(first.completedSteps).toBeGreaterThanOrEqual(3);
    expect(first.completedSteps).toBeLessThan(ENDLESS);
    expect(await writeTweets(page, 'The office', 2)).toHaveLength(2);

    const library = page.getByRole('complementary', { name: LABELS.library });
    const bots = library.getByRole('listitem');
    expect(await bots.count()).toBe(1);
    await library.getByRole('button', { name: 'New bot' }).click();
    await startTraining(page, 2);
    await waitUntilTrained(page);
    const second = await recordedRun();
    expect(second.id).not.toBe(first.id);
    expect(second).toMatchObject({ status: 'finished', completedSteps: 2 });

    // Both are there after a reload, the newest first, and the older one still writes.
    await page.reload();
    await bots.nth(1).waitFor();
    expect(await bots.count()).toBe(2);
    await bots
      .nth(0)
      .getByText(/^2 steps/)
      .waitFor();
    await bots
      .nth(1)
      .getByText(new RegExp(`^${first.completedSteps} steps`))
      .waitFor();
    await bots.nth(1).getByRole('button').first().click();
    await bots
      .nth(1)
      .getByRole('button', { name: /^Rename/ })
      .waitFor();
    expect(await writeTweets(page, 'The office', 2)).toHaveLength(2);
  });

  test('a second tab says that the first one has the engine', async () => {
    const { page, context } = session;
    await page.getByRole('button', { name: LABELS.trySample }).waitFor();
    const second = await context.newPage();
    await second.goto(site.url);
    await second
      .getByText(/another tab|other tab/i)
      .first()
      .waitFor();
  });
});

describe('bad input is told in words, and the page still works', () => {
  visit({ hasThreads: false });

  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const manyOwn = () => tweetTexts(300);

  test.each([
    ['not a ZIP', async () => file('archive.zip', 'I am no ZIP at all'), /archive\.zip/],
    [
      'a ZIP without tweets',
      async () => file('empty.zip', await zipOf(Object.entries(PRIVATE_ENTRIES))),
      /empty\.zip/,
    ],
    [
      'a truncated ZIP',
      async () => {
        const whole = await archiveZip(manyOwn());
        return file('cut.zip', whole.subarray(0, Math.floor(whole.length / 2)));
      },
      /cut\.zip/,
    ],
    [
      'invalid JSON, with the place',
      async () => file('tweets.js', 'window.YTD.tweets.part0 = [\n{"tweet": }\n]'),
      /tweets\.js.*line 2/is,
    ],
    [
      'no tweets at all',
      async () => file('none.js', 'window.YTD.tweets.part0 = [ ]'),
      /none\.js.*holds no tweets/,
    ],
  ])('%s', async (_, make, message) => {
    const { page } = session;
    await page.getByRole('button', { name: LABELS.trySample }).waitFor();
    await dropArchive(page, await make());
    const alert = page.getByRole('alert').filter({ hasText: message });
    await alert.waitFor();
    await trySample(page);
    expect((await readCounts(page)).kept).toBeGreaterThan(400);
  });

  test('an unpacked archive, dropped as a folder: what is missing of it is told', async () => {
    const { page } = session;
    const root = join(folder, 'twitter-2024');
    mkdirSync(join(root, 'data', 'tweets_media'), { recursive: true });
    const counts = { 'data/tweets.js': 300, 'data/tweets-part1.js': 40 };
    writeFileSync(join(root, 'data', 'tweets.js'), tweetsJs(manyOwn()));
    writeFileSync(join(root, 'data', 'account.js'), accountJs('folder_bird', 'Bird'));
    writeFileSync(join(root, 'data', 'manifest.js'), [...manifestFile(counts).content()].join(''));
    for (const [path, text] of Object.entries(PRIVATE_ENTRIES)) {
      writeFileSync(join(root, path), text);
    }
    await dropArchive(page, root);
    expect(await readCounts(page)).toMatchObject({ read: 300, kept: 300 });
    await page.getByText('@folder_bird').first().waitFor();
    await page.getByText(/tweets-part1\.js.*with 40 tweets is missing/).waitFor();
  });

  test('a table that doesn’t say where its tweets are: the page asks', async () => {
    const { page } = session;
    const rows = manyOwn().map((text, index) => `${index},"${text}"\n`);
    await dropArchive(page, file('table.csv', `number,message\n${rows.join('')}`));
    await page.getByRole('button', { name: 'message' }).click();
    expect(await readCounts(page)).toMatchObject({ kept: 300 });
  });

  test('after a failed import, what was there before is still there', async () => {
    const { page } = session;
    await dropArchive(page, await archive());
    const before = await readCounts(page);
    await page.reload();
    await readCounts(page);
    await dropArchive(page, file('broken.zip', 'PK and then nothing'));
    await page
      .getByRole('alert')
      .filter({ hasText: /broken\.zip/ })
      .waitFor();
    await page.reload();
    expect(await readCounts(page)).toEqual(before);
  });

  test('a small archive, from the file dialog, trains with a warning', async () => {
    const { page } = session;
    await chooseArchive(page, file('small.js', tweetsJs(tweetTexts(150))));
    expect(await readCounts(page)).toMatchObject({ read: 150, kept: 150 });
    await page
      .getByText(/40,?000/)
      .first()
      .waitFor();
    await startTraining(page, 2);
    await waitUntilTrained(page);
    expect(await recordedRun()).toMatchObject({ status: 'finished', completedSteps: 2 });
  });

  test('tweets are text, never HTML', async () => {
    const { page } = session;
    const hostile = '<img src=x onerror="document.title=`owned`"> and <b>bold</b> words stay text';
    await dropArchive(page, file('html.js', tweetsJs([hostile, ...manyOwn()])));
    await readCounts(page);
    await page.getByText(LABELS.everyTweet).click();
    await page
      .getByText(/onerror=/)
      .first()
      .waitFor();
    expect(await page.title()).not.toBe('owned');
  });
});

describe('what a paused bot needs is gone', () => {
  visit({ hasThreads: false });

  async function pausedRun(): Promise<RecordedRun> {
    const { page } = session;
    await dropArchive(page, await archive());
    await readCounts(page);
    await startTraining(page, ENDLESS);
    await waitForStep(page, 2);
    await pauseTraining(page);
    await continueButton(page).waitFor();
    const run = await recordedRun();
    expect(run.status).toBe('paused');
    expect(run.completedSteps).toBeGreaterThan(0);
    return run;
  }

  const continueButton = (page: Page) =>
    page.getByRole('button', { name: LABELS.continueTraining, exact: true }).first();

  async function expectTold(page: Page): Promise<void> {
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    const text = await alert.textContent();
    expect(text).toMatch(/tweets|bot|saved|stored|damaged|deleted/i);
    expect(text).not.toMatch(/went wrong inside|internal/i);
  }

  test('its tweets, deleted on the page', async () => {
    const { page } = session;
    const run = await pausedRun();
    await page.getByRole('button', { name: 'Your tweets', exact: true }).click();
    await pressButton(page.getByRole('button', { name: LABELS.deleteTweets }));
    await pressButton(page.getByRole('button', { name: LABELS.confirmDelete }));
    await page
      .getByText(/tweets have been deleted/i)
      .first()
      .waitFor();
    // It may say so beforehand, by a button that can't be pressed, or as the answer to pressing it.
    const button = continueButton(page);
    if ((await button.count()) > 0 && (await button.isEnabled())) {
      await pressButton(button);
      await expectTold(page);
    }
    expect(await readRecordedRun(page)).toMatchObject({ id: run.id, status: 'paused' });
    // The bot itself is still there, and writes.
    expect(await writeTweets(page, 'My dream is', 1)).toHaveLength(1);
  });

  test.each(['snapshots', 'chunks'])('its %s, lost by the browser', async (store) => {
    const { page } = session;
    const run = await pausedRun();
    await emptyStore(page, store);
    await pressButton(continueButton(page));
    await expectTold(page);
    expect(await readRecordedRun(page)).toMatchObject({ id: run.id });
  });
});
