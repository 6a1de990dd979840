/** Has the ready-made bot write in the first screen, and measures in the page how soon and how smoothly. */

import type { Page } from 'playwright';
import { labels } from '../../src/app/texts/en/labels.ts';

export interface FirstScreen {
  /** From the click to the first text after the start, as the page shows it. */
  readonly first_token_ms: number;
  /** Until the last of the tweets was finished. */
  readonly all_ms: number;
  /** Tasks of the page's own thread of more than 50 ms meanwhile, and the longest time between two frames. */
  readonly long_tasks: number;
  readonly longest_frame_ms: number;
  readonly frames_per_second: number;
  readonly tweets: readonly string[];
}

/** As long as somebody at least takes to read what the bot is, while the page makes it ready. */
const READING_MS = 5000;

export async function tryReadyBot(page: Page, start: string): Promise<readonly FirstScreen[]> {
  const button = page.getByRole('button', { name: labels.tryIt });
  await page.getByLabel(labels.readyPrompt).fill(start);
  // tsx calls this of every function that it gives a name, and the page doesn't have it.
  await page.evaluate('globalThis.__name = (named) => named');
  await page.waitForTimeout(READING_MS);
  const measured: FirstScreen[] = [];
  for (let press = 0; press < 2; press++) {
    await button.and(page.locator(':enabled')).waitFor();
    measured.push(await page.evaluate(watchWriting, { start, button: labels.tryIt }));
  }
  return measured;
}

/** Runs in the page: presses the button and watches what comes. */
function watchWriting(wish: { start: string; button: string }): Promise<FirstScreen> {
  return new Promise((resolve) => {
    const round = (ms: number) => Math.round(10 * ms) / 10;
    const place = document.querySelector('.ready');
    const button = place?.querySelector<HTMLButtonElement>(`button[aria-label="${wish.button}"]`);
    if (!place || !button) throw new Error('no ready-made bot in the first screen');
    let longTasks = 0;
    const tasks = new PerformanceObserver((list) => {
      longTasks += list.getEntries().length;
    });
    tasks.observe({ type: 'longtask' });
    const startedAt = performance.now();
    let firstMs: number | null = null;
    let wasBusy = false;
    let frames = 0;
    let longestMs = 0;
    let lastFrame = startedAt;
    const texts = () => [...place.querySelectorAll('blockquote')].map((quote) => quote.textContent);
    const before = texts().join('\n');
    const onFrame = (now: number) => {
      frames++;
      longestMs = Math.max(longestMs, now - lastFrame);
      lastFrame = now;
      const isBusy = place.querySelector('[aria-busy="true"]') !== null;
      wasBusy ||= isBusy;
      const here = texts();
      if (firstMs === null && isBusy && here.some((text) => text.length > wish.start.length)) {
        firstMs = now - startedAt;
      }
      if (!wasBusy || isBusy || here.join('\n') === before) {
        requestAnimationFrame(onFrame);
        return;
      }
      tasks.disconnect();
      const allMs = now - startedAt;
      resolve({
        first_token_ms: round(firstMs ?? allMs),
        all_ms: round(allMs),
        long_tasks: longTasks,
        longest_frame_ms: round(longestMs),
        frames_per_second: round((1000 * frames) / allMs),
        tweets: here,
      });
    };
    requestAnimationFrame(onFrame);
    button.click();
  });
}
