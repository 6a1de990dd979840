/** Code that got into the page or its worker tries every way of sending something to another host. */

import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copySite, putIntoWorker } from '../support/copy-site.ts';
import {
  type Listener,
  listenForAnything,
  tryToLeave,
  tryWaysOfPage,
  tryWaysOfWorker,
} from '../support/ways-out.ts';
import { type EngineSession, type Launch, openEngineSession } from './session.ts';

/** A worker can't be reached by every driver, so this site's worker tries when the page asks it to. */
const site = fileURLToPath(new URL('../../.cache/sending-site', import.meta.url));
const inWorker = `
new BroadcastChannel('ways').onmessage = async ({ data: { foreign }, target }) => {
  if (foreign !== undefined) target.postMessage({ worked: await (${tryWaysOfWorker})(foreign) });
};`;

/** Runs in the page. */
function askWorker(foreign: string): Promise<string[]> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel('ways');
    channel.onmessage = ({ data }) => {
      if (data.worked !== undefined) resolve(data.worked);
    };
    channel.postMessage({ foreign });
  });
}

export function describeNothingOut(launch: Launch): void {
  let foreign: Listener;
  let session: EngineSession | null = null;

  beforeEach(async () => {
    foreign = await listenForAnything();
  });

  afterEach(async () => {
    await session?.close();
    session = null;
    foreign.close();
  });

  test.each([
    ['sends headers', false],
    ['sends no headers', true],
  ])('nothing gets out on the first visit, on a host that %s', async (_host, isBare) => {
    copySite(site);
    putIntoWorker(site, inWorker);
    session = await openEngineSession(launch, { folder: site, isBare });
    const { page, browser } = session;
    await page.trySample();
    expect(await page.countKept()).toBeGreaterThan(400);
    expect(await browser.run(askWorker, foreign.url)).toEqual([]);
    await browser.run(tryWaysOfPage, foreign.url);
    const hasNavigationApi = await browser.run(() => 'navigation' in globalThis);
    // The driver may lose the page on its way elsewhere.
    await browser.run(tryToLeave, foreign.url).catch(() => undefined);
    await fetch(`${foreign.url}/the-last`);
    // Without the Navigation API, no page can keep a script from leaving it. SECURITY.md says so.
    const canLeave = /^GET \/(navigation|refresh|favicon\.ico) /;
    const received = foreign.received.filter((line) => hasNavigationApi || !canLeave.test(line));
    expect(received).toEqual(['GET /the-last HTTP/1.1']);
  });
}
