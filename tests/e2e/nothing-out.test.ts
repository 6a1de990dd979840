/** Code that got into the page or its worker tries every way of sending something to another host. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCounts, type Session, trySample } from '../support/drive-page.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import {
  type Listener,
  listenForAnything,
  tryToLeave,
  tryWaysOfPage,
  tryWaysOfWorker,
} from '../support/ways-out.ts';
import { openPage } from './open-page.ts';

let foreign: Listener;
let site: Site | null = null;
let session: Session | null = null;

beforeEach(async () => {
  foreign = await listenForAnything();
});

afterEach(async () => {
  await session?.close();
  await site?.unplug();
  foreign.close();
});

test.each([
  ['sends headers', false],
  ['sends no headers', true],
])('nothing gets out on the first visit, on a host that %s', async (_host, isBare) => {
  site = await serveSite({ isBare });
  session = await openPage(site.url);
  const { page } = session;
  await trySample(page);
  expect((await readCounts(page)).kept).toBeGreaterThan(0);
  // The first worker is the engine's. The others are its WASM threads, which are blocked and run nothing else.
  const [engine] = page.workers();
  if (engine === undefined) throw new Error('the page has no engine');
  expect(await engine.evaluate(tryWaysOfWorker, foreign.url)).toEqual([]);
  await page.evaluate(tryWaysOfPage, foreign.url);
  await page.evaluate(tryToLeave, foreign.url);
  // By the time the server has answered this, it has seen whatever was sent before.
  await page.request.get(`${foreign.url}/the-last`);
  expect(foreign.received).toEqual(['GET /the-last HTTP/1.1']);
});
