/** What users bring by mistake, and what they are told: the reason, the file, the place. */

import { describe, expect, it, test } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { type ErrorData, MynahError } from '../../../src/core/errors.ts';
import {
  archiveZip,
  fileOf,
  jsonArray,
  PRIVATE_ENTRIES,
  PRIVATE_MARKER,
  plainTweets,
  tweetsJs,
  zipOf,
} from '../../fixtures/archives.ts';
import { tarred } from '../../fixtures/bringing.ts';

/** What the user is told, or `kept` with how many. */
async function outcome(...files: readonly File[]): Promise<ErrorData | { kept: number }> {
  try {
    const dataset = await buildDataset(await readTweets(await openArchive(files)));
    return { kept: dataset.counts.kept };
  } catch (error) {
    if (error instanceof MynahError) return error.data;
    throw error;
  }
}

function unreadable(file: string, reason: string, line?: number, column?: number) {
  const place = line === undefined ? {} : { line, column };
  return { code: 'archive-unreadable', details: { file, reason, ...place } };
}

function noTweets(file: string) {
  return { code: 'archive-no-tweets', details: { file, reason: 'no-tweets' } };
}

/** As its name promises, with a letter changed in its second header or without its last blocks. */
async function badTar(how: 'cut' | 'changed'): Promise<File> {
  const tar = await tarred({ 'a.json': jsonArray(plainTweets(9)), 'b.json': '[]' });
  if (how === 'cut') return fileOf('bad.tar', tar.subarray(0, 700));
  const second = new TextDecoder('latin1').decode(tar).indexOf('b.json');
  tar[second] = 0x63;
  return fileOf('bad.tar', tar);
}

const SEVEN_ZIP = Uint8Array.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]);
const PACKED: readonly [packing: string, start: Uint8Array<ArrayBuffer>][] = [
  ['7-Zip', SEVEN_ZIP],
  ['RAR', Uint8Array.from([0x52, 0x61, 0x72, 0x21, 0x1a, 0x07])],
  ['xz', Uint8Array.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
];

describe('not what it seems', () => {
  test.each([
    ['a picture called .zip', 'photo.zip', '\xff\xd8\xff\xe0 JFIF', 'not-a-zip'],
    ['a page called .zip', 'page.zip', '<html>[1]</html>', 'not-a-zip'],
    ['an empty file', 'tweets.js', '', 'empty'],
    ['an empty .zip', 'a.zip', '', 'empty'],
    ['a picture', 'photo.jpg', '\xff\xd8\xff\xe0 JFIF [', 'unknown-format'],
    ['prose', 'novel.md', 'It was the best of times, it was the worst', 'unknown-format'],
  ])('%s', async (_, name, content, reason) => {
    expect(await outcome(fileOf(name, content))).toEqual(unreadable(name, reason));
  });

  test.each([
    ['prose', 'It was the best of times'],
    ['a page', '\n<!doctype html>'],
  ])('%s called .js is in no format that is known', async (_, content) => {
    expect(await outcome(fileOf('tweets.js', content))).toEqual(
      unreadable('tweets.js', 'unknown-format'),
    );
  });

  it('an assignment of nothing is damaged', async () => {
    expect(await outcome(fileOf('tweets.js', 'window.x = \n'))).toEqual(
      unreadable('tweets.js', 'not-json', 2, 1),
    );
  });

  it.each(PACKED)('what is packed as %s is named, with what to do', async (packing, start) => {
    const packed = fileOf('twitter.bin', start, new Uint8Array(600));
    expect(await outcome(packed)).toEqual({
      code: 'archive-unreadable',
      details: { file: 'twitter.bin', reason: 'packed', packing },
    });
  });
});

describe('sound JSON of something else holds no tweets, and isn’t called damaged', () => {
  test.each([
    ['an object', '{"a": 1}'],
    ['objects without a text', '[\n  {"id": 1},\n  {"id": 2}\n]'],
    ['numbers', '[1, 2, 3]'],
    ['likes', '[{"like": {"tweetId": "1", "fullText": "of another"}}]'],
    ['messages', '[{"dmConversation": {"messages": [{"messageCreate": {"text": "psst"}}]}}]'],
  ])('%s', async (_, text) => {
    expect(await outcome(fileOf('mine.json', text))).toMatchObject(noTweets('mine.json'));
  });
});

describe('one bad file costs that file', () => {
  const good = fileOf('mine.json', jsonArray(plainTweets(100)));
  test.each([
    ['a picture', fileOf('photo.jpg', '\xff\xd8'), 'unknown-format'],
    ['JSON of something else', fileOf('other.json', '[{"id": 1}]'), 'no-tweets'],
    ['JSON without tweets', fileOf('none.json', '[]'), 'no-tweets'],
    ['damaged JSON', fileOf('cut.json', '[{"text": "one'), 'not-json'],
    ['an empty file', fileOf('empty.csv', ''), 'empty'],
    ['a damaged ZIP', fileOf('cut.zip', 'PK\x03\x04', new Uint8Array(600)), 'truncated'],
    ['a table without a column for it', fileOf('t.csv', 'when,what\n1,2\n'), 'no-text-column'],
    ['another kind of archive', fileOf('a.7z', SEVEN_ZIP, new Uint8Array(600)), 'packed'],
    ['a licence', fileOf('LICENSE.txt', 'You may not'), 'not-tweets'],
    ['Shift JIS', fileOf('t.txt', Uint8Array.from([0x83, 0x65, 0x83, 0x58, 0x81])), 'encoding'],
  ])('%s', async (_, bad, why) => {
    for (const files of [
      [good, bad],
      [bad, good],
    ]) {
      const read = await readTweets(await openArchive(files));
      expect(read.tweets).toHaveLength(100);
      expect(read.damaged).toBe(0);
      // Of a table it says what to ask the user.
      const question = { file: 't.csv', columns: 2, names: ['when', 'what'] };
      const left = { file: bad.name, why, ...(why === 'no-text-column' ? { question } : {}) };
      expect(read.warnings).toEqual([{ kind: 'files-left', files: [left], count: 1 }]);
    }
  });

  it.each([
    ['cut', 'truncated'],
    ['changed', 'damaged'],
  ] as const)('a tar that was %s, whatever its reader says in words', async (how, why) => {
    const bad = await badTar(how);
    const { warnings } = await readTweets(await openArchive([good, bad]));
    expect(warnings).toEqual([{ kind: 'files-left', files: [{ file: bad.name, why }], count: 1 }]);
  });

  it('and what it gave before it turned out to be bad is taken back', async () => {
    const zip = await archiveZip(plainTweets(4000), { parts: 2, isStored: true, username: null });
    const text = new TextDecoder('latin1').decode(zip);
    const end = text.indexOf('number 4000 says');
    zip[end] = 0x4e;
    const read = await readTweets(await openArchive([fileOf('a.zip', zip)]));
    expect(read.tweets.map((tweet) => tweet.text)).toEqual(plainTweets(2000));
    expect(read.warnings).toEqual([
      {
        kind: 'files-left',
        files: [{ file: 'a.zip › data/tweets-part1.js', why: 'damaged' }],
        count: 1,
      },
    ]);
  });

  it('where none gives tweets, the error is what the user can answer or mend', async () => {
    const table = fileOf('t.csv', 'when,what\n1,2\n');
    const photo = fileOf('photo.jpg', '\xff\xd8');
    const none = fileOf('none.json', '[]');
    const cut = fileOf('cut.json', '[{"text": "one');
    expect(await outcome(photo, none, cut, table)).toMatchObject({ code: 'table-column-unknown' });
    expect(await outcome(photo, none, cut)).toMatchObject({ details: { reason: 'not-json' } });
    expect(await outcome(photo, none)).toEqual(noTweets('none.json'));
  });
});

describe('a ZIP', () => {
  it('without tweets', async () => {
    const zip = await zipOf([['holiday/a.jpg', 'x'], ...Object.entries(PRIVATE_ENTRIES)]);
    expect(await outcome(fileOf('a.zip', zip))).toEqual({
      code: 'archive-no-tweets',
      details: { file: 'a.zip', reason: 'no-tweet-file' },
    });
  });

  it('with nothing in it', async () => {
    expect(await outcome(fileOf('a.zip', await zipOf([])))).toMatchObject({
      details: { reason: 'no-tweet-file' },
    });
  });

  it('cut short anywhere', async () => {
    const zip = await archiveZip(plainTweets(100));
    for (const part of [0.001, 0.1, 0.5, 0.9, 0.999]) {
      const cut = zip.slice(0, Math.max(4, Math.floor(zip.length * part)));
      expect(await outcome(fileOf('a.zip', cut))).toEqual(unreadable('a.zip', 'truncated'));
    }
  });

  it('with a wrong byte in its tweets: names the entry', async () => {
    for (const isStored of [true, false]) {
      const zip = await archiveZip(plainTweets(100), { isStored, username: null });
      const middle = zip.length >> 1;
      zip[middle] = (zip[middle] ?? 0) ^ 1;
      expect(await outcome(fileOf('a.zip', zip))).toEqual(
        unreadable('a.zip › data/tweets.js', 'damaged'),
      );
    }
  });

  it('with a wrong byte elsewhere is none of our business', async () => {
    const otherEntries = { 'data/tweets_media/a.mp4': 'y'.repeat(5000) };
    const zip = await archiveZip(plainTweets(100), { otherEntries, isStored: true });
    zip[new TextDecoder('latin1').decode(zip).indexOf('yyyy')] = 0;
    expect(await outcome(fileOf('a.zip', zip))).toEqual({ kept: 100 });
  });

  it('with a password', async () => {
    const zip = await archiveZip(plainTweets(100), { password: 'secret' });
    expect(await outcome(fileOf('a.zip', zip))).toEqual(
      unreadable('a.zip › data/tweets.js', 'encrypted'),
    );
  });

  it('that would unpack to far more than tweets are', async () => {
    const bomb = new Uint8Array(64 * 1024 ** 2).fill(0x20);
    const zip = await zipOf([['data/tweets.js', bomb]]);
    expect(await outcome(fileOf('a.zip', zip))).toEqual(
      unreadable('a.zip › data/tweets.js', 'too-large'),
    );
  });

  it('with paths that lead elsewhere: those are passed over, an absolute one is read', async () => {
    const js = tweetsJs(plainTweets(100));
    for (const path of ['../data/tweets.js', 'data/../../tweets.js', '..\\data\\tweets.js']) {
      expect(await outcome(fileOf('a.zip', await zipOf([[path, js]])))).toMatchObject({
        details: { reason: 'no-tweet-file' },
      });
    }
    for (const path of ['/data/tweets.js', 'C:\\data\\tweets.js', 'DATA/Tweets.JS']) {
      expect(await outcome(fileOf('a.zip', await zipOf([[path, js]])))).toEqual({ kept: 100 });
    }
  });

  it('with a part twice: the last is read, and it is told', async () => {
    const zip = await zipOf([
      ['data/tweets.js', tweetsJs(plainTweets(100))],
      ['data/TWEETS.js', tweetsJs(plainTweets(120))],
    ]);
    const read = await readTweets(await openArchive([fileOf('a.zip', zip)]));
    expect(read.tweets).toHaveLength(120);
    expect(read.warnings).toEqual([{ kind: 'duplicate-part', file: 'a.zip › data/TWEETS.js' }]);
  });

  it('that unpacks to more than it declares', async () => {
    const zip = await archiveZip(plainTweets(5000), { username: null });
    const view = new DataView(zip.buffer);
    const directory = view.getUint32(zip.length - 22 + 16, true);
    expect(view.getUint32(directory, true)).toBe(0x02014b50);
    view.setUint32(directory + 24, 100, true);
    expect(await outcome(fileOf('a.zip', zip))).toEqual(
      unreadable('a.zip › data/tweets.js', 'damaged'),
    );
  });

  it('with faulty JSON: names the entry and the place', async () => {
    const text = tweetsJs(['one', 'two']);
    const zip = await zipOf([['data/tweets.js', text.slice(0, -1)]]);
    const lines = text.split('\n');
    expect(await outcome(fileOf('a.zip', zip))).toEqual(
      unreadable('a.zip › data/tweets.js', 'not-json', lines.length, 1),
    );
  });
});

describe('faulty JSON names the file and the place', () => {
  test.each([
    ['cut short', '[\n  {"text": "one two"},\n  {"text": "thr', 3, 16],
    ['a bracket missing', '[\n  {"tweet": {"text": "one"},\n  {"txet": "two"}\n]', 3, 3],
    ['a closing bracket of the wrong kind', '[\n  {"a": [1, 2},\n  {"text": "two"}\n', 2, 14],
    ['a quote missing', '[\n  {"text": "one},\n  {"txet": "two"}\n]', 2, 18],
    ['words after the array', '["one two three"]\nthat is all', 2, 1],
    ['nothing but damage', '[\n  {"text": oops}\n]', 2, 12],
    ['nested without end', `[\n${'['.repeat(100_000)}`, 2, 129],
  ])('%s', async (_, text, line, column) => {
    expect(await outcome(fileOf('mine.json', text))).toEqual(
      unreadable('mine.json', 'not-json', line, column),
    );
  });

  it('and never quotes what it found', async () => {
    const texts = [`["${PRIVATE_MARKER}", {"a"`, `${PRIVATE_MARKER} [`, `[${PRIVATE_MARKER}]`];
    for (const text of texts) {
      const error = await outcome(fileOf('a.json', text));
      expect(error).toMatchObject({ code: 'archive-unreadable' });
      expect(JSON.stringify(error)).not.toContain(PRIVATE_MARKER);
    }
  });
});

describe('no tweets, or few', () => {
  it('none', async () => {
    for (const text of ['window.YTD.tweets.part0 = [ ]', '[]']) {
      expect(await outcome(fileOf('tweets.js', text))).toEqual({
        code: 'archive-no-tweets',
        details: { file: 'tweets.js', reason: 'no-tweets' },
      });
    }
  });

  it('only some other file of an archive', async () => {
    const text = PRIVATE_ENTRIES['data/like.js'] ?? '';
    expect(await outcome(fileOf('like.js', text))).toEqual({
      code: 'archive-no-tweets',
      details: { file: 'like.js', reason: 'not-needed' },
    });
  });

  it('only retweets, or only short ones: they open, so that the filters can be changed', async () => {
    const retweets = plainTweets(200).map((text) => `RT @someone: ${text}`);
    expect(await outcome(fileOf('tweets.js', tweetsJs(retweets)))).toEqual({ kept: 0 });
    const short = ['RT @someone: hello', '@you thanks!', 'https://t.co/abc'];
    expect(await outcome(fileOf('t.json', jsonArray(short)))).toEqual({ kept: 0 });
  });

  it('a few characters', async () => {
    const texts = ['a b cde 😀', 'RT @someone: hello there you all', 'x'];
    expect(await outcome(fileOf('t.json', jsonArray(texts)))).toEqual({ kept: 1 });
  });
});

describe('one damaged tweet costs that tweet', () => {
  const sound = plainTweets(200);
  const js = tweetsJs(sound);
  const hit = (pattern: RegExp, by: string) => js.replace(pattern, by);

  test.each([
    ['a quote missing', hit(/number 50 says/, 'number 50 "says')],
    ['a bracket missing', hit(/(number 50 [^}]*)\n {4}\}\n/, '$1\n')],
    ['a bracket too many', hit(/(number 50 [^}]*\n {4}\})\n/, '$1}\n')],
    ['a number for its text', hit(/"Tweet number 50 [^"]*"/, '50')],
    ['no text', hit(/"full_text": "Tweet number 50 [^"]*",/, '')],
    ['a line break in its text', hit(/number 50 says/, 'number\n50')],
    [
      'its text nested 100,000 deep',
      hit(/"Tweet number 50 [^"]*"/, `${'['.repeat(1e5)}${']'.repeat(1e5)}`),
    ],
    ['nesting that never ends', hit(/"Tweet number 50 [^"]*"/, '['.repeat(1e5))],
    ['a text of 5 MB', hit(/number 50 says/, 'x'.repeat(5e6))],
  ])('%s', async (_, text) => {
    for (const content of [text, text.replaceAll(/\n */g, ' ')]) {
      const read = await readTweets(await openArchive([fileOf('tweets.js', content)]));
      const others = (one: string) => !/^Tweet (?:number 50 |xxx)/.test(one);
      const texts = read.tweets.map((tweet) => tweet.text).filter(others);
      expect(texts.join('\n') === sound.filter(others).join('\n')).toBe(true);
      expect(read.damaged).toBeLessThanOrEqual(1);
      expect(read.damaged + read.tweets.length).toBeGreaterThanOrEqual(200);
    }
  });

  it('and one with keys such as __proto__ is a tweet like any other', async () => {
    const text = `[{"__proto__": {"text": "no", "polluted": 1}, "constructor": 5, "text": "yes"},
      {"__proto__": {"text": "no"}, "hasOwnProperty": 1}]`;
    const read = await readTweets(await openArchive([fileOf('t.json', text)]));
    expect(read.tweets.map((tweet) => tweet.text)).toEqual(['yes']);
    expect(read.damaged).toBe(1);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('dates of 1997 and numbers for strings cost the date, not the tweet', async () => {
    const text = `[{"text": "a", "created_at": "Sat Nov 08 12:14:18 +0000 1997", "id": 7},
      {"text": "b", "created_at": 17, "lang": 4, "favorite_count": "lots"}]`;
    const read = await readTweets(await openArchive([fileOf('t.json', text)]));
    expect(read.tweets).toMatchObject([
      { text: 'a', createdAt: null, id: '7' },
      { text: 'b', createdAt: null, likes: null, language: null },
    ]);
  });
});

describe('encodings', () => {
  const text = tweetsJs(['naïve café — ok', 'plain']).replaceAll('—', '-');
  const utf16 = (isLittle: boolean, hasMark: boolean) => {
    const whole = hasMark ? `\ufeff${text}` : text;
    const view = new DataView(new ArrayBuffer(whole.length * 2));
    for (let i = 0; i < whole.length; i++) view.setUint16(2 * i, whole.charCodeAt(i), isLittle);
    return new Uint8Array(view.buffer);
  };
  test.each([
    ['UTF-16 LE', utf16(true, true)],
    ['UTF-16 BE', utf16(false, true)],
    ['UTF-16 LE without a mark', utf16(true, false)],
    ['UTF-16 BE without a mark', utf16(false, false)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['Latin-1', Uint8Array.from(text, (char) => char.charCodeAt(0))],
  ])('%s', async (_, bytes) => {
    const read = await readTweets(await openArchive([fileOf('tweets.js', bytes)]));
    expect(read.tweets.map((tweet) => tweet.text)).toEqual(['naïve café - ok', 'plain']);
  });

  it('that can’t be told are refused by name', async () => {
    // Shift JIS, and UTF-32.
    const shiftJis = Uint8Array.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x81, 0x5b, 0x0a]);
    expect(await outcome(fileOf('t.txt', shiftJis))).toEqual(unreadable('t.txt', 'encoding'));
    const utf32 = Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0x62, 0, 0, 0]);
    expect(await outcome(fileOf('t.txt', utf32))).toEqual(unreadable('t.txt', 'encoding'));
  });
});

test('a single line of 1 GB takes the memory of a chunk, and is told', async () => {
  const mega = new Blob(['x'.repeat(1024 ** 2)]);
  const line = Array.from({ length: 1024 }, () => mega);
  const end = ['"},{"text":"after it"}]'];
  const inJson = fileOf('t.json', '[{"text":"before"},{"text":"', ...line, ...end);
  const json = await readTweets(await openArchive([inJson]));
  expect(json.tweets.map((tweet) => tweet.text)).toEqual(['before', 'after it']);
  expect(json.damaged).toBe(1);
  const inText = fileOf('t.txt', 'before\n', ...line.slice(0, 50), '\nafter');
  const text = await readTweets(await openArchive([inText]));
  expect(text.tweets.map((tweet) => tweet.text)).toEqual(['before', 'after']);
  expect(text.damaged).toBe(1);
});

describe('a file that goes away', () => {
  class GoneFile extends File {
    override slice(from = 0, to = this.size): Blob {
      if (to <= 512) return super.slice(from, to);
      throw new DOMException('gone', 'NotReadableError');
    }
    override stream(): ReturnType<File['stream']> {
      return new ReadableStream({
        start: (controller) => controller.error(new DOMException('gone', 'NotReadableError')),
      });
    }
  }

  it('is unreadable', async () => {
    expect(await outcome(new GoneFile([tweetsJs(['a'])], 'tweets.js'))).toEqual(
      unreadable('tweets.js', 'unreadable'),
    );
    expect(await outcome(new GoneFile([await archiveZip(plainTweets(90))], 'a.zip'))).toEqual(
      unreadable('a.zip', 'unreadable'),
    );
  });
});
