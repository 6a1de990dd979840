/** The whole job with an engine that has come through a fault. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import {
  readCounts,
  readRecordedRun,
  startTraining,
  trySample,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';

export async function bringTweets(page: Page): Promise<void> {
  await trySample(page);
  await readCounts(page);
}

/** The sentence that says what computes, which is shown once there are tweets. */
export async function whatComputes(page: Page): Promise<string> {
  const line = page.locator('.compute-text').filter({ hasNotText: 'Looking for' });
  return (await line.textContent())?.trim() ?? '';
}

/** Trains a bot on the tweets that were brought for a few steps and has it write a tweet; returns what has done that. */
export async function doTheJob(page: Page, steps = 3): Promise<string> {
  await startTraining(page, steps);
  await waitUntilTrained(page);
  const run = await readRecordedRun(page);
  assert.equal(run?.completedSteps, steps);
  assert.deepEqual(
    run.points.map(({ step }) => step),
    Array.from({ length: steps }, (_, i) => i + 1),
  );
  assert.equal((await writeTweets(page, 'My dream is', 1)).length, 1);
  return `the whole job, on ${run.adapter} (${run.backend})`;
}
