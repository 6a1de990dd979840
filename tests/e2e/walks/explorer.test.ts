/** Seeing into a dataset and choosing from it, on the built site. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildDataset, type Dataset } from '../../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { type CleaningOptions, HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';
import { labels as LABELS } from '../../../src/app/texts/en/labels.ts';
import {
  chooseArchive,
  pressButton,
  readCounts,
  showCounts,
  readRecords,
  type Session,
  type SessionOptions,
  startTraining,
  trySample,
  waitUntilTrained,
} from '../../support/drive-page.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { expectFit } from '../expect-fit.ts';
import readyBot from '../../ready-bot/record.json';
import { openPage } from '../open-page.ts';
import { archiveZip, jsonArray, plainTweets, tweetsJs } from '../../fixtures/archives.ts';

const folder = mkdtempSync(join(tmpdir(), 'mynah-explorer-'));

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

async function open(options: SessionOptions = {}): Promise<Page> {
  session = await openPage(site.url, options);
  return session.page;
}

const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const filters = (page: Page) => page.getByRole('form', { name: LABELS.filters });
const listed = (page: Page) => page.getByRole('region', { name: LABELS.browser });

/** What the sample comes to under other options. */
async function countedInNode(options: Partial<CleaningOptions>): Promise<Dataset> {
  const bytes = readFileSync(new URL('../../../public/sample/mynah-sample.zip', import.meta.url));
  const read = await readTweets(await openArchive([new File([bytes], 'sample.zip')]));
  return buildDataset(read, { options: { ...HUGGINGTWEETS, ...options } });
}

async function expectKept(page: Page, kept: number): Promise<void> {
  const table = await showCounts(page);
  await table
    .getByRole('cell')
    .last()
    .getByText(kept.toLocaleString('en'), { exact: true })
    .waitFor();
}

describe.each([
  ['light', 1280],
  ['dark', 360],
] as const)('%s, %i px wide', (colorScheme, width) => {
  test('every part of the explorer is free of axe violations and of sideways scrolling', async () => {
    const viewport = { width, height: 800 };
    const page = await open({ colorScheme, viewport, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: LABELS.trySample }).waitFor();
    await trySample(page);
    await readCounts(page);
    for (const [part, ready] of [
      [LABELS.chooseTweets, filters(page)],
      [LABELS.seeCharts, page.getByText('Most used words')],
      [LABELS.everyTweet, listed(page).getByRole('listitem').first()],
    ] as const) {
      await page.getByText(part, { exact: true }).click();
      await ready.waitFor();
      await expectFit(page, part);
    }
  });
});

test('a drag that is called off leaves nothing over the page', async () => {
  const page = await open();
  await page.getByRole('button', { name: LABELS.trySample }).waitFor();
  // With no leave and no drop after it.
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['[]'], 'tweets.json'));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true }));
  });
  const invitation = page.getByText('Let go, and the bird reads them');
  await invitation.waitFor();
  await page.mouse.move(200, 200);
  await invitation.waitFor({ state: 'hidden' });
});

test('filters recount, a bot learns from what they leave, a reload tells the same', async () => {
  const page = await open();
  await page.getByRole('button', { name: LABELS.trySample }).waitFor();
  await trySample(page);
  const recipe = await readCounts(page);
  await page.getByText(LABELS.chooseTweets, { exact: true }).click();
  await filters(page).getByLabel('Replies to other people').check();
  await filters(page).getByLabel('Minimum words').fill('5');
  const table = page.getByRole('table', { name: LABELS.countsTable });
  const { counts } = await countedInNode({ replies: 'drop', minimumWords: 5 });
  await expectKept(page, counts.kept);
  const filtered = await readCounts(page);
  expect(counts).toMatchObject(filtered);
  expect(await table.getByRole('cell').nth(3).textContent()).toBe(String(counts.other));
  expect(counts.kept).toBeLessThan(recipe.kept);

  await startTraining(page, 2);
  await waitUntilTrained(page);
  await page.reload();
  await page.getByRole('button', { name: 'Your tweets', exact: true }).click();
  expect(await readCounts(page)).toEqual(filtered);
  // The bot's own texts are not touched by what is chosen for the next one.
  await page.getByRole('button', { name: 'New bot' }).click();
  await page.getByText(LABELS.chooseTweets, { exact: true }).click();
  expect(await filters(page).getByLabel('Replies to other people').isChecked()).toBe(true);
  await pressButton(filters(page).getByRole('button', { name: LABELS.usualFilters }));
  await expectKept(page, recipe.kept);
});

test('a long list scrolls, is searched, and takes a decision by hand; what is kept is a file', async () => {
  const page = await open();
  const texts = plainTweets(3000);
  await chooseArchive(page, file('many.json', jsonArray([...texts, 'RT @a: not mine at all'])));
  await expectKept(page, 3000);
  await page.getByText(LABELS.everyTweet, { exact: true }).click();
  const rows = listed(page).getByRole('listitem');
  await rows.first().getByText('Tweet number 1 says').waitFor();
  // Only what is near is in the page.
  expect(await rows.count()).toBeLessThan(300);
  await listed(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await listed(page).getByText('Tweet number 2999 says').waitFor();
  expect(await rows.count()).toBeLessThan(300);

  await page.getByLabel(LABELS.searchTweets).fill('number 1234 says');
  await page.getByText('1 tweet with').waitFor();
  await pressButton(rows.getByRole('button', { name: /^Leave out: Tweet number 1234/ }));
  await rows.getByText('By hand').waitFor();
  await expectKept(page, 2999);
  await page.reload();
  await expectKept(page, 2999);

  const download = page.waitForEvent('download');
  await pressButton(page.getByRole('button', { name: LABELS.saveKept('text') }));
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines).toEqual(texts.filter((_, i) => i !== 1233));
});

test('little is kept: it opens, says what is left out and why, and one click keeps it', async () => {
  const page = await open();
  const texts = plainTweets(200).map((text, i) => (i < 190 ? `RT @someone: ${text}` : text));
  await chooseArchive(page, file('mostly-retweets.js', tweetsJs([...texts, 'so short'])));
  await expectKept(page, 10);
  const start = page.getByRole('button', { name: LABELS.startTraining });
  expect(await start.isDisabled()).toBe(true);
  await page.getByText(/Training can start once at least 6,000 characters/).waitFor();
  const leftOut = page.getByRole('list', { name: 'What is left out' }).getByRole('listitem');
  expect(await leftOut.allInnerTexts()).toEqual([
    expect.stringMatching(/^Retweets 190/),
    expect.stringMatching(/^Short .*3 words.* 1/),
  ]);
  await pressButton(leftOut.getByRole('button', { name: /Retweets/ }));
  await expectKept(page, 200);
  await expect.poll(() => start.isEnabled()).toBe(true);
  await expect.poll(() => page.getByText(/Training can start once/).count()).toBe(0);
});

test('too few tweets, with none left out: nothing is advised but to add some', async () => {
  const page = await open();
  await chooseArchive(page, file('few.js', tweetsJs(plainTweets(20))));
  await expectKept(page, 20);
  const note = page.locator('.note-warning');
  await note.getByText(/At least 6,000 characters are needed/).waitFor();
  expect(await note.textContent()).toMatch(/Add more tweets/);
  expect(await note.textContent()).not.toMatch(/leave out|left out/i);
  await page.getByText(/So far there are .*: add more tweets in step 1/).waitFor();
});

test('two people in one bot: a column each, equal parts until moved; forgotten together', async () => {
  const page = await open();
  const own = plainTweets(240);
  const first = file('one.zip', await archiveZip(own.slice(0, 160), { username: 'one' }));
  await chooseArchive(page, first);
  await expectKept(page, 160);
  // More can be added to what filters have left nothing of, as the page then says.
  await page.getByText(LABELS.chooseTweets, { exact: true }).click();
  await filters(page).getByLabel('Minimum words').fill('99');
  await expectKept(page, 0);
  const chooser = page.waitForEvent('filechooser');
  await pressButton(page.getByRole('button', { name: LABELS.addTweets }));
  const second = file('two.zip', await archiveZip(own.slice(160), { username: 'two' }));
  await (await chooser).setFiles(second);
  const table = page.getByRole('table', { name: LABELS.countsTable });
  await table.getByRole('columnheader', { name: '@two' }).waitFor();
  const kept = table.getByRole('row', { name: /kept/ }).getByRole('cell');
  expect(await kept.allInnerTexts()).toEqual(['0', '0', '0']);
  await page.getByText(LABELS.chooseTweets, { exact: true }).click();
  await pressButton(filters(page).getByRole('button', { name: LABELS.usualFilters }));
  await expectKept(page, 240);
  expect(await kept.allInnerTexts()).toEqual(['160', '80', '240']);
  expect(await page.getByRole('status').filter({ hasText: '%' }).allInnerTexts()).toEqual([
    '50%',
    '50%',
  ]);
  await page.getByRole('slider', { name: '@two' }).press('ArrowRight');
  await page.getByText('59%').waitFor();

  await pressButton(page.getByRole('button', { name: LABELS.deleteTweets }));
  await pressButton(page.getByRole('button', { name: LABELS.confirmDelete }));
  await page.getByRole('button', { name: LABELS.trySample }).waitFor();
  expect(await readRecords(page, 'datasets')).toEqual([]);
  // The ready-made bot, which the page opens when it has nothing else to do, brings the sample's texts.
  const snapshots = await readRecords<{ readonly id: string }>(page, 'snapshots');
  expect(snapshots.filter(({ id }) => id !== readyBot.sample_content_hash)).toEqual([]);
});
