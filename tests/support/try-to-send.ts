/** Has code in a page of Chromium and in its engine try every way of sending something to another host. */

import type { Page } from 'playwright';
import { listenForAnything, tryToLeave, tryWaysOfPage, tryWaysOfWorker } from './ways-out.ts';

const LAST = 'GET /the-last HTTP/1.1';

/** What a page let out: nothing, if all of it is empty. */
export interface Sent {
  /** The ways that worked in the engine. */
  readonly ways: readonly string[];
  /** The first lines of the requests that came to the other host. */
  readonly received: readonly string[];
}

export async function tryToSend(page: Page): Promise<Sent> {
  const foreign = await listenForAnything();
  try {
    // The first worker is the engine's. The others are its WASM threads, which are blocked and run nothing else.
    const [engine] = page.workers();
    if (engine === undefined) throw new Error('the page has no engine');
    const ways = await engine.evaluate(tryWaysOfWorker, foreign.url);
    await page.evaluate(tryWaysOfPage, foreign.url);
    await page.evaluate(tryToLeave, foreign.url);
    // By the time the server has answered this, it has seen whatever was sent before.
    await page.request.get(`${foreign.url}/the-last`);
    return { ways, received: foreign.received.filter((line) => line !== LAST) };
  } finally {
    foreign.close();
  }
}
