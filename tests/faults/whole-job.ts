/** What the faults have the page do: read tweets, train a bot, write and export. */

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import type { Page } from 'playwright';
import {
  ENDLESS,
  readCounts,
  readRecordedRun,
  startTraining,
  trySample,
  waitForStep,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import type { Counts } from '../support/page-facts.ts';
import type { Fault } from './fault.ts';

export async function bringTweets(page: Page): Promise<Counts> {
  await trySample(page);
  return readCounts(page);
}

/** The sentence that says what computes, which is shown once there are tweets. */
export async function whatComputes(page: Page): Promise<string> {
  const line = page.locator('.compute-text').filter({ hasNotText: 'Looking for' });
  return (await line.textContent())?.trim() ?? '';
}

/** Trains a bot on the sample up to this step. The training goes on. */
export async function trainToStep(page: Page, step: number): Promise<void> {
  await bringTweets(page);
  await startTraining(page, ENDLESS);
  await waitForStep(page, step);
}

async function trainAndWrite(page: Page, steps: number): Promise<void> {
  await startTraining(page, steps);
  await waitUntilTrained(page);
  assert.equal((await writeTweets(page, 'My dream is', 1)).length, 1);
}

/** Trains a bot for a few steps on the tweets that are there and has it write. Returns what computed. */
export async function doTheJob(page: Page, steps = 3): Promise<string> {
  await trainAndWrite(page, steps);
  const run = await readRecordedRun(page);
  assert.equal(run?.completedSteps, steps);
  assert.deepEqual(
    run.points.map(({ step }) => step),
    Array.from({ length: steps }, (_, i) => i + 1),
  );
  return `the whole job, on ${run.adapter} (${run.backend})`;
}

/** From the sample to a bot in a file, whether or not anything is stored. Returns the size of the file. */
export async function doWholeJob(page: Page): Promise<string> {
  await bringTweets(page);
  await trainAndWrite(page, 3);
  return exportBot(page);
}

export async function exportBot(page: Page): Promise<string> {
  const library = page.getByRole('complementary', { name: 'Your bots' });
  await library.getByRole('button', { name: /^Export/ }).click();
  const downloading = page.waitForEvent('download');
  await library.getByRole('button', { name: 'Half the size' }).click();
  const { size } = statSync(await (await downloading).path());
  return `a bot of ${Math.round(size / 2 ** 20)} MB in a file`;
}

/** A fault in what could compute. The page says what computes and why, and that does the job. */
export function saysWhatComputes(
  name: string,
  words: RegExp,
  inject: Fault['inject'],
  steps?: number,
): Fault {
  return {
    name,
    inject,
    act: ({ page }) => bringTweets(page),
    async expect({ page }) {
      const sees = await whatComputes(page);
      assert.match(sees, words);
      return { sees, kept: await doTheJob(page, steps) };
    },
  };
}
