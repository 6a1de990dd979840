/** What has to work in every browser, on WebAssembly. Each test has a browser and a site of its own. */

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { parseBotRecord } from '../../src/bots/bot-record.ts';
import { readJson } from '../../src/bots/model-files.ts';
import { openFolder } from '../../src/bots/open-folder.ts';
import { checkedBytes, openParameters, readDescription } from '../../src/bots/read-model.ts';
import { writeArchive } from '../fixtures/write-archive.ts';
import { by, library } from './page.ts';
import { type EngineSession, type Launch, openEngineSession } from './session.ts';

/** More steps than any machine makes while a test looks on: it is stopped, never finished. */
const endless = 20_000;

const oneTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** 20,000 tweets in three parts, among 128 MB of media. */
async function bigArchive(): Promise<string> {
  const folder = fileURLToPath(new URL('../../.cache/archives', import.meta.url));
  const path = join(folder, '20000-tweets.zip');
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  await writeArchive(path, { format: 'today’s ZIP', tweets: 20_000, parts: 3, bytes: 270e6 });
  return path;
}

export function describeMainJob(launch: Launch): void {
  let session: EngineSession | null = null;

  async function open({ isBare = false } = {}): Promise<EngineSession> {
    session = await openEngineSession(launch, { isBare });
    return session;
  }

  afterEach(async () => {
    await session?.close();
    session = null;
  });

  async function trainSample({ page }: EngineSession, steps: number): Promise<void> {
    await page.trySample();
    expect(await page.countKept()).toBeGreaterThan(400);
    await page.chooseBackend('wasm');
    await page.startTraining(steps);
  }

  test.each([
    ['sends headers', false],
    ['sends no headers', true],
  ])('on a host that %s: train on the sample, write five tweets', async (_host, isBare) => {
    const opened = await open({ isBare });
    const { page } = opened;
    await trainSample(opened, 4);
    await page.waitUntilTrained();
    const run = await page.readRecordedRun();
    expect(run).toMatchObject({ status: 'finished', completedSteps: 4, backend: 'wasm' });
    const tweets = await page.writeTweets('My dream is');
    for (const tweet of tweets) expect(tweet).toMatch(/^My dream is\S* ./);
    await opened.expectSilence();
  });

  test('a reload in mid-run: training continues where it was saved', async () => {
    const opened = await open();
    const { page, browser } = opened;
    await trainSample(opened, endless);
    await page.waitForStep(6);
    await page.until('the chart of losses', () =>
      browser.run(() => document.querySelector('figure canvas') !== null),
    );
    await browser.reload();
    const interrupted = await page.readRecordedRun();
    expect(interrupted).toMatchObject({ status: 'running', totalSteps: endless });
    const savedSteps = interrupted.completedSteps;
    expect(savedSteps).toBeGreaterThan(0);

    await page.press(by('button', LABELS.continueTraining));
    await page.waitForStep(savedSteps + 4);
    await page.press(by('button', LABELS.stopAndKeep));
    await page.waitUntilTrained();
    const run = await page.readRecordedRun();
    expect(run).toMatchObject({ id: interrupted.id, status: 'finished', backend: 'wasm' });
    expect(run.points.slice(0, savedSteps)).toEqual(interrupted.points);
    expect(run.points.map(({ step }) => step)).toEqual(oneTo(run.completedSteps));
    await opened.expectSilence();
  });

  test('the server stopped after the first visit: import, train, write and export', async () => {
    const opened = await open();
    const { page, browser, site } = opened;
    await page.waitUntilOffline();
    await site.unplug();
    await browser.reload();
    await trainSample(opened, 2);
    await page.waitUntilTrained();
    expect(await page.writeTweets('')).toHaveLength(5);

    await page.press(library, by('button', { matches: '^Export ' }));
    await page.press(library, by('button', { matches: '^Full precision' }));
    const file = await page.until('the exported file', async () => {
      // While it is being written, Firefox has a second file beside it, and WebKit gives it another name.
      const names = readdirSync(browser.downloads);
      const [name = ''] = names;
      if (names.length !== 1 || !/\.zip$/.test(name)) return null;
      // WebKit may give the file its name before all of it is there; a ZIP ends with its directory.
      return readFileSync(join(browser.downloads, name)).includes('PK\x05\x06') ? name : null;
    });
    const bytes = readFileSync(join(browser.downloads, file));
    const { files } = await openFolder([{ path: file, file: new File([bytes], file) }]);
    const { config } = await readDescription(files);
    let weightBytes = 0;
    const signal = new AbortController().signal;
    const parameters = await openParameters(files, config);
    for await (const piece of checkedBytes(parameters, signal))
      weightBytes += piece.bytes.byteLength;
    expect(weightBytes).toBeGreaterThan(4 * 3_000_000);
    expect(parseBotRecord(await readJson(files, 'training_args.json'))).toMatchObject({});
    await opened.expectSilence();
  });

  test('a big archive is read', async () => {
    const opened = await open();
    const { page } = opened;
    await page.bring(LABELS.archiveInput, await bigArchive());
    expect(await page.countKept()).toBeGreaterThan(10_000);
    await opened.expectSilence();
  });

  test('the footer says what the browser tells of its storage, and nothing else', async () => {
    const { page, browser } = await open();
    const tells = await browser.run(async () => {
      const { storage } = navigator as { storage?: { estimate?: () => Promise<StorageEstimate> } };
      return ((await storage?.estimate?.())?.quota ?? 0) > 0;
    });
    await page.says(tells ? /\d \w*B stored of [1-9]/ : /doesn’t say how much it stores/);
  });
}
