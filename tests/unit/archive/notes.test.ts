/** Long tweets, of which an archive has the start among its tweets and the whole elsewhere. */

import { describe, expect, it, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { accountJs, fileOf, textsOf, tweetsJs, zipOf } from '../../fixtures/archives.ts';

async function read(files: readonly File[]) {
  const result = await readTweets(await openArchive(files));
  return { ...result, texts: textsOf(result) };
}

async function readZip(entries: Readonly<Record<string, string>>) {
  return read([fileOf('a.zip', await zipOf(Object.entries(entries)))]);
}

function js(name: string, ...elements: readonly unknown[]): string {
  return `window.YTD.${name}.part0 = ${JSON.stringify(elements, null, 2)}`;
}

describe('a long tweet', () => {
  const at = (seconds: number) =>
    `Sat Nov 09 12:14:${String(10 + seconds).padStart(2, '0')} +0000 2024`;
  const tweet = (text: string, seconds: number) => ({
    tweet: { id: `${100 + seconds}`, full_text: text, created_at: at(seconds) },
  });
  const note = (text: string, seconds: number) => ({
    noteTweet: {
      noteTweetId: '7',
      createdAt: `2024-11-09T12:14:${10 + seconds}.000Z`,
      core: { text },
    },
  });

  it('is made whole by its note, told from its neighbours in a thread by how it begins', async () => {
    const result = await readZip({
      'data/tweets.js': js(
        'tweets',
        tweet('First of a thread, cut after &lt;this… https://t.co/abc', 0),
        tweet('@bird @tree Second of it https://t.co/xyz goes on…', 1),
        tweet('Third of it, short', 2),
      ),
      'data/note-tweet.js': js(
        'note_tweet',
        note('Second of it https://t.co/other goes on & on', 2),
        note('First of a thread, cut after <this word and many more', 0),
        note('A note whose tweet is not there', 0),
      ),
    });
    expect(
      result.tweets.map(({ text, kind, isEscaped, id }) => [text, kind, isEscaped, id]),
    ).toEqual([
      ['First of a thread, cut after <this word and many more', 'note', false, '100'],
      ['@bird @tree Second of it https://t.co/other goes on & on', 'note', false, '101'],
      ['Third of it, short', 'tweet', true, '102'],
      ['A note whose tweet is not there', 'note', false, '7'],
    ]);
  });
});

describe('a long tweet in two archives of one account', () => {
  const whole = `A long one ${'on and on '.repeat(40)}to its end`;
  const cut = [`${whole.slice(0, 270)}…`];
  const noteJs = js('note_tweet', {
    noteTweet: { noteTweetId: '7', createdAt: '2024-11-09T12:14:18.000Z', core: { text: whole } },
  });
  const archive = async (texts: readonly string[], notes: Readonly<Record<string, string>>) => {
    const entries = {
      'data/account.js': accountJs('ann', 'Ann'),
      'data/tweets.js': tweetsJs(texts),
      ...notes,
    };
    return fileOf('a.zip', await zipOf(Object.entries(entries)));
  };
  const withNote = { 'data/note-tweet.js': noteJs };

  test.each([
    ['its note in both', withNote, withNote],
    ['its note in the first', withNote, {}],
    ['its note in the second', {}, withNote],
  ])('is there once and whole, %s', async (_, first, second) => {
    const later = 'one that only the later archive has';
    const files = [await archive(cut, first), await archive([...cut, later], second)];
    expect((await read(files)).texts).toEqual([whole, later]);
  });

  it('without the tweet in either, is read once', async () => {
    const files = [await archive(['x'], withNote), await archive(['x'], withNote)];
    expect((await read(files)).texts).toEqual(['x', whole]);
  });
});
