/**
 * Opens pages in one browser for all files, because starting one takes longer than many a test. Each session has a
 * context of its own: storage, service worker and cache that no other sees. The browser ends with this process. What
 * moves on the page stands still unless a test asks for it, because drawing it takes as long as a test does, and no
 * contrast can be measured in the middle of a fade.
 */

import type { Browser } from 'playwright';
import { expect, onTestFinished } from 'vitest';
import {
  launchBrowser,
  openSession,
  type Session,
  type SessionOptions,
} from '../support/drive-page.ts';
import { type Site, type SiteOptions, serveSite } from '../support/serve-site.ts';

let browser: Promise<Browser> | null = null;

export async function openPage(url: string, options: SessionOptions = {}): Promise<Session> {
  // A test may have crashed it.
  if (browser !== null && !(await browser).isConnected()) browser = null;
  browser ??= launchBrowser();
  return openSession(url, { reducedMotion: 'reduce', ...options, browser: await browser });
}

export interface Visit extends Session {
  readonly site: Site;
}

export interface VisitOptions extends SessionOptions {
  /** What follows the site's address, such as `?lang=de`. */
  readonly query?: string;
}

/**
 * Serves the built site and opens it, until the test ends. The test fails if the page has sent a request to another
 * host than its mirrors, or if anything is on its console.
 */
export async function visitSite(
  siteOptions: SiteOptions = {},
  { query = '', ...options }: VisitOptions = {},
): Promise<Visit> {
  const site = await serveSite(siteOptions);
  onTestFinished(() => site.unplug());
  const session = await openPage(site.url + query, options);
  onTestFinished(async () => {
    await session.close();
    const { mirrors = [] } = siteOptions;
    const isMirror = (url: string) => mirrors.includes(new URL(url).origin);
    expect(session.foreignRequests.filter((url) => !isMirror(url))).toEqual([]);
    expect(session.complaints).toEqual([]);
  });
  return { ...session, site };
}
