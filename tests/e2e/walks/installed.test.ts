/** What reaches the installed page by way of the system, and when it can be installed. */

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels as LABELS } from '../../../src/app/texts/en/labels.ts';
import { page as pageTexts } from '../../../src/app/texts/en/page.ts';
import { system } from '../../../src/app/texts/en/system.ts';
import { must } from '../../../src/core/assert.ts';
import { archiveZip, plainTweets, tweetsJs } from '../../fixtures/archives.ts';
import { readCounts, type Session, waitUntilOffline } from '../../support/drive-page.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { expectFitOnScreens } from '../expect-fit.ts';
import { openPage } from '../open-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'mynah-installed-'));
const archive = join(folder, 'twitter.zip');

let site: Site;
let session: Session | null = null;

beforeEach(async () => {
  site = await serveSite();
});

afterEach(async () => {
  await session?.close();
  await site.unplug();
  expect(session?.foreignRequests).toEqual([]);
  expect(session?.complaints).toEqual([]);
});

/** What the system does when something is shared with the installed page: it posts a form and shows the answer. */
async function share(page: Page, files: readonly string[], text: string): Promise<void> {
  await page.goto('about:blank');
  await page.setContent(`
    <form method="post" enctype="multipart/form-data" action="${site.url}share">
      <input type="file" name="files" multiple><textarea name="text"></textarea>
    </form>`);
  await page.locator('input').setInputFiles([...files]);
  await page.locator('textarea').fill(text);
  await Promise.all([
    page.waitForURL(`${site.url}**`),
    page.locator('form').evaluate((form: HTMLFormElement) => form.submit()),
  ]);
}

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());

test('takes what is shared without the host, and keeps no copy of it', async () => {
  writeFileSync(archive, await archiveZip(plainTweets(250), { username: 'shared_bird' }));
  session = await openPage(site.url);
  const { page } = session;
  await waitUntilOffline(page);
  expect(await page.locator('link[rel="manifest"]').count()).toBe(1);
  // Without the host: whatever is posted is answered here.
  await site.unplug();

  await share(page, [], 'I have a dream https://example.org/1');
  const prompt = page.getByLabel(LABELS.readyPrompt);
  await expect.poll(() => prompt.inputValue()).toBe('I have a dream');

  await share(page, [], 'https://example.org/1');
  await page.getByText(system.nothingArrived).waitFor();
  expect(page.url()).toBe(site.url);
  await expectFitOnScreens(page, 'nothing has arrived');

  await share(page, [archive], '');
  expect(await readCounts(page)).toMatchObject({ read: 250 });
  await page.getByText('@shared_bird').first().waitFor();
  expect(page.url()).toBe(site.url);
  expect((await cacheNames(page)).filter((name) => name.includes('shared'))).toEqual([]);
});

test('can’t be installed where no service worker could answer what is shared', async () => {
  session = await openPage(site.url, {
    initScript: 'Reflect.deleteProperty(Navigator.prototype, "serviceWorker")',
  });
  const { page } = session;
  await page.getByText(pageTexts.notOffline).waitFor();
  expect(await page.locator('link[rel="manifest"]').count()).toBe(0);
});

test('opens files as what they are: tweets, or a bot', async () => {
  session = await openPage(site.url, {
    initScript: `Object.defineProperty(globalThis, 'launchQueue', {
      value: { setConsumer(consumer) { globalThis.launch = consumer; } },
    })`,
  });
  const { page } = session;
  const launch = async (name: string, content: Uint8Array) => {
    await page.waitForFunction(() => 'launch' in globalThis);
    await page.evaluate(
      async ([name, base64]) => {
        const root = await navigator.storage.getDirectory();
        const handle = await root.getFileHandle(name, { create: true });
        const writable = await handle.createWritable();
        await writable.write(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
        await writable.close();
        const launch: unknown = Reflect.get(globalThis, 'launch');
        if (typeof launch === 'function') launch({ targetURL: location.href, files: [handle] });
      },
      [name, Buffer.from(content).toString('base64')] as const,
    );
  };
  await launch('tweets.js', Buffer.from(tweetsJs(plainTweets(300))));
  expect(await readCounts(page)).toMatchObject({ read: 300 });

  const ready = new URL('../../../public/models/ready/', import.meta.url);
  const bot = must(readdirSync(ready)[0], 'the ready-made bot');
  await launch(bot, readFileSync(new URL(bot, ready)));
  await page.getByRole('button', { name: LABELS.writeTweets(5) }).waitFor();
});
