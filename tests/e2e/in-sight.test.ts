/** The first minute: what comes next is in sight without scrolling, and an early press isn't lost. */

import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { LABELS } from '../../src/app/labels.ts';
import { trySample } from '../support/drive-page.ts';
import { visitSite } from './open-page.ts';

/** Whether all of an element is in the window, and nothing lies on it. */
async function isInSight(page: Page, element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  const size = page.viewportSize();
  if (box === null || size === null) return false;
  const { x, y, width, height } = box;
  const isInside = x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height;
  const isOnTop = await element.evaluate((node) => {
    const { left, top, width: w, height: h } = node.getBoundingClientRect();
    return node.contains(document.elementFromPoint(left + w / 2, top + h / 2));
  });
  return isInside && isOnTop;
}

test.each([
  [1280, 860],
  [360, 740],
] as const)(
  'after the sample, Start is in sight at %i × %i, and waits for the plan',
  async (width, height) => {
    const { page } = await visitSite({ hasThreads: false }, { viewport: { width, height } });
    await trySample(page);
    const start = page.getByRole('button', { name: LABELS.startTraining });
    await start.and(page.locator(':enabled')).waitFor();
    expect(await isInSight(page, start)).toBe(true);
    // The first step is a line that can be opened.
    await page.getByRole('button', { name: LABELS.tweetsStep, expanded: false }).waitFor();
    await page.getByText(/· [\d,]+ tweets kept/).waitFor();

    await start.press('Enter');
    await page.getByRole('button', { name: LABELS.stopAndKeep }).waitFor();
  },
);
