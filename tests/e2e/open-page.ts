/**
 * Opens pages in one browser for all tests of a file, because starting one takes longer than many a test. Each
 * session has a context of its own: storage, service worker and cache that no other sees.
 */

import type { Browser } from 'playwright';
import { afterAll } from 'vitest';
import {
  launchBrowser,
  openSession,
  type Session,
  type SessionOptions,
} from '../support/drive-page.ts';

let browser: Promise<Browser> | null = null;

afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});

export async function openPage(url: string, options: SessionOptions = {}): Promise<Session> {
  browser ??= launchBrowser();
  return openSession(url, { ...options, browser: await browser });
}
