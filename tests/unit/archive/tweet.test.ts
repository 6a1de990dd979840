import { describe, expect, it, test } from 'vitest';
import { readElement } from '../../../src/archive/formats/element.ts';
import { parseTime } from '../../../src/archive/formats/time.ts';
import type { RawTweet } from '../../../src/archive/formats/tweet.ts';

/** The tweet that an element is, or null where it is none. */
function parseTweet(value: unknown): RawTweet | null {
  const found: RawTweet[] = [];
  readElement(value, 'tweet', {
    onTweet: ({ tweet }) => found.push(tweet),
    onNote: (note) => found.push(note),
  });
  return found[0] ?? null;
}

const NOV_9 = Date.UTC(2024, 10, 9, 12, 14, 18);

describe('a tweet', () => {
  it('of a modern archive', () => {
    const tweet = {
      edit_info: { edit: { initialTweetId: '17', editControlInitial: { editTweetIds: ['17'] } } },
      favorite_count: '12',
      id_str: '1700000000000000001',
      id: '1700000000000000001',
      in_reply_to_status_id_str: '16',
      in_reply_to_user_id_str: '4',
      in_reply_to_screen_name: 'bird',
      created_at: 'Sat Nov 09 12:14:18 +0000 2024',
      entities: { urls: [{ expanded_url: 'https://twitter.com/bird/status/16' }] },
      full_text: 'salt &amp; pepper',
      lang: 'pt',
    };
    expect(parseTweet({ tweet })).toEqual({
      text: 'salt &amp; pepper',
      isEscaped: true,
      id: '1700000000000000001',
      createdAt: NOV_9,
      account: 0,
      replyToId: '16',
      replyToUserId: '4',
      replyToUser: 'bird',
      isRetweet: false,
      isQuote: true,
      quoteOfId: '16',
      likes: 12,
      language: 'pt',
      editOf: '17',
      kind: 'tweet',
    });
  });

  it('of 2012, with numbers for ids beside the strings, and its retweets marked', () => {
    const tweet = {
      id: Number('1700000000000000001'),
      id_str: '1700000000000000001',
      text: 'RT @a: b',
      created_at: '2017-05-13 00:06:47 +0000',
      retweeted_status: { text: 'b' },
      in_reply_to_user_id: 4,
    };
    expect(parseTweet(tweet)).toMatchObject({
      id: '1700000000000000001',
      isRetweet: true,
      replyToUserId: '4',
      createdAt: Date.UTC(2017, 4, 13, 0, 6, 47),
    });
  });

  it("of the API's version 2, with the whole of a long text", () => {
    const tweet = {
      id: '18',
      edit_history_tweet_ids: ['17', '18'],
      text: 'long …',
      note_tweet: { text: 'long and whole' },
      created_at: '2024-11-09T12:14:18.000Z',
      public_metrics: { like_count: 3 },
      referenced_tweets: [
        { type: 'replied_to', id: '16' },
        { type: 'quoted', id: '15' },
      ],
      in_reply_to_user_id: '4',
      lang: 'qme',
    };
    expect(parseTweet(tweet)).toMatchObject({
      text: 'long and whole',
      createdAt: NOV_9,
      editOf: '17',
      likes: 3,
      replyToId: '16',
      replyToUserId: '4',
      isQuote: true,
      isRetweet: false,
      language: null,
    });
    const retweet = { text: 'RT @a: b', referenced_tweets: [{ type: 'retweeted', id: '1' }] };
    expect(parseTweet(retweet)?.isRetweet).toBe(true);
  });

  it('with nothing but a rounded id has none: it would be that of another', () => {
    expect(parseTweet({ id: 2 ** 60, text: 'a' })?.id).toBeNull();
    expect(parseTweet({ id: 20, text: 'a' })?.id).toBe('20');
  });

  it('whose fields are of the wrong kind keeps its text', () => {
    const wrong = {
      id: { a: 1 },
      created_at: 5,
      favorite_count: 'many',
      lang: ['en'],
      entities: [],
      edit_info: 'x',
      referenced_tweets: [null, 5, { type: '__proto__', id: '1' }],
      in_reply_to_screen_name: [7],
      text: 'still here',
    };
    expect(parseTweet(wrong)).toEqual(parseTweet('still here'));
  });

  test.each([[null], [5], [[]], [{}], [{ text: 5 }], [{ tweet: { text: null } }]])(
    'is not %j',
    (value) => {
      expect(parseTweet(value)).toBeNull();
    },
  );
});

test.each([
  ['Sat Nov 09 12:14:18 +0000 2024', NOV_9],
  ['Sat Nov 09 14:14:18 +0200 2024', NOV_9],
  ['Sat Nov 9 09:44:18 -0230 2024', NOV_9],
  ['2024-11-09 12:14:18 +0000', NOV_9],
  ['2024-11-09T12:14:18Z', NOV_9],
  ['2024-11-09T12:14:18.123456Z', NOV_9 + 123],
  ['2024-11-09T09:44:18-02:30', NOV_9],
  ['2024-11-09 12:14', NOV_9 - 18_000],
  ['Sat Nov 08 12:14:18 +0000 1997', null],
  ['Sat Foo 08 12:14:18 +0000 2024', null],
  ['yesterday', null],
  ['', null],
  [1731154458, NOV_9],
  [1731154458123, NOV_9 + 123],
  [1731154458123456, NOV_9 + 123],
  ['1731154458', NOV_9],
  ['1731154458.5', NOV_9 + 500],
  ['1731154458000', NOV_9],
  [17, null],
  ['2024-11-09', NOV_9 - 44_058_000],
  ['2024/11/09 12:14:18', NOV_9],
  ['2024-11-09 12:14:18 UTC', NOV_9],
  ['Sat, 09 Nov 2024 12:14:18 GMT', NOV_9],
  ['Nov 9, 2024 · 12:14 PM UTC', NOV_9 - 18_000],
  ['May 1, 2023 · 12:05 AM UTC', Date.UTC(2023, 4, 1, 0, 5)],
  ['Sat, Nov 9, 2024', NOV_9 - 44_058_000],
  ['9 November 2024', NOV_9 - 44_058_000],
  ['12:14 PM · Nov 9, 2024', NOV_9 - 18_000],
  ['9/11/2024', null],
  ['09-11-2024 12:14', null],
])('the time %j', (text, time) => {
  expect(parseTime(text)).toBe(time);
});
