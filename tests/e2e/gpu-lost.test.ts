/**
 * The job on WebGPU, in the worker, with a graphics driver that crashes in the middle of training: the
 * browser kills the GPU process.
 */

import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import {
  chooseBackend,
  openSession,
  pressButton,
  readCounts,
  readRecordedRun,
  type Session,
  startTraining,
  trySample,
  waitForStep,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { waitWhileChanging } from '../support/patience.ts';
import { type Site, serveSite } from '../support/serve-site.ts';

let site: Site;
let session: Session;

beforeEach(async () => {
  site = await serveSite();
  session = await openSession(site.url);
});

afterEach(async () => {
  await session.close();
  await site.unplug();
  expect(session.foreignRequests).toEqual([]);
});

test('on WebGPU: a GPU that dies costs nothing that was saved; the bot trains on by itself', async () => {
  const { page, context } = session;
  await trySample(page);
  await readCounts(page);
  await chooseBackend(page, 'webgpu');
  await startTraining(page, 400, 32);
  // The first step is saved at once, so by the third there is a checkpoint.
  await waitForStep(page, 3);
  // The crash itself is told on the console.
  expect(session.complaints).toEqual([]);

  const browser = context.browser();
  const devtools = await browser?.newBrowserCDPSession();
  // Not in the protocol's published types; it is what chrome://gpucrash does.
  await devtools?.send('Browser.crashGpuProcess' as 'Browser.getVersion');
  const saved = (await readRecordedRun(page))?.completedSteps ?? 0;
  expect(saved).toBeGreaterThan(0);
  // Nobody has to do anything: it goes on by itself, from its last checkpoint.
  await waitWhileChanging(page, 'a later checkpoint', async () => {
    const now = (await readRecordedRun(page))?.completedSteps ?? 0;
    return now > saved ? true : undefined;
  });
  expect(await page.getByRole('alert').count()).toBe(0);

  await pressButton(page.getByRole('button', { name: LABELS.stopAndKeep }));
  await waitUntilTrained(page);
  const run = await readRecordedRun(page);
  expect(run).toMatchObject({ status: 'finished', backend: 'webgpu' });
  expect(run?.adapter).toMatch(/swiftshader/i);
  const steps = run?.points.map(({ step }) => step) ?? [];
  expect(steps).toEqual(steps.map((_, i) => i + 1));
  expect(await writeTweets(page, 'My dream is', 1)).toHaveLength(1);
});
