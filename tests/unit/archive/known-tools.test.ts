/** Files as known tools write them, each with the traits that it differs from others by. */

import { describe, expect, it, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { type ReadTweets, readTweets } from '../../../src/archive/read-tweets.ts';
import { fileOf, PRIVATE_MARKER } from '../../fixtures/archives.ts';

const MAY_1 = Date.UTC(2023, 4, 1, 10);

async function read(content: unknown, name = 'mine.json'): Promise<ReadTweets> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readTweets(await openArchive([fileOf(name, text)]));
}

async function textsIn(content: unknown, name?: string): Promise<readonly string[]> {
  const { tweets, damaged } = await read(content, name);
  expect(damaged).toBe(0);
  return tweets.map(({ text }) => text);
}

async function retweetsIn(content: unknown, name?: string): Promise<readonly boolean[]> {
  return (await read(content, name)).tweets.map(({ isRetweet }) => isRetweet);
}

describe('an archive that the Community Archive put into one file', () => {
  const tweet = (id: string, full_text: string, second: number) => ({
    tweet: { id_str: id, full_text, created_at: `Mon May 01 10:00:0${second} +0000 2023` },
  });
  const whole = `kettle ${'and steam '.repeat(40)}to its end`;
  const archive = {
    'upload-options': { uploadLikes: true },
    profile: [{ profile: { description: { bio: PRIVATE_MARKER } } }],
    account: [{ account: { username: 'made_bird', accountId: '5', accountDisplayName: 'Made' } }],
    like: [{ like: { tweetId: '1', fullText: PRIVATE_MARKER } }],
    tweets: [tweet('1', 'first', 1), tweet('2', `${whole.slice(0, 270)}… https://t.co/q`, 2)],
    'note-tweet': [
      {
        noteTweet: {
          noteTweetId: '9',
          createdAt: '2023-05-01T10:00:02.000Z',
          core: { text: whole },
        },
      },
    ],
    'community-tweet': [tweet('3', 'in a community', 3)],
    follower: [{ follower: { accountId: '1' } }],
  };

  test.each([
    ['as it comes', archive],
    ['the other way round', Object.fromEntries(Object.entries(archive).reverse())],
    [
      'with more likes than are parsed at once',
      { ...archive, like: Array(9_000).fill(archive.like[0]) },
    ],
  ])('%s', async (_, content) => {
    const result = await read(content);
    expect(new Set(result.tweets.map(({ text, kind }) => `${kind}: ${text}`))).toEqual(
      new Set(['tweet: first', `note: ${whole}`, 'community: in a community']),
    );
    expect(result.accounts).toMatchObject([{ username: 'made_bird', displayName: 'Made' }]);
    expect(result).toMatchObject({ damaged: 0, warnings: [] });
    expect(JSON.stringify(result)).not.toContain(PRIVATE_MARKER);
  });
});

describe('retweets and quotes are recognized by any spelling of their flags', () => {
  const own = { id: '5', text: 'my own words' };
  test.each([
    [{ isRetweet: true }],
    [{ is_retweet: 'True' }],
    [{ 'is-retweet': 't' }],
    [{ 'Is Retweet': 1 }],
    [{ retweet: true }],
    [{ retweet: { id: '9', text: 'theirs' } }],
    [{ retweeted_tweet: { id: '9' } }],
    [{ retweetedTweet: { id: '9' } }],
    [{ retweeted_status_id: '9' }],
    [{ retweeted_status: '17' }],
    [{ retweeted_status_result: { result: {} } }],
    [{ referenced_tweets: [{ type: 'retweeted', id: '9' }] }],
    [{ type: 'retweet' }],
    [{ user_rt: 'made_bird', retweet: 'False' }],
  ])('%j is a retweet', async (flag) => {
    expect(await retweetsIn([own, { ...own, id: '6', ...flag }])).toEqual([false, true]);
  });

  test.each([
    [{ isRetweet: false }],
    [{ is_retweet: 'False' }],
    [{ retweet: 'f' }],
    [{ retweet: 12 }],
    [{ retweet: '12' }],
    [{ retweets: 3, retweet_count: 1 }],
    [{ retweetedTweet: null }],
    [{ retweeted_status_id: 'nan' }],
    [{ retweeted_status_id: '' }],
    [{ retweeted_status: {} }],
    // What the person who asked the API has done with it.
    [{ retweeted: true, favorited: true }],
  ])('%j is none', async (flag) => {
    expect(await retweetsIn([{ ...own, ...flag }])).toEqual([false]);
  });

  it('in a table too', async () => {
    const csv =
      'id,text,retweet,is_retweet,Quoted Status Id\n1,theirs,True,,\n2,theirs too,,true,\n3,mine,False,false,\n4,I quote,,,12\n5,mine as well,0,0,nan\n';
    const { tweets } = await read(csv, 'flags.csv');
    expect(tweets.map(({ isRetweet }) => isRetweet)).toEqual([true, true, false, false, false]);
    expect(tweets.map(({ isQuote }) => isQuote)).toEqual([false, false, false, true, false]);
  });

  it('and without one, `RT @name` is a retweet only where the colon follows', async () => {
    const tweets = [
      { text: 'RT @bird words', retweeted_status_id: '7' },
      { text: 'RT @bird words' },
    ];
    expect(await retweetsIn(tweets)).toEqual([true, false]);
  });
});

describe('Nitter', () => {
  const tweet = (text: string, username: string, isRetweet: boolean) => ({
    link: `https://nitter.example/${username}/status/12${text.length}#m`,
    text,
    user: { name: 'Somebody', username: `@${username}` },
    date: 'May 1, 2023 · 10:00 AM UTC',
    'is-retweet': isRetweet,
    'quoted-post': {},
    stats: { comments: 0, likes: 3 },
  });

  it('has ids in its links, threads in lists, and the author of what was retweeted', async () => {
    const { tweets, accounts } = await read({
      tweets: [tweet('theirs', 'pal', true), tweet('mine', 'made_bird', false)],
      threads: [[tweet('a thread', 'made_bird', false), tweet('goes on so', 'made_bird', false)]],
    });
    expect(tweets.map(({ text, id, isRetweet }) => [text, id, isRetweet])).toEqual([
      ['theirs', '126', true],
      ['mine', '124', false],
      ['a thread', '128', false],
      ['goes on so', '1210', false],
    ]);
    expect(tweets[0]).toMatchObject({ createdAt: MAY_1, likes: 3, isQuote: false });
    expect(accounts.map(({ label }) => label)).toEqual(['@made_bird']);
  });
});

describe('tools that read X’s page', () => {
  it('snscrape and twscrape', async () => {
    const line = {
      _type: 'snscrape.modules.twitter.Tweet',
      url: 'https://twitter.com/made_bird/status/1600000000000000000',
      date: '2023-05-01T10:00:00+00:00',
      rawContent: 'a raw one & more',
      renderedContent: 'a rendered one',
      id: 1600000000000000000,
      user: { username: 'made_bird', id: 5, displayname: 'Made' },
      likeCount: 4,
      lang: 'en',
      inReplyToTweetId: 12345,
      inReplyToUser: { username: 'pal' },
      quotedTweet: { rawContent: 'theirs', id: 7 },
      retweetedTweet: null,
    };
    const { tweets, accounts } = await read(`${JSON.stringify(line)}\n`, 'mine.jsonl');
    expect(tweets).toMatchObject([
      {
        text: 'a raw one & more',
        id: '1600000000000000000',
        createdAt: MAY_1,
        likes: 4,
        language: 'en',
        replyToId: '12345',
        replyToUser: 'pal',
        isQuote: true,
        isRetweet: false,
        isEscaped: false,
      },
    ]);
    expect(accounts).toMatchObject([{ username: 'made_bird', displayName: 'Made' }]);
  });

  it('twint, as a table of tabs', async () => {
    const csv =
      'id\tconversation_id\tcreated_at\tdate\ttime\ttimezone\tuser_id\tusername\tname\ttweet\tlanguage\tlikes_count\tretweet\tquote_url\treply_to\n' +
      '17\t17\t2023-05-01 10:00:00 UTC\t2023-05-01\t10:00:00\t+0000\t5\tmade_bird\tMade\tsalt & pepper\ten\t3\tFalse\t\t[]\n';
    const { tweets, accounts } = await read(csv, 'twint.csv');
    expect(tweets).toMatchObject([
      {
        text: 'salt & pepper',
        id: '17',
        createdAt: MAY_1,
        likes: 3,
        isRetweet: false,
        isQuote: false,
      },
    ]);
    expect(tweets[0]).toMatchObject({ replyToUser: null, isEscaped: false, language: 'en' });
    expect(accounts.map(({ label }) => label)).toEqual(['@made_bird']);
  });

  it('a date and a time of day in two columns', async () => {
    const { tweets } = await read('date,time,text\n2023-05-01,10:00,hello there\n', 't.csv');
    expect(tweets[0]?.createdAt).toBe(MAY_1);
  });
});

describe('answers of X’s GraphQL that an extension saved', () => {
  const user = (screen_name: string) => ({
    user_results: { result: { rest_id: '5', legacy: { screen_name, name: 'Made' } } },
  });
  const result = (id: string, full_text: string, more = {}) => ({
    __typename: 'Tweet',
    rest_id: id,
    core: user('made_bird'),
    legacy: { full_text, id_str: id, created_at: 'Mon May 01 10:00:00 +0000 2023', ...more },
  });
  const entry = (tweet: unknown, more = {}) => ({
    content: { itemContent: { tweet_results: { result: tweet }, ...more } },
  });
  const quoted = { quoted_status_result: { result: result('90', PRIVATE_MARKER) } };
  const long = {
    ...result('3', 'the start…'),
    note_tweet: { note_tweet_results: { result: { text: 'the start and the end' } } },
  };
  const entries = [
    entry(result('1', 'salt &amp; pepper')),
    entry({ ...result('2', 'I quote', { is_quote_status: true }), ...quoted }),
    entry(long),
    entry({ __typename: 'TweetWithVisibilityResults', tweet: result('4', 'seen by some') }),
    entry(
      result('5', 'RT @pal: cut…', {
        retweeted_status_result: { result: result('91', PRIVATE_MARKER) },
      }),
    ),
    entry(result('92', PRIVATE_MARKER), { promotedMetadata: {} }),
    entry({ __typename: 'TweetTombstone' }),
  ];
  const page = {
    data: { user: { result: { timeline_v2: { timeline: { instructions: [{ entries }] } } } } },
  };
  const texts = [
    'salt &amp; pepper',
    'I quote',
    'the start and the end',
    'seen by some',
    'RT @pal: cut…',
  ];
  const many = { ...page, padding: Array.from({ length: 90_000 }, (_, i) => `filler ${i}`) };

  test.each([
    ['one', page, texts],
    ['several in a list', [page, page], texts],
    ['one a line', `${JSON.stringify(page)}\n${JSON.stringify(page)}\n`, texts],
    ['one that is too long to be parsed whole', many, texts],
    ['the tweets alone', [result('1', 'one'), result('2', 'two')], ['one', 'two']],
    ['one tweet', { data: { tweetResult: { result: result('1', 'one') } } }, ['one']],
  ])('%s', async (_, content, expected) => {
    const found = await read(content);
    expect(found.tweets.map(({ text }) => text)).toEqual(expected);
    expect(found.accounts.map(({ label }) => label)).toEqual(['@made_bird']);
    expect(found.damaged).toBe(0);
    expect(JSON.stringify(found)).not.toContain(PRIVATE_MARKER);
  });
});

describe('pages of version 2 of the API', () => {
  const page = (id: string, text: string) => ({
    data: [{ id, text, author_id: '5' }],
    includes: {
      users: [{ id: '5', username: 'made_bird', name: 'Made' }],
      tweets: [{ id: '90', text: PRIVATE_MARKER }],
    },
    meta: { result_count: 1 },
  });
  const pages = [page('1', 'one'), page('2', 'two')];
  test.each([
    ['in a list', JSON.stringify(pages)],
    ['one a line', pages.map((each) => JSON.stringify(each)).join('\n')],
    ['one behind the other', pages.map((each) => JSON.stringify(each)).join('')],
    [
      'one behind the other, indented',
      pages.map((each) => JSON.stringify(each, null, 2)).join('\n'),
    ],
  ])('%s', async (_, text) => {
    const found = await read(text);
    expect(found.tweets.map((tweet) => tweet.text)).toEqual(['one', 'two']);
    expect(found.accounts.map(({ label }) => label)).toEqual(['@made_bird']);
    expect(JSON.stringify(found)).not.toContain(PRIVATE_MARKER);
  });
});

describe('tables that pandas writes as JSON', () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => ({
    id: `${10_000_000_000 + i}`,
    rawContent: `row ${i} of it`,
    date: MAY_1 + i,
  }));
  const byRow = (list: readonly object[]) =>
    Object.fromEntries(list.map((row, i) => [`${i}`, row]));
  const columns = (list: typeof rows) => ({
    id: Object.fromEntries(list.map(({ id }, i) => [i, id])),
    rawContent: Object.fromEntries(list.map(({ rawContent }, i) => [i, rawContent])),
    date: Object.fromEntries(list.map(({ date }, i) => [i, date])),
  });
  const split = (list: typeof rows) => ({
    columns: ['id', 'rawContent', 'date'],
    index: list.map((_, i) => i),
    data: list.map((row) => Object.values(row)),
  });
  const shapes = { columns, split, index: byRow, records: (list: typeof rows) => list };

  test.each(
    Object.entries(shapes).flatMap(([name, write]) =>
      [3, rows.length].map((count) => [name, count, write] as const),
    ),
  )('by %s, %i rows', async (_, count, write) => {
    const { tweets, damaged } = await read(write(rows.slice(0, count)));
    expect(damaged).toBe(0);
    expect(tweets).toHaveLength(count);
    expect(
      tweets.map(({ id, text, createdAt }) => ({ id, rawContent: text, date: createdAt })),
    ).toEqual(rows.slice(0, count));
  });

  it('a tweet under each id, in an object of its own', async () => {
    const { tweets } = await read({ tweets: { '1700000000000000001': { full_text: 'a b c' } } });
    expect(tweets).toMatchObject([{ id: '1700000000000000001', text: 'a b c' }]);
  });

  it('a tweet under each id', async () => {
    const { tweets } = await read({
      '1700000000000000001': { text: 'a b c' },
      '1700000000000000002': { text: 'd' },
    });
    expect(tweets.map(({ id, text }) => [id, text])).toEqual([
      ['1700000000000000001', 'a b c'],
      ['1700000000000000002', 'd'],
    ]);
  });
});

describe('what Meta exports', () => {
  // Every byte of the UTF-8 as a character of its own.
  const mangled = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));
  const text = 'naïve café 🐦 “yes”';
  const media = (title: string) => ({ uri: 'a.jpg', creation_timestamp: MAY_1 / 1000, title });

  test.each([
    ['Instagram', [{ media: [media(mangled(text))] }]],
    [
      'Instagram, several pictures',
      [{ media: [media(''), media('')], title: mangled(text), creation_timestamp: MAY_1 / 1000 }],
    ],
    ['Threads', { text_post_app_text_posts: [{ media: [media(mangled(text))] }] }],
    [
      'Facebook',
      [
        {
          timestamp: MAY_1 / 1000,
          data: [{ post: mangled(text) }, { update_timestamp: 5 }],
          title: 'Made Up updated his status.',
        },
      ],
    ],
  ])('%s', async (_, content) => {
    const { tweets } = await read(content);
    expect(tweets).toMatchObject([{ text, createdAt: MAY_1, isEscaped: false }]);
  });

  it('a picture alone is short, and a text in Latin-1 is no UTF-8', async () => {
    expect(await textsIn([{ media: [media('')] }, { media: [media('café')] }])).toEqual([
      '',
      'café',
    ]);
  });
});

describe('private messages are never read', () => {
  test.each([
    [
      'Instagram’s',
      { participants: [{ name: 'a' }], messages: [{ sender_name: 'a', content: PRIVATE_MARKER }] },
    ],
    ['a list of them', [{ sender_name: 'a', timestamp_ms: 1, content: PRIVATE_MARKER }]],
    [
      'an archive’s',
      [{ dmConversation: { messages: [{ messageCreate: { text: PRIVATE_MARKER } }] } }],
    ],
    [
      'an archive’s, one by one',
      [{ messageCreate: { text: PRIVATE_MARKER }, text: PRIVATE_MARKER }],
    ],
    [
      'the API’s',
      { data: [{ event_type: 'MessageCreate', dm_conversation_id: '1', text: PRIVATE_MARKER }] },
    ],
    ['Slack’s', [{ type: 'message', user: 'U1', text: PRIVATE_MARKER, ts: '1700000000.1' }]],
    ['likes', [{ like: { tweetId: '1', fullText: PRIVATE_MARKER } }]],
  ])('%s', async (_, content) => {
    const result = await read(content);
    expect(result.tweets).toEqual([]);
    expect(result.damaged).toBe(0);
  });

  it('in a table too', async () => {
    const csv = `id,sender_id,recipient_id,text\n1,2,3,${PRIVATE_MARKER}\n`;
    expect((await read(csv, 't.csv')).tweets).toEqual([]);
  });

  it('nor is what a column says is not public', async () => {
    const csv =
      'id,content,visibility\n1,public one,public\n2,unlisted one,unlisted\n3,to followers,private\n4,to you,direct\n5,to some,specified\n';
    expect(await textsIn(csv, 'toots.csv')).toEqual(['public one', 'unlisted one']);
  });
});

describe('a table', () => {
  test.each([
    ['sep=;\nid;date;text\n1;2023-05-01;"a; b"\n', ['a; b']],
    ['"sep=,"\r\nid,text\r\n1,a b\r\n', ['a b']],
    ['Tweets of @made_bird\n\nid,date,text\n1,2023-05-01,"a, b"\n', ['a, b']],
    ['Export,,\nmade on 1 May,,\nid,date,text\n1,2023-05-01,"a\nb"\n', ['a\nb']],
    ['id,text\n1,a\nid,text\n2,b\n', ['a', 'b']],
    ['id,text\n1,\n2,"  "\n3,a\n', ['', '  ', 'a']],
    ['id,created_at,text\n1,2023-05-01\n2,2023-05-01,a\n', ['', 'a']],
    ['Post id,Date,Post text,Likes\n1,"Mon, May 1, 2023",hello,3\n', ['hello']],
    [
      '"Tweet id","Tweet permalink","Tweet text","time"\n"1","x","hi","2023-05-01 10:00 +0000"\n',
      ['hi'],
    ],
    ['Tweet Content,x\n"it is, said",1\n', ['it is, said']],
  ])('%j', async (csv, texts) => {
    expect(await textsIn(csv, 'mine.csv')).toEqual(texts);
  });

  it('of X’s own analytics has days for times', async () => {
    const csv =
      'Post id,Date,Post text,Post Link,Likes\n17,"Mon, May 1, 2023",hello,https://x.com/a/status/17,"1,234"\n';
    expect((await read(csv, 'account_analytics.csv')).tweets).toMatchObject([
      { id: '17', createdAt: Date.UTC(2023, 4, 1), likes: 1234 },
    ]);
  });

  it('of Excel’s “Unicode text” is recognized by its content', async () => {
    const text = '\ufeffid\ttext\r\n1\tnaïve, café\r\n2\t"a ""b"""\r\n';
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), true);
    const { tweets } = await readTweets(await openArchive([fileOf('mine.txt', bytes)]));
    expect(tweets.map((tweet) => tweet.text)).toEqual(['naïve, café', 'a "b"']);
  });

  it('has ids as spreadsheets, R and pandas leave them; rounded ones are none', async () => {
    const csv =
      'id,text\n"=""17""",a\n\'18,b\nx19,c\n20.0,d\n1.7E+18,e\n1700000000000000000.0,f\nnan,g\n';
    const { tweets } = await read(csv, 't.csv');
    expect(tweets.map(({ id }) => id)).toEqual(['17', '18', '19', '20', null, null, null]);
  });
});

describe('whether a text is HTML is recognized by its content', () => {
  it('HTML in a table becomes text', async () => {
    const csv =
      'id,content\n1,"<p>one, &amp; two<br>three</p><ul><li>four</li></ul>"\n2,<p>five</p>\n3,\n';
    expect(await textsIn(csv, 'truths.csv')).toEqual(['one, & two\nthree\n\nfour', 'five', '']);
  });

  it('of a file whose texts are HTML without paragraphs, too', async () => {
    const lines = ['one<br/>two', '<a href="x">@<span>pal</span></a> three', 'four &amp; five'];
    expect(await textsIn(lines.map((content) => ({ content })))).toEqual([
      'one\ntwo',
      '@pal three',
      'four & five',
    ]);
  });

  it('and a sign of HTML in a plain text stays', async () => {
    const lines = ['use <br> for a line', 'a < b & c > d', 'no tag at all', 'none here'];
    expect(await textsIn(lines)).toEqual(lines);
  });

  test.each([
    [['salt &amp; pepper', 'a &lt; b'], true],
    [['salt & pepper', 'AT&T', 'write &amp; for it'], false],
    [['I <3 you', 'nothing'], false],
    [['nothing to tell by'], true],
  ])('%j are escaped: %s', async (texts, isEscaped) => {
    const { tweets } = await read(texts.map((text) => ({ text })));
    expect(tweets.map((tweet) => tweet.isEscaped)).toEqual(texts.map(() => isEscaped));
  });
});

describe('a text file', () => {
  test.each([
    [
      'lines',
      'one\ntwo\nthree\nfour\nfive\nsix\n\nseven\neight\nnine\nten\neleven\ntwelve\n',
      'one two three four five six seven eight nine ten eleven twelve'.split(' '),
    ],
    ['lines with a blank one between all', 'one\n\ntwo\n\nthree\n', ['one', 'two', 'three']],
    ['blocks between blank lines', 'a\nb\n\nc\n\nd\ne\nf\n', ['a\nb', 'c', 'd\ne\nf']],
    ['blocks of Windows', 'a\r\nb\r\n\r\nc\r\n', ['a\nb', 'c']],
    ['blocks between dashes', 'a\n\nb\n---\nc\n---\n', ['a\n\nb', 'c']],
    [
      'what gpt-2-simple wants',
      '<|startoftext|>a b<|endoftext|>\n<|startoftext|>c\nd<|endoftext|>\n',
      ['a b', 'c\nd'],
    ],
    ['what huggingtweets makes', '<|endoftext|>a b<|endoftext|>c\nd<|endoftext|>', ['a b', 'c\nd']],
    ['without a mark at its end', 'a b<|endoftext|>c', ['a b', 'c']],
  ])('%s', async (_, text, expected) => {
    expect(await textsIn(text, 'mine.txt')).toEqual(expected);
  });

  it('whose only mark is in a tweet is one of lines', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `tweet ${i} of it`);
    lines[7] = 'I say <|endoftext|> a lot';
    expect(await textsIn(lines.join('\n'), 'mine.txt')).toEqual(lines);
  });

  it('of marks is read in pieces, however long its lines', async () => {
    const texts = Array.from({ length: 9_000 }, (_, i) => `tweet ${i} of it`);
    expect(await textsIn(texts.join('<|endoftext|>'), 'mine.txt')).toEqual(texts);
  });
});

it('a tweet that is there twice counts once, in a bare file too', async () => {
  const csv = 'id,text\n1,one\n2,two\n1,one\n1,one other\n';
  const { tweets, warnings } = await read(csv, 't.csv');
  expect(tweets.map(({ text }) => text)).toEqual(['one', 'two', 'one other']);
  expect(warnings).toEqual([{ kind: 'repeated-tweets', count: 1 }]);
});
