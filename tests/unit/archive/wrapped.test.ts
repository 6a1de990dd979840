/** Tweets that lie under keys nobody knows beforehand, in recorded traffic, and dates as spreadsheets write them. */

import { describe, expect, it, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { fileOf } from '../../fixtures/archives.ts';

const TIME = 'Sat Nov 09 12:14:18 +0000 2024';

function tweets(count: number, from = 0): { id: string; created_at: string; text: string }[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${1_000_000_000_000 + from + i}`,
    created_at: TIME,
    text: `Number ${from + i} says something`,
  }));
}

const textsIn = async (name: string, content: unknown) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const read = await readTweets(await openArchive([fileOf(name, text)]));
  expect(read.damaged).toBe(0);
  return read.tweets.map((tweet) => tweet.text);
};
const all = (count: number) => tweets(count).map(({ text }) => text);

describe('tweets under any key are read for what they are', () => {
  test.each([
    ['a column’s name', { user: tweets(3) }],
    ['somebody’s name', { somebody: tweets(3) }],
    ['the name for texts', { text: tweets(3) }],
    ['several keys', { '2023': tweets(2), '2024': tweets(1, 2) }],
    ['keys in keys', { meta: { count: 3 }, data: { list: { rows: tweets(3) } } }],
    ['elements of an array', [{ by: 'bird', mine: tweets(3) }]],
    ['a long object', { version: 1, somebody: tweets(12_000) }],
    ['texts alone', { mytweets: all(3) }],
    ['texts alone, many of them', { version: 1, data: { all_posts: all(12_000) } }],
    ['texts by their ids', Object.fromEntries(tweets(3).map(({ id, text }) => [id, text]))],
  ])('%s', async (_, content) => {
    const texts = await textsIn('mine.json', content);
    expect(texts).toEqual(all(texts.length > 3 ? 12_000 : 3));
    expect(await textsIn('mine.json', JSON.stringify(content, null, 2))).toEqual(texts);
  });

  test.each([
    ['ids', { all_posts: ['1000000000001', '1000000000002'] }],
    ['links', { tweets_by: ['https://example.org/1', 'https://example.org/2'] }],
    ['texts of something else', { hints: all(3) }],
    ['texts of others', { liked_posts: all(3) }],
  ])('lists of %s hold none', async (_, content) => {
    const opened = await openArchive([fileOf('mine.json', JSON.stringify(content))]);
    await expect(readTweets(opened)).rejects.toMatchObject({
      data: { code: 'archive-no-tweets' },
    });
  });

  test.each([3, 2_000, 12_000])('a damaged one of %i costs only itself', async (count) => {
    const where = `${Math.floor(count / 2)} says`;
    for (const indent of [0, 2]) {
      const json = JSON.stringify({ version: 1, somebody: tweets(count) }, null, indent);
      const text = json.replace(where, `\u0001${where}`);
      const read = await readTweets(await openArchive([fileOf('mine.json', text)]));
      expect(read.damaged).toBe(1);
      const sound = all(count).filter((each) => !each.includes(where));
      expect(read.tweets.map((tweet) => tweet.text)).toEqual(sound);
    }
  });

  describe.each([3, 4_000, 12_000])('but not where %i lie in', (count) => {
    const others = ['likes', 'bookmarks', 'messages', 'chats', 'mentions', 'drafts', 'dms'];
    test.each(others)('%s', async (key) => {
      const list = tweets(count, 100);
      for (const content of [{ [key]: list }, { [key]: { rows: list } }]) {
        const opened = await openArchive([fileOf('mine.json', JSON.stringify(content))]);
        await expect(readTweets(opened)).rejects.toMatchObject({
          data: { code: 'archive-no-tweets' },
        });
        expect(await textsIn('mine.json', { tweets: tweets(3), ...content })).toEqual(all(3));
      }
    });

    test.each(['likes', 'bookmarks', 'mentions', 'drafts', 'includes', 'conversations'])(
      'lists of %s, even under a known key',
      async (key) => {
        const content = { tweets: tweets(3), [key]: { data: tweets(count, 100) } };
        expect(await textsIn('mine.json', content)).toEqual(all(3));
      },
    );
  });
});

describe('traffic that a browser recorded', () => {
  const timeline = {
    data: {
      user: {
        result: {
          timeline: {
            instructions: [
              {
                entries: tweets(3).map(({ id, text }) => ({
                  content: {
                    itemContent: {
                      tweet_results: {
                        result: { __typename: 'Tweet', rest_id: id, legacy: { full_text: text } },
                      },
                    },
                  },
                })),
              },
            ],
          },
        },
      },
    },
  };
  const entry = (path: string, answer: unknown, encoding?: 'base64') => {
    const json = JSON.stringify(answer);
    const text = encoding === undefined ? json : Buffer.from(json).toString('base64');
    const request = {
      url: `https://x.com/${path}`,
      headers: [{ name: 'cookie', value: 'secret' }],
    };
    return { request, response: { content: { text, encoding } } };
  };
  const har = (...entries: readonly unknown[]) => ({ log: { version: '1.2', entries } });

  it('gives the account’s posts, encoded or not, and nothing else', async () => {
    const posts = entry('i/api/graphql/a1/UserTweets?variables=1', timeline);
    const encoded = entry('i/api/graphql/a1/UserTweetsAndReplies', timeline, 'base64');
    const likes = entry('i/api/graphql/a1/Likes', timeline);
    const inbox = entry('i/api/1.1/dm/inbox.json', { tweets: tweets(3) });
    const broken = { ...posts, response: { content: { text: '{"data":' } } };
    expect(await textsIn('x.har', har(inbox, posts, likes, broken))).toEqual(all(3));
    expect(await textsIn('x.har', har(inbox, encoded))).toEqual(all(3));
    expect(await textsIn('x.har', har(inbox, likes))).toEqual([]);
    const page = entry('home', `<html>${' '.repeat(2e6)}`);
    expect(await textsIn('x.har', har(page, posts))).toEqual(all(3));
  });
});

describe('dates whose day and month may be either', () => {
  const timesIn = async (dates: readonly string[], header = 'date,text') => {
    const rows = dates.map((date, index) => `${date},number ${index} says something`);
    const file = fileOf('mine.csv', [header, ...rows].join('\n'));
    const read = await readTweets(await openArchive([file]));
    expect(read.tweets.map(({ text }) => text)).toEqual(
      dates.map((_, index) => `number ${index} says something`),
    );
    return read.tweets.map(({ createdAt }) =>
      createdAt === null ? null : new Date(createdAt).toISOString().slice(0, 16),
    );
  };

  it('are read as the whole column needs it', async () => {
    expect(await timesIn(['9/11/2024', '9/13/2024', '1/2/24 2:03 PM'])).toEqual([
      '2024-09-11T00:00',
      '2024-09-13T00:00',
      '2024-01-02T14:03',
    ]);
    expect(await timesIn(['11.9.2024 14:03', '2024-09-12', '13.9.2024'])).toEqual([
      '2024-09-11T14:03',
      '2024-09-12T00:00',
      '2024-09-13T00:00',
    ]);
    expect(await timesIn(['11-09-2024,14:03', '30-09-2024,15:04'], 'date,time,text')).toEqual([
      '2024-09-11T14:03',
      '2024-09-30T15:04',
    ]);
  });

  it('are unknown where the column doesn’t tell, or tells both', async () => {
    expect(await timesIn(['9/11/2024', '9/12/2024'])).toEqual([null, null]);
    expect(await timesIn(['9/13/2024', '13/9/2024', '1/2/2024'])).toEqual([null, null, null]);
  });
});

describe('what tools and spreadsheets of other languages write', () => {
  test.each([
    ['id;fecha;texto', '13/9/2024'],
    ['id;Zeit;Tweet-Text', '2024-09-13'],
    ['id;日時;ツイート本文', '2024/9/13'],
    ['id;heure;Texte du Tweet', '2024-09-13'],
  ])('columns %s', async (header, date) => {
    const read = await readTweets(
      await openArchive([fileOf('mine.csv', `${header}\n1000001;${date};algo que decir\n`)]),
    );
    expect(read.tweets).toMatchObject([
      { text: 'algo que decir', createdAt: Date.UTC(2024, 8, 13), id: '1000001' },
    ]);
  });

  test.each([
    ['texto;Es retweet', 'VERDADERO', 'FALSO'],
    ['texto;É retweet', 'VERDADEIRO', 'FALSO'],
    ['texte;Est un retweet', 'VRAI', 'FAUX'],
    ['testo;È un retweet', 'VERO', 'FALSO'],
    ['Inhalt;ist_Retweet', 'WAHR', 'FALSCH'],
    ['本文;リツイートか', 'はい', 'いいえ'],
    ['推文;是否转推', '是', '否'],
    ['트윗;리트윗 여부', 'TRUE', 'FALSE'],
    ['Текст;Это ретвит', 'ИСТИНА', 'ЛОЖЬ'],
    ['texto;es_retweet', '1', '0'],
  ])('a column %s tells retweets', async (header, yes, no) => {
    const rows = [`algo que decir;${yes}`, `algo más que decir;${no}`];
    const read = await readTweets(
      await openArchive([fileOf('mine.csv', [header, ...rows].join('\n'))]),
    );
    expect(read.tweets.map(({ isRetweet }) => isRetweet)).toEqual([true, false]);
  });

  it('entities of every kind are decoded once', async () => {
    const rows = ['1000001,it&#8217;s &#x1F600; &amp; &hellip;', '1000002,I wrote &amp;nbsp; here'];
    const read = await readTweets(
      await openArchive([fileOf('mine.csv', ['id,text', ...rows].join('\n'))]),
    );
    expect(read.tweets.map(({ text, isEscaped }) => [text, isEscaped])).toEqual([
      ['it’s 😀 & …', false],
      ['I wrote &amp;nbsp; here', true],
    ]);
  });
});
