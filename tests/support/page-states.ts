/**
 * Takes the page through everything that it can show, in one visit and with two short trainings, and stops at each
 * state. What looks at the page in every state shares it: the contact sheet and the test for everyone.
 */

import type { Page } from 'playwright';
import { certainty } from '../../src/app/texts/en/certainty.ts';
import { data } from '../../src/app/texts/en/data.ts';
import { device } from '../../src/app/texts/en/device.ts';
import { explorer } from '../../src/app/texts/en/explorer.ts';
import { labels } from '../../src/app/texts/en/labels.ts';
import { library as libraryTexts } from '../../src/app/texts/en/library.ts';
import { options } from '../../src/app/texts/en/options.ts';
import { quiz } from '../../src/app/texts/en/quiz.ts';
import { training } from '../../src/app/texts/en/training.ts';
import { QUIZ_PAIRS } from '../../src/domain/quiz.ts';
import {
  ENDLESS,
  pauseTraining,
  pressButton,
  readCounts,
  showView,
  startTraining,
  stopAndKeep,
  trySample,
  waitForStep,
  waitUntilTrained,
  writeTweets,
} from './drive-page.ts';

/** Looks at a state. The page has to be as it was afterwards, and in English. */
export type Look = (state: string) => Promise<void>;

/** A page that has just been opened, on a first visit, goes through all of its states. */
export async function showEveryState(page: Page, look: Look): Promise<void> {
  await showFirstScreen(page, look);
  await showTweets(page, look);
  await showTraining(page, look);
  await showWriting(page, look);
  await playQuiz(page, look);
  await showBots(page, look);
  await showRuns(page, look);
  await showDialogs(page, look);
}

async function showFirstScreen(page: Page, look: Look): Promise<void> {
  const write = page.getByRole('button', { name: labels.tryIt });
  await write.and(page.locator(':enabled')).waitFor();
  await look('first screen');
  await pressButton(write);
  const list = page.getByRole('list', { name: labels.readyTweets });
  await list.getByRole('button', { name: labels.keepTweet }).nth(2).waitFor();
  await write.and(page.locator(':enabled')).waitFor();
  await look('ready-made bot has written');
  const choosing = page.waitForEvent('filechooser');
  await pressButton(page.getByRole('button', { name: data.chooseFiles }));
  const broken = { name: 'twitter-archive.zip', mimeType: 'application/zip' };
  await (await choosing).setFiles({ ...broken, buffer: Buffer.from('PK and then nothing') });
  await page.getByRole('alert').first().waitFor();
  await look('error');
}

async function showTweets(page: Page, look: Look): Promise<void> {
  await trySample(page);
  const start = page.getByRole('button', { name: labels.startTraining });
  await start.and(page.locator(':enabled:not([aria-busy=true])')).waitFor();
  await look('sample loaded');
  await readCounts(page);
  await page.getByText(labels.chooseTweets).click();
  await page.getByRole('form', { name: labels.filters }).waitFor();
  await look('filters');
  await page.getByText(labels.chooseTweets).click();
  await page.getByText(labels.seeCharts).click();
  await page.getByText(explorer.usedWords).first().waitFor();
  await page.getByText(labels.everyTweet).click();
  await page.getByLabel(labels.searchTweets).fill('dream');
  await look('charts and all tweets');
  await page.getByText(labels.seeCharts).click();
  await page.getByText(labels.everyTweet).click();
  await page.getByRole('radio', { name: labels.anotherModel }).check();
  await page.getByText(labels.hubModel).first().waitFor();
  await look('another model');
  await page.getByRole('radio', { name: 'Starter', exact: true }).check();
  await page.getByText(labels.advanced, { exact: true }).first().click();
  await page.getByLabel(options.fields.steps.label, { exact: true }).fill('300');
  await look('preset of one’s own');
}

async function showTraining(page: Page, look: Look): Promise<void> {
  await startTraining(page, ENDLESS);
  await waitForStep(page, 2);
  await look('training');
  await stopAndKeep(page);
  await waitUntilTrained(page);
  await look('trained');
}

async function showWriting(page: Page, look: Look): Promise<void> {
  await writeTweets(page, 'My dream is', 5);
  await look('written');
  await compareSettings(page, look);
  const list = page.getByRole('list', { name: labels.writtenTweets });
  await pressButton(list.getByRole('button', { name: labels.moreActions }).first());
  await pressButton(page.getByRole('button', { name: labels.downloadTweets }));
  await pressButton(page.getByRole('button', { name: labels.keys, exact: true }));
  await page.getByText(labels.advanced, { exact: true }).last().click();
  await look('all panels of the studio');
  await pressButton(page.getByRole('button', { name: labels.downloadTweets }));
  await pressButton(page.getByRole('button', { name: labels.keys, exact: true }));
  await list.getByRole('button', { name: labels.dropTweet }).last().click();
  await page.locator('[data-tweet]').last().focus();
  await page.keyboard.press('e');
  await page.getByLabel(labels.editedText).waitFor();
  await look('edited, with an undo');
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: /^Dropped/ }).check();
  await list.getByRole('button', { name: labels.restoreTweet }).waitFor();
  await look('dropped');
  await page.getByRole('radio', { name: /^All/ }).check();

  await pressButton(page.getByRole('button', { name: certainty.open }));
  const region = page.getByRole('region', { name: certainty.region });
  await region.getByText(certainty.attention).click();
  await region.getByText(certainty.share).waitFor();
  await look('how sure was it');
  await pressButton(region.getByRole('button', { name: certainty.close }));

  await pressButton(page.getByRole('button', { name: labels.replyToTweet }));
  await page.getByLabel(labels.givenTweet).fill('What do you do all day?');
  await look('reply');
  await pressButton(page.getByRole('button', { name: labels.replyToTweet }));
}

/** Two settings side by side, which are put away with the keyboard. */
async function compareSettings(page: Page, look: Look): Promise<void> {
  const toggle = page.getByRole('button', { name: labels.compare, exact: true });
  await pressButton(toggle);
  await page.getByRole('group', { name: labels.compareWith }).waitFor();
  const pairs = page.getByRole('region', { name: labels.comparison });
  await pressButton(page.getByRole('button', { name: labels.writeTweets(5) }));
  await pairs.getByRole('button', { name: labels.keepTweet }).nth(9).waitFor();
  await look('comparison');
  await pressButton(pairs.getByRole('button', { name: labels.endComparison }));
  await pressButton(toggle);
  const list = page.getByRole('list', { name: labels.writtenTweets });
  await list.locator('[data-tweet]').nth(14).waitFor();
}

/** A whole round of “Real or bot?” by keys alone. */
async function playQuiz(page: Page, look: Look): Promise<void> {
  const dialog = page.getByRole('dialog', { name: quiz.title });
  await pressButton(page.getByRole('button', { name: labels.playQuiz }));
  await dialog.getByText(quiz.howItGoes).waitFor();
  await look('quiz, how it goes');
  await pressButton(dialog.getByRole('button', { name: quiz.start }));
  for (let number = 1; number <= QUIZ_PAIRS; number++) {
    await dialog.getByText(quiz.pair(number, QUIZ_PAIRS), { exact: true }).waitFor();
    await dialog.getByRole('heading', { name: quiz.question }).waitFor();
    if (number === 1) await look('quiz, a pair');
    await page.keyboard.press(number % 2 === 0 ? 'ArrowRight' : '1');
    await dialog
      .getByRole('status')
      .filter({ hasText: /^(Right|Wrong):/ })
      .waitFor();
    if (number === 1) await look('quiz, a pair answered');
    const next = number < QUIZ_PAIRS ? quiz.next : quiz.finish;
    await pressButton(dialog.getByRole('button', { name: next }));
  }
  await dialog.getByText(quiz.kept).waitFor();
  await look('quiz, the result');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  const library = page.getByRole('complementary', { name: labels.library });
  await library.getByText(/^Real or bot: \d+ of 10 told apart$/).waitFor();
}

async function showBots(page: Page, look: Look): Promise<void> {
  const library = page.getByRole('complementary', { name: labels.library });
  await pressButton(library.getByRole('button', { name: /^Export/ }));
  await library.getByText(libraryTexts.exportPromise).waitFor();
  await look('export');
  await pressButton(library.getByRole('button', { name: libraryTexts.close }));
  await pressButton(library.getByRole('button', { name: libraryTexts.trainMore }));
  await look('train more');
  await pressButton(library.getByRole('button', { name: libraryTexts.close }));
  await pressButton(library.getByRole('button', { name: libraryTexts.newBot }));
  await startTraining(page, ENDLESS);
  await waitForStep(page, 1);
  await pauseTraining(page);
  await page.getByRole('button', { name: training.startOver }).waitFor();
  await look('paused');
}

async function showRuns(page: Page, look: Look): Promise<void> {
  await showView(page, 'runs');
  await page.getByRole('button', { name: labels.repeatRun }).waitFor();
  await look('a run');
  const others = page.getByRole('checkbox', { name: /^Compare /, checked: false });
  await others.first().check();
  await page.getByRole('heading', { name: '2 runs compared' }).waitFor();
  await look('runs compared');
  await showView(page, 'bots');
}

async function showDialogs(page: Page, look: Look): Promise<void> {
  for (const name of [labels.whatLeft, labels.aboutDevice]) {
    await pressButton(page.getByRole('contentinfo').getByRole('button', { name }));
    const dialog = page.getByRole('dialog', { name });
    await dialog
      .getByText(name === labels.whatLeft ? device.recordsAre : labels.copyReport)
      .waitFor();
    await look(name);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  const library = page.getByRole('complementary', { name: labels.library });
  await pressButton(library.getByRole('button', { name: /^Delete/ }));
  await page.locator('.undo-bar').waitFor();
  await look('bot deleted');
}
