/** Faults of what is stored: it is cleared, or there is no room for more. */

import assert from 'node:assert/strict';
import {
  continueTraining,
  pauseTraining,
  readRecordedRun,
  stopAndKeep,
  waitForStep,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { type Fault, type FaultGroup, type Place, says } from './fault.ts';
import { exportBot, trainToStep } from './whole-job.ts';

const cleared: Fault = {
  name: 'the site’s data are cleared while a bot trains',
  inject: {},
  async act(place) {
    await trainToStep(place.page, 3);
    const { origin } = new URL(place.site.url);
    const devtools = await place.context.newCDPSession(place.page);
    await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  },
  async expect({ page }) {
    const sees = await says(page, /was cleared while your bot trained/);
    const run = await readRecordedRun(page);
    const step = await waitForStep(page, (run?.completedSteps ?? 0) + 2);
    await pauseTraining(page);
    await page.getByRole('button', { name: 'Continue training' }).first().waitFor();
    await page.reload();
    // Which bot was open is forgotten as well.
    const library = page.getByRole('complementary', { name: 'Your bots' });
    await library
      .getByRole('button', { name: /mynah_sample/ })
      .first()
      .click();
    await continueTraining(page);
    await waitForStep(page, step + 1);
    await stopAndKeep(page);
    await waitUntilTrained(page);
    await writeTweets(page, 'My dream is', 1);
    return { sees, kept: `everything it had learned by step ${step}, and its tweets` };
  },
};

/** The browser itself says that it is full. It looks again after half a minute at the latest. */
async function fillDisk(place: Place): Promise<void> {
  const { origin } = new URL(place.site.url);
  const devtools = await place.context.newCDPSession(place.page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await place.page.waitForFunction(
    () =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('full?');
        opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
        opening.onerror = () => resolve(true);
        opening.onsuccess = () => {
          const tx = opening.result.transaction('bytes', 'readwrite');
          tx.objectStore('bytes').put(new ArrayBuffer(1), 0);
          tx.oncomplete = () => resolve(false);
          tx.onabort = () => resolve(true);
        };
      }),
    undefined,
    { polling: 1000 },
  );
}

const full: Fault = {
  name: 'the disk is full, and the page is reloaded',
  inject: {},
  async act(place) {
    const { page } = place;
    await trainToStep(page, 3);
    await stopAndKeep(page);
    await waitUntilTrained(page);
    await fillDisk(place);
    await page.reload();
  },
  async expect({ page }) {
    const file = await exportBot(page);
    const library = page.getByRole('complementary', { name: 'Your bots' });
    await library.getByRole('button', { name: /^Delete / }).click();
    await page.waitForFunction(() => document.querySelector('[role="alert"]') === null);
    await page.getByRole('button', { name: 'Delete these tweets' }).click();
    await page.getByRole('button', { name: 'Delete them' }).click();
    const sees = await says(page, 'Drop your Twitter archive here');
    await page.reload();
    await page.getByRole('button', { name: 'Try the sample' }).first().waitFor();
    assert.equal(await page.getByRole('button', { name: /^Delete / }).count(), 0);
    return { sees, kept: `${file}; the bot and the tweets are deleted for good` };
  },
};

export const lostData: FaultGroup = { name: 'lost data', faults: [cleared, full] };
