/** The library: a bot is taken along as a file, deleted, had back, and opened from its file. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blobReader } from '../../../src/bots/open-folder.ts';
import { listZip } from '../../../src/bots/zip-files.ts';
import { must } from '../../../src/core/assert.ts';
import { certainty } from '../../../src/app/texts/en/certainty.ts';
import { labels as LABELS } from '../../../src/app/texts/en/labels.ts';
import { options } from '../../../src/app/texts/en/options.ts';
import {
  chooseArchive,
  keepAsTrained,
  pressButton,
  readCounts,
  type Session,
  setAdvanced,
  startTraining,
  stopAndKeep,
  trySample,
  waitForStep,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from '../../support/drive-page.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { expectFit } from '../expect-fit.ts';
import { openPage } from '../open-page.ts';
import { archiveZip, plainTweets } from '../../fixtures/archives.ts';

const folder = mkdtempSync(join(tmpdir(), 'mynah-library-'));
let site: Site;
let session: Session;

beforeEach(async () => {
  site = await serveSite({ hasThreads: false });
  session = await openPage(site.url);
});

afterEach(async () => {
  await session.close();
  await site.unplug().catch(() => undefined);
  expect(session.foreignRequests).toEqual([]);
  expect(session.complaints).toEqual([]);
});

test('a bot is exported, deleted, opened from its file, and writes the same tweets offline', async () => {
  const { page, context } = session;
  // A dialog of the system's can't be driven: without it the page downloads.
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await page.reload();
  await waitUntilOffline(page);
  await trySample(page);
  await readCounts(page);
  await startTraining(page, 3);
  await waitUntilTrained(page);
  const library = page.getByRole('complementary', { name: LABELS.library });
  await library.getByText(/^from @?\S+ · [\d,]+ tweets · Starter$/).waitFor();
  await pressButton(library.getByRole('button', { name: /^Rename/ }));
  await expectFit(page, 'renaming');
  await library.getByLabel('Name of the bot').fill('Polly');
  await library.getByTitle('owl').click();
  await pressButton(library.getByRole('button', { name: 'Save' }));
  await library.getByText('Polly', { exact: true }).waitFor();
  const write = async () => {
    await setAdvanced(page, options.fields.seed.label, 5);
    return writeTweets(page, 'My dream is', 5);
  };
  const before = await write();

  // How sure it was of the first tweet: in its card, with the keyboard.
  const card = page
    .getByRole('list', { name: LABELS.writtenTweets })
    .locator('[data-tweet]')
    .first();
  await pressButton(card.getByRole('button', { name: LABELS.moreActions }));
  await pressButton(card.getByRole('button', { name: certainty.open }));
  const words = card.getByRole('group', { name: certainty.words });
  await words.waitFor();
  expect(((await words.textContent()) ?? '').replace(/\s+/g, ' ')).toContain(
    before[0]?.replace(/\s+/g, ' '),
  );
  // The first word after the user's start is chosen; the one before it is theirs.
  const chosen = words.getByRole('button', { pressed: true });
  await chosen.press('ArrowLeft');
  await card.getByText(certainty.yours).waitFor();
  await chosen.press('End');
  expect(await chosen.textContent()).toBe(certainty.endOfTweet);
  const choices = card.getByRole('table', { name: certainty.caption });
  expect(await choices.getByRole('row').count()).toBe(7);
  await card.getByText(certainty.attention, { exact: true }).click();
  const attended = card.getByRole('table').filter({ hasText: certainty.share });
  await attended.getByText(certainty.startOfTweet).waitFor();
  await card.getByLabel(certainty.head).selectOption('0');
  await expectFit(page, 'how sure it was');
  await pressButton(card.getByRole('button', { name: certainty.close, exact: true }));
  await words.waitFor({ state: 'detached' });

  await pressButton(library.getByRole('button', { name: 'Export Polly' }));
  await expectFit(page, 'exporting');
  const downloading = page.waitForEvent('download');
  await pressButton(library.getByRole('button', { name: /^Full precision/ }));
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('mynah-Polly.zip');
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);

  await pressButton(library.getByRole('button', { name: 'Export Polly' }));
  const downloadingGguf = page.waitForEvent('download');
  await pressButton(library.getByRole('button', { name: /^GGUF, 8 bits/ }));
  const gguf = await downloadingGguf;
  expect(gguf.suggestedFilename()).toBe('mynah-Polly-gguf.zip');
  await gguf.saveAs(join(folder, 'gguf.zip'));
  const held = await listZip(
    blobReader(new Blob([readFileSync(join(folder, 'gguf.zip'))]), ''),
    '',
  );
  expect(held.map(({ path }) => path)).toEqual([
    ...['README.md', 'Modelfile', 'training_args.json', 'Polly-Q8_0.gguf'],
  ]);
  const weights = await must(held.at(-1), 'the GGUF').open();
  expect(new TextDecoder().decode(await weights.read(0, 4))).toBe('GGUF');
  // The starter's 3.5 million parameters in eight bits, and its tokenizer.
  expect(weights.byteLength).toBeGreaterThan(3.6e6);

  await pressButton(library.getByRole('button', { name: 'Delete Polly' }));
  const undo = library.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  await expectFit(page, 'deleted, with an undo');
  expect(await undo.evaluate((button) => button === document.activeElement)).toBe(true);
  await pressButton(undo);
  await library.getByText('Polly', { exact: true }).waitFor();
  await pressButton(library.getByRole('button', { name: 'Delete Polly' }));
  await pressButton(library.getByRole('button', { name: 'Delete permanently' }));
  await library.getByText('Polly', { exact: true }).waitFor({ state: 'hidden' });

  await site.unplug();
  await page.reload();
  await page.getByLabel(LABELS.botFile).setInputFiles(file);
  await library.getByText('Polly', { exact: true }).waitFor();
  expect(await write()).toEqual(before);
});

test('a newer archive is added to the tweets of a bot, and the bot is trained on them too', async () => {
  const { page } = session;
  const texts = plainTweets(400);
  const archive = async (name: string, count: number) => {
    const path = join(folder, name);
    writeFileSync(path, await archiveZip(texts.slice(0, count), { username: 'somebody' }));
    return path;
  };
  await chooseArchive(page, await archive('older.zip', 300));
  await readCounts(page);
  await setAdvanced(page, options.fields.steps.label, 2);
  await keepAsTrained(page);
  await startTraining(page, 2);
  await waitUntilTrained(page);

  // The bot stays selected, so that it can be trained on what is new.
  await page.getByRole('button', { name: 'Your tweets', exact: true }).click();
  const choosing = page.waitForEvent('filechooser');
  await pressButton(page.getByRole('button', { name: LABELS.addTweets }));
  await (await choosing).setFiles(await archive('newer.zip', 400));
  const note = page.getByRole('status').filter({ hasText: '100 new tweets added.' });
  await note.waitFor();
  expect(await note.textContent()).toContain('300 tweets were there already.');

  const library = page.getByRole('complementary', { name: LABELS.library });
  await pressButton(library.getByRole('button', { name: 'Train more' }));
  const newer = library.getByRole('radio', { name: 'With the newer tweets (+100)' });
  expect(await newer.isChecked()).toBe(true);
  await expectFit(page, 'training more');
  await pressButton(library.getByRole('button', { name: '1 more epoch' }));
  await waitForStep(page, 3);
  await stopAndKeep(page);
  await library.getByText(/400 tweets/).waitFor();
  await library.getByText('2 versions').waitFor();
});
