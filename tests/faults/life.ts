/** What browsers and systems do to a tab that trains: hide it, freeze it, put it to sleep, end it. */

import assert from 'node:assert/strict';
import {
  continueTraining,
  pauseTraining,
  readRecordedRun,
  waitForCheckpoint,
  waitForStep,
} from '../support/drive-page.ts';
import { type Fault, type FaultGroup, inEngine, type Place, says } from './fault.ts';
import { trainToStep } from './whole-job.ts';

/** Every clock of the thread jumps ahead, as on systems that count the time in which they slept. */
function sleepForHours(): void {
  const hoursMs = 8 * 3_600_000;
  const { now } = Date;
  Date.now = () => now() + hoursMs;
  const ticks = performance.now.bind(performance);
  performance.now = () => ticks() + hoursMs;
}

const suspended: Fault = {
  name: 'the computer sleeps for eight hours in the middle of a training',
  inject: {},
  act: ({ page }) => trainToStep(page, 3),
  async expect({ page }) {
    await inEngine(page, sleepForHours);
    await page.evaluate(sleepForHours);
    const slept = await waitForStep(page, 4);
    const step = await waitForStep(page, slept + 10);
    const sees = await says(page, /^(?:\d{1,2}\shr\s)?\d+\s(?:min|sec).*left/);
    await pauseTraining(page);
    await says(page, /^Paused at step/);
    const run = await readRecordedRun(page);
    assert.ok((run?.completedSteps ?? 0) >= step);
    return { sees, kept: `the training, which went on to step ${run?.completedSteps}` };
  },
};

const hidden: Fault = {
  name: 'the tab is hidden and shown five hundred times while a bot trains',
  inject: {},
  act: ({ page }) => trainToStep(page, 3),
  async expect({ page, complaints }) {
    const before = (await readRecordedRun(page))?.completedSteps ?? 0;
    await page.evaluate(() => {
      let isHidden = false;
      Object.defineProperty(document, 'visibilityState', {
        get: () => (isHidden ? 'hidden' : 'visible'),
      });
      for (let time = 0; time < 1000; time++) {
        isHidden = !isHidden;
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
    const step = await waitForStep(page, before + 5);
    await pauseTraining(page);
    const sees = await says(page, /^Paused at step/);
    const uncaught = complaints.filter((complaint) => complaint.startsWith('uncaught'));
    assert.deepEqual(uncaught, []);
    return { sees, kept: `the training, which went on past step ${step}` };
  },
};

async function setLifecycle({ page, context }: Place, state: 'frozen' | 'active'): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state });
}

const frozen: Fault = {
  name: 'the tab that trains is frozen, and another is opened',
  inject: {},
  act: ({ page }) => trainToStep(page, 3),
  async expect(place) {
    const { page, context, site } = place;
    const before = await waitForStep(page, 3);
    await setLifecycle(place, 'frozen');
    const second = await context.newPage();
    await second.goto(site.url);
    const sees = await says(second, 'Mynah is open in another tab');
    await second.close();
    await setLifecycle(place, 'active');
    const step = await waitForStep(page, before + 2);
    return { sees, kept: `the training, which went on to step ${step}` };
  },
};

const killed: Fault = {
  name: 'the system ends the page ten times while it trains',
  inject: {},
  act: ({ page }) => trainToStep(page, 2),
  async expect({ page, context, site }) {
    let open = page;
    let saved = await waitForCheckpoint(open);
    let sees = '';
    for (let time = 1; time <= 10; time++) {
      const devtools = await context.newCDPSession(open);
      const crashed = open.waitForEvent('crash');
      // It is never answered.
      devtools.send('Page.crash').catch(() => {});
      await crashed;
      await open.close();
      open = await context.newPage();
      await open.goto(site.url);
      await says(open, /^Interrupted at step/);
      if (time === 10) sees = await says(open, /has closed this page three times or more/);
      const kept = (await readRecordedRun(open))?.completedSteps ?? 0;
      assert.ok(kept >= saved, `after ${saved} steps were saved, ${kept} are kept`);
      saved = kept;
      await continueTraining(open);
      await waitForStep(open, saved + 1);
    }
    return { sees, kept: `everything that was saved, ${saved} steps at last, and it trains on` };
  },
};

export const life: FaultGroup = { name: 'life', faults: [suspended, hidden, frozen, killed] };
