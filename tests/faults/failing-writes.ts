/** Faults of the storage that begin while a bot trains: what it has learned is in memory, and must not be lost. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import {
  continueTraining,
  pauseTraining,
  readRecordedRun,
  waitForStep,
} from '../support/drive-page.ts';
import { waitWhileChanging } from '../support/patience.ts';
import { type Fault, type FaultGroup, inEngine, says } from './fault.ts';
import { doWholeJob, trainToStep } from './whole-job.ts';

/** Waits until a later step than this one is saved, while the training goes on. */
function waitUntilSaved(page: Page, after: number): Promise<number> {
  return waitWhileChanging(page, 'a later checkpoint', async () => {
    const { completedSteps = 0, status } = (await readRecordedRun(page)) ?? {};
    assert.notEqual(status, 'finished');
    return completedSteps > after ? completedSteps : undefined;
  });
}

/** Something passes, and the training goes on and is saved as if nothing had been. */
function passes(name: string, breakIt: () => void): Fault {
  return {
    name,
    inject: {},
    act: ({ page }) => trainToStep(page, 2),
    async expect({ page }) {
      const before = (await readRecordedRun(page))?.completedSteps ?? 0;
      await inEngine(page, breakIt);
      const saved = await waitUntilSaved(page, before);
      await pauseTraining(page);
      const sees = await says(page, /Paused (at|after) step/);
      await page.reload();
      await continueTraining(page);
      const step = await waitForStep(page, saved + 1);
      return { sees, kept: `saved at step ${saved} and later; trains on to step ${step}` };
    },
  };
}

/** Something fails for good. The page says so, and what was saved before can be trained on after a reload. */
function endsRun(name: string, words: RegExp, breakIt: () => void): Fault {
  return {
    name,
    inject: {},
    act: ({ page }) => trainToStep(page, 2),
    async expect({ page }) {
      const before = (await readRecordedRun(page))?.completedSteps ?? 0;
      await inEngine(page, breakIt);
      const sees = await says(page, words);
      await page.reload();
      const run = await readRecordedRun(page);
      assert.ok((run?.completedSteps ?? 0) >= before);
      await continueTraining(page);
      const step = await waitForStep(page, (run?.completedSteps ?? 0) + 1);
      return { sees, kept: `saved at step ${run?.completedSteps}; trains on to step ${step}` };
    },
  };
}

const faults: readonly Fault[] = [
  passes('a write of weights fails once', () => {
    const { put } = IDBObjectStore.prototype;
    let failures = 0;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === 'chunks' && failures++ === 0) {
        throw new DOMException('Internal error.', 'UnknownError');
      }
      return put.apply(this, args);
    };
  }),
  passes('a transaction is over too early, once', () => {
    const { put } = IDBObjectStore.prototype;
    let failures = 0;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === 'chunks' && failures++ === 0) {
        throw new DOMException('The transaction is not active.', 'TransactionInactiveError');
      }
      return put.apply(this, args);
    };
  }),
  passes('a transaction is aborted by the browser, once', () => {
    const { put } = IDBObjectStore.prototype;
    let failures = 0;
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args);
      if (this.name === 'chunks' && failures++ === 0) this.transaction.abort();
      return request;
    };
  }),
  passes('the browser closes the database', () => {
    const { transaction } = IDBDatabase.prototype;
    let isClosed = false;
    IDBDatabase.prototype.transaction = function (...args) {
      if (!isClosed) {
        isClosed = true;
        this.close();
        this.dispatchEvent(new Event('close'));
      }
      return transaction.apply(this, args);
    };
  }),
  endsRun('every write fails from then on', /couldn’t read or write this page’s storage/, () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('Internal error.', 'UnknownError');
    };
  }),
  endsRun('there is no room for weights', /storage for the page is full/, () => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === 'chunks') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    };
    // The browser doesn't say how much room there is, either.
    StorageManager.prototype.estimate = () => new Promise(() => {});
  }),
  {
    name: 'the manager of storage throws, is rejected or never answers',
    inject: {
      page() {
        StorageManager.prototype.persist = () => {
          throw new TypeError('not allowed');
        };
        StorageManager.prototype.estimate = () => new Promise(() => {});
        StorageManager.prototype.persisted = () => Promise.reject(new TypeError('not allowed'));
      },
      worker() {
        StorageManager.prototype.estimate = () => new Promise(() => {});
        StorageManager.prototype.persisted = () => Promise.reject(new TypeError('not allowed'));
      },
    },
    act: async () => {},
    async expect({ page }) {
      const kept = await doWholeJob(page);
      await page.reload();
      return { sees: await says(page, /tweets kept/), kept };
    },
  },
  {
    name: 'an older tab never gives the database up',
    inject: {
      worker() {
        IDBFactory.prototype.open = () => {
          const request = Object.setPrototypeOf(new EventTarget(), IDBOpenDBRequest.prototype);
          const event = new IDBVersionChangeEvent('blocked', { oldVersion: 1, newVersion: 2 });
          setTimeout(() => request.dispatchEvent(event));
          return request;
        };
      },
    },
    act: async () => {},
    async expect({ page }) {
      const sees = await says(page, /Another tab has an older version of this page open/);
      await page.getByRole('button', { name: 'Try again' }).first().waitFor();
      return { sees, kept: 'everything, and a button to try again' };
    },
  },
];

export const failingWrites: FaultGroup = { name: 'failing writes', faults };
