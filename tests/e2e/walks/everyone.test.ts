/** The page for everyone: screen readers, keyboards, small screens, zoom, both themes and directions, forced colours. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels as LABELS } from '../../../src/app/texts/en/labels.ts';
import { options } from '../../../src/app/texts/en/options.ts';
import { cutTexts, overlappingControls, sidewaysPixels } from '../../support/cut-texts.ts';
import {
  ENDLESS,
  readCounts,
  type Session,
  waitForStep,
  waitUntilTrained,
} from '../../support/drive-page.ts';
import {
  chosenUnseen,
  isFocusLost,
  movements,
  withoutName,
} from '../../support/fit-for-everyone.ts';
import { SMALL_STEP_TOKENS } from '../../support/page-facts.ts';
import { speakOnPage } from '../../support/page-language.ts';
import { showEveryState } from '../../support/page-states.ts';
import { patience } from '../../../vitest.config.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { expectFit } from '../expect-fit.ts';
import { openPage } from '../open-page.ts';

let site: Site;
let session: Session | null = null;

beforeEach(async () => {
  session = null;
  site = await serveSite({ hasThreads: false });
});

afterEach(async () => {
  await session?.close();
  await site.unplug();
  expect(session?.foreignRequests).toEqual([]);
  expect(session?.complaints).toEqual([]);
});

/** When it counts as hanging: it goes through as much as several tests. */
const LONG_MS = 5 * patience.testTimeout;

const VIEWS = [
  { language: 'en', width: 1280, colorScheme: 'light' },
  { language: 'ar', width: 360, colorScheme: 'dark' },
] as const;
/** A window of 1,280 px at a zoom of 400 %. */
const ZOOMED_PX = 320;

test('every state is fit for everyone: screen readers, zoom, both directions, longer words, forced colours', {
  timeout: LONG_MS,
}, async () => {
  // Without motion, so that no contrast is measured in the middle of a fade.
  session = await openPage(site.url, { reducedMotion: 'reduce' });
  const { page } = session;
  await showEveryState(page, async (state) => {
    if (state !== 'first screen')
      expect.soft(await isFocusLost(page), `${state}: focus`).toBe(false);
    for (const { language, width, colorScheme } of VIEWS) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await speakOnPage(page, language);
      await expectFit(page, `${state}, ${language}`);
      expect.soft(await cutTexts(page), `${state}, ${language}: cut`).toEqual([]);
      expect.soft(await overlappingControls(page), `${state}, ${language}: overlap`).toEqual([]);
    }
    await page.setViewportSize({ width: ZOOMED_PX, height: 800 });
    await speakOnPage(page, 'pseudo');
    expect.soft(await sidewaysPixels(page), `${state}, zoomed: scrolls sideways`).toBe(0);
    expect.soft(await cutTexts(page), `${state}, zoomed: cut`).toEqual([]);
    expect.soft(await overlappingControls(page), `${state}, zoomed: overlap`).toEqual([]);
    expect.soft(await withoutName(page), `${state}: pictures without a name`).toEqual([]);
    expect.soft(await movements(page), `${state}: moves`).toEqual([]);
    await page.emulateMedia({ forcedColors: 'active' });
    expect.soft(await chosenUnseen(page), `${state}, forced colours: what is chosen`).toEqual([]);
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
    await speakOnPage(page, 'en');
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});

test('the whole job by keyboard alone', async () => {
  session = await openPage(site.url);
  const { page } = session;
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
        return element?.getAttribute('aria-label') ?? label?.textContent.trim() ?? '';
      });
      if (focused === name) return;
    }
    throw new Error(`no way to ${name} by Tab`);
  };
  await page.getByRole('button', { name: LABELS.trySample }).waitFor();
  await tabTo(LABELS.trySample);
  await page.keyboard.press('Enter');
  await readCounts(page);
  await tabTo(LABELS.advanced);
  await page.keyboard.press('Enter');
  await tabTo(options.fields.steps.label);
  await page.keyboard.type(String(ENDLESS));
  await tabTo(options.fields.tokensPerStep.label);
  await page.keyboard.type(String(SMALL_STEP_TOKENS));
  await tabTo(options.fields.isUnmixed.label);
  await page.keyboard.press('Space');
  await tabTo(LABELS.startTraining);
  await page.keyboard.press('Enter');
  await waitForStep(page, 1);
  await tabTo(LABELS.stopAndKeep);
  await page.keyboard.press('Enter');
  await waitUntilTrained(page);
  await tabTo(LABELS.writeTweets(5));
  await page.keyboard.press('Enter');
  const copy = page
    .getByRole('list', { name: LABELS.writtenTweets })
    .getByRole('button', { name: 'Copy' });
  await copy.nth(4).waitFor();
});
