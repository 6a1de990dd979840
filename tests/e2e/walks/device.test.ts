/** The two dialogs of the footer: what has left the page, and what is known about the device. */

import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels as LABELS } from '../../../src/app/texts/en/labels.ts';
import {
  pressButton,
  readCounts,
  type Session,
  trySample,
  waitUntilOffline,
} from '../../support/drive-page.ts';
import { type HubServer, startHubServer } from '../../support/hub-server.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { expectFitOnScreens } from '../expect-fit.ts';
import { openPage } from '../open-page.ts';

let hub: HubServer;
let site: Site;
let session: Session;

beforeEach(async () => {
  hub = await startHubServer();
  site = await serveSite({ mirrors: [hub.url, hub.cdnUrl], hasThreads: false });
  session = await openPage(site.url, { reducedMotion: 'reduce' });
  await trySample(session.page);
  await readCounts(session.page);
});

afterEach(async () => {
  await session.close();
  await site.unplug();
  await hub.close();
  expect(session.complaints).toEqual([]);
});

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name });

async function openDialog(page: Page, name: string) {
  await pressButton(page.getByRole('contentinfo').getByRole('button', { name }));
  const dialog = dialogOf(page, name);
  await dialog.waitFor();
  return dialog;
}

test('what left the page is nothing, then a request to the Hub', async () => {
  const { page } = session;
  await waitUntilOffline(page);
  let dialog = await openDialog(page, LABELS.whatLeft);
  await dialog.getByText('Nothing', { exact: true }).waitFor();
  await dialog.getByText('to this page’s own address').first().click();
  const list = dialog.getByRole('list', { name: 'Requests to this page’s own address' });
  const shown = new Set(await list.locator('.request-address').allTextContents());
  // What the browser's driver has seen, which no code of the page can influence.
  const seen = session.requests.map(({ url }) => new URL(url).pathname);
  expect(seen.length).toBeGreaterThan(10);
  // These a browser fetches by itself, and records nowhere.
  const isBrowsers = (path: string) => /icon|manifest|offline\.sw\.js/.test(path);
  const missing = [...new Set(seen)].filter((path) => !shown.has(path) && !isBrowsers(path));
  expect(missing).toEqual([]);
  await expectFitOnScreens(page, 'what left the page', 'dialog');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('radio', { name: LABELS.anotherModel }).check();
  await page.getByText('If you use a mirror').click();
  await page.getByLabel(LABELS.hubUrl).fill(hub.url);
  await page.getByLabel(LABELS.hubUrl).blur();
  await page.getByRole('radio', { name: 'GPT-2', exact: true }).check();
  await pressButton(page.getByRole('button', { name: LABELS.download('GPT-2'), exact: true }));
  await page.getByRole('alert').first().waitFor();
  dialog = await openDialog(page, LABELS.whatLeft);
  await dialog.getByText(/to 1 other address$/).waitFor();
  const foreign = dialog.getByRole('list', { name: 'Requests to other addresses' });
  const rows = await foreign.getByRole('listitem').allTextContents();
  expect(rows[0]).toContain(`${new URL(hub.url).host}/api/models/openai-community/gpt2`);
  expect(rows[0]).toContain('a model that you chose to download');
  await expectFitOnScreens(page, 'a request to the Hub', 'dialog');
});

test('the report about the device says what computes, and is copied', async () => {
  const { page, context } = session;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const dialog = await openDialog(page, LABELS.aboutDevice);
  await dialog.getByText('What computes').waitFor();
  await pressButton(dialog.getByRole('button', { name: LABELS.copyReport }));
  await dialog.getByText(/^Copied/).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain(`- Browser: ${await page.evaluate(() => navigator.userAgent)}`);
  expect(text).toMatch(/- WebGPU: .*simulated in software/);
  expect(text).toMatch(/- maxBufferSize: [\d.]+ [MG]B/);
  expect(text).toMatch(/- Adapter: WebAssembly$/m);
  // Neither an address nor a name of the account.
  expect(text).not.toContain(new URL(site.url).host);
  expect(text).not.toContain('@');
  await expectFitOnScreens(page, 'the report about the device', 'dialog');
});
