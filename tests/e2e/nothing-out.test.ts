/** Code that got into the page or its worker tries every way of sending something to another host. */

import { afterEach, expect, test } from 'vitest';
import { readCounts, type Session, trySample } from '../support/drive-page.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import { tryToSend } from '../support/try-to-send.ts';
import { openPage } from './open-page.ts';

let site: Site | null = null;
let session: Session | null = null;

afterEach(async () => {
  await session?.close();
  await site?.unplug();
});

test.each([
  ['sends headers', false],
  ['sends no headers', true],
])('nothing gets out on the first visit, on a host that %s', async (_host, isBare) => {
  site = await serveSite({ isBare });
  session = await openPage(site.url);
  const { page } = session;
  await trySample(page);
  expect((await readCounts(page)).kept).toBeGreaterThan(0);
  expect(await tryToSend(page)).toEqual({ ways: [], received: [] });
});
