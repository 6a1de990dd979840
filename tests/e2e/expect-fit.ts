/** That everyone can use what the page shows: axe finds no violation, and nothing scrolls sideways. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect } from 'vitest';

/**
 * @param state What the page shows, for the error.
 * @param place The selector of the only part of the page that is looked at.
 */
export async function expectFit(page: Page, state: string, place?: string): Promise<void> {
  // Without the blank page in which it would put the findings of several frames together: this page has one frame.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (place === undefined ? axe : axe.include(place)).analyze();
  const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  expect.soft(found, state).toEqual([]);
  const overflow = await page
    .locator(place ?? 'html')
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect.soft(overflow, `${state} scrolls sideways by so many pixels`).toBeLessThanOrEqual(0);
}

/** The same on a wide screen in light colours and on a narrow one in dark colours. */
export async function expectFitOnScreens(page: Page, state: string, place?: string): Promise<void> {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [360, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    // Without motion, so that no contrast is measured in the middle of a fade.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectFit(page, `${state}, ${colorScheme}, ${width} px`, place);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
