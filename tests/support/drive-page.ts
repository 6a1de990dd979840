/**
 * Drives the page as a person does: by what is written on it and by the roles a screen reader
 * says. The end-to-end tests and `npm run demo` share it.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { options } from '../../src/app/texts/en/options.ts';
import type { BackendPreference } from '../../src/protocol/engine.ts';
import { chromiumLaunchOptions } from './chromium.mjs';
import {
  type Counts,
  countsOf,
  IS_COMPLETE,
  inStore,
  newestRun,
  READY_OFFLINE,
  type RecordedRun,
  type StoreRequest,
  SMALL_STEP_TOKENS,
  shownStep,
  WRITE_BUTTON,
  WRITTEN_TEXT,
} from './page-facts.ts';
import { answerOf, HANGING_MS, waitWhileChanging } from './patience.ts';

export interface Session {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every network request of pages, workers and the service worker, including WebSockets. */
  readonly requests: RecordedRequest[];
  /** The requests that did not go to the page's own origin. */
  readonly foreignRequests: string[];
  /** Uncaught errors, and all messages on the console. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface RecordedRequest {
  readonly url: string;
  readonly by: 'page or worker' | 'service worker';
}

export interface SessionOptions {
  /** Opens the page in a context of its own in this browser, which stays open. By default, starts a browser. */
  readonly browser?: Browser;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** A touch screen, and what else a browser does differently on a phone. */
  readonly isPhone?: boolean;
  readonly colorScheme?: 'light' | 'dark';
  /** What the browser says of its language. By default, American English. */
  readonly locale?: string;
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** Gives the session a profile on disk. By default, the browser stores the page's data in memory. */
  readonly isOnDisk?: boolean;
  /** Settings of a profile on disk, in the form of Chromium's Preferences file. */
  readonly preferences?: object;
  /** Runs in every page before its own scripts. */
  readonly initScript?: string;
  /** How long to wait for anything to appear. By default long, for slow machines. */
  readonly patienceMs?: number;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(chromiumLaunchOptions());
}

export async function openSession(url: string, options: SessionOptions = {}): Promise<Session> {
  const { isOnDisk = false, preferences, initScript, patienceMs = HANGING_MS, ...rest } = options;
  const { browser, isPhone = false, ...look } = rest;
  const profile = isOnDisk ? mkdtempSync(`${tmpdir()}/mynah-profile-`) : null;
  if (profile !== null && preferences !== undefined) {
    mkdirSync(`${profile}/Default`);
    writeFileSync(`${profile}/Default/Preferences`, JSON.stringify(preferences));
  }
  const contextOptions = {
    viewport: isPhone ? { width: 360, height: 740 } : { width: 1280, height: 900 },
    ...(isPhone ? { isMobile: true, hasTouch: true } : {}),
    ...look,
  };
  const context =
    profile === null
      ? await (browser ?? (await launchBrowser())).newContext(contextOptions)
      : await chromium.launchPersistentContext(profile, {
          ...chromiumLaunchOptions(),
          ...contextOptions,
        });
  context.setDefaultTimeout(patienceMs);
  if (initScript !== undefined) await context.addInitScript(initScript);
  const requests: RecordedRequest[] = [];
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  const { host } = new URL(url);
  const record = (request: RecordedRequest): void => {
    const target = new URL(request.url);
    // `blob:` and `data:` URLs cause no network request.
    if (!/^(https?|wss?):$/.test(target.protocol)) return;
    requests.push(request);
    if (target.host !== host) foreignRequests.push(request.url);
  };
  context.on('request', (request) => {
    const by = request.serviceWorker() === null ? 'page or worker' : 'service worker';
    record({ url: request.url(), by });
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => record({ url: socket.url(), by: 'page or worker' }));
  });
  context.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
  const page = await context.newPage();
  await page.goto(url);
  const close = async () => {
    await (browser ? context : (context.browser() ?? context)).close();
    if (profile !== null) rmSync(profile, { recursive: true, force: true });
  };
  return { page, context, requests, foreignRequests, complaints, close };
}

/**
 * Presses a button by keyboard, once it can be pressed. A click would miss it if the layout moved between the
 * mouse's down and up: leaving a field, which the down does, already makes notes above the button come and go.
 */
export function pressButton(button: Locator): Promise<void> {
  return button.and(button.page().locator(':enabled')).press('Enter');
}

/** Waits until the service worker has stored the page, as the footer says. */
export async function waitUntilOffline(page: Page): Promise<void> {
  const footer = page.getByRole('contentinfo');
  await footer.getByText(READY_OFFLINE).waitFor();
}

/**
 * Drags files over the middle of the page, waits until the page offers to accept them, and drops them. The browser
 * creates the events and opens the files itself, as for a mouse. With a `place` that has its own drop zone, the
 * files are moved on to it, where the page's offer disappears.
 */
export async function dropArchive(
  page: Page,
  files: string | readonly string[],
  place: Locator | null = null,
): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 };
  // Starts at the edge if there is a place, because the place may be in the middle.
  let at = place ? { x: 5, y: 5 } : { x: Math.round(width / 2), y: Math.round(height / 2) };
  const devtools = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', {
      type,
      ...at,
      data: {
        items: [],
        files: [files].flat().map((file) => resolve(file)),
        dragOperationsMask: copyOperation,
      },
    });
  const invitation = page.getByText('Let go, and the bird reads them');
  const deadline = Date.now() + HANGING_MS;
  try {
    await drag('dragEnter');
    // The page may still be loading, so the event is repeated. `dragCancel` and a second `dragEnter`
    // don't work: after them, Chromium sometimes sends no more drag events.
    do {
      if (Date.now() > deadline) throw new Error('the page takes no files');
      await drag('dragOver');
    } while (!(await isShown(invitation)));
    if (place) {
      do {
        if (Date.now() > deadline) throw new Error('the place takes no files');
        // Looked up each time, because what comes above it moves it.
        const box = await place.boundingBox();
        if (box) at = { x: Math.round(box.x + 20), y: Math.round(box.y + 20) };
        await drag('dragOver');
      } while (await isShown(invitation));
    }
    await drag('drop');
  } finally {
    await devtools.detach();
  }
}

function isShown(locator: Locator): Promise<boolean> {
  return locator.waitFor({ timeout: 500 }).then(
    () => true,
    () => false,
  );
}
/** The bit for copying in the DevTools protocol. */
const copyOperation = 1;

/** Chooses files in the browser's own dialog. */
export async function chooseArchive(page: Page, files: string | readonly string[]): Promise<void> {
  const dialog = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await dialog).setFiles(files);
}

export async function trySample(page: Page): Promise<void> {
  // An error note has a second button for the sample.
  await page.getByRole('button', { name: LABELS.trySample }).first().click();
}

/** Shows the table of counts, and waits until they are complete. Fails as soon as the page shows an error instead. */
export async function showCounts(page: Page): Promise<Locator> {
  const table = page.getByRole('table', { name: LABELS.countsTable });
  const counted = table.and(page.locator(IS_COMPLETE));
  await untilShown(page, counted, 'the counts of tweets', { before: () => unfoldTweets(page) });
  return table;
}

/** Unfolds the first step if it is folded, which it is by itself once tweets have been read. */
async function unfoldTweets(page: Page): Promise<void> {
  const folded = page.getByRole('button', { name: LABELS.tweetsStep, expanded: false });
  if (await folded.isVisible()) await folded.press('Enter');
}

/** Reads the table of counts by its column headings. */
export async function readCounts(page: Page): Promise<Counts> {
  for (;;) {
    const table = await showCounts(page);
    const headings = await table.getByRole('columnheader').allInnerTexts();
    const cells = await table.getByRole('cell').allInnerTexts();
    // Once tweets have been read, the step folds by itself: then the table may be gone by now.
    if (headings.length > 0 && cells.length >= headings.length) return countsOf(headings, cells);
  }
}

/** Adds a model from a folder on this computer. Returns the page's name for it. */
export async function addModel(page: Page, folder: string): Promise<string> {
  await page.getByRole('radio', { name: LABELS.anotherModel }).check();
  await page.getByLabel(LABELS.modelFolder).setInputFiles(resolve(folder));
  const chosen = page.getByText(/^Starts from (?!Starter)/);
  await untilShown(page, chosen, 'the model');
  return (await chosen.locator('b').textContent()) ?? '';
}

export async function chooseBackend(page: Page, backend: BackendPreference): Promise<void> {
  await page.getByLabel(LABELS.computeWith).selectOption(backend);
}

/** Fills a number field under Advanced, which may still be folded. */
export async function setAdvanced(page: Page, label: string, value: number): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  if (!(await field.isVisible())) {
    const advanced = page.locator('details', { has: field });
    await advanced.getByText(LABELS.advanced, { exact: true }).click();
  }
  await field.fill(String(value));
  await field.blur();
}

/** More steps than any machine makes while a test looks on: such a training is stopped, never finished. */
export const ENDLESS = 20_000;

/**
 * Has a training end with its weights as they are. Where so many steps are planned, every mixture that it would try is
 * measured on all held-out tweets, which takes longer than most tests.
 */
export async function keepAsTrained(page: Page): Promise<void> {
  await page.getByLabel(options.fields.isUnmixed.label, { exact: true }).check();
}

/** Sets the number of steps under Advanced, and the length of blocks if it is given, and starts the training. */
export async function startTraining(
  page: Page,
  steps: number | null,
  blockLength?: number,
): Promise<void> {
  if (blockLength !== undefined) {
    await setAdvanced(page, options.fields.blockLength.label, blockLength);
  }
  if (steps !== null) {
    await setAdvanced(page, options.fields.steps.label, steps);
    // Small steps, so that a test on a software adapter needs seconds. Older builds, to which `npm run faults` can
    // be pointed, have no such field.
    const { label } = options.fields.tokensPerStep;
    if ((await page.getByLabel(label, { exact: true }).count()) > 0) {
      await setAdvanced(page, label, SMALL_STEP_TOKENS);
    }
  }
  if (steps === ENDLESS) await keepAsTrained(page);
  await pressButton(page.getByRole('button', { name: LABELS.startTraining }));
}

/** Shows the runs, or the bots again. */
export async function showView(page: Page, name: 'bots' | 'runs'): Promise<void> {
  const views = page.getByRole('navigation', { name: LABELS.views });
  await views.getByRole('link', { name: LABELS[name], exact: true }).click();
}

/** Imports a file of runs on their page. */
export async function importRuns(page: Page, file: string): Promise<void> {
  const button = page.getByRole('button', { name: LABELS.importRuns, exact: true });
  await button.and(page.locator(':enabled')).waitFor();
  await page.getByLabel(LABELS.runFile).setInputFiles(resolve(file));
  await untilShown(page, page.getByText(/\d runs? imported from/), 'the imported runs');
}

/**
 * Has the run of a file filled into the form of a new training, with the filters that it had, so that it only
 * needs to be started.
 */
export async function repeatRunOf(page: Page, file: string): Promise<void> {
  await showView(page, 'runs');
  await importRuns(page, file);
  await pressButton(page.getByRole('button', { name: LABELS.repeatRun }));
  await page.getByRole('note').waitFor();
  const filters = page.getByRole('button', { name: LABELS.takeItsFilters });
  if (await filters.isVisible()) {
    await pressButton(filters);
    await filters.waitFor({ state: 'detached' });
    await readCounts(page);
  }
}

/** Waits until the page shows that at least this many steps are done. Returns how many. */
export function waitForStep(page: Page, step: number): Promise<number> {
  return waitWhileChanging(page, `step ${step}`, async () => {
    const done = shownStep((await page.locator('body').textContent()) ?? '');
    return done >= step ? done : undefined;
  });
}

/**
 * Waits until the newest run has a checkpoint from which it can be resumed, and returns its step. Fails as soon as
 * the page shows an error.
 */
export function waitForCheckpoint(page: Page, hangingMs?: number): Promise<number> {
  const look = async () => {
    const { completedSteps = 0 } = (await readRecordedRun(page)) ?? {};
    if (completedSteps > 0) return completedSteps;
    await throwIfAlert(page);
    return undefined;
  };
  return waitWhileChanging(page, 'a checkpoint', look, hangingMs);
}

export async function pauseTraining(page: Page): Promise<void> {
  await pressButton(page.getByRole('button', { name: LABELS.pause, exact: true }));
}

/** Stops the training after the current step and keeps the bot. */
export async function stopAndKeep(page: Page): Promise<void> {
  await pressButton(page.getByRole('button', { name: LABELS.stopAndKeep }));
}

export async function continueTraining(page: Page): Promise<void> {
  await pressButton(page.getByRole('button', { name: LABELS.continueTraining }).first());
}

/** Training is over when the page offers to write. Fails as soon as the page tells of an error. */
export function waitUntilTrained(page: Page, hangingMs?: number): Promise<void> {
  const write = page.getByRole('button', { name: new RegExp(WRITE_BUTTON) });
  return untilShown(page, write, 'the end of the training', { hangingMs });
}

/** Waits until it is shown, while anything on the page changes. Fails as soon as the page tells of an error. */
async function untilShown(
  page: Page,
  locator: Locator,
  what: string,
  {
    hangingMs,
    before,
  }: {
    readonly hangingMs?: number | undefined;
    readonly before?: () => Promise<void>;
  } = {},
): Promise<void> {
  const look = async () => {
    await before?.();
    if (await locator.first().isVisible()) return true;
    await throwIfAlert(page);
    return undefined;
  };
  await waitWhileChanging(page, what, look, hangingMs);
}

async function throwIfAlert(page: Page): Promise<void> {
  const alert = page.getByRole('alert').first();
  if (await alert.isVisible()) throw new Error(`the page says: ${await alert.textContent()}`);
}

export async function writeTweets(
  page: Page,
  prompt: string,
  count: number,
  hangingMs?: number,
): Promise<string[]> {
  await page.getByLabel(LABELS.prompt).fill(prompt);
  const write = page.getByRole('button', { name: LABELS.writeTweets(count), exact: true });
  if (!(await write.isVisible())) await setAdvanced(page, LABELS.howMany, count);
  await pressButton(write);
  // What it wrote before stays below, and the button is back once all is written.
  const list = page.getByRole('list', { name: LABELS.writtenTweets });
  const done = list.and(page.locator(IS_COMPLETE));
  await untilShown(
    page,
    done.filter({ has: page.getByRole('button', { name: 'Copy' }) }),
    `${count} tweets`,
    { hangingMs },
  );
  const texts = await list.locator(WRITTEN_TEXT).allInnerTexts();
  return texts.slice(0, count);
}

/** The record in IndexedDB of the newest run that was trained here. */
export async function readRecordedRun(page: Page): Promise<RecordedRun | null> {
  return newestRun(await readRecords(page, 'runs'));
}

/** All records of a store of the page's database. */
export async function readRecords<T>(page: Page, store: string): Promise<T[]> {
  const request: StoreRequest = { store, method: 'getAll' };
  return (await answerOf(`what ${store} holds`, page.evaluate(inStore, request))) as T[];
}

/** Empties a store of the database behind the page's back, as a browser that clears space does. */
export async function emptyStore(page: Page, store: string): Promise<void> {
  const request: StoreRequest = { store, method: 'clear' };
  await answerOf(`${store} emptied`, page.evaluate(inStore, request));
}
