/** What a fault is: something done to the page, and what has to come of it. */

import { statSync } from 'node:fs';
import type { Locator, Page } from 'playwright';
import {
  readCounts,
  type Session,
  startTraining,
  trySample,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
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
    /** Runs in the page before any of its own scripts. It is sent as text, so it can refer to nothing outside. */
    readonly page?: () => void;
    /** Runs in the engine's worker before anything else there, and is sent as text as well. */
    readonly worker?: (() => void) | readonly (() => void)[];
    /** The host sends no headers, so that the page has no policy but its own, and no threads. */
    readonly isBareHost?: boolean;
    /** Changes the files of the site before they are served. */
    readonly site?: (folder: string) => void;
  };
  /** What the user does while it happens. */
  readonly act: (place: Place) => Promise<void>;
  /** Throws unless the page copes. */
  readonly expect: (place: Place) => Promise<Outcome>;
}

export interface FaultGroup {
  readonly name: string;
  readonly faults: readonly Fault[];
}

/** The whole job, as short as it can be. Returns the size of the exported bot. */
export async function doWholeJob(page: Page): Promise<string> {
  await trySample(page);
  await readCounts(page);
  await startTraining(page, 3);
  await waitUntilTrained(page);
  await writeTweets(page, 'My dream is', 1);
  return exportBot(page);
}

export async function exportBot(page: Page): Promise<string> {
  const library = page.getByRole('complementary', { name: 'Your bots' });
  await library.getByRole('button', { name: /^Export/ }).click();
  const downloading = page.waitForEvent('download');
  await library.getByRole('button', { name: 'Half the size' }).click();
  const { size } = statSync(await (await downloading).path());
  return `a bot of ${Math.round(size / 2 ** 20)} MB in a file`;
}

/** Waits until the page says this, and returns the whole paragraph that says it. */
export async function says(page: Page | Locator, words: string | RegExp): Promise<string> {
  const place = page.getByText(words).first();
  await place.waitFor();
  const text = await place.evaluate((element) => (element.closest('p') ?? element).textContent);
  return text.replaceAll(/\s+/g, ' ').trim();
}
