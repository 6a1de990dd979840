/** What is compressed or packed, and what of it is damaged, cut short or made to harm. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { fileOf, jsonArray, plainTweets, textsOf, tweetsJs } from '../../fixtures/archives.ts';
import { alone, gzipped, tarred, zipped } from '../../fixtures/bringing.ts';
import { repositoryFile } from '../../fixtures/repository.ts';

async function read(...files: readonly File[]) {
  const result = await readTweets(await openArchive(files));
  return { ...result, texts: textsOf(result), labels: result.accounts.map(({ label }) => label) };
}

function unreadable(file: string, reason: string) {
  return { data: { code: 'archive-unreadable', details: { file, reason } } };
}

const texts = plainTweets(200);
const tree = { 'data/tweets.js': tweetsJs(texts) };

describe('a .gz', () => {
  const packed = gzipped(tweetsJs(texts));

  it('cut short anywhere', async () => {
    for (const part of [0.02, 0.5, 0.999]) {
      const cut = packed.slice(0, Math.floor(packed.length * part));
      await expect(read(fileOf('tweets.js.gz', cut))).rejects.toMatchObject(
        unreadable('tweets.js.gz', 'truncated'),
      );
    }
  });

  it('with a wrong byte', async () => {
    const long = gzipped(tweetsJs(plainTweets(60_000)));
    long[long.length >> 1] = (long[long.length >> 1] ?? 0) ^ 0xff;
    await expect(read(fileOf('tweets.js.gz', long))).rejects.toMatchObject({
      data: { code: 'archive-unreadable' },
    });
  });

  it('that unpacks to far more than tweets are', async () => {
    const bomb = gzipSync(new Uint8Array(64 * 1024 ** 2).fill(0x20));
    await expect(read(fileOf('tweets.js.gz', bomb))).rejects.toMatchObject(
      unreadable('tweets.js.gz', 'too-large'),
    );
  });

  test.each([
    ['JSON', 'mine.json.gz', jsonArray(texts)],
    ['lines', 'mine.txt.gz', texts.join('\n')],
    ['a table', 'mine.csv.gz', `text\n${texts.join('\n')}`],
    ['JSON Lines', 'mine.jsonl.gz', texts.map((text) => JSON.stringify({ text })).join('\n')],
  ])('of %s', async (_, name, content) => {
    expect((await read(fileOf(name, gzipped(content)))).texts).toEqual(texts);
  });
});

describe('a tar', () => {
  it('cut short anywhere, compressed or not', async () => {
    const tar = await tarred(tree);
    for (const part of [0.2, 0.7]) {
      const cut = tar.slice(0, Math.floor(tar.length * part));
      for (const [name, content] of [
        ['a.tar', cut],
        ['a.tar.gz', gzipped(cut)],
      ] as const) {
        await expect(read(fileOf(name, content))).rejects.toMatchObject(
          unreadable(name, 'truncated'),
        );
      }
    }
  });

  it('with a wrong byte in a header', async () => {
    const tar = await tarred(tree);
    tar[3] = 0x7a;
    await expect(read(fileOf('a.tar', tar))).rejects.toMatchObject(unreadable('a.tar', 'damaged'));
  });

  it('as GNU writes it', async () => {
    const tar = await tarred(tree);
    const header = tar.subarray(0, 512);
    header.set(new TextEncoder().encode('ustar  \0'), 257);
    header.fill(0x20, 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    expect((await read(fileOf('a.tar', tar))).texts).toEqual(texts);
  });

  it('with names of more than a hundred characters', async () => {
    const folder = 'a folder with a long name '.repeat(5);
    const tar = await tarred({ [`${folder}/data/tweets.js`]: tweetsJs(texts) });
    expect((await read(fileOf('a.tar', tar))).texts).toEqual(texts);
  });

  it('of more media than memory, and of tweets that are too many to keep while it is listed', async () => {
    const media = new Blob([new Uint8Array(1024 ** 2)]);
    const element = new Blob([`{"full_text":"${'x'.repeat(1000)}"},`.repeat(1000)]);
    const parts = Array.from({ length: 70 }, () => element);
    const head = new Blob(['window.YTD.tweets.part0 = [']);
    const last = new Blob(['{"full_text":"the last one of all"}]']);
    const tar = new Blob([
      await header('data/tweets_media/a.mp4', 300 * 1024 ** 2),
      ...Array.from({ length: 300 }, () => media),
      await header('data/tweets.js', head.size + 70 * element.size + last.size),
      head,
      ...parts,
      last,
      new Uint8Array((512 - ((head.size + 70 * element.size + last.size) % 512)) % 512),
      new Uint8Array(1024),
    ]);
    const before = liveBytes();
    let most = 0;
    const opened = await openArchive([fileOf('a.tar', tar)]);
    most = Math.max(most, liveBytes() - before);
    const { tweets } = await readTweets(opened);
    expect(tweets).toHaveLength(70_001);
    expect(tweets.at(-1)?.text).toBe('the last one of all');
    expect(most).toBeLessThan(30e6);
  });
});

describe('containers in one another', () => {
  it('four deep are opened, more are left', async () => {
    const nest = async (depth: number) => {
      let content = await zipped(tree);
      for (let times = 1; times < depth; times++) content = await zipped({ 'a.zip': content });
      return fileOf('a.zip', content);
    };
    expect((await read(await nest(4))).texts).toEqual(texts);
    await expect(read(await nest(5))).rejects.toMatchObject({
      data: { code: 'archive-no-tweets', details: { reason: 'no-tweet-file' } },
    });
  });

  it('one that is damaged costs what is in it', async () => {
    const inner = await zipped({ 'more.json': '["one"]' });
    const brought = alone({
      'all.zip': await zipped({ 'a.zip': inner.slice(0, 40), 'mine.json': jsonArray(texts) }),
    });
    const result = await read(...brought.files);
    expect(result.texts).toEqual(texts);
    expect(result.warnings).toEqual([
      { kind: 'files-left', files: [{ file: 'all.zip › a.zip', why: 'truncated' }], count: 1 },
    ]);
  });
});

describe('Bluesky’s repository', () => {
  const did = 'did:plc:bird';
  const post = (index: number) => ({
    collection: 'app.bsky.feed.post',
    key: `3k${String(index).padStart(5, '0')}`,
    value: {
      $type: 'app.bsky.feed.post',
      text: texts[index] ?? '',
      createdAt: '2024-11-09T12:14:18.000Z',
      langs: ['en'],
      ...(index === 1
        ? { reply: { parent: { uri: `at://${did}/app.bsky.feed.post/3k00000` } } }
        : {}),
    },
  });
  const like = {
    collection: 'app.bsky.feed.like',
    key: '3k1',
    value: { $type: 'app.bsky.feed.like', subject: { uri: 'at://x/app.bsky.feed.post/1' } },
  };
  const records = [like, ...texts.map((_, index) => post(index)).toReversed()];

  test.each([
    ['alone', 'repo.car', (car: Uint8Array<ArrayBuffer>) => car],
    ['compressed', 'repo.car.gz', gzipped],
  ])('%s: its posts, oldest first, and nothing else', async (_, name, pack) => {
    const car = await repositoryFile(did, records);
    const result = await read(fileOf(name, pack(car)), fileOf('notes.txt', 'private'));
    expect(result.texts).toEqual(texts);
    expect(result.tweets[1]).toMatchObject({
      id: `at://${did}/app.bsky.feed.post/3k00001`,
      replyToId: `at://${did}/app.bsky.feed.post/3k00000`,
      language: 'en',
      createdAt: Date.UTC(2024, 10, 9, 12, 14, 18),
    });
    expect(result.labels).toEqual([name]);
    expect(result.damaged).toBe(0);
    expect(result.warnings).toMatchObject([{ files: [{ why: 'beside-archive' }] }]);
  });

  it('cut short or damaged', async () => {
    const car = await repositoryFile(did, records);
    await expect(read(fileOf('repo.car', car.slice(0, -20)))).rejects.toMatchObject(
      unreadable('repo.car', 'truncated'),
    );
    await expect(read(fileOf('repo.car', 'no such thing'))).rejects.toMatchObject({
      data: { code: 'archive-unreadable', details: { file: 'repo.car' } },
    });
  });

  it('without posts holds no tweets', async () => {
    await expect(
      read(fileOf('repo.car', await repositoryFile(did, [like]))),
    ).resolves.toMatchObject({ texts: [] });
  });
});

async function header(name: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = (await tarred({ [name]: '' })).slice(0, 512);
  bytes.set(new TextEncoder().encode(`${size.toString(8).padStart(11, '0')}\0`), 124);
  bytes.fill(0x20, 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return bytes;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function liveBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
