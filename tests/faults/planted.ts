/** What somebody may have planted in a file: markup, characters that turn text around, and impossible figures. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BlobReader,
  configure,
  type FileEntry,
  Uint8ArrayWriter,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import type { Page } from 'playwright';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { BOT_RECORD_FILE, type BotRecord } from '../../src/bots/bot-record.ts';
import { zipOf } from '../fixtures/archives.ts';
import { chooseArchive, readCounts, writeTweets } from '../support/drive-page.ts';
import { type Fault, type FaultGroup, inEngine, type Place, says } from './fault.ts';
import { tryToSend } from '../support/try-to-send.ts';
import { bringTweets, doTheJob, exportBot } from './whole-job.ts';

/** Markup that runs a script wherever it is taken for HTML, an override of the direction, and control characters. */
const PLANTED = `<img src=x onerror="globalThis.planted=1"><script>globalThis.planted=1</script>\u202egnp.exe\u2066\u0000\u001b[31m`;

/** Returns the folder of its parts. */
function plantedArchive(folder: string): string {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const write = (part: string, items: unknown) =>
    writeFileSync(join(data, `${part}.js`), `window.YTD.${part}.part0 = ${JSON.stringify(items)}`);
  write('account', [
    { account: { accountId: '1', username: PLANTED, accountDisplayName: PLANTED, email: PLANTED } },
  ]);
  write('profile', [
    {
      profile: {
        description: { bio: PLANTED, website: PLANTED },
        avatarMediaUrl: 'javascript:planted=1',
      },
    },
  ]);
  const tweets = Array.from({ length: 300 }, (_, i) => ({
    tweet: {
      id_str: `${1000 + i}`,
      full_text: `Number ${i} of what was planted here ${PLANTED}`,
      created_at: 'Tue Mar 05 10:00:00 +0000 2024',
      lang: PLANTED,
      source: `<a href="javascript:planted=1">${PLANTED}</a>`,
      entities: { urls: [{ url: 'https://t.co/x', expanded_url: 'javascript:planted=1' }] },
    },
  }));
  write('tweets', tweets);
  return data;
}

async function nothingRan({ page, complaints }: Place): Promise<void> {
  const inPage = await page.evaluate(() => ({
    planted: 'planted' in globalThis,
    elements: document.querySelectorAll('img[src="x"], a[href^="javascript"], script:not([src])')
      .length,
  }));
  assert.deepEqual(inPage, { planted: false, elements: 0 });
  assert.equal(await inEngine(page, () => 'planted' in globalThis), false);
  assert.deepEqual(complaints, []);
}

const archive: Fault = {
  name: 'markup, bidi and control characters in every field of an archive, and in its name',
  inject: {},
  async act({ page }) {
    const folder = mkdtempSync(join(tmpdir(), 'mynah-planted-'));
    try {
      const file = join(folder, 'tweets <img src=x onerror=planted=1>\u202e.js');
      writeFileSync(file, '');
      const data = plantedArchive(folder);
      const parts = ['account', 'profile', 'tweets'].map((part) => join(data, `${part}.js`));
      await chooseArchive(page, [...parts, file]);
      assert.equal((await readCounts(page)).read, 300);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  async expect(place) {
    const { page } = place;
    await page.getByText(LABELS.everyTweet).click();
    await page.getByText('Number 7 of what was planted here').first().waitFor();
    await page.getByText(LABELS.seeCharts).click();
    const sees = await says(page, /tweets kept/);
    await nothingRan(place);
    const kept = await doTheJob(page);
    await exportBot(page);
    await nothingRan(place);
    return { sees, kept };
  },
};

const READY_BOT = fileURLToPath(new URL('../../public/models/ready/', import.meta.url));

/** The bot that comes with the page, with another record of its training. */
async function changedBot(change: (record: BotRecord) => string): Promise<Buffer> {
  const [name] = readdirSync(READY_BOT).filter((file) => file.endsWith('.zip'));
  assert.ok(name !== undefined);
  configure({ useWebWorkers: false });
  const zip = new Blob([readFileSync(join(READY_BOT, name))]);
  const entries = await new ZipReader(new BlobReader(zip)).getEntries();
  const files = entries.filter((entry): entry is FileEntry => !entry.directory);
  const changed = files.map(async (file): Promise<readonly [string, string | Uint8Array]> => {
    const content = await file.getData(new Uint8ArrayWriter());
    if (file.filename !== BOT_RECORD_FILE) return [file.filename, content];
    return [file.filename, change(JSON.parse(new TextDecoder().decode(content)))];
  });
  return Buffer.from(await zipOf(await Promise.all(changed)));
}

async function openBot(page: Page, buffer: Buffer, name = 'bot.zip'): Promise<void> {
  const file = { name, mimeType: 'application/zip', buffer };
  await page.getByLabel(LABELS.botFile).first().setInputFiles(file);
}

const bot: Fault = {
  name: 'markup, bidi and control characters in a bot, and impossible figures',
  inject: {},
  async act({ page }) {
    const planted = ({ dataset, ...record }: BotRecord) =>
      JSON.stringify({
        ...record,
        ...{ name: PLANTED, emoji: PLANTED, adapter: PLANTED, versions: { [PLANTED]: PLANTED } },
        base: { ...record.base, name: PLANTED },
        dataset: { ...dataset, name: PLANTED, displayName: PLANTED, files: [PLANTED] },
      });
    await openBot(page, await changedBot(planted), `<img src=x onerror=planted=1>\u202e.zip`);
  },
  async expect(place) {
    const { page } = place;
    const library = page.getByRole('complementary', { name: 'Your bots' });
    await library.getByText('globalThis.planted=1').first().waitFor();
    assert.equal((await writeTweets(page, PLANTED, 1)).length, 1);
    await nothingRan(place);
    const figure = (text: string) => (record: BotRecord) =>
      JSON.stringify({ ...record, tokensPerSecond: 12_345 }).replace(
        '"tokensPerSecond":12345',
        `"tokensPerSecond":${text}`,
      );
    let sees = '';
    for (const impossible of ['1e999', '1e300', '"many"']) {
      await openBot(page, await changedBot(figure(impossible)));
      sees = await says(page.getByRole('alert'), /training_args\.json.*tokensPerSecond/);
      await page.getByRole('button', { name: LABELS.dismissMessage }).first().click();
    }
    await nothingRan(place);
    return { sees, kept: 'a bot with a strange name, which writes' };
  },
};

const stranger = (host: string, isBareHost: boolean): Fault => ({
  name: `code of a stranger tries every way of sending the tweets out, on a host that sends ${host}`,
  // Gives the engine the helper of tsx that functions need which are sent as text.
  inject: { isBareHost, worker: () => {} },
  act: ({ page }) => bringTweets(page),
  async expect({ page }) {
    const sees = await page.title();
    assert.deepEqual(await tryToSend(page), { ways: [], received: [] });
    const { kept } = await readCounts(page);
    return { sees, kept: `${kept} tweets, of which none got out` };
  },
});

export const planted: FaultGroup = {
  name: 'planted',
  faults: [archive, bot, stranger('headers', false), stranger('no headers', true)],
};
