/** The page in another language than English, and in words that are longer. */

import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
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
  startTraining,
  stopAndKeep,
  trySample,
  waitForStep,
  waitUntilOffline,
  waitUntilTrained,
} from '../support/drive-page.ts';
import { expectFit } from './expect-fit.ts';
import { visitSite } from './open-page.ts';

const NARROW = { width: 360, height: 800 };

test('longer words are spoken, and what is cut is found', async () => {
  const { page } = await visitSite(
    { hasThreads: false },
    { query: '?lang=pseudo', viewport: NARROW },
  );
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
  const { page } = await visitSite({ hasThreads: false }, { query: '?lang=ja' });
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
    const { page } = await visitSite({ hasThreads: false }, { locale: 'de-AT' });
    await page.getByRole('button', { name: german.trySample }).waitFor();
    await isGerman(page);
    expect(await page.title()).toBe(germanPage.title);
    const description = page.locator('meta[name="description"]');
    expect(await description.getAttribute('content')).toBe(germanPage.hero);
    await expectFit(page, 'empty, in German');
  });

  test('is spoken at once while a bot trains, after a reload, and offline', async () => {
    const { page, site } = await visitSite({ hasThreads: false });
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
