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

const engineMissing: Fault = {
  name: 'the script of the engine can’t be fetched',
  inject: {
    site(folder) {
      const assets = join(folder, 'assets');
      for (const file of readdirSync(assets)) {
        if (file.startsWith('engine.worker')) renameSync(join(assets, file), join(folder, file));
      }
    },
  },
  act: async () => {},
  async expect({ page, folder }) {
    const sees = await says(page, 'The engine couldn’t be loaded');
    for (const file of readdirSync(folder)) {
      if (file.startsWith('engine.worker'))
        renameSync(join(folder, file), join(folder, 'assets', file));
    }
    await page.getByRole('button', { name: 'Reload' }).click();
    const { kept } = await bringTweets(page);
    return { sees, kept: `works once it is there: ${kept} tweets kept` };
  },
};

export const loading: FaultGroup = { name: 'loading', faults: [reload, engineMissing] };
