/** Nothing is done to the page, which has to do the whole job: the others are compared with this. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { readRecordedRun, startTraining, waitForStep } from '../support/drive-page.ts';
import type { Fault, FaultGroup } from './fault.ts';
import { bringTweets, doWholeJob } from './whole-job.ts';

const nothing: Fault = {
  name: 'nothing is done',
  inject: {},
  act: async () => {},
  expect: async ({ page }) => ({ sees: await page.title(), kept: await doWholeJob(page) }),
};

/** How many milliseconds after the click the page says that it pauses, and that it has paused. */
function pauseAndTime(page: Page): Promise<{ answeredMs: number; pausedMs: number }> {
  return page.evaluate(
    ({ pause, goOn }) =>
      new Promise((resolve, reject) => {
        const buttons = [...document.querySelectorAll('button')];
        const button = buttons.find(({ textContent }) => textContent.trim() === pause);
        if (button === undefined) return reject(new Error('nothing to pause'));
        const clickedMs = performance.now();
        let answeredMs = Number.NaN;
        new MutationObserver(() => {
          const ms = performance.now() - clickedMs;
          const text = document.body.textContent;
          if (Number.isNaN(answeredMs) && text.includes('Pausing…')) answeredMs = ms;
          if (text.includes(goOn)) resolve({ answeredMs, pausedMs: ms });
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
        button.click();
      }),
    { pause: LABELS.pause, goOn: LABELS.continueTraining },
  );
}

/** A step of the usual size, which takes about a second. */
const pause: Fault = {
  name: 'the user pauses in the middle of a step',
  inject: {},
  async act({ page }) {
    await bringTweets(page);
    await startTraining(page, null);
    await waitForStep(page, 1);
  },
  async expect({ page }) {
    const { answeredMs, pausedMs } = await pauseAndTime(page);
    assert.ok(answeredMs < pausedMs);
    const run = await readRecordedRun(page);
    assert.equal(run?.status, 'paused');
    const inMs = (ms: number) => `${Math.round(ms)} ms`;
    return {
      sees: `Pausing… ${inMs(answeredMs)} after the click`,
      kept: `paused and saved after step ${run.completedSteps}, ${inMs(pausedMs)} after the click`,
    };
  },
};

export const control: FaultGroup = { name: 'control', faults: [nothing, pause] };
