/** Parts of the browser that the page uses and can do without: they are absent, or they fail. */

import assert from 'node:assert/strict';
import type { Fault, FaultGroup } from './fault.ts';
import { doWholeJob } from './whole-job.ts';

/** The whole job is done, and nothing is thrown that nobody catches. */
const doesWithout = (name: string, inject: Fault['inject']): Fault => ({
  name,
  inject,
  act: async () => {},
  async expect({ page, complaints }) {
    const kept = await doWholeJob(page);
    assert.deepEqual(
      complaints.filter((complaint) => complaint.startsWith('uncaught')),
      [],
    );
    return { sees: await page.title(), kept };
  },
});

const faults: readonly Fault[] = [
  doesWithout('localStorage throws', {
    page() {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(globalThis, name, {
          get() {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      }
    },
  }),
  doesWithout('there is no cache, no service worker and no estimate of the storage', {
    page() {
      Reflect.deleteProperty(globalThis, 'caches');
      for (const name of ['serviceWorker', 'storage', 'wakeLock', 'clipboard']) {
        Reflect.deleteProperty(Navigator.prototype, name);
      }
    },
    worker() {
      Reflect.deleteProperty(globalThis, 'caches');
      Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'storage');
    },
  }),
  doesWithout('the page is insecure: no crypto.subtle, no randomUUID', {
    page() {
      for (const name of ['subtle', 'randomUUID']) Reflect.deleteProperty(Crypto.prototype, name);
    },
    worker() {
      for (const name of ['subtle', 'randomUUID']) Reflect.deleteProperty(Crypto.prototype, name);
    },
  }),
  doesWithout('there is no OffscreenCanvas, no BroadcastChannel and no decompression', {
    page() {
      for (const name of ['OffscreenCanvas', 'BroadcastChannel', 'DecompressionStream'])
        Reflect.deleteProperty(globalThis, name);
    },
    worker() {
      for (const name of [
        'OffscreenCanvas',
        'createImageBitmap',
        'BroadcastChannel',
        'DecompressionStream',
        'CompressionStream',
      ])
        Reflect.deleteProperty(globalThis, name);
    },
  }),
  doesWithout('the clock is set back by three hours every second', {
    page() {
      const { now } = Date;
      Date.now = () => now() - Math.floor(performance.now() / 1000) * 3 * 3_600_000;
    },
    worker() {
      const { now } = Date;
      Date.now = () => now() - Math.floor(performance.now() / 1000) * 3 * 3_600_000;
    },
  }),
];

export const missing: FaultGroup = { name: 'missing', faults };
