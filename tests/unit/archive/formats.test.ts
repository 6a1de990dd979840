import { describe, expect, it, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import type { ImportProgress } from '../../../src/protocol/datasets.ts';
import {
  accountJs,
  archiveZip,
  fileOf,
  JSON_SHAPES,
  jsonArray,
  PRIVATE_ENTRIES,
  PRIVATE_MARKER,
  plainTweets,
  textsOf,
  tweetsJs,
  WatchedFile,
  zipOf,
} from '../../fixtures/archives.ts';

const TWEETS = [
  'first one',
  'zweiter – &amp;',
  'третий 👩‍👩‍👧‍👦',
  '',
  'has "quotes" and \\ and ]}',
];

async function read(...files: readonly File[]) {
  const result = await readTweets(await openArchive(files));
  return { ...result, texts: textsOf(result) };
}

describe('an archive', () => {
  it('gives its tweets and whose they are', async () => {
    const file = fileOf(
      'a.zip',
      await archiveZip(TWEETS, { username: 'bird_1', displayName: 'B 🐦' }),
    );
    expect(await read(file)).toMatchObject({
      files: ['a.zip'],
      texts: TWEETS,
      damaged: 0,
      accounts: [{ username: 'bird_1', displayName: 'B 🐦' }],
      warnings: [],
    });
  });

  it('gives all its parts, in numeric order', async () => {
    const tweets = plainTweets(24);
    const file = fileOf('a.zip', await archiveZip(tweets, { parts: 12 }));
    const opened = await openArchive([file]);
    expect(opened.units[0]?.sources.map(({ name }) => name)).toEqual([
      'a.zip › data/tweets.js',
      ...Array.from({ length: 11 }, (_, i) => `a.zip › data/tweets-part${i + 1}.js`),
    ]);
    expect(textsOf(await readTweets(opened))).toEqual(tweets);
  });

  test.each([
    ['zipped again within a folder', { topFolder: 'twitter-2024-01-01-abc/' }],
    ['of 2018', { stem: 'tweet', dataFolder: '' } as const],
    ['of 2020', { stem: 'tweet' } as const],
    ['with backslashes for slashes', { topFolder: 'x\\', dataFolder: 'data\\' }],
    ['without an account file', { username: null }],
    ['uncompressed', { isStored: true }],
  ])('%s', async (_, options) => {
    const { texts } = await read(fileOf('a.zip', await archiveZip(TWEETS, options)));
    expect(texts).toEqual(TWEETS);
  });

  it('whatever it is called', async () => {
    const { texts } = await read(fileOf('download', await archiveZip(TWEETS)));
    expect(texts).toEqual(TWEETS);
  });

  it('opens nothing but the tweets and the account: never direct messages', async () => {
    // Private ones first, where a look at the file's head would see them; media last, to keep all
    // out of the final 64 kB, where every ZIP reader looks for the directory.
    const bytes = await zipOf(
      [
        ...Object.entries(PRIVATE_ENTRIES),
        ['data/account.js', accountJs('bird_1', 'Bird')],
        ['data/tweets.js', tweetsJs(TWEETS)],
        ['data/tweets_media/a.mp4', new Uint8Array(200_000)],
      ],
      { isStored: true },
    );
    const file = new WatchedFile([bytes], 'a.zip');
    const result = await read(file);
    expect(JSON.stringify(result)).not.toContain(PRIVATE_MARKER);

    const text = new TextDecoder('latin1').decode(bytes);
    for (const [path, content] of Object.entries(PRIVATE_ENTRIES)) {
      const start = text.indexOf(content);
      expect(start, path).toBeGreaterThan(0);
      const reads = file.reads.filter(([from, to]) => from < start + content.length && to > start);
      expect(reads, path).toEqual([]);
    }
  });

  it('and another that lies in it are both read, once each, but not what lies among media', async () => {
    const old = tweetsJs(['an older archive inside this one']);
    const otherEntries = {
      'backup/data/tweets.js': old,
      'a/b/data/tweets.js': old,
      'data/tweets_media/tweets.js': old,
      '__MACOSX/data/._tweets.js': 'resource fork',
    };
    const { texts } = await read(fileOf('a.zip', await archiveZip(TWEETS, { otherEntries })));
    expect(texts).toEqual([...TWEETS, 'an older archive inside this one']);
  });

  it('without a usable account file is still read', async () => {
    for (const account of [
      '',
      'nonsense',
      'x = [{"account":',
      'x = [{"account": {"username": 5}}]',
    ]) {
      const zip = await zipOf([
        ['data/account.js', account],
        ['data/tweets.js', tweetsJs(TWEETS)],
      ]);
      const result = await read(fileOf('a.zip', zip));
      expect(result.texts).toEqual(TWEETS);
      expect(result.accounts[0]?.username ?? null).toBeNull();
    }
  });
});

describe('bare files', () => {
  test.each([
    ['tweets.js', tweetsJs(TWEETS)],
    ['tweets.js ending in ;', tweetsJs(TWEETS, { end: ' ;\n' })],
    ['tweet.js with bare objects', tweetsJs(TWEETS, { isWrapped: false, stem: 'tweet' })],
    ['tweets-part1.js', tweetsJs(TWEETS, { part: 1 })],
    ['tweets.js with a byte order mark', `\ufeff${tweetsJs(TWEETS)}`],
    ['under a name that says nothing', tweetsJs(TWEETS)],
  ])('%s', async (name, text) => {
    expect((await read(fileOf(name.split(' ')[0] ?? '', text))).texts).toEqual(TWEETS);
  });

  test.each(JSON_SHAPES)('JSON array of %s', async (shape) => {
    const text = jsonArray(TWEETS, shape);
    expect((await read(fileOf('mine.json', text))).texts).toEqual(TWEETS);
    expect((await read(fileOf('mine', text))).texts).toEqual(TWEETS);
    expect((await read(fileOf('mine.json', `\ufeff\n ${text}\n`))).texts).toEqual(TWEETS);
  });

  it('in UTF-16, as PowerShell writes them', async () => {
    const text = `\ufeff${jsonArray(['plain text'])}`;
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), true);
    expect((await read(fileOf('tweets.json', bytes))).texts).toEqual(['plain text']);
  });

  it('several make one dataset, parts in order whatever order they come in', async () => {
    const part = (n: number, name: string) => fileOf(name, tweetsJs([`part ${n}`], { part: n }));
    const result = await read(
      part(10, 'tweets-part10.js'),
      part(2, 'tweets-part2 (1).js'),
      part(0, 'tweets.js'),
      fileOf('account.js', accountJs('bird_2', 'Bird')),
    );
    expect(result.texts).toEqual(['part 0', 'part 2', 'part 10']);
    expect(result.accounts[0]).toMatchObject({ username: 'bird_2', displayName: 'Bird' });
  });

  it('a whole unpacked folder at once: only the tweets count', async () => {
    const others = Object.entries(PRIVATE_ENTRIES).map(([path, text]) =>
      fileOf(path.replace('data/', ''), text),
    );
    const result = await read(...others, fileOf('tweets.js', tweetsJs(TWEETS)));
    expect(result.texts).toEqual(TWEETS);
  });

  it('are left beside an archive, and that is told', async () => {
    const zip = fileOf('a.zip', await archiveZip(['from the archive']));
    const json = fileOf('b.json', jsonArray(['from the JSON'], 'strings'));
    const { texts, warnings } = await read(zip, json);
    expect(texts).toEqual(['from the archive']);
    expect(warnings).toEqual([
      { kind: 'files-left', files: [{ file: 'b.json', why: 'beside-archive' }], count: 1 },
    ]);
  });
});

describe('damage costs what is damaged', () => {
  it('and is counted', async () => {
    const text =
      '[{"full_text":"good"}, {"full_text":}, 17, null, {"id":"1"}, {"full_text":5}, [], "also good"]';
    const { texts, damaged } = await read(fileOf('t.json', text));
    expect(texts).toEqual(['good', 'also good']);
    expect(damaged).toBe(6);
  });

  it('wrong bytes cost a character, in a file that else is UTF-8', async () => {
    const bytes = new TextEncoder().encode('["é, caf_", "next"]');
    bytes[9] = 0xe9;
    expect((await read(fileOf('t.json', bytes))).texts).toEqual(['é, caf\ufffd', 'next']);
  });
});

describe('while reading', () => {
  it('says how many bytes of how many, over all entries', async () => {
    const file = fileOf('a.zip', await archiveZip(plainTweets(3000), { parts: 3 }));
    const opened = await openArchive([file]);
    const reports: ImportProgress[] = [];
    await readTweets(opened, { onProgress: (progress) => reports.push(progress) });
    const last = reports.at(-1);
    expect(last).toEqual({
      phase: 'reading',
      file: 'a.zip › data/tweets-part2.js',
      bytesRead: opened.bytesTotal,
      bytesTotal: opened.bytesTotal,
      tweetsRead: 3000,
    });
    expect(reports.map(({ bytesRead }) => bytesRead)).toEqual(
      reports.map(({ bytesRead }) => bytesRead).toSorted((a, b) => a - b),
    );
  });

  test.each(['zip', 'js'])('can be cancelled (%s)', async (kind) => {
    const tweets = plainTweets(5000);
    const file =
      kind === 'zip'
        ? fileOf('a.zip', await archiveZip(tweets))
        : fileOf('tweets.js', tweetsJs(tweets));
    const controller = new AbortController();
    let reports = 0;
    const reading = readTweets(await openArchive([file]), {
      signal: controller.signal,
      onProgress: () => {
        reports++;
        controller.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(reports).toBe(1);
  });
});
