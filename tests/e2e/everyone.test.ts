/** The page for everyone: screen readers, keyboards, small screens, both themes. */

import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { options } from '../../src/app/texts/en/options.ts';
import { quiz } from '../../src/app/texts/en/quiz.ts';
import { QUIZ_PAIRS } from '../../src/domain/quiz.ts';
import {
  ENDLESS,
  pressButton,
  readCounts,
  type Session,
  startTraining,
  stopAndKeep,
  trySample,
  waitForStep,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { SMALL_STEP_TOKENS } from '../support/page-facts.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import { expectFit } from './expect-fit.ts';
import { openPage } from './open-page.ts';

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

/** Two settings side by side, which are put away with the keyboard. */
async function compareSettings(page: Page): Promise<void> {
  const toggle = page.getByRole('button', { name: LABELS.compare, exact: true });
  await pressButton(toggle);
  await page.getByRole('group', { name: LABELS.compareWith }).waitFor();
  const pairs = page.getByRole('region', { name: LABELS.comparison });
  await pressButton(page.getByRole('button', { name: LABELS.writeTweets(5) }));
  const keep = pairs.getByRole('button', { name: LABELS.keepTweet });
  await keep.nth(9).waitFor();
  await expectFit(page, 'comparison');
  await pressButton(pairs.getByRole('button', { name: LABELS.endComparison }));
  await pressButton(toggle);
  await page
    .getByRole('list', { name: LABELS.writtenTweets })
    .locator('[data-tweet]')
    .nth(14)
    .waitFor();
}

/** A whole round of “Real or bot?” by keys alone. */
async function playQuiz(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: quiz.title });
  await pressButton(page.getByRole('button', { name: LABELS.playQuiz }));
  await dialog.getByText(quiz.howItGoes).waitFor();
  await expectFit(page, 'game');
  await pressButton(dialog.getByRole('button', { name: quiz.start }));
  for (let number = 1; number <= QUIZ_PAIRS; number++) {
    await dialog.getByText(quiz.pair(number, QUIZ_PAIRS), { exact: true }).waitFor();
    await dialog.getByRole('heading', { name: quiz.question }).waitFor();
    if (number === 1) await expectFit(page, 'pair');
    await page.keyboard.press(number % 2 === 0 ? 'ArrowRight' : '1');
    await dialog
      .getByRole('status')
      .filter({ hasText: /^(Right|Wrong):/ })
      .waitFor();
    if (number === 1) await expectFit(page, 'answered pair');
    const next = number < QUIZ_PAIRS ? quiz.next : quiz.finish;
    await pressButton(dialog.getByRole('button', { name: next }));
  }
  await dialog.getByText(quiz.kept).waitFor();
  await expectFit(page, 'outcome of the game');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  const library = page.getByRole('complementary', { name: LABELS.library });
  await library.getByText(/^Real or bot: \d+ of 10 told apart$/).waitFor();
}

describe.each([
  ['light', 1280],
  ['dark', 360],
] as const)('%s, %i px wide', (colorScheme, width) => {
  test('every state is free of axe violations and of sideways scrolling', async () => {
    // Without motion, so that no contrast is measured in the middle of a fade.
    session = await openPage(site.url, {
      colorScheme,
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
    });
    const { page } = session;
    await page.getByRole('button', { name: LABELS.trySample }).waitFor();
    await expectFit(page, 'empty');
    await trySample(page);
    await readCounts(page);
    await expectFit(page, 'imported');
    await page.getByText(LABELS.everyTweet).click();
    await page.getByLabel(LABELS.searchTweets).fill('dream');
    await expectFit(page, 'tweet browser');
    await startTraining(page, ENDLESS);
    await waitForStep(page, 2);
    await expectFit(page, 'training');
    await stopAndKeep(page);
    await waitUntilTrained(page);
    await expectFit(page, 'trained');
    await writeTweets(page, 'My dream is', 5);
    await expectFit(page, 'written');
    await compareSettings(page);
    // The first card with all that can be done with it, the downloads, and the keys.
    const list = page.getByRole('list', { name: LABELS.writtenTweets });
    await list.getByRole('button', { name: LABELS.moreActions }).first().click();
    await page.getByRole('button', { name: LABELS.downloadTweets }).click();
    await page.getByRole('button', { name: LABELS.keys }).click();
    await expectFit(page, 'all panels of the studio');
    await list.getByRole('button', { name: LABELS.dropTweet }).first().click();
    await list.getByRole('button', { name: LABELS.keepTweet }).first().click();
    await page.keyboard.press('e');
    await page.getByLabel(LABELS.editedText).waitFor();
    await expectFit(page, 'edited, with an undo');
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: /^Dropped/ }).check();
    await list.getByRole('button', { name: LABELS.restoreTweet }).waitFor();
    await expectFit(page, 'dropped');
    await playQuiz(page);
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
