/**
 * Opens pages in one browser for all files, because starting one takes longer than many a test. Each session has a
 * context of its own: storage, service worker and cache that no other sees. The browser ends with this process. What
 * moves on the page stands still unless a test asks for it, because drawing it takes as long as a test does.
 */

import type { Browser } from 'playwright';
import {
  launchBrowser,
  openSession,
  type Session,
  type SessionOptions,
} from '../support/drive-page.ts';

let browser: Promise<Browser> | null = null;

export async function openPage(url: string, options: SessionOptions = {}): Promise<Session> {
  // A test may have crashed it.
  if (browser !== null && !(await browser).isConnected()) browser = null;
  browser ??= launchBrowser();
  return openSession(url, { reducedMotion: 'reduce', ...options, browser: await browser });
}
