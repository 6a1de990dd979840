/**
 * A browser that lacks whatever any of the tested ones lacks, or gives no page in some of its windows: it does the whole
 * job, and the page says what that means.
 */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { labels } from '../../src/app/texts/en/labels.ts';
import { page as pageTexts } from '../../src/app/texts/en/page.ts';
import { training } from '../../src/app/texts/en/training.ts';
import { copySite, putBeforePage, putBeforeWorker } from '../support/copy-site.ts';
import {
  pressButton,
  readCounts,
  startTraining,
  trySample,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { GAPS } from '../engines/gaps.ts';
import { visitSite } from './open-page.ts';

/** Runs in the page and in the engine's worker, before anything else there. */
const TAKE_AWAY = `
  for (const name of ['SharedArrayBuffer', 'requestIdleCallback', 'showSaveFilePicker']) {
    Reflect.deleteProperty(globalThis, name);
  }
  // WebKitGTK has no StorageManager, and private windows of some browsers have no service workers and no locks.
  for (const name of ['storage', 'locks', 'serviceWorker']) {
    Reflect.deleteProperty(Object.getPrototypeOf(navigator), name);
  }`;

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

async function openWithout(script: string): Promise<Page> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(`${cache}gaps-`);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  copySite(folder);
  putBeforePage(folder, script);
  putBeforeWorker(folder, script);
  return (await visitSite({ folder })).page;
}

test.each(GAPS)('without $lacks alone, the page says what it means', async (gap) => {
  const page = await openWithout(gap.script);
  await trySample(page);
  if (gap.isInReport) await pressButton(page.getByRole('button', { name: labels.aboutDevice }));
  await page.locator('body', { hasText: gap.says }).waitFor();
});

test('without shared memory, service workers, locks and an estimate of storage: the whole job, and what that means', async () => {
  const page = await openWithout(TAKE_AWAY);
  const footer = page.getByRole('contentinfo');
  await footer.getByText(pageTexts.notOffline).waitFor();
  await footer.getByText(pageTexts.storageUnknown).waitFor();
  await page.getByText(/can’t tell whether Mynah is open in another tab/).waitFor();
  await trySample(page);
  const { kept } = await readCounts(page);
  await page.locator('.compute').getByText(training.workers.wasm(1)).waitFor();
  await startTraining(page, 2);
  await waitUntilTrained(page);
  expect(await writeTweets(page, 'My dream is', 1)).toHaveLength(1);
  // The report for engineers says the same.
  await pressButton(footer.getByRole('button', { name: labels.aboutDevice }));
  await page.getByRole('dialog').getByText(labels.copyReport).waitFor();
  await page.keyboard.press('Escape');

  const library = page.getByRole('complementary', { name: labels.library });
  await pressButton(library.getByRole('button', { name: /^Export/ }));
  const downloading = page.waitForEvent('download');
  await pressButton(library.getByRole('button', { name: /^Half the size/ }));
  expect((await downloading).suggestedFilename()).toMatch(/\.zip$/);
  // What is stored is there again.
  await page.reload();
  expect((await readCounts(page)).kept).toBe(kept);
});
