/** A GPT-2 from the Hub: offered, downloaded on the user's click, trained from, and offline after. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blobReader } from '../../../src/bots/open-folder.ts';
import { listZip } from '../../../src/bots/zip-files.ts';
import { must } from '../../../src/core/assert.ts';
import { labels as LABELS } from '../../../src/app/texts/en/labels.ts';
import {
  dropArchive,
  pressButton,
  readCounts,
  type Session,
  startTraining,
  trySample,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from '../../support/drive-page.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { expectFit } from '../expect-fit.ts';
import { openPage } from '../open-page.ts';
import { gpt2Small, randomGpt2 } from '../../random-gpt2/random-gpt2.ts';
import { zipOf } from '../../fixtures/archives.ts';
import { type HubServer, startHubServer } from '../../support/hub-server.ts';

/** GPT-2's own vocabulary; all else as small as can be. */
const tiny = randomGpt2({ ...gpt2Small, layers: 1, channels: 32, heads: 2, context: 128 });
const weights = 'model.safetensors';
/** The first answer has the header of the weights; the second one stalls. */
const stall = { kind: 'stall', file: weights, afterBytes: 1_000_000, times: 2 } as const;

let hub: HubServer;
let site: Site;
let session: Session;

beforeEach(async () => {
  hub = await startHubServer();
});

afterEach(async () => {
  await session.close();
  await site.unplug();
  await hub.close();
});

async function open(mirrors: readonly string[], look: object = {}): Promise<Page> {
  site = await serveSite({ mirrors, hasThreads: false });
  session = await openPage(site.url, look);
  const { page } = session;
  await page.getByRole('button', { name: LABELS.trySample }).first().waitFor();
  await trySample(page);
  await readCounts(page);
  await chooseAnother(page);
  return page;
}

/** Opens the card by which any other model is found or added. */
async function chooseAnother(page: Page): Promise<void> {
  await page.getByRole('radio', { name: LABELS.anotherModel }).check();
}

/** Chooses the card of a model and starts its download. */
async function download(page: Page, name: string): Promise<void> {
  await page.getByRole('radio', { name, exact: true }).check();
  await pressButton(page.getByRole('button', { name: LABELS.download(name), exact: true }));
}

async function useHub(page: Page, url: string): Promise<void> {
  const field = page.getByLabel(LABELS.hubUrl);
  if (!(await field.isVisible())) await page.getByText('If you use a mirror').click();
  await field.fill(url);
  await field.blur();
}

test('GPT-2 is downloaded, paused, resumed after a reload, trained from, and writes with everything unplugged', async () => {
  const page = await open([hub.url, hub.cdnUrl]);
  hub.add('openai-community/gpt2', {
    files: tiny,
    faults: [stall],
  });
  await useHub(page, hub.url);
  await waitUntilOffline(page);
  expect(session.foreignRequests).toEqual([]);
  expect(hub.requests).toEqual([]);

  // Its card says what it takes before it is here.
  await page.getByRole('radio', { name: 'GPT-2', exact: true }).check();
  const card = page.getByRole('listitem').filter({
    has: page.getByRole('radio', { name: 'GPT-2', exact: true }),
  });
  for (const fact of [/^about .*(min|hr)/, /^[\d.]+ [MG]B of memory$/, /^548 MB to download$/]) {
    await card.getByText(fact).waitFor();
  }
  await card.getByRole('link', { name: /huggingtweets/ }).waitFor();
  await page.getByText('Training can start once GPT-2 is downloaded.').waitFor();
  expect(hub.requests).toEqual([]);
  await download(page, 'GPT-2');
  // All other files, and what arrives of the weights before the download stalls.
  await page.getByText(/^2\.\d MB of [\d.]+ MB/).waitFor();
  await pressButton(page.getByRole('button', { name: LABELS.pauseDownload }));
  const resume = page.getByRole('button', { name: LABELS.resumeDownload('GPT-2'), exact: true });
  await resume.waitFor();

  await page.reload();
  await pressButton(resume);
  await page.getByText(/Starts from GPT-2/).waitFor();
  expect(hub.requests.filter(({ path }) => path.endsWith('/tokenizer.json'))).toHaveLength(1);

  await startTraining(page, 2);
  await waitUntilTrained(page);
  await hub.close();
  await site.unplug();
  await page.reload();
  const tweets = await writeTweets(page, 'My dream is', 1);
  expect(tweets[0]).toMatch(/^My dream is/);

  const asked = new Set(session.foreignRequests.map((url) => new URL(url).origin));
  expect([...asked].sort()).toEqual([hub.url, hub.cdnUrl].sort());
  expect(session.complaints).toEqual([]);
});

test('a German GPT-2 is found by its language, downloaded, trained from, and exported as GGUF', async () => {
  const page = await open([hub.url, hub.cdnUrl], { viewport: { width: 360, height: 800 } });
  hub.add('dbmdz/german-gpt2', { files: tiny });
  await session.context.addInitScript(() =>
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker'),
  );
  await page.reload();
  await chooseAnother(page);
  await useHub(page, hub.url);
  const field = page.getByLabel(LABELS.hubModel);
  const suggested = page.getByRole('list', { name: LABELS.suggestedModels });
  // The sample is in English.
  expect(await suggested.isVisible()).toBe(false);
  await field.fill('deu');
  const german = suggested.getByRole('listitem').filter({ hasText: 'dbmdz/german-gpt2' });
  await german.getByText('124 million parameters · licence MIT').waitFor();
  expect(await suggested.getByRole('listitem').count()).toBe(2);
  await expectFit(page, 'suggested models');
  // A language is no model: the keyboard goes to the first of the suggestions.
  await field.press('Enter');
  const begin = german.getByRole('button', { name: LABELS.download('dbmdz/german-gpt2') });
  await begin.and(page.locator(':focus')).waitFor();
  expect(hub.requests).toEqual([]);

  await begin.press('Enter');
  await page.getByText(/Starts from dbmdz\/german-gpt2/).waitFor();
  expect(hub.requests.every(({ path }) => path.includes('dbmdz/german-gpt2'))).toBe(true);

  // A Hub that refuses, or something in between that answers in its place, keeps no stored model from training.
  const refusing = { kind: 'status', status: 429, times: 99, retryAfter: '3600' } as const;
  hub.add('somebody/limited', { files: tiny, faults: [refusing] });
  hub.add('somebody/behind-a-login', { files: tiny, faults: [{ kind: 'page' }] });
  const enabled = page.locator(':enabled');
  await chooseAnother(page);
  for (const [name, said] of [
    ['somebody/limited', /too many requests/],
    ['somebody/behind-a-login', /behind-a-login.*wasn’t the Hub that answered/],
  ] as const) {
    await field.fill(name);
    // The download before may still be ending.
    await page.getByRole('button', { name: LABELS.downloadTyped }).and(enabled).waitFor();
    await field.press('Enter');
    await page.getByRole('alert').filter({ hasText: said }).waitFor();
  }
  await pressButton(page.getByRole('alert').getByRole('button', { name: LABELS.dismissMessage }));
  await page.getByRole('radio', { name: 'dbmdz/german-gpt2' }).check();
  await page.getByText(/Starts from dbmdz\/german-gpt2/).waitFor();
  await chooseAnother(page);
  await field.fill('german');
  await pressButton(german.getByRole('button', { name: LABELS.useModel('dbmdz/german-gpt2') }));
  await startTraining(page, 1);
  await waitUntilTrained(page);
  const library = page.getByRole('complementary', { name: LABELS.library });
  await pressButton(library.getByRole('button', { name: /^Export / }));
  const saving = page.waitForEvent('download');
  await pressButton(library.getByRole('button', { name: /^GGUF, 16 bits/ }));
  const zip = new Blob([readFileSync(await (await saving).path())]);
  const held = await listZip(blobReader(zip, ''), '');
  const gguf = await must(held.at(-1), 'the GGUF').open();
  expect(new TextDecoder().decode(await gguf.read(0, 4))).toBe('GGUF');
  // Two bytes for each of the 50,257 × 32 embeddings, which are nearly all of this model.
  expect(gguf.byteLength).toBeGreaterThan(2 * 32 * 50_257);
  expect(session.complaints).toEqual([]);
});

test('the list of models is free of axe violations, works by keyboard, and says what is wrong', async () => {
  const look = {
    viewport: { width: 360, height: 800 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  } as const;
  const page = await open([hub.url, hub.cdnUrl], look);
  await expectFit(page, 'models');
  // The cards are one radio group: arrows go from one to the next, and round.
  const another = page.getByRole('radio', { name: LABELS.anotherModel });
  await another.press('ArrowDown');
  await page.getByText('Starts from Starter').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByText('Starts from DistilGPT-2').waitFor();
  await page.getByRole('button', { name: LABELS.download('DistilGPT-2') }).waitFor();
  await expectFit(page, 'a model that isn’t here');
  await chooseAnother(page);
  hub.add('somebody/small', {
    files: tiny,
    faults: [stall],
  });
  hub.add('somebody/bert', {
    files: [...tiny.slice(1), { name: 'config.json', text: '{"model_type":"bert"}' }],
  });
  await useHub(page, hub.url);
  const field = page.getByLabel(LABELS.hubModel);
  const ask = async (name: string) => {
    await field.fill(name);
    await field.press('Enter');
  };
  const alert = page.getByRole('alert');

  await ask('two words');
  await page.getByText('Write it as owner/name').waitFor();
  await ask('somebody/bert');
  await alert.filter({ hasText: /somebody\/bert.*no GPT-2/ }).waitFor();
  await ask('somebody/missing');
  await alert.filter({ hasText: /somebody\/missing.*doesn’t exist/ }).waitFor();
  await expectFit(page, 'a refusal');

  await ask('https://huggingface.co/somebody/small');
  await page.getByText(/^2\.\d MB of [\d.]+ MB/).waitFor();
  await expectFit(page, 'downloading');
  const discard = page.getByRole('button', { name: LABELS.discardDownload('somebody/small') });
  await discard.press('Enter');
  await discard.waitFor({ state: 'detached' });

  await ask('somebody/small');
  await page.getByText(/Starts from somebody\/small/).waitFor();
  await expectFit(page, 'downloaded');
  await pressButton(page.getByRole('button', { name: 'Delete somebody/small' }));
  await pressButton(page.getByRole('button', { name: 'Delete model' }));
  await page.getByText(/Starts from Starter/).waitFor();

  await hub.close();
  await chooseAnother(page);
  await ask('somebody/small');
  await alert.filter({ hasText: /can’t be reached/ }).waitFor();
});

test('a mirror that the page’s policy doesn’t name is refused, and the page says why', async () => {
  const page = await open([]);
  await useHub(page, hub.url);
  await download(page, 'GPT-2');
  await page
    .getByRole('alert')
    .filter({ hasText: /its own rules name the Hub’s hosts only/ })
    .waitFor();
  expect(hub.requests).toEqual([]);
});

test('a model of this computer is added as a folder, as files or as a ZIP, picked or dropped', async () => {
  const page = await open([]);
  const folder = join(mkdtempSync(join(tmpdir(), 'mynah-model-')), 'my-own-gpt2');
  cpSync(fileURLToPath(new URL('../../../public/models/starter', import.meta.url)), folder, {
    recursive: true,
  });
  // As a trained model's folder may look: its checkpoints are other models.
  mkdirSync(join(folder, 'checkpoint-500'));
  writeFileSync(join(folder, 'checkpoint-500', 'config.json'), '{"model_type":"bert"}');
  const names = ['config.json', 'tokenizer.json', 'model.safetensors'];
  const paths = names.map((name) => join(folder, name));
  const zip = join(folder, '..', 'zipped.zip');
  writeFileSync(zip, await zipOf(names.map((name, i) => [name, readFileSync(paths[i] ?? '')])));

  const pick = async (label: string, files: string | string[]) => {
    await chooseAnother(page);
    await page.getByLabel(label).setInputFiles(files);
  };
  const ways: readonly (readonly [name: string, bring: () => Promise<void>])[] = [
    ['my-own-gpt2', () => pick(LABELS.modelFolder, folder)],
    ['GPT-2', () => pick(LABELS.modelFiles, paths)],
    ['zipped', () => pick(LABELS.modelFiles, zip)],
    ['my-own-gpt2', () => dropArchive(page, folder)],
    ['GPT-2', () => dropArchive(page, paths)],
  ];
  for (const [name, bring] of ways) {
    await bring();
    await page.getByText(`Starts from ${name}`).waitFor();
    await pressButton(page.getByRole('button', { name: `Delete ${name}` }));
    await pressButton(page.getByRole('button', { name: 'Delete model' }));
    await page.getByText('Starts from Starter').waitFor();
  }

  writeFileSync(join(folder, 'model.safetensors'), 'cut off');
  await pick(LABELS.modelFolder, folder);
  await page
    .getByRole('alert')
    .filter({ hasText: /model\.safetensors.*ends too early/ })
    .waitFor();
  expect(session.foreignRequests).toEqual([]);
});

test('a model dropped on its place is taken there, and the page stops offering itself', async () => {
  const page = await open([]);
  const place = page.getByRole('region', { name: 'A model from this computer' });
  await place.scrollIntoViewIfNeeded();
  const starter = fileURLToPath(new URL('../../../public/models/starter', import.meta.url));
  await dropArchive(page, starter, place);
  await page.getByText(/^Starts from starter/).waitFor();
  expect(await page.getByText('Let go, and the bird reads them').isVisible()).toBe(false);
});
