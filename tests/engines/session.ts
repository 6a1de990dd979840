/** A browser with the page open, on a site and with foreign hosts of its own. */

import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { listenForRequests } from '../support/listen-for-requests.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import { EnginePage } from './page.ts';
import type { Browser } from './protocol.ts';
import { readHeard } from './witness.ts';

/** The built site with {@link readHeard}'s witnesses in it, which `build-site.ts` makes. */
export const WATCHED_SITE = fileURLToPath(new URL('../../.cache/watched-site', import.meta.url));

export interface EngineSession {
  readonly page: EnginePage;
  readonly browser: Browser;
  readonly site: Site;
  /** Fails if anything was asked of another host or said on the console since the tab was opened. */
  expectSilence(): Promise<void>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** The host sends no headers. */
  readonly isBare?: boolean;
  /** A built site other than the watched one. */
  readonly folder?: string;
}

export type Launch = (options: { readonly proxyPort: number }) => Promise<Browser>;

export async function openEngineSession(
  launch: Launch,
  { isBare = false, folder = WATCHED_SITE }: SessionOptions = {},
): Promise<EngineSession> {
  // The browser's proxy, which stands for every host that isn't this computer: what reaches it, a page, a worker or
  // a service worker has tried to send out.
  const foreign = await listenForRequests('502 Bad Gateway');
  const site = await serveSite({ folder, isBare });
  const closeAround = async () => {
    await site.unplug();
    foreign.close();
  };
  let browser: Browser;
  try {
    browser = await launch({ proxyPort: foreign.port });
    await browser.goto(site.url);
  } catch (error) {
    await closeAround();
    throw error;
  }
  return {
    page: new EnginePage(browser),
    browser,
    site,
    async expectSilence() {
      expect(await browser.run(readHeard)).toEqual([]);
      expect(foreign.received).toEqual([]);
    },
    async close() {
      await browser.close();
      await closeAround();
    },
  };
}
