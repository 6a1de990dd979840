/** Faults while the page loads its own parts, or is torn from its work. */

import assert from 'node:assert/strict';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { continueTraining, readRecordedRun, waitForStep } from '../support/drive-page.ts';
import { type Fault, type FaultGroup, says } from './fault.ts';
import { bringTweets, trainToStep } from './whole-job.ts';

const reload: Fault = {
  name: 'the page is reloaded while a bot trains',
  inject: {},
  async act({ page }) {
    await trainToStep(page, 3);
    await page.reload();
  },
  async expect({ page }) {
    const sees = await says(page, /^Interrupted at step/);
    const saved = (await readRecordedRun(page))?.completedSteps ?? 0;
    assert.ok(saved > 0);
    await continueTraining(page);
    await waitForStep(page, saved + 1);
    return { sees, kept: `trains on after step ${saved}` };
  },
};

/** Moves the scripts whose names begin so out of the folder they are served from, or back into it. */
function moveScripts(folder: string, start: string, isBack = false): void {
  const assets = join(folder, 'assets');
  const [from, to] = isBack ? [folder, assets] : [assets, folder];
  for (const file of readdirSync(from)) {
    if (file.startsWith(start) && file.endsWith('.js'))
      renameSync(join(from, file), join(to, file));
  }
}

const pageMissing: Fault = {
  name: 'the script of the page can’t be fetched',
  inject: { site: (folder) => moveScripts(folder, 'index-') },
  act: async () => {},
  async expect({ page, folder }) {
    const sees = await says(page, 'couldn’t load all of its own files');
    moveScripts(folder, 'index-', true);
    await page.reload();
    const { kept } = await bringTweets(page);
    return { sees, kept: `works once it is there: ${kept} tweets kept` };
  },
};

const engineMissing: Fault = {
  name: 'the script of the engine can’t be fetched',
  inject: { site: (folder) => moveScripts(folder, 'engine.worker') },
  act: async () => {},
  async expect({ page, folder }) {
    const sees = await says(page, 'The engine couldn’t be loaded');
    moveScripts(folder, 'engine.worker', true);
    await page.getByRole('button', { name: 'Reload' }).click();
    const { kept } = await bringTweets(page);
    return { sees, kept: `works once it is there: ${kept} tweets kept` };
  },
};

export const loading: FaultGroup = {
  name: 'loading',
  faults: [reload, pageMissing, engineMissing],
};
