/** The picture in an archive: kept with the bot, drawn anew, and never in the way of the tweets. */

import { expect, test } from 'vitest';
import type { DatasetSummary } from '../../../src/protocol/datasets.ts';
import type { Client } from '../../../src/protocol/client.ts';
import { accountJs, fileOf, tweetsJs, zipOf } from '../../fixtures/archives.ts';
import { tweetTexts } from '../../fixtures/tweets-file.ts';
import { exported, recordIn } from './exported.ts';
import { startEngine, train, trainParams } from './support.ts';

const whereItWasTaken = 'GPS 52.5 N 13.4 E';

/** A red JPEG with words behind its last byte. */
async function photo(): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(400, 400);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = 'rgb(220, 20, 20)';
  context.fillRect(0, 0, 400, 400);
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg' });
  return new Uint8Array(await new Blob([jpeg, whereItWasTaken]).arrayBuffer());
}

/** What a picture of 96 × 96 shows at some places: JPEGs are only nearly what was drawn. */
async function colorsIn(
  address: string,
  ...places: readonly (readonly [x: number, y: number])[]
): Promise<string[]> {
  const letters = atob(address.replace('data:image/jpeg;base64,', ''));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  expect([bitmap.width, bitmap.height]).toEqual([96, 96]);
  const context = new OffscreenCanvas(96, 96).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  return places.map(([x, y]) => {
    const [red = 0, green = 0, blue = 0] = context?.getImageData(x, y, 1, 1).data ?? [];
    if (Math.min(red, green, blue) > 200) return 'white';
    return red > 180 && Math.max(green, blue) < 80 ? 'red' : `${red} ${green} ${blue}`;
  });
}

async function importWith(engine: Client, picture: Uint8Array): Promise<DatasetSummary> {
  const profile = { profile: { avatarMediaUrl: 'https://pbs.twimg.com/profile_images/9/me.jpg' } };
  const zip = await zipOf([
    ['data/account.js', accountJs('bird_1', 'Bird')],
    ['data/profile.js', `window.YTD.profile.part0 = ${JSON.stringify([profile])}`],
    ['data/profile_media/9-me.jpg', picture],
    ['data/tweets.js', tweetsJs(tweetTexts(300))],
  ]);
  return engine.call('importTweets', { files: [fileOf('twitter.zip', zip)] });
}

test('is small, shows the same, and is all that is kept of the file', async () => {
  const engine = await startEngine('wasm');
  const picture = await photo();
  const { id, avatar } = await importWith(engine, picture);
  if (avatar === null) throw new Error('no picture');
  const [, base64 = ''] = avatar.split('data:image/jpeg;base64,');
  expect(base64.length).toBeLessThan(8192);
  expect(atob(base64)).not.toContain(whereItWasTaken);

  expect((await colorsIn(avatar, [48, 48]))[0]).toBe('red');

  // It stays when filters change and after a restart, and goes on no journey with the bot.
  const options = (await engine.call('listDatasets', {}))[0]?.options;
  if (options === undefined) throw new Error('no dataset');
  const changed = { datasetId: id, options: { ...options, minimumWords: 4 } };
  expect((await engine.call('cleanDataset', changed)).avatar).toBe(avatar);
  const { run } = await train(engine, trainParams(id, 1));
  engine.terminate();
  const later = await startEngine('wasm');
  expect((await later.call('listDatasets', {}))[0]?.avatar).toBe(avatar);
  expect((await later.call('listRuns', {}))[0]?.dataset.avatar).toBe(avatar);
  const files = await exported(later, run.id);
  expect(recordIn(files).dataset.avatar).toBeNull();
  expect(files.has('picture.jpg')).toBe(false);
  // Only if it is asked for, it is in the card.
  const asked = { picture: true, optimizer: true };
  const shown = await exported(later, run.id, { what: 'gguf', dtype: 'Q8_0' }, asked);
  expect(btoa(String.fromCharCode(...(shown.get('picture.jpg') ?? [])))).toBe(base64);
  expect(new TextDecoder().decode(shown.get('README.md'))).toContain('](picture.jpg)');
  expect(recordIn(shown).dataset.avatar).toBeNull();
});

test('is cut to a square, on white where nothing was drawn', async () => {
  const engine = await startEngine('wasm');
  const canvas = new OffscreenCanvas(300, 100);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = 'rgb(220, 20, 20)';
  context.fillRect(0, 0, 90, 100); // Left of the middle: cut off.
  context.fillRect(130, 30, 40, 40);
  const png = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  const { avatar } = await importWith(engine, png);
  const places = [
    [48, 48],
    [34, 48],
    [4, 4],
    [20, 48],
  ] as const;
  expect(await colorsIn(avatar ?? '', ...places)).toEqual(['red', 'red', 'white', 'white']);
});

test('that can’t be shown costs nothing but itself', async () => {
  const engine = await startEngine('wasm');
  const { avatar, counts } = await importWith(engine, (await photo()).subarray(0, 40));
  expect(avatar).toBeNull();
  expect(counts.read).toBe(300);
});
