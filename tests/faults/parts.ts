/** Parts of the page that arrive late, wrong or not at all, and workers that don't start. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import { trySample } from '../support/drive-page.ts';
import { type Fault, type FaultGroup, type Place, says } from './fault.ts';
import { bringTweets, doTheJob, doWholeJob } from './whole-job.ts';

/** Without it, every part of the page is stored before anything can go wrong with it. */
const withoutServiceWorker = () => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');

/** Answers the requests of these files differently, after a reload. */
async function reloadWith(
  { page, context }: Place,
  files: RegExp,
  answer: Parameters<typeof context.route>[1],
): Promise<void> {
  await context.route(files, answer);
  await page.reload({ waitUntil: 'commit' });
}

/** Presses "Try again" wherever the page offers it, for as long as something is missing. */
function pressTryAgain(page: Page): () => void {
  let isOn = true;
  const look = async () => {
    while (isOn) {
      const button = page.getByRole('button', { name: 'Try again' }).first();
      await button.click({ timeout: 500 }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  void look();
  return () => {
    isOn = false;
  };
}

const LAZY = /\/assets\/(?!index-|messages-|engine)[\w-]+\.(js|css)$/;

const failsOnce: Fault = {
  name: 'every part of the page fails to load once',
  inject: { page: withoutServiceWorker },
  async act(place) {
    const seen = new Set<string>();
    await reloadWith(place, LAZY, (route) => {
      const { pathname } = new URL(route.request().url());
      if (seen.has(pathname)) return route.continue();
      seen.add(pathname);
      return route.abort('connectionreset');
    });
  },
  async expect({ page }) {
    const sees = await says(page, /couldn’t be loaded|couldn’t load/);
    const stop = pressTryAgain(page);
    try {
      const kept = await doWholeJob(page);
      return { sees, kept };
    } finally {
      stop();
    }
  },
};

const wrongType: Fault = {
  name: 'the host answers for missing parts with its own page',
  inject: { page: withoutServiceWorker },
  async act(place) {
    await reloadWith(place, LAZY, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Not here' }),
    );
  },
  async expect({ page, context }) {
    const sees = await says(page, /couldn’t be loaded|couldn’t load/);
    await context.unrouteAll();
    await page.reload();
    return { sees, kept: await doWholeJob(page) };
  },
};

const modelIsPage: Fault = {
  name: 'the host answers for the model and the sample with its own page',
  inject: { page: withoutServiceWorker },
  async act(place) {
    await reloadWith(place, /\/(models|sample)\//, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Not here' }),
    );
    await trySample(place.page);
  },
  async expect({ page, context }) {
    const sees = await says(page.getByRole('alert'), /./);
    assert.doesNotMatch(sees ?? '', /inside Mynah/);
    await context.unrouteAll();
    await page.reload();
    return { sees, kept: await doWholeJob(page) };
  },
};

const stalledEngine: Fault = {
  name: 'the script of the engine never arrives',
  inject: { page: withoutServiceWorker },
  async act(place) {
    await reloadWith(place, /\/engine\.worker/, () => {});
  },
  async expect({ page, context }) {
    await says(page, 'The engine is starting…');
    const sees = await says(page, /The engine couldn’t be loaded/);
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await page.reload();
    return { sees, kept: await doWholeJob(page) };
  },
};

const noWorkers: Fault = {
  name: 'the page may start no workers',
  inject: {
    page() {
      globalThis.Worker = class {
        constructor() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        }
      } as unknown as typeof Worker;
    },
  },
  act: async () => {},
  async expect({ page }) {
    const sees = await says(page, /The engine couldn’t be loaded/);
    await page.getByRole('button', { name: 'Reload' }).first().waitFor();
    return { sees, kept: 'nothing was there yet' };
  },
};

const uncloneable: Fault = {
  name: 'a report of the engine can’t be cloned, once',
  inject: {
    worker() {
      const post = self.postMessage.bind(self);
      let isFirst = true;
      self.postMessage = (message: { kind?: string }) => {
        if (message.kind === 'progress' && isFirst) {
          isFirst = false;
          throw new DOMException('could not be cloned', 'DataCloneError');
        }
        post(message);
      };
    },
  },
  act: ({ page }) => trySample(page),
  async expect({ page }) {
    const sees = await says(page.getByRole('alert'), /DataCloneError/);
    return { sees, kept: await doWholeJob(page) };
  },
};

const registrationRefused: Fault = {
  name: 'the service worker is refused',
  inject: {
    page() {
      ServiceWorkerContainer.prototype.register = () =>
        Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
    },
  },
  act: async () => {},
  async expect({ page }) {
    const sees = await says(page.getByRole('contentinfo'), /offline|network|connection/i);
    assert.doesNotMatch(sees ?? '', /Ready offline/);
    return { sees, kept: await doWholeJob(page) };
  },
};

const registrationSilent: Fault = {
  name: 'the registration of the service worker is never answered',
  inject: {
    page() {
      ServiceWorkerContainer.prototype.register = () => new Promise(() => {});
    },
  },
  act: async () => {},
  async expect({ page }) {
    await bringTweets(page);
    const kept = await doTheJob(page);
    const sees = await page.getByRole('contentinfo').textContent();
    assert.doesNotMatch(sees ?? '', /Ready offline/);
    return { sees: await page.title(), kept };
  },
};

const neverControlled: Fault = {
  name: 'the service worker never takes control',
  inject: {
    page() {
      Object.defineProperty(ServiceWorkerContainer.prototype, 'controller', { get: () => null });
    },
  },
  act: async () => {},
  async expect({ page }) {
    const kept = await doWholeJob(page);
    const sees = await page.getByRole('contentinfo').textContent();
    assert.doesNotMatch(sees ?? '', /Ready offline/);
    return { sees: await page.title(), kept };
  },
};

export const parts: FaultGroup = {
  name: 'parts',
  faults: [
    failsOnce,
    wrongType,
    modelIsPage,
    stalledEngine,
    noWorkers,
    uncloneable,
    registrationRefused,
    registrationSilent,
    neverControlled,
  ],
};
