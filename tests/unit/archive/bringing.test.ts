/** However people bring an archive, its tweets are read once each, and nothing else is. */

import { describe, expect, it, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import {
  accountJs,
  PRIVATE_ENTRIES,
  PRIVATE_MARKER,
  plainTweets,
  textsOf,
  tweetsJs,
  WatchedFile,
} from '../../fixtures/archives.ts';
import {
  alone,
  type Brought,
  gzipped,
  inFolder,
  selectedAll,
  tarred,
  together,
  type Tree,
  within,
  zipped,
} from '../../fixtures/bringing.ts';
import { MADE_FORMATS, type MadeFormatName, manifestFile } from '../../fixtures/made-formats.ts';
import { MADE_USERNAME } from '../../fixtures/made-pieces.ts';
import { madeTweets } from '../../fixtures/made-tweets.ts';

async function read({ files, paths }: Brought) {
  const result = await readTweets(await openArchive(files, { paths }));
  return { ...result, texts: textsOf(result), labels: result.accounts.map(({ label }) => label) };
}

function treeOf(name: MadeFormatName, count: number, parts = 1): Tree {
  const made = MADE_FORMATS[name].files([...madeTweets(count)], parts);
  return Object.fromEntries(made.map(({ path, content }) => [path, [...content()].join('')]));
}

const texts = plainTweets(60);
const archive: Tree = {
  'data/account.js': accountJs('bird', 'Bird'),
  'data/tweets.js': tweetsJs(texts),
};
/** What lies around in an unpacked archive. */
const unpacked: Tree = {
  ...archive,
  ...PRIVATE_ENTRIES,
  'Your archive.html': '<!doctype html>',
  'assets/js/runtime.js': '1',
  'assets/images/x.svg': '<svg/>',
  'data/README.txt': `INTRODUCTION\n${PRIVATE_MARKER} is a line of the notes that X adds\n`,
  'data/profile_media/1-me.jpg': Uint8Array.from([0xff, 0xd8, 0xff]),
};
const notes: Tree = {
  'notes.txt': `${PRIVATE_MARKER} is a line of private notes\n`,
  'invoice.csv': `text\n${PRIVATE_MARKER} in a bill\n`,
  'ideas.json': JSON.stringify([`${PRIVATE_MARKER} of mine`]),
};

describe('an archive', () => {
  const zip = () => zipped(archive);
  const ways: Readonly<Record<string, () => Brought | Promise<Brought>>> = {
    'in a folder': () => inFolder('twitter', archive),
    'six folders down': () => inFolder('a', within('b/c/d/e/f', archive)),
    'as its data folder alone': () =>
      inFolder('data', { 'tweets.js': tweetsJs(texts), 'account.js': accountJs('bird', 'Bird') }),
    'in a ZIP': async () => alone({ 'a.zip': await zip() }),
    'in a ZIP, five folders down': async () =>
      alone({ 'a.zip': await zipped(within('1/2/3/4/5', archive)) }),
    'in a ZIP in a folder': async () => inFolder('Downloads', { 'old/a.zip': await zip() }),
    'in a ZIP in a ZIP': async () => alone({ 'b.zip': await zipped({ 'x/a.zip': await zip() }) }),
    'in a ZIP in a ZIP in a folder': async () =>
      inFolder('Downloads', { 'b.zip': await zipped({ 'a.zip': await zip() }) }),
    'in two ZIPs': async () =>
      alone({
        '2.zip': await zipped({ 'data/tweets.js': tweetsJs(texts) }),
        '1.zip': await zipped({ 'data/account.js': accountJs('bird', 'Bird') }),
      }),
    'as loose files': () => alone(archive),
    'with everything in it selected': () => selectedAll(unpacked),
    'unpacked, in a folder': () => inFolder('twitter', unpacked),
    'unpacked, all files of data selected': () =>
      alone(
        Object.fromEntries(Object.entries(unpacked).filter(([path]) => path.startsWith('data/'))),
      ),
    'in a tar': async () => alone({ 'a.tar': await tarred(archive) }),
    'in a .tar.gz': async () => alone({ 'a.tar.gz': gzipped(await tarred(archive)) }),
    'in a .tgz in a folder': async () => inFolder('x', { 'a.tgz': gzipped(await tarred(archive)) }),
    'in a ZIP without a name that says so': async () => alone({ download: await zip() }),
    'in a .tar.gz without a name that says so': async () =>
      alone({ 'backup.bin': gzipped(await tarred(archive)) }),
    'as files that are compressed one by one': () =>
      alone(
        Object.fromEntries(
          Object.entries(archive).map(([path, text]) => [`${path}.gz`, gzipped(text)]),
        ),
      ),
    'as files that are compressed, but not called so': () =>
      alone({ 'tweets.js': gzipped(tweetsJs(texts)), 'account.js': accountJs('bird', 'Bird') }),
    'as files that a browser has unpacked, but not renamed': () =>
      alone({ 'tweets.js.gz': tweetsJs(texts), 'account.js': accountJs('bird', 'Bird') }),
  };
  test.each(Object.entries(ways))('%s', async (_, bring) => {
    const result = await read(await bring());
    expect(result.texts).toEqual(texts);
    expect(result.labels).toEqual(['@bird']);
    expect(result.warnings).toEqual([]);
  });

  test.each(Object.entries(ways))(
    '%s, among private files: those are told, and not opened',
    async (_, bring) => {
      const strays = alone(notes);
      const brought = await bring();
      for (const both of [together(brought, strays), together(strays, brought)]) {
        const result = await read(both);
        expect(result.texts).toEqual(texts);
        const files = Object.keys(notes).map((file) => ({ file, why: 'beside-archive' }));
        expect(result.warnings).toEqual([{ kind: 'files-left', files, count: 3 }]);
      }
      for (const file of strays.files) expect(file).toMatchObject({ reads: [] });
    },
  );

  it('that lies in a ZIP in a folder of private files, texts in other ZIPs too', async () => {
    const brought = inFolder('Downloads', {
      ...notes,
      'twitter.zip': await zipped(archive),
      'invoices.zip': await zipped(notes),
    });
    const result = await read(brought);
    expect(result.texts).toEqual(texts);
    expect(JSON.stringify(result.tweets)).not.toContain(PRIVATE_MARKER);
    expect(result.warnings).toMatchObject([{ kind: 'files-left', count: 6 }]);
  });

  it('is all that is opened of what X put into it', async () => {
    for (const brought of [alone(unpacked), selectedAll(unpacked)]) {
      await read(brought);
      for (const file of brought.files) {
        const isRead = file instanceof WatchedFile && file.reads.length > 0;
        const isOfUse = /^(?:account|tweets)\.js$/.test(file.name);
        expect(isRead, file.name).toBe(isOfUse);
      }
    }
  });
});

describe('of what is private nothing is opened', () => {
  it('where it is all that is brought', async () => {
    const brought = alone({
      'direct-messages.js': 'window.YTD',
      'like.js': 'x',
      'README.txt': 'y',
    });
    await expect(read(brought)).rejects.toMatchObject({
      data: {
        code: 'archive-no-tweets',
        details: { file: 'direct-messages.js, like.js, README.txt', reason: 'not-needed' },
      },
    });
    for (const file of brought.files) expect(file).toMatchObject({ reads: [] });
  });

  test.each([
    'README',
    'readme.md.txt',
    'LICENSE.txt',
    'LICENCE-MIT.txt',
    'CHANGELOG.txt',
    'requirements.txt',
    'package.json',
  ])('%s is never tweets', async (name) => {
    const line = 'The first tweet that I have ever written\n';
    const result = await read(alone({ 'mine.txt': line, [name]: line.replace('first', 'second') }));
    expect(result.texts).toEqual([line.trim()]);
  });
});

describe('parts spread over several ZIPs', () => {
  const [first, second] = [texts.slice(0, 30), texts.slice(30)];
  const manifest = [
    ...manifestFile({ 'data/tweets.js': 30, 'data/tweets-part1.js': 30 }).content(),
  ].join('');
  const whole = `A long one ${'on and on '.repeat(40)}to its end`;
  const note = JSON.stringify([
    {
      noteTweet: { noteTweetId: '7', createdAt: '2024-11-09T12:14:18.000Z', core: { text: whole } },
    },
  ]);
  const cut = [...first.slice(1), `${whole.slice(0, 270)}…`];
  const one: Tree = {
    'data/account.js': accountJs(MADE_USERNAME, 'Bird'),
    'data/manifest.js': manifest,
    'data/tweets.js': tweetsJs(cut),
  };
  const two: Tree = {
    'data/tweets-part1.js': tweetsJs(second, { part: 1 }),
    'data/note-tweet.js': `window.YTD.note_tweet.part0 = ${note}`,
  };
  test.each([
    ['the second says nothing of whose it is', two],
    ['both say whose they are', { ...two, 'data/account.js': accountJs('Made_Up', 'Bird') }],
    ['both have the list of contents', { ...two, 'data/manifest.js': manifest }],
  ])('%s', async (_, other) => {
    const zips = { 'twitter-1.zip': await zipped(one), 'twitter-2.zip': await zipped(other) };
    for (const brought of [
      alone(zips),
      { files: alone(zips).files.toReversed(), paths: ['', ''] },
      inFolder('Downloads', zips),
      inFolder('both', { ...within('1', one), ...within('2', other) }),
    ]) {
      const result = await read(brought);
      expect(result.texts.toSorted()).toEqual([...first.slice(1), whole, ...second].toSorted());
      expect(result.accounts).toHaveLength(1);
      expect(result.warnings).toEqual([]);
    }
  });

  it('one that is really missing is told', async () => {
    const result = await read(alone({ 'twitter-1.zip': await zipped(one) }));
    expect(result.warnings).toEqual([
      { kind: 'missing-part', file: 'twitter-1.zip › data/tweets-part1.js', expected: 30 },
    ]);
  });

  it('another export is no replacement for a part that is missing', async () => {
    const later: Tree = {
      'data/account.js': accountJs(MADE_USERNAME, 'Bird'),
      'data/manifest.js': [...manifestFile({ 'data/tweets-part1.js': 2 }).content()].join(''),
      'data/tweets-part1.js': tweetsJs(['a later one', 'and another'], { part: 1 }),
    };
    const result = await read(alone({ 'a.zip': await zipped(one), 'b.zip': await zipped(later) }));
    expect(result.warnings).toMatchObject([{ kind: 'missing-part', expected: 30 }]);
  });
});

describe('two archives', () => {
  const old = treeOf('ZIP of 2012', 50);
  const recent = (name: string): Tree => ({
    'data/account.js': accountJs(name, name),
    'data/tweet.js': tweetsJs(texts, { stem: 'tweet' }),
  });

  test.each([
    ['side by side', '2012', '2020'],
    ['at two depths', 'older/2012', '2020'],
    ['one in the other', '2020/old', '2020'],
  ])('%s are both read', async (_, oldFolder, newFolder) => {
    const result = await read(
      inFolder('me', { ...within(oldFolder, old), ...within(newFolder, recent('made_up')) }),
    );
    expect(result.texts).toHaveLength(110);
    expect(result.labels).toEqual(['@made_up']);
    expect(result.warnings).toEqual([]);
  });

  it('of two people are told apart, whatever ids they have', async () => {
    const result = await read(
      inFolder('us', { ...within('ann', recent('ann')), ...within('bob', recent('bob')) }),
    );
    expect(result.texts).toHaveLength(120);
    expect(result.labels).toEqual(['@ann', '@bob']);
  });

  it('unpacked into one folder: tweet.js and tweets.js are both read', async () => {
    const later = tweetsJs([...texts, 'one that only the later one has']);
    const result = await read(inFolder('me', { ...recent('bird'), 'data/tweets.js': later }));
    expect(result.texts).toHaveLength(61);
    expect(result.warnings).toEqual([{ kind: 'repeated-tweets', count: 60 }]);
  });
});

describe('an archive of 2012', () => {
  const old = treeOf('ZIP of 2012', 50);
  const months = Object.entries(old).filter(([path]) => /\d{4}_\d\d\.js$/.test(path));
  const csv = treeOf('ZIP of 2012 with its CSV alone', 50)['tweets.csv'] ?? '';

  test.each([
    ['its contents selected', () => selectedAll({ ...old, 'tweets.csv': csv, 'README.txt': 'x' })],
    ['its folder', () => inFolder('twitter', { ...old, 'tweets.csv': csv })],
    [
      'in a ZIP, its table beside it',
      async () => alone({ 'a.zip': await zipped(old), 'tweets.csv': csv }),
    ],
    [
      'the folder of its scripts',
      () =>
        inFolder(
          'js',
          Object.fromEntries(
            Object.entries(old)
              .filter(([path]) => path.startsWith('data/js/'))
              .map(([path, text]) => [path.slice(8), text]),
          ),
        ),
    ],
    [
      'the folder of its months',
      () =>
        inFolder(
          'tweets',
          Object.fromEntries(months.map(([path, text]) => [path.slice(15), text])),
        ),
    ],
    ['its months one by one', () => alone(Object.fromEntries(months))],
    ['its table alone', () => alone({ 'tweets.csv': csv })],
  ])('%s', async (_, bring) => {
    const result = await read(await bring());
    expect(result.texts).toHaveLength(50);
    expect(result.accounts).toHaveLength(1);
    expect(result.warnings).toEqual([]);
  });
});

describe('a tweet that comes again is read once', () => {
  const repeated = [{ kind: 'repeated-tweets', count: 20 }];
  const js = `window.YTD.tweets.part0 = ${JSON.stringify(
    [...texts, ...texts.slice(0, 20)].map((text) => ({
      tweet: { id: String(texts.indexOf(text) + 1000), full_text: text },
    })),
  )}`;
  const rows = texts.map((text, index) => `${index + 1000},"${text}"\n`);
  const table = ['id,text\n', ...rows].join('');
  test.each([
    ['in a bare file', () => alone({ 'tweets.js': js })],
    [
      'in an archive',
      async () => alone({ 'a.zip': await zipped({ ...archive, 'data/tweets.js': js }) }),
    ],
    ['in JSON', () => alone({ 'mine.json': js.slice(js.indexOf('[')) })],
    ['in a table', () => alone({ 'mine.csv': table + rows.slice(0, 20).join('') })],
    [
      'in two files',
      () => alone({ 'a.csv': table, 'b.csv': `id,text\n${rows.slice(0, 20).join('')}` }),
    ],
    [
      'in two forms',
      () =>
        alone({
          'mine.csv': table,
          'b.json': JSON.stringify(
            texts.slice(0, 20).map((text, i) => ({ id: String(i + 1000), text })),
          ),
        }),
    ],
  ])('%s', async (_, bring) => {
    const result = await read(await bring());
    expect(result.texts).toEqual(texts);
    expect(result.accounts).toHaveLength(1);
    expect(result.warnings).toEqual(repeated);
  });

  it('but one number for two texts makes two tweets', async () => {
    const result = await read(alone({ 'a.csv': 'id,text\n1,one\n', 'b.csv': 'id,text\n1,two\n' }));
    expect(result.texts).toEqual(['one', 'two']);
    expect(result.warnings).toEqual([]);
  });
});

describe('Mastodon’s export', () => {
  const outbox = treeOf('Mastodon', 40)['outbox.json'] ?? '';
  const actor = JSON.stringify({
    id: 'https://example.social/users/ann',
    preferredUsername: 'ann',
    name: 'Ann',
  });
  const tree: Tree = {
    'media_attachments/files/1.png': new Uint8Array(70_000),
    'outbox.json': outbox,
    'likes.json': JSON.stringify({ orderedItems: [PRIVATE_MARKER] }),
    'bookmarks.json': JSON.stringify({ orderedItems: [PRIVATE_MARKER] }),
    'actor.json': actor,
    'avatar.jpg': Uint8Array.from([0xff, 0xd8, 0xff]),
  };
  test.each([
    ['as it comes', async () => alone({ 'archive-20230501.tar.gz': gzipped(await tarred(tree)) })],
    ['as a ZIP', async () => alone({ 'archive.zip': await zipped(tree) })],
    ['unpacked', () => inFolder('archive', tree)],
    ['all selected', () => selectedAll(tree)],
    ['two files of it', () => alone({ 'actor.json': actor, 'outbox.json': outbox })],
  ])('%s', async (_, bring) => {
    const result = await read(await bring());
    expect(result.texts).toHaveLength(40);
    expect(result.labels).toEqual(['@ann@example.social']);
    expect(result.warnings).toEqual([]);
  });

  it('without actor.json is named by its posts, in a folder and in a ZIP too', async () => {
    for (const brought of [
      inFolder('export', { 'outbox.json': outbox }),
      alone({ 'export.zip': await zipped({ 'outbox.json': outbox }) }),
    ]) {
      expect((await read(brought)).labels).toEqual(
        (await read(alone({ 'outbox.json': outbox }))).labels,
      );
    }
  });
});

describe('an archive of another kind', () => {
  const post = (text: string) => JSON.stringify([{ text }]);

  it('of the Community Archive: private files beside it are left', async () => {
    const tweets = texts.map((text, index) => ({ tweet: { id: String(index), full_text: text } }));
    const json = JSON.stringify({ account: [{ account: { username: 'bird' } }], tweets });
    const result = await read(inFolder('Downloads', { 'archive.json': json, ...notes }));
    expect(result.texts).toEqual(texts);
    expect(result.warnings).toMatchObject([{ kind: 'files-left', count: 3 }]);
  });

  it('but anyone may call a file archive.json or tweets.csv', async () => {
    const result = await read(
      inFolder('mine', {
        'archive.json': post('one'),
        'tweets.csv': 'text\ntwo',
        'x.json': post('three'),
      }),
    );
    expect(result.texts.toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('of Instagram or Threads: its posts, and none of its messages', async () => {
    const tree: Tree = {
      'your_instagram_activity/threads/threads_and_replies.json': post('a thread'),
      'your_instagram_activity/media/posts_1.json': post('a post'),
      'your_instagram_activity/messages/inbox/ann/message_1.json': post(PRIVATE_MARKER),
      'connections/followers_1.json': post(PRIVATE_MARKER),
    };
    for (const brought of [
      inFolder('instagram', tree),
      alone({ 'instagram.zip': await zipped(tree) }),
    ]) {
      const result = await read(brought);
      expect(result.texts.toSorted()).toEqual(['a post', 'a thread']);
      expect(result.warnings).toEqual([]);
    }
    const messages = inFolder('instagram', { 'messages/inbox/ann/message_1.json': post('psst') });
    expect(messages.files).toEqual([]);
  });
});

test('a ZIP whose names are in Shift JIS, where bytes of characters look like backslashes', async () => {
  const zip = await zipped(within('SO/HYOU', archive));
  const view = new DataView(zip.buffer);
  for (let at = 0; at < zip.length - 4; at++) {
    const signature = view.getUint32(at, true);
    const flagsAt = signature === 0x04034b50 ? at + 6 : signature === 0x02014b50 ? at + 8 : -1;
    // Without the flag that says UTF-8.
    if (flagsAt >= 0) view.setUint16(flagsAt, view.getUint16(flagsAt, true) & ~0x800, true);
    const name = new TextDecoder('latin1').decode(zip.subarray(at, at + 7));
    // ソ and 表 end in the byte of a backslash.
    if (name === 'SO/HYOU') zip.set([0x83, 0x5c, 0x2f, 0x95, 0x5c, 0x83, 0x5c], at);
  }
  const result = await read(alone({ 'a.zip': zip }));
  expect(result.texts).toEqual(texts);
  expect(result.labels).toEqual(['@bird']);
});

describe('without an archive', () => {
  it('a table in a folder is read, with a word on what lies beside it', async () => {
    const result = await read(
      inFolder('mine', {
        'toots.csv': `text\n${texts.join('\n')}\n`,
        'package.json': '{"name": "x"}',
        'other.json': '{"a": 1}',
      }),
    );
    expect(result.texts).toEqual(texts);
    expect(result.warnings).toEqual([
      {
        kind: 'files-left',
        files: [
          { file: 'mine/package.json', why: 'not-tweets' },
          { file: 'mine/other.json', why: 'no-tweets' },
        ],
        count: 2,
      },
    ]);
  });
});
