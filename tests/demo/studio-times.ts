/**
 * How the studio feels: how long after the click the first token is on the page, how many frames are drawn while the
 * bot writes, and whether anything stalls while one scrolls through 1,000 written tweets. Run by hand, on a built site:
 *
 *     npx tsx tests/demo/studio-times.ts [FOLDER…]
 *
 * Given folders of built sites, it measures one after the other, to compare them under the same load. It trains the
 * starter on the sample for a few steps, writes, and prints one JSON line. Times are of this machine.
 * `firstTokenMs` are several presses, of which the first also loads the model. `longTasksMs` are the tasks of more than
 * 50 ms on the page's thread (PerformanceObserver, `longtask`), `worstFrameMs` the longest time between two frames.
 */

import type { Page } from 'playwright';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import {
  openSession,
  pressButton,
  readCounts,
  startTraining,
  trySample,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { serveSite } from '../support/serve-site.ts';

const PRESSES = 4;
const CARDS = 1_000;

const COUNTERS = [
  'ScriptDuration',
  'RecalcStyleDuration',
  'LayoutDuration',
  'TaskDuration',
] as const;
type Counter = (typeof COUNTERS)[number];

interface Smoothness {
  /** Processor time of the page's thread, by Chromium's own counters. */
  readonly processorMs: { readonly [what in Counter]: number };
  readonly longTasksMs: readonly number[];
  readonly worstFrameMs: number;
  readonly framesPerSecond: number;
}

/** Presses Write, and waits in the page for the first draft that is longer than its start. */
function timeFirstToken(page: Page, label: string): Promise<number> {
  return page.evaluate(
    ([name, list]) =>
      new Promise<number>((resolve, reject) => {
        const button = document.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`);
        if (button === null) return reject(new Error('there is no button to write'));
        const startedMs = performance.now();
        const look = () => {
          const caret = document.querySelector(`[aria-label="${list}"] .caret`);
          const text = caret?.parentElement?.textContent ?? '';
          const start = caret?.parentElement?.querySelector('.tweet-prompt')?.textContent ?? '';
          if (text.length <= start.length) return;
          observer.disconnect();
          resolve(performance.now() - startedMs);
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        button.click();
      }),
    [label, LABELS.writtenTweets] as const,
  );
}

/** Counts frames and long tasks while something goes on, until it is over. */
async function watch(page: Page, work: () => Promise<void>): Promise<Smoothness> {
  await page.evaluate(() => {
    const seen = { longTasksMs: [] as number[], frames: [] as number[], isOn: true };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasksMs.push(Math.round(duration));
    }).observe({ type: 'longtask' });
    const frame = (now: number) => {
      seen.frames.push(now);
      if (seen.isOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const counters = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await counters();
  await work();
  const after = await counters();
  await devtools.detach();
  const spent = COUNTERS.map((name) => {
    const seconds = (after.get(name) ?? 0) - (before.get(name) ?? 0);
    return [name, Math.round(1000 * seconds)];
  });
  const processorMs = Object.fromEntries(spent) as Smoothness['processorMs'];
  const seen = await page.evaluate(() => {
    const { seen } = globalThis as unknown as {
      seen: { longTasksMs: number[]; frames: number[]; isOn: boolean };
    };
    seen.isOn = false;
    const { frames, longTasksMs } = seen;
    const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
    const all = (frames.at(-1) ?? 0) - (frames[0] ?? 0);
    return {
      longTasksMs,
      worstFrameMs: Math.round(Math.max(0, ...gaps)),
      framesPerSecond: Math.round((gaps.length / all) * 10_000) / 10,
    };
  });
  return { processorMs, ...seen };
}

/** Stores what the bot wrote again and again, until there are 1,000 tweets, as if it had gone on. */
function fillUp(page: Page): Promise<void> {
  return page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no reason given'));
      });
    const database = await done(indexedDB.open('mynah'));
    const store = database.transaction('written', 'readwrite').objectStore('written');
    const written = (await done(store.getAll())) as { id: string }[];
    for (let i = written.length; i < wanted; i++) {
      const { id, ...tweet } = written[i % written.length] ?? { id: '' };
      // Batches of five, as most are, and newer than what is there.
      const [run, batch = ''] = id.split('/');
      const time = String(Number(batch) + Math.floor(i / 5)).padStart(batch.length, '0');
      await done(store.put({ ...tweet, id: `${run}/${time}/1000${i % 5}` }));
    }
    database.close();
  }, CARDS);
}

/** Scrolls by the wheel until the last card has been shown. */
async function scrollThrough(page: Page): Promise<void> {
  await page.mouse.move(500, 500);
  const isAtEnd = () =>
    page.evaluate((count) => {
      const cards = document.querySelectorAll('[data-tweet]');
      const last = cards[count - 1]?.getBoundingClientRect();
      return last !== undefined && last.bottom <= innerHeight;
    }, CARDS);
  while (!(await isAtEnd())) await page.mouse.wheel(0, 700);
}

// tsx names functions by a helper of its own, which isn't in the page.
const initScript = 'globalThis.__name = (of) => of';

/** @param folder The built site; undefined for `dist/`. */
async function measure(folder: string | undefined): Promise<void> {
  const site = await serveSite(folder === undefined ? {} : { folder });
  const { page, close } = await openSession(site.url, { initScript });
  try {
    await trySample(page);
    await readCounts(page);
    await startTraining(page, 8);
    await waitUntilTrained(page);
    const firstTokenMs: number[] = [];
    const writing = await watch(page, async () => {
      for (let press = 0; press < PRESSES; press++) {
        const write = page.getByRole('button', { name: LABELS.writeTweets(5), exact: true });
        await write.and(page.locator(':enabled')).waitFor();
        firstTokenMs.push(Math.round(await timeFirstToken(page, LABELS.writeTweets(5))));
      }
      await writeTweets(page, 'My dream is', 5);
    });
    await fillUp(page);
    await page.reload();
    const listing = await watch(page, async () => {
      await page.locator('[data-tweet]').first().waitFor();
      await pressButton(page.getByRole('button', { name: LABELS.keys, exact: true }));
    });
    const scrolling = await watch(page, () => scrollThrough(page));
    const cards = CARDS;
    console.log(JSON.stringify({ folder, firstTokenMs, writing, cards, listing, scrolling }));
  } finally {
    await close();
    await site.unplug();
  }
}

const folders = process.argv.slice(2);
for (const folder of folders.length === 0 ? [undefined] : folders) await measure(folder);
