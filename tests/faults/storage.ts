/** Faults of the browser's storage: it isn't there, it is refused, it doesn't answer, it isn't ours. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import { readCounts, waitUntilOffline } from '../support/drive-page.ts';
import { type Fault, type FaultGroup, says } from './fault.ts';
import { bringTweets, doWholeJob } from './whole-job.ts';

const SAVE_FIRST = /Save your bot to a file before you close it/;

async function readSample(page: Page): Promise<string> {
  return `${(await bringTweets(page)).kept} tweets in memory`;
}

/** The page names the reason, works in memory, and asks to save the bot. */
function worksInMemory(reason: RegExp, doJob = readSample): Pick<Fault, 'act' | 'expect'> {
  return {
    act: async () => {},
    async expect({ page }) {
      const sees = await says(page, reason);
      assert.match(sees, SAVE_FIRST);
      return { sees, kept: await doJob(page) };
    },
  };
}

const absent: Fault = {
  name: 'the browser has no IndexedDB',
  inject: {
    worker() {
      for (const name of [
        'indexedDB',
        'IDBKeyRange',
        'IDBDatabase',
        'IDBTransaction',
        'IDBRequest',
      ]) {
        for (let at: object | null = globalThis; at !== null; at = Object.getPrototypeOf(at)) {
          Reflect.deleteProperty(at, name);
        }
      }
    },
  },
  ...worksInMemory(/offers pages no storage/, doWholeJob),
};

const blockedCookies: Fault = {
  name: 'cookies and site data are blocked in the browser’s settings',
  inject: { preferences: { profile: { default_content_setting_values: { cookies: 2 } } } },
  ...worksInMemory(/doesn’t let this page store anything/, doWholeJob),
};

const refused: Fault = {
  name: 'opening IndexedDB throws a SecurityError',
  inject: {
    worker() {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
    },
  },
  ...worksInMemory(/doesn’t let this page store anything/),
};

const broken: Fault = {
  name: 'opening IndexedDB ends in an UnknownError, as with a damaged profile',
  inject: {
    worker() {
      IDBFactory.prototype.open = () => {
        const request = new EventTarget();
        const error = new DOMException('Internal error opening backing store', 'UnknownError');
        Object.assign(request, { error });
        setTimeout(() => request.dispatchEvent(new Event('error')));
        // The library that wraps requests asks for their class.
        return Object.setPrototypeOf(request, IDBOpenDBRequest.prototype);
      };
    },
  },
  ...worksInMemory(/couldn’t read or write this page’s storage \(UnknownError/),
};

const silent: Fault = {
  name: 'IndexedDB never answers',
  inject: {
    worker() {
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (...args) {
        const request = open.apply(this, args);
        request.addEventListener('success', (event) => event.stopImmediatePropagation());
        request.addEventListener('upgradeneeded', (event) => event.stopImmediatePropagation());
        return request;
      };
    },
  },
  ...worksInMemory(/storage doesn’t answer/),
};

const stuck: Fault = {
  name: 'IndexedDB opens and then finishes no transaction',
  inject: {
    worker() {
      IDBObjectStore.prototype.count = () =>
        Object.create(IDBRequest.prototype, { addEventListener: { value: () => {} } });
    },
  },
  ...worksInMemory(/storage doesn’t answer/),
};

const newer: Fault = {
  name: 'a newer version of the page made the database',
  inject: {},
  async act({ page }) {
    await bringTweets(page);
    await waitUntilOffline(page);
    // The page's own connection is closed by this, as by a newer page in another tab.
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('mynah', 1000);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
        }),
    );
    await page.reload();
  },
  expect: worksInMemory(/belongs to a newer version of Mynah than this page/).expect,
};

const noLocks: Fault = {
  name: 'the browser has no Web Locks',
  inject: {
    page: () => Reflect.deleteProperty(Navigator.prototype, 'locks'),
    worker: () => Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'locks'),
  },
  act: async () => {},
  async expect({ page }) {
    const sees = await says(page, /can’t tell whether Mynah is open in another tab/);
    await bringTweets(page);
    await page.reload();
    const { kept } = await readCounts(page);
    return { sees, kept: `${kept} tweets kept, also after a reload` };
  },
};

export const storage: FaultGroup = {
  name: 'storage',
  faults: [absent, blockedCookies, refused, broken, silent, stuck, newer, noLocks],
};
