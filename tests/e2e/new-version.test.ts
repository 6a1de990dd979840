/** A newer page on the server while an older one is at work: it waits, and costs no run. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copySite } from '../support/copy-site.ts';
import {
  ENDLESS,
  continueTraining,
  pauseTraining,
  readCounts,
  readRecordedRun,
  startTraining,
  trySample,
  waitForStep,
  waitUntilOffline,
} from '../support/drive-page.ts';
import { deployNextVersion, NEXT_MARK } from '../support/next-version.ts';
import { serveSite } from '../support/serve-site.ts';
import { openPage } from './open-page.ts';

test('it waits while a bot trains, and takes over when the user asks: the run goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mynah-site-'));
  copySite(folder);
  const site = await serveSite({ folder });
  const session = await openPage(site.url);
  try {
    const { page } = session;
    const footer = page.getByRole('contentinfo');
    await waitUntilOffline(page);
    await trySample(page);
    await readCounts(page);
    await startTraining(page, ENDLESS);
    await waitForStep(page, 2);

    deployNextVersion(folder);
    // What the browser does by itself when the page is opened again, and once a day.
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await footer.getByText('You can reload when this is done').waitFor();
    expect(await footer.getByRole('button', { name: 'Reload' }).count()).toBe(0);

    await pauseTraining(page);
    await footer.getByRole('button', { name: 'Reload' }).click();
    await page.locator(NEXT_MARK).waitFor({ state: 'attached' });
    const run = await readRecordedRun(page);
    expect(run?.status).toBe('paused');
    expect(run?.completedSteps).toBeGreaterThanOrEqual(2);
    await continueTraining(page);
    const next = (run?.completedSteps ?? 0) + 1;
    expect(await waitForStep(page, next)).toBeGreaterThanOrEqual(next);
    expect(session.foreignRequests).toEqual([]);
    expect(session.complaints).toEqual([]);
  } finally {
    await session.close();
    await site.unplug();
    rmSync(folder, { recursive: true, force: true });
  }
});
