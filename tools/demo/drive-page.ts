/**
 * Drives the page as a person does: by what is written on it and by the roles a screen reader
 * says. The end-to-end tests and `npm run demo` share it.
 */

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { LABELS } from '../../src/app/labels.ts';
import type { BackendWish, MetricPoint } from '../../src/protocol/calls.ts';
import { chromiumLaunchOptions } from '../chromium.mjs';

export interface Session {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every request that did not go to the page's own origin. */
  readonly foreignRequests: string[];
  /** Uncaught errors, and whatever reached the console. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

export async function openSession(url: string, options: SessionOptions = {}): Promise<Session> {
  const browser: Browser = await chromium.launch(chromiumLaunchOptions());
  const { viewport = { width: 1280, height: 900 } } = options;
  const context = await browser.newContext({ ...options, viewport });
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  const origin = new URL(url).origin;
  context.on('request', (request) => {
    const target = new URL(request.url());
    // `blob:` and `data:` never leave the page.
    const isNetwork = /^(https?|wss?):$/.test(target.protocol);
    if (isNetwork && target.origin !== origin) foreignRequests.push(request.url());
  });
  context.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
  const page = await context.newPage();
  await page.goto(url);
  return { page, context, foreignRequests, complaints, close: () => browser.close() };
}

/** Waits until the service worker has stored the page, as the footer says. */
export async function waitUntilOffline(page: Page): Promise<void> {
  await page.getByText('Ready offline').waitFor({ timeout: 60_000 });
}

export async function dropArchive(page: Page, files: string | readonly string[]): Promise<void> {
  await page.getByLabel(LABELS.archiveInput, { exact: true }).setInputFiles(files);
}

export async function trySample(page: Page): Promise<void> {
  // An error offers the sample a second time, next to itself.
  await page.getByRole('button', { name: LABELS.trySample }).first().click();
}

export interface Counts {
  readonly read: number;
  readonly retweets: number;
  readonly short: number;
  readonly kept: number;
}

/** The counts table, by its column headings. */
export async function readCounts(page: Page): Promise<Counts> {
  const table = page.getByRole('table', { name: LABELS.countsTable });
  await table.waitFor({ timeout: 120_000 });
  const headings = await table.getByRole('columnheader').allInnerTexts();
  const cells = await table.getByRole('cell').allInnerTexts();
  const numbers = cells.slice(-headings.length).map((text) => Number(text.replace(/\D/g, '')));
  const of = (heading: RegExp): number => {
    const index = headings.findIndex((text) => heading.test(text));
    const value = numbers[index];
    if (value === undefined) throw new Error(`no column ${heading} in ${headings.join(' | ')}`);
    return value;
  };
  return { read: of(/read/i), retweets: of(/retweets/i), short: of(/short/i), kept: of(/kept/i) };
}

export async function chooseBackend(page: Page, backend: BackendWish): Promise<void> {
  await page.getByLabel(LABELS.computeWith).selectOption(backend);
}

/** A number under an Advanced that may still be folded. */
async function setAdvanced(page: Page, label: string, value: number): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  if (!(await field.isVisible())) {
    const advanced = page.locator('details', { has: field });
    await advanced.getByText(LABELS.advanced, { exact: true }).click();
  }
  await field.fill(String(value));
  await field.blur();
}

/** Sets the number of steps under Advanced and starts. */
export async function startTraining(page: Page, steps: number | null): Promise<void> {
  if (steps !== null) await setAdvanced(page, LABELS.steps, steps);
  await page.getByRole('button', { name: LABELS.startTraining }).click();
}

/** Waits until the page says that at least so many steps are done; returns how many. */
export async function waitForStep(page: Page, step: number, timeoutMs: number): Promise<number> {
  const handle = await page.waitForFunction(
    (wanted) => {
      const text = /Step ([\d,.\s]+) of/.exec(document.body.textContent ?? '')?.[1];
      const done = Number((text ?? '').replace(/\D/g, ''));
      return done >= wanted ? done : 0;
    },
    step,
    { timeout: timeoutMs, polling: 100 },
  );
  return handle.jsonValue();
}

export async function continueTraining(page: Page): Promise<void> {
  await page.getByRole('button', { name: LABELS.continueTraining }).first().click();
}

/** Training is over when the page offers to write. */
export async function waitUntilTrained(page: Page, timeoutMs: number): Promise<void> {
  await page.getByRole('button', { name: /^Write \d+ tweets?$/ }).waitFor({ timeout: timeoutMs });
}

export async function writeTweets(
  page: Page,
  prompt: string,
  count: number,
  timeoutMs: number,
): Promise<string[]> {
  await page.getByLabel(LABELS.prompt).fill(prompt);
  const write = page.getByRole('button', { name: LABELS.writeTweets(count), exact: true });
  if (!(await write.isVisible())) await setAdvanced(page, LABELS.howMany, count);
  await write.click();
  const list = page.getByRole('list', { name: LABELS.newTweets });
  const copy = list.getByRole('button', { name: 'Copy' });
  await copy.nth(count - 1).waitFor({ timeout: timeoutMs });
  return list.locator('blockquote').allInnerTexts();
}

export interface RecordedRun {
  readonly name: string;
  readonly status: string;
  readonly completedSteps: number;
  readonly points: readonly MetricPoint[];
  readonly backend: string;
  readonly adapter: string;
  readonly tokensPerSecond: number;
}

/** The newest run as the page recorded it in IndexedDB: the only place with a loss for every step. */
export async function readRecordedRun(page: Page): Promise<RecordedRun | null> {
  return page.evaluate(
    () =>
      new Promise<RecordedRun | null>((resolve, reject) => {
        const opening = indexedDB.open('mynah');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const all = db.transaction('runs').objectStore('runs').getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            db.close();
            const runs = all.result as (RecordedRun & { createdAt: number })[];
            resolve(runs.sort((a, b) => b.createdAt - a.createdAt)[0] ?? null);
          };
        };
      }),
  );
}
