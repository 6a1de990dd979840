/**
 * A browser that lacks whatever any of the tested ones lacks, or gives no page in some of its windows: it does the whole
 * job, and the page says what that means.
 */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { labels } from '../../src/app/texts/en/labels.ts';
import { page as pageTexts } from '../../src/app/texts/en/page.ts';
import { training } from '../../src/app/texts/en/training.ts';
import { copySite, putBeforePage, putBeforeWorker } from '../support/copy-site.ts';
import {
  pressButton,
  readCounts,
  type Session,
  startTraining,
  trySample,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import { GAPS } from '../engines/gaps.ts';
import { openPage } from './open-page.ts';

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
let folder = '';
let site: Site;
let session: Session;

afterEach(async () => {
  await session.close();
  await site.unplug();
  rmSync(folder, { recursive: true, force: true });
  expect(session.foreignRequests).toEqual([]);
  expect(session.complaints).toEqual([]);
});

async function openWithout(script: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(`${cache}gaps-`);
  copySite(folder);
  putBeforePage(folder, script);
  putBeforeWorker(folder, script);
  site = await serveSite({ folder });
  session = await openPage(site.url);
}

test.each(GAPS)('without $lacks alone, the page says what it means', async (gap) => {
  await openWithout(gap.script);
  const { page } = session;
  await trySample(page);
  if (gap.isInReport) await pressButton(page.getByRole('button', { name: labels.aboutDevice }));
  await page.locator('body', { hasText: gap.says }).waitFor();
});

test('without shared memory, service workers, locks and an estimate of storage: the whole job, and what that means', async () => {
  await openWithout(TAKE_AWAY);
  const { page } = session;
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
