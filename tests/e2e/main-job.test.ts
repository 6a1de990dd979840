/** The main job as a person does it, on the built site: with the network, and then without. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LABELS } from '../../src/app/labels.ts';
import {
  chooseBackend,
  continueTraining,
  dropArchive,
  openSession,
  readCounts,
  readRecordedRun,
  type Session,
  startTraining,
  trySample,
  waitForStep,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from '../../tools/demo/drive-page.ts';
import { type Site, serveSite } from '../../tools/demo/serve-site.ts';
import { archiveZip, PRIVATE_ENTRIES, tweetsJs, zipOf } from '../fixtures/archives.ts';
import { tweetTexts } from '../fixtures/tweets-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'mynah-e2e-'));
const patience = 300_000;

let site: Site;
let session: Session;

beforeEach(async () => {
  site = await serveSite();
  session = await openSession(site.url);
});

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

describe('drop a ZIP, train, reload, unplug, write', () => {
  test('on the fastest there is', async () => {
    const { page } = session;
    await waitUntilOffline(page);
    await dropArchive(page, await archive());
    expect(await readCounts(page)).toEqual({ read: 330, retweets: 20, short: 10, kept: 300 });

    await startTraining(page, 12);
    await waitForStep(page, 4, patience);
    await page.reload();
    const interrupted = await readRecordedRun(page);
    expect(interrupted).toMatchObject({ status: 'running' });
    expect(interrupted?.completedSteps).toBeGreaterThan(0);
    await continueTraining(page);
    await waitUntilTrained(page, patience);
    const run = await readRecordedRun(page);
    expect(run).toMatchObject({ status: 'finished', completedSteps: 12 });
    const losses = (run?.points ?? []).map(({ loss }) => loss);
    expect(losses).toHaveLength(12);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(losses.slice(-3))).toBeLessThan(mean(losses.slice(0, 3)) - 0.2);

    await site.unplug();
    await page.reload();
    const tweets = await writeTweets(page, 'My dream is', 5, patience);
    expect(tweets).toHaveLength(5);
    for (const tweet of tweets) expect(tweet).toMatch(/^My dream is\S* ./);
  });

  test('on WebGPU, in the worker, on a GPU device of our own', async () => {
    const { page } = session;
    await trySample(page);
    const counts = await readCounts(page);
    expect(counts.kept + counts.retweets + counts.short).toBe(counts.read);
    await chooseBackend(page, 'webgpu');
    await startTraining(page, 2);
    await waitUntilTrained(page, 2 * patience);
    const run = await readRecordedRun(page);
    expect(run).toMatchObject({ backend: 'webgpu', status: 'finished', completedSteps: 2 });
    expect(run?.adapter).toMatch(/swiftshader/i);
    expect(await writeTweets(page, 'My dream is', 1, patience)).toHaveLength(1);
  });

  test('with the server stopped after the first visit: import, train and write', async () => {
    const { page } = session;
    await waitUntilOffline(page);
    await site.unplug();
    await page.reload();
    await trySample(page);
    expect((await readCounts(page)).kept).toBeGreaterThan(400);
    await startTraining(page, 2);
    await waitUntilTrained(page, patience);
    expect(await writeTweets(page, '', 2, patience)).toHaveLength(2);
  });
});

describe('while it works', () => {
  test('stopping keeps what was learned; a second bot stands beside the first', async () => {
    const { page } = session;
    await dropArchive(page, await archive());
    await readCounts(page);
    await startTraining(page, 400);
    await waitForStep(page, 2, patience);
    await page.getByRole('button', { name: LABELS.stopAndKeep }).click();
    await waitUntilTrained(page, patience);
    const run = await readRecordedRun(page);
    expect(run?.status).toBe('finished');
    expect(run?.completedSteps).toBeLessThan(400);
    expect(await writeTweets(page, 'The office', 5, patience)).toHaveLength(5);
  });

  test('a second tab says that the first one has the engine', async () => {
    const { page, context } = session;
    await page.getByRole('button', { name: LABELS.trySample }).waitFor();
    const second = await context.newPage();
    await second.goto(site.url);
    await second
      .getByText(/another tab|other tab/i)
      .first()
      .waitFor({ timeout: 30_000 });
  });
});

describe('bad input is told in words, and the page still works', () => {
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
      'only retweets',
      async () => file('rt.js', tweetsJs(manyOwn().map((t) => `RT @a: ${t}`))),
      /retweets/i,
    ],
    [
      'too little text, with how much is needed',
      async () => file('few.js', tweetsJs(manyOwn().slice(0, 20))),
      /6,?000/,
    ],
  ])('%s', async (_, make, message) => {
    const { page } = session;
    await page.getByRole('button', { name: LABELS.trySample }).waitFor();
    await dropArchive(page, await make());
    const alert = page.getByRole('alert').filter({ hasText: message });
    await alert.waitFor({ timeout: 30_000 });
    await trySample(page);
    expect((await readCounts(page)).kept).toBeGreaterThan(400);
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

  test('a small archive trains, with a warning', async () => {
    const { page } = session;
    await dropArchive(page, file('small.js', tweetsJs(tweetTexts(150))));
    await readCounts(page);
    await page
      .getByText(/40,?000/)
      .first()
      .waitFor({ timeout: 10_000 });
  });

  test('tweets are text, never HTML', async () => {
    const { page } = session;
    const hostile = '<img src=x onerror="document.title=`owned`"> and <b>bold</b> words stay text';
    await dropArchive(page, file('html.js', tweetsJs([hostile, ...manyOwn()])));
    await readCounts(page);
    await page.getByText('Look through every tweet').click();
    await page
      .getByText(/onerror=/)
      .first()
      .waitFor({ timeout: 10_000 });
    expect(await page.title()).not.toBe('owned');
  });
});
