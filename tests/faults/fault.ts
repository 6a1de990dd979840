/** What a fault is: something done to the page, and what has to come of it. */

import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright';
import type { Session } from '../support/drive-page.ts';
import type { Site } from '../support/serve-site.ts';

/** Where a fault happens: the page in a browser of its own, and the site that it came from. */
export interface Place extends Session {
  readonly site: Site;
  /** The files of the site, which belong to this fault alone. */
  readonly folder: string;
}

export interface Outcome {
  /** What the page says about it, in the page's own words. */
  readonly sees: string;
  /** What is left of the user's work. */
  readonly kept: string;
}

export interface Fault {
  /** What is done. */
  readonly name: string;
  readonly inject: {
    /** Settings of the browser's profile, in the form of Chromium's Preferences file. */
    readonly preferences?: object;
    /** Runs in the page before its own scripts. It is sent as text, so it can't refer to anything outside. */
    readonly page?: () => void;
    /** Runs in the engine's worker before anything else there, and is sent as text as well. */
    readonly worker?: (() => void) | readonly (() => void)[];
    /** The host sends no headers, so that the page has no policy but its own, and no threads. */
    readonly isBareHost?: boolean;
    /** Changes the files of the site before they are served. */
    readonly site?: (folder: string) => void;
  };
  /** What the user does while it happens. */
  readonly act: (place: Place) => Promise<unknown>;
  /** Throws unless the page copes. */
  readonly expect: (place: Place) => Promise<Outcome>;
}

export interface FaultGroup {
  readonly name: string;
  readonly faults: readonly Fault[];
}

/** Does something in the engine's worker. It is sent as text, so it can't refer to anything outside. */
export async function inEngine<T>(page: Page, act: () => T): Promise<T> {
  const engine = page.workers().find((worker) => worker.url().includes('engine.worker'));
  assert.ok(engine !== undefined, 'the page has an engine');
  return engine.evaluate(act);
}

/** Waits until the page says this, and returns the whole paragraph that says it. */
export async function says(page: Page | Locator, words: string | RegExp): Promise<string> {
  const place = page.getByText(words).first();
  await place.waitFor();
  const text = await place.evaluate((element) => (element.closest('p') ?? element).textContent);
  return text.replaceAll(/\s+/g, ' ').trim();
}
