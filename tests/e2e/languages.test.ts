/** The page in another language than English, and in words that are longer. */

import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { labels as german } from '../../src/app/texts/de/labels.ts';
import { page as germanPage } from '../../src/app/texts/de/page.ts';
import { labels } from '../../src/app/texts/en/labels.ts';
import { page as pageTexts } from '../../src/app/texts/en/page.ts';
import { accented } from '../../src/app/texts/pseudo.ts';
import {
  ENDLESS,
  readCounts,
  readRecordedRun,
  type Session,
  startTraining,
  stopAndKeep,
  trySample,
  waitForStep,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import { expectFit } from './expect-fit.ts';
import { openPage } from './open-page.ts';

const NARROW = { width: 360, height: 800 };

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

/** Texts that reach beyond what cuts them off, or beyond the button or cell that they are in. */
function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** The nearest of these around a text; null where it can be scrolled into sight, or an ellipsis has a title. */
    const boxOf = (text: Text): Element | null => {
      for (let box = text.parentElement; box !== null; box = box.parentElement) {
        const { overflowX, textOverflow } = getComputedStyle(box);
        if (box.clientWidth === 1 || overflowX === 'auto' || overflowX === 'scroll') return null;
        if (textOverflow === 'ellipsis' && box.closest('[title]') !== null) return null;
        if (overflowX !== 'visible' || box.matches('button, summary, td, th, select')) return box;
      }
      return null;
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      if (node.data.trim() === '' || node.parentElement?.checkVisibility() !== true) continue;
      const box = boxOf(node)?.getBoundingClientRect();
      if (box === undefined) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const isCut = [...range.getClientRects()].some(
        ({ left, right }) => left < box.left - 1 || right > box.right + 1,
      );
      if (isCut) found.push(node.data);
    }
    return found;
  });
}

async function expectNothingCut(page: Page, state: string): Promise<void> {
  const overflow = await page
    .locator('html')
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(overflow, `${state} scrolls sideways by so many pixels`).toBeLessThanOrEqual(0);
  expect(await cutTexts(page), state).toEqual([]);
}

test('words that are 40 % longer fit on 360 px: nothing is cut, and nothing scrolls sideways', async () => {
  const long = accented(labels);
  const open = async (page: Page, path = '') => {
    await page.goto(`${site.url}?lang=pseudo${path}`);
    await page.reload();
    await page.getByText(accented(pageTexts.tweetsStay)).waitFor();
  };
  session = await openPage(site.url, { viewport: NARROW, reducedMotion: 'reduce' });
  const { page } = session;
  await open(page);
  await page.getByRole('button', { name: long.trySample }).waitFor();
  await expectNothingCut(page, 'empty');
  await page.getByRole('button', { name: long.trySample }).evaluate((button) => {
    button.style.inlineSize = '3rem';
    button.style.whiteSpace = 'nowrap';
  });
  expect(await cutTexts(page), 'a button that is too narrow').toEqual([long.trySample]);

  await page.goto(site.url);
  await trySample(page);
  await readCounts(page);
  await open(page);
  await page.getByRole('button', { name: long.startTraining }).waitFor();
  await page.getByText(long.chooseTweets).click();
  await page.getByText(long.seeCharts).click();
  await page.getByText(long.everyTweet).click();
  await page.getByText(long.advanced).first().click();
  await page.getByRole('radio', { name: long.anotherModel }).check();
  await page.getByText(long.hubModel).first().waitFor();
  await page.getByLabel(long.searchTweets).waitFor();
  await expectNothingCut(page, 'before the training, all open');

  await page.goto(site.url);
  await startTraining(page, 2);
  await waitUntilTrained(page);
  await writeTweets(page, 'My dream is', 1);
  await open(page);
  const list = page.getByRole('list', { name: long.writtenTweets });
  await list.getByRole('button', { name: long.moreActions }).first().click();
  await page.getByRole('button', { name: long.downloadTweets }).click();
  await page.getByRole('button', { name: long.keys }).click();
  await page.getByText(long.advanced).first().click();
  await expectNothingCut(page, 'a bot and its tweets, all open');

  await open(page, '#runs');
  await page.getByRole('button', { name: long.repeatRun }).waitFor();
  await expectNothingCut(page, 'its run');
  for (const dialog of [long.whatLeft, long.aboutDevice]) {
    await page.getByRole('button', { name: dialog }).click();
    await page.getByRole('dialog').getByRole('heading', { name: dialog }).waitFor();
    await expectNothingCut(page, dialog);
    await page.keyboard.press('Escape');
  }
});

describe('German', () => {
  const isGerman = (page: Page) => page.locator('html[lang="de"]').waitFor();
  const speak = (page: Page, code: string) => page.locator('.footer-select').selectOption(code);

  test('is spoken where the browser speaks it', async () => {
    session = await openPage(site.url, { locale: 'de-AT' });
    const { page } = session;
    await page.getByRole('button', { name: german.trySample }).waitFor();
    await isGerman(page);
    expect(await page.title()).toBe(germanPage.title);
    await expectFit(page, 'empty, in German');
  });

  test('is spoken at once while a bot trains, after a reload, and offline', async () => {
    session = await openPage(site.url);
    const { page } = session;
    await page.getByRole('button', { name: labels.trySample }).waitFor();
    await waitUntilOffline(page);
    await trySample(page);
    await readCounts(page);
    await startTraining(page, ENDLESS);
    const before = await waitForStep(page, 2);
    await speak(page, 'de');
    await page.getByRole('button', { name: german.pause, exact: true }).waitFor();
    await isGerman(page);
    await speak(page, 'en');
    await waitForStep(page, before + 2);
    await stopAndKeep(page);
    await waitUntilTrained(page);
    expect((await readRecordedRun(page))?.completedSteps).toBeGreaterThan(before);

    await speak(page, 'de');
    await page.getByRole('button', { name: german.writeTweets(5) }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: german.writeTweets(5) }).waitFor();
    await isGerman(page);
    await site.unplug();
    await page.reload();
    await page.getByRole('button', { name: german.writeTweets(5) }).waitFor();
    await isGerman(page);
  });
});
