/** The page on a phone: places to touch, the keyboard on the screen, the connection, and a page that isn't looked at. */

import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels as LABELS } from '../../../src/app/texts/en/labels.ts';
import { options } from '../../../src/app/texts/en/options.ts';
import { system } from '../../../src/app/texts/en/system.ts';
import { must } from '../../../src/core/assert.ts';
import { tokensPerStep } from '../../../src/train/recipe.ts';
import {
  ENDLESS,
  pauseTraining,
  readCounts,
  readRecordedRun,
  type Session,
  startTraining,
  stopAndKeep,
  trySample,
  waitForCheckpoint,
  waitForStep,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from '../../support/drive-page.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { expectFit } from '../expect-fit.ts';
import { openPage } from '../open-page.ts';

let site: Site;
let session: Session | null = null;

beforeEach(async () => {
  session = null;
  site = await serveSite();
});

afterEach(async () => {
  await session?.close();
  await site.unplug();
  expect(session?.foreignRequests).toEqual([]);
  expect(session?.complaints).toEqual([]);
});

/** What is smaller than a finger needs, with its size in pixels: 24 by WCAG 2.2, and 44 for buttons. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const controls = 'button, summary, select, textarea, a[href], label:has(input), input';
    for (const control of document.querySelectorAll<HTMLElement>(controls)) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      // A label is pressed in its control's place, and what is only for screen readers by nobody.
      const isElsewhere = control.matches('input') && control.closest('label') !== null;
      const { width, height } = control.getBoundingClientRect();
      if (isElsewhere || width <= 1) continue;
      // WCAG leaves out what stands in a sentence.
      if (control.matches('p a, li a, .footer a')) continue;
      const least = control.matches('.button, .icon-button, .tweet-action') ? 44 : 24;
      if (Math.round(height) < least || Math.round(width) < least) {
        const name = control.getAttribute('aria-label') ?? control.textContent.trim().slice(0, 40);
        found.push(`${control.tagName}.${control.className} ${name}: ${width} × ${height}`);
      }
    }
    return found;
  });
}

/** Fields whose keyboard isn't told what its Enter key does, or which digits are wanted. */
function mutePlaces(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const typed =
      'input:is([type="text"], [type="search"], [type="number"]), textarea:not([rows="4"])';
    const isMute = (field: HTMLInputElement | HTMLTextAreaElement) =>
      field.enterKeyHint === '' || (field.type === 'number' && field.inputMode === '');
    return [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(typed)]
      .filter(isMute)
      .map(({ outerHTML }) => outerHTML.slice(0, 120));
  });
}

async function expectUsable(page: Page, state: string): Promise<void> {
  expect(await smallTargets(page), state).toEqual([]);
  expect(await mutePlaces(page), state).toEqual([]);
}

test('everything can be touched, and the keyboard on the screen knows what is typed', async () => {
  session = await openPage(site.url, { isPhone: true, reducedMotion: 'reduce' });
  const { page } = session;
  await page.getByRole('button', { name: LABELS.trySample }).waitFor();
  await expectUsable(page, 'empty');
  await trySample(page);
  await readCounts(page);
  await page.getByText(LABELS.chooseTweets).click();
  await page.getByText(LABELS.everyTweet).click();
  await page.getByLabel(LABELS.searchTweets).waitFor();
  await page.getByText(LABELS.advanced).first().click();
  await expectUsable(page, 'before the training, all open');
  await startTraining(page, 2);
  await waitUntilTrained(page);
  await writeTweets(page, 'My dream is', 1);
  const list = page.getByRole('list', { name: LABELS.writtenTweets });
  await list.getByRole('button', { name: LABELS.moreActions }).first().click();
  await page.getByRole('button', { name: LABELS.replyToTweet }).click();
  await expectUsable(page, 'a bot and its tweet');
});

test('a download over a connection that may cost money is asked about, with its size', async () => {
  session = await openPage(site.url, {
    isPhone: true,
    initScript: `Object.defineProperty(navigator, 'connection', { value: { type: 'cellular' } })`,
  });
  const { page } = session;
  await trySample(page);
  await readCounts(page);
  await page.getByRole('radio', { name: 'DistilGPT-2' }).check();
  await page.getByRole('button', { name: LABELS.download('DistilGPT-2') }).click();
  const question = page.getByRole('alertdialog');
  await question.getByText('353 MB').waitFor();
  await expectFit(page, 'the question');
  await question.getByRole('button', { name: system.notNow }).click();
  await question.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: LABELS.download('DistilGPT-2') }).waitFor();
});

test('tells on request that a training has ended while the page was hidden, and marks its icon', async () => {
  // Chromium has no badges on Linux. Whether it asks for the permission is watched.
  const initScript = `
    let isHidden = false;
    Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
    globalThis.hide = (hide) => { isHidden = hide; document.dispatchEvent(new Event('visibilitychange')); };
    globalThis.asked = [];
    const request = Notification.requestPermission.bind(Notification);
    Notification.requestPermission = () => { asked.push('requestPermission'); return request(); };
    for (const method of ['setAppBadge', 'clearAppBadge']) {
      Object.defineProperty(navigator, method, { value: async () => { asked.push(method); } });
    }`;
  session = await openPage(site.url, { isPhone: true, initScript });
  const { page, context } = session;
  const asked = () => page.evaluate(() => Reflect.get(globalThis, 'asked'));
  const hide = (isHidden: boolean) => page.evaluate(`hide(${isHidden})`);
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
    });
  await waitUntilOffline(page);
  await expect.poll(asked).toEqual(['clearAppBadge']);
  await trySample(page);
  await readCounts(page);
  await startTraining(page, ENDLESS);
  await waitForStep(page, 1);
  const tell = page.getByLabel(LABELS.tellWhenDone);
  expect(await asked()).not.toContain('requestPermission');
  // Headless browsers deny what isn't granted.
  await tell.click();
  await page.getByText(system.tellingDenied).waitFor();
  expect(await tell.isChecked()).toBe(false);
  await context.grantPermissions(['notifications']);
  await tell.click();
  await page.getByText(system.tellingDenied).waitFor({ state: 'detached' });
  await expect.poll(() => tell.isChecked()).toBe(true);
  await expectFit(page, 'training, to be told of');

  await hide(true);
  await stopAndKeep(page);
  await waitUntilTrained(page);
  const name = await page.locator('.bot-selected .bot-name').textContent();
  await expect
    .poll(shown)
    .toEqual([{ title: system.isTrained(name ?? ''), body: system.canWriteNow }]);
  expect(await asked()).toContain('setAppBadge');
  await hide(false);
  await expect.poll(async () => (await asked()).at(-1)).toBe('clearAppBadge');
});

test('spares a low battery, and offers something smaller to a device that has lost the page three times', async () => {
  const battery =
    '{ charging: false, level: 0.1, addEventListener() {}, removeEventListener() {} }';
  session = await openPage(site.url, {
    isPhone: true,
    initScript: `Object.defineProperty(navigator, 'getBattery', { value: async () => (${battery}) })`,
  });
  let { page } = session;
  await trySample(page);
  await readCounts(page);
  await startTraining(page, ENDLESS);
  await page.getByText(system.rests.battery).waitFor();
  await expectFit(page, 'a training that rests');
  await waitForStep(page, 12);
  await waitForCheckpoint(page);
  await pauseTraining(page);
  await page.getByRole('button', { name: LABELS.continueTraining }).first().waitFor();
  // It rests for as long as it computes, so a step comes every other step's time.
  const run = must(await readRecordedRun(page), 'a run');
  const stepTokens = tokensPerStep(run.recipe);
  const ratios = run.points.slice(2).map(({ atMs = 0, tokensPerSecond = 0 }, index) => {
    const sinceMs = atMs - (run.points[index + 1]?.atMs ?? 0);
    return (sinceMs * tokensPerSecond) / (1000 * stepTokens);
  });
  expect(ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]).toBeGreaterThan(1.6);

  // Two pages have been lost so far.
  const KEY = 'mynah-at-work';
  await page.evaluate(
    ([key, runId]) =>
      localStorage.setItem(key, JSON.stringify({ runId, losses: 2, isAtWork: false })),
    [KEY, run.id] as const,
  );
  await page.reload();
  const goOn = page.getByRole('button', { name: LABELS.continueTraining }).first();
  await goOn.waitFor();
  expect(await page.getByText(system.lostOften).count()).toBe(0);
  await goOn.click();
  await waitForStep(page, run.completedSteps + 1);
  // The renderer's process ends without a word, as the system ends it.
  await page.goto('chrome://crash').catch(() => undefined);
  await page.close();
  page = await session.context.newPage();
  await page.goto(site.url);
  await page.getByText(system.lostOften).waitFor();
  await expectFit(page, 'the offer of something smaller');
  await page.getByRole('button', { name: system.trySmaller }).click();
  await expect
    .poll(() => page.getByLabel(options.fields.blockLength.label, { exact: true }).inputValue())
    .toBe('32');
});
