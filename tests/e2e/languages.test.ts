/** The page in another language than English, and in words that are longer. */

import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { labels as german } from '../../src/app/texts/de/labels.ts';
import { page as germanPage } from '../../src/app/texts/de/page.ts';
import { labels } from '../../src/app/texts/en/labels.ts';
import { labels as japanese } from '../../src/app/texts/ja/labels.ts';
import { accented } from '../../src/app/texts/pseudo.ts';
import { cutTexts } from '../support/cut-texts.ts';
import {
  ENDLESS,
  readCounts,
  readRecordedRun,
  type Session,
  startTraining,
  stopAndKeep,
  trySample,
  waitForStep,
  waitUntilOffline,
  waitUntilTrained,
} from '../support/drive-page.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import { expectFit } from './expect-fit.ts';
import { openPage } from './open-page.ts';

const NARROW = { width: 360, height: 800 };

let site: Site;
let session: Session | null = null;

beforeEach(async () => {
  session = null;
  site = await serveSite({ hasThreads: false });
});

afterEach(async () => {
  await session?.close();
  await site.unplug();
  expect(session?.foreignRequests).toEqual([]);
  expect(session?.complaints).toEqual([]);
});

test('longer words are spoken, and what is cut is found', async () => {
  session = await openPage(`${site.url}?lang=pseudo`, { viewport: NARROW });
  const { page } = session;
  const { trySample: name } = accented(labels);
  const button = page.getByRole('button', { name });
  await button.waitFor();
  expect(await cutTexts(page)).toEqual([]);
  await button.evaluate((element) => {
    element.style.inlineSize = '3rem';
    element.style.whiteSpace = 'nowrap';
  });
  expect(await cutTexts(page)).toEqual([name]);
});

test('damaged files are told in Japanese, and nothing of it in English', async () => {
  session = await openPage(`${site.url}?lang=ja`);
  const { page } = session;
  const bring = async (label: string, name: string, content: string) => {
    const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
    await page.getByLabel(label).setInputFiles([file]);
    const note = page.getByRole('alert').filter({ hasText: name });
    return note.textContent();
  };
  await page.getByRole('button', { name: japanese.trySample }).waitFor();
  const config = JSON.stringify({ model_type: 'gpt2', n_layer: 'twelve' });
  expect(await bring(japanese.botFile, 'config.json', config)).toContain(
    '「config.json」は壊れています（n_layerは1以上512以下の整数でなければなりません）。',
  );
  const views = page.getByRole('navigation', { name: japanese.views });
  await views.getByRole('link', { name: japanese.runs, exact: true }).click();
  const runs = JSON.stringify({ format: 'mynah-runs/1', runs: 1 });
  expect(await bring(japanese.runFile, 'runs.json', runs)).toContain(
    '「runs.json」は壊れています（runsはリストでなければなりません）。',
  );
});

describe('German', () => {
  const isGerman = (page: Page) => page.locator('html[lang="de"]').waitFor();
  const speak = (page: Page, code: string) => page.locator('.footer-select').selectOption(code);

  test('is spoken where the browser speaks it', async () => {
    session = await openPage(site.url, { locale: 'de-AT' });
    const { page } = session;
    await page.getByRole('button', { name: german.trySample }).waitFor();
    await isGerman(page);
    expect(await page.title()).toBe(germanPage.title);
    const description = page.locator('meta[name="description"]');
    expect(await description.getAttribute('content')).toBe(germanPage.hero);
    await expectFit(page, 'empty, in German');
  });

  test('is spoken at once while a bot trains, after a reload, and offline', async () => {
    session = await openPage(site.url);
    const { page } = session;
    await page.getByRole('button', { name: labels.trySample }).waitFor();
    await waitUntilOffline(page);
    await trySample(page);
    await readCounts(page);
    await startTraining(page, ENDLESS);
    const before = await waitForStep(page, 2);
    await speak(page, 'de');
    await page.getByRole('button', { name: german.pause, exact: true }).waitFor();
    await isGerman(page);
    await speak(page, 'en');
    await waitForStep(page, before + 2);
    await stopAndKeep(page);
    await waitUntilTrained(page);
    expect((await readRecordedRun(page))?.completedSteps).toBeGreaterThan(before);

    await speak(page, 'de');
    await page.getByRole('button', { name: german.writeTweets(5) }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: german.writeTweets(5) }).waitFor();
    await isGerman(page);
    await site.unplug();
    await page.reload();
    await page.getByRole('button', { name: german.writeTweets(5) }).waitFor();
    await isGerman(page);
  });
});
