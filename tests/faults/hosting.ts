/** Faults of where the page is hosted: what lies beside it, and what a new version replaces. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import {
  continueTraining,
  readRecordedRun,
  waitForStep,
  waitUntilOffline,
} from '../support/drive-page.ts';
import { deployNextVersion, NEXT_MARK } from '../support/next-version.ts';
import { type Fault, type FaultGroup, says } from './fault.ts';
import { doWholeJob, trainToStep } from './whole-job.ts';

const neighbours: Fault = {
  name: 'other pages lie in the same folder',
  inject: {
    site(folder) {
      mkdirSync(join(folder, 'blog'));
      writeFileSync(join(folder, 'blog/index.html'), '<title>Blog</title><p>A blog, not Mynah');
    },
  },
  async act({ page }) {
    await waitUntilOffline(page);
  },
  async expect({ page, context, site }) {
    // Chromium counts an answer of 404 without a text as an error.
    const other = await context.newPage();
    const unknown = other.goto(new URL('no/such/page', site.url).href);
    await assert.rejects(unknown, /ERR_HTTP_RESPONSE_CODE_FAILURE/);
    await other.close();
    const answer = async (path: string) => {
      const response = await page.goto(new URL(path, site.url).href);
      return `${response?.status()} ${response?.headers()['content-type']?.split(';')[0]}`;
    };
    assert.equal(await answer('blog/'), '200 text/html');
    const sees = await page.title();
    assert.equal(sees, 'Blog');
    assert.equal(await answer('robots.txt'), '200 text/plain');
    // The page itself, its files, and its address with a query, without the network.
    await site.unplug();
    for (const path of ['', '?from=somewhere', 'index.html', 'licences.html']) {
      assert.equal(await answer(path), '200 text/html', `offline: ${path}`);
      assert.match(await page.title(), path === 'licences.html' ? /Licences/i : /^Mynah/);
    }
    return { sees, kept: 'Mynah’s own addresses, offline; the others are answered by the host' };
  },
};

const bareHost: Fault = {
  name: 'the host sends no headers: the whole job on the first visit',
  inject: { isBareHost: true },
  act: async () => {},
  async expect({ page, complaints, foreignRequests }) {
    const sees = await says(page, /1 thread|Ready offline/);
    const kept = await doWholeJob(page);
    assert.deepEqual([complaints, foreignRequests], [[], []]);
    return { sees, kept };
  },
};

/** Ends the engine by an error that nothing catches. The new one's script is fetched again. */
async function restartEngine(page: Page): Promise<void> {
  const engine = page.workers().find((worker) => worker.url().includes('engine.worker'));
  await engine?.evaluate(() => {
    setTimeout(() => {
      throw new Error('made up');
    });
  });
  await page.getByRole('button', { name: 'Restart the engine' }).first().click();
  await page.getByRole('button', { name: 'Continue training' }).first().waitFor();
}

/** Its script is a part of the page that is fetched only when it is first opened. */
async function openTweetBrowser(page: Page): Promise<void> {
  await page.getByText('Your tweets', { exact: true }).first().click();
  await page.getByText(LABELS.everyTweet).click();
}

async function checkForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
}

const deployed: Fault = {
  name: 'a new version is deployed while a bot trains, and taken over in a second tab',
  inject: {},
  async act({ page, folder }) {
    await waitUntilOffline(page);
    await trainToStep(page, 2);
    deployNextVersion(folder);
    await checkForUpdate(page);
  },
  async expect({ page, context, site }) {
    const sees = await says(page.getByRole('contentinfo'), 'You can reload when this is done');
    const second = await context.newPage();
    await second.goto(site.url);
    await says(second, 'Mynah is open in another tab');
    assert.equal(await second.locator(NEXT_MARK).count(), 0);
    await says(second.getByRole('contentinfo'), 'You can reload when no other tab is at work');
    assert.equal(await second.getByRole('button', { name: 'Reload' }).count(), 0);
    // Even if it takes over all the same, as by the browser's own tools, the first tab keeps its files.
    await second.evaluate(async () => {
      const changed = new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
      });
      const registration = await navigator.serviceWorker.getRegistration();
      registration?.waiting?.postMessage('take-over');
      await changed;
    });
    await second.reload();
    assert.equal(await second.locator(NEXT_MARK).count(), 1);
    await second.close();
    const step = await waitForStep(page, 3);
    await restartEngine(page);
    await openTweetBrowser(page);
    await page.getByLabel(LABELS.searchTweets).waitFor();
    await page.reload();
    assert.equal(await page.locator(NEXT_MARK).count(), 1);
    await continueTraining(page);
    await waitForStep(page, step);
    return {
      sees,
      kept: 'the training, the old version’s files until it is closed, then the new one',
    };
  },
};

const replaced: Fault = {
  name: 'a new version is deployed before the open page is stored offline',
  inject: { page: () => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker') },
  async act({ page, folder }) {
    await trainToStep(page, 2);
    deployNextVersion(folder);
    await openTweetBrowser(page);
  },
  async expect({ page }) {
    const sees = await says(page, 'A new version of Mynah has replaced this one');
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.locator(NEXT_MARK).waitFor({ state: 'attached' });
    const run = await readRecordedRun(page);
    assert.equal(run?.status, 'paused');
    await continueTraining(page);
    await waitForStep(page, (run?.completedSteps ?? 0) + 1);
    return { sees, kept: `paused and saved at step ${run?.completedSteps}; trains on` };
  },
};

export const hosting: FaultGroup = {
  name: 'hosting',
  faults: [neighbours, bareHost, deployed, replaced],
};
