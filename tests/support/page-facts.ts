/**
 * What has to be known of the page to drive it and isn't in its labels, for both drivers: `drive-page.ts` for
 * Chromium, and `tests/engines/page.ts` for other browsers.
 */

import { READY_RUN_PREFIX } from '../../src/domain/ready-bot.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import type { MetricPoint } from '../../src/protocol/training.ts';

/** What the footer says once the service worker has stored the page. */
export const READY_OFFLINE = 'Ready offline';
/** The button that is there once a bot is trained. */
export const WRITE_BUTTON = '^Write \\d+ tweets?$';
/** The tokens in a step that takes a test seconds on a software adapter. */
export const SMALL_STEP_TOKENS = 32;
/** A table or list that is complete. */
export const IS_COMPLETE = '[aria-busy=false]';
/** The text of a tweet that was written. */
export const WRITTEN_TEXT = 'blockquote';

/** The step that a training has reached, of the page's text; 0 if it says none. */
export function shownStep(text: string): number {
  return Number((/Step ([\d,.\s]+) of/.exec(text)?.[1] ?? '').replace(/\D/g, ''));
}

export interface Counts {
  readonly read: number;
  readonly retweets: number;
  readonly short: number;
  readonly kept: number;
}

/** The last row of the table of counts, by its headings. */
export function countsOf(headings: readonly string[], cells: readonly string[]): Counts {
  const numbers = cells.slice(-headings.length).map((text) => Number(text.replace(/\D/g, '')));
  const of = (heading: RegExp): number => {
    const value = numbers[headings.findIndex((text) => heading.test(text))];
    if (value === undefined) throw new Error(`no column ${heading} in ${headings.join(' | ')}`);
    return value;
  };
  return { read: of(/read/i), retweets: of(/retweets/i), short: of(/short/i), kept: of(/kept/i) };
}

export interface RecordedRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly createdAt: number;
  readonly completedSteps: number;
  readonly totalSteps: number;
  readonly points: readonly MetricPoint[];
  readonly backend: string;
  readonly adapter: string;
  readonly tokensPerSecond: number;
  readonly recipe: Recipe;
  readonly dataset: { readonly contentHash: string };
  readonly isRecordOnly: boolean;
}

/**
 * Of the records in the store `runs`, that of the newest run that was trained here. Nothing else has a loss for every
 * step.
 */
export function newestRun(records: readonly unknown[]): RecordedRun | null {
  const own = (records as readonly RecordedRun[]).filter(
    ({ id, isRecordOnly }) => !isRecordOnly && !id.startsWith(READY_RUN_PREFIX),
  );
  return own.toSorted((a, b) => b.createdAt - a.createdAt)[0] ?? null;
}

export interface StoreRequest {
  readonly store: string;
  readonly method: 'getAll' | 'clear';
}

/** Runs in the page: reads all records of a store of its database, or empties it. */
export function inStore({ store, method }: StoreRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('mynah');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const tx = db.transaction(store, method === 'clear' ? 'readwrite' : 'readonly');
      const request = tx.objectStore(store)[method]();
      tx.onabort = () => reject(tx.error);
      tx.oncomplete = () => {
        db.close();
        resolve(request.result);
      };
    };
  });
}
