/** Every filter of the page: what it leaves is what the same option leaves without a page. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { buildDataset } from '../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../src/archive/opening/open.ts';
import { readTweets } from '../../src/archive/read-tweets.ts';
import { type CleaningOptions, HUGGINGTWEETS } from '../../src/domain/cleaning.ts';
import { chooseArchive, pressButton, readCounts, type Session } from '../support/drive-page.ts';
import { answerOf } from '../support/patience.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import { openPage } from './open-page.ts';
import { plainTweets, tweetObject } from '../fixtures/archives.ts';

/** Some of everything that a filter is about, ten times. */
function everyKind(): object[] {
  const plain = plainTweets(150).map((text) => ({ full_text: text }));
  const special = Array.from({ length: 10 }, (_, i): object[] => [
    { full_text: `RT @bird: somebody else wrote number ${i}` },
    { full_text: `@bird I reply to you number ${i}`, in_reply_to_user_id_str: '5' },
    {
      full_text: `what they said number ${i} https://t.co/q`,
      entities: { urls: [{ expanded_url: 'https://twitter.com/bird/status/1' }] },
    },
    { full_text: 'the very same words again' },
    { id_str: `9${i}0`, full_text: `with a tpyo number ${i}` },
    {
      id_str: `9${i}1`,
      full_text: `without the typo number ${i}`,
      edit_info: { edit: { initialTweetId: `9${i}0` } },
    },
    { full_text: '😀 😀 😀' },
    { full_text: `look at number ${i} https://t.co/l` },
    { full_text: `I love the #moon and .@bird number ${i}` },
    { full_text: `liked by many number ${i}`, favorite_count: '7' },
    { full_text: `long ago number ${i}`, created_at: 'Sat Nov 09 12:14:18 +0000 2019' },
    { full_text: `auf Deutsch Nummer ${i}`, lang: 'de' },
    { full_text: `the printers are on fire, number ${i}` },
    { full_text: `one line\nand another number ${i}` },
    { id_str: `8${i}0`, full_text: `a thread begins with number ${i}` },
    {
      full_text: `and goes on with number ${i}`,
      in_reply_to_status_id_str: `8${i}0`,
      in_reply_to_user_id_str: '1',
    },
  ]).flat();
  return [...plain, ...special].map((fields, i) => ({ ...tweetObject('', i), ...fields }));
}

const folder = mkdtempSync(join(tmpdir(), 'mynah-filters-'));
const json = JSON.stringify(everyKind());
let site: Site;
let session: Session;
let form: Locator;

async function textsInNode(options: Partial<CleaningOptions>): Promise<readonly string[]> {
  const read = await readTweets(await openArchive([new File([json], 'all.json')]));
  const dataset = buildDataset(read, { options: { ...HUGGINGTWEETS, ...options } });
  return (await dataset).documents;
}

/** Saving takes a moment. If there is nothing after this long, the press was lost, and the caller presses again. */
const SAVING_MS = 30_000;

/**
 * What the page saves. Read from the file that it makes, not from the download, because Chromium drops
 * every eleventh download of a page that a hand never touched.
 */
async function textsOfPage(page: Page): Promise<readonly string[]> {
  const saved = await page.evaluateHandle(() => ({
    text: new Promise<string>((resolve) => {
      const { createObjectURL } = URL;
      URL.createObjectURL = (object) => {
        URL.createObjectURL = createObjectURL;
        if (object instanceof Blob) resolve(object.text());
        return createObjectURL(object);
      };
    }),
  }));
  await pressButton(page.getByRole('button', { name: LABELS.saveKept('JSON Lines') }));
  const answer = answerOf(
    'a file',
    saved.evaluate(({ text }) => text),
    SAVING_MS,
  );
  const lines = (await answer).trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}

beforeAll(async () => {
  site = await serveSite({ hasThreads: false });
  session = await openPage(site.url);
  const { page } = session;
  const path = join(folder, 'all.json');
  writeFileSync(path, json);
  await chooseArchive(page, path);
  await readCounts(page);
  await page.getByText(LABELS.chooseTweets, { exact: true }).click();
  form = page.getByRole('form', { name: LABELS.filters });
  // What the filters are about is known when the languages are.
  await form.getByRole('checkbox', { name: /^German/ }).waitFor();
});

afterAll(async () => {
  await session.close();
  await site.unplug();
  expect(session.foreignRequests).toEqual([]);
  expect(session.complaints).toEqual([]);
});

const box = (name: RegExp) => form.getByRole('checkbox', { name });
const select = (name: string, value: string) =>
  form.getByRole('combobox', { name }).selectOption(value);

test.each<[string, Partial<CleaningOptions>, () => Promise<unknown>]>([
  ['retweets', { retweets: 'keep' }, () => box(/^Retweets/).uncheck()],
  ['replies', { replies: 'drop' }, () => box(/^Replies to other people/).check()],
  ['quotes', { quotes: 'drop' }, () => box(/^Quote tweets/).check()],
  ['repeats', { duplicates: 'drop' }, () => box(/^Repeated tweets/).check()],
  ['older versions', { edits: 'drop' }, () => box(/^Older versions/).check()],
  ['only emoji', { emojiOnly: 'drop' }, () => box(/^Tweets with only emoji/).check()],
  ['with links', { links: 'drop' }, () => box(/^Tweets with links/).check()],
  ['with hashtags', { hashtags: 'drop' }, () => box(/^Tweets with hashtags/).check()],
  ['words', { minimumWords: 6 }, () => form.getByLabel('Minimum words').fill('6')],
  ['likes', { minimumLikes: 7 }, () => form.getByLabel('Minimum likes').fill('7')],
  ['from', { fromMs: Date.UTC(2024, 0, 1) }, () => form.getByLabel('From').fill('2024-01-01')],
  [
    'until',
    { untilMs: Date.UTC(2024, 10, 9) - 1 },
    () => form.getByLabel('Until').fill('2024-11-08'),
  ],
  [
    'words left out',
    { exclude: 'printer*' },
    () => form.getByLabel('Tweets without').fill('printer*'),
  ],
  ['languages', { languages: ['en'] }, () => box(/^German/).uncheck()],
  [
    'mentions at the start',
    { mentions: 'strip-leading' },
    () => select('Mentions', 'strip-leading'),
  ],
  ['mentions', { mentions: 'strip' }, () => select('Mentions', 'strip')],
  ['hashtags', { hashtags: 'strip' }, () => select('Hashtags', 'strip')],
  ['threads', { threads: 'join' }, () => select('Threads', 'join')],
  ['new lines', { newLines: 'keep' }, () => select('Line breaks', 'keep')],
])('%s', async (_, options, choose) => {
  const { page } = session;
  const expected = await textsInNode(options);
  const usual = await textsInNode({});
  expect(expected).not.toEqual(usual);
  await choose();
  await expect.poll(() => textsOfPage(page)).toEqual(expected);
  await pressButton(form.getByRole('button', { name: LABELS.usualFilters }));
  await expect.poll(() => textsOfPage(page)).toEqual(usual);
});

test('the counts are busy while a recount is under way', async () => {
  const { page } = session;
  const table = page.getByRole('table', { name: LABELS.countsTable });
  const seen = await table.evaluateHandle((element) => {
    const states = [element.ariaBusy];
    new MutationObserver(() => states.push(element.ariaBusy)).observe(element, {
      attributeFilter: ['aria-busy'],
    });
    return states;
  });
  await box(/^Replies to other people/).check();
  await expect.poll(() => seen.jsonValue()).toEqual(['false', 'true', 'false']);
});
