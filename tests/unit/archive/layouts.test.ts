/** What lies beside the tweets in an archive, and what of it counts. */

import { describe, expect, it, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { archiveFile, isOfUse, mayHoldArchiveFiles } from '../../../src/domain/archive-files.ts';
import type { ImportOptions } from '../../../src/protocol/datasets.ts';
import {
  accountJs,
  fileOf,
  makeFiles,
  PRIVATE_ENTRIES,
  PRIVATE_MARKER,
  plainTweets,
  textsOf,
  tweetsJs,
  WatchedFile,
  zipOf,
} from '../../fixtures/archives.ts';
import { MADE_FORMATS, manifestFile } from '../../fixtures/made-formats.ts';
import { madeTweets } from '../../fixtures/made-tweets.ts';

async function read(files: readonly File[], options: ImportOptions = {}) {
  const result = await readTweets(await openArchive(files, options), options);
  return { ...result, texts: textsOf(result) };
}

async function readZip(entries: Readonly<Record<string, string>>, options?: ImportOptions) {
  return read([fileOf('a.zip', await zipOf(Object.entries(entries)))], options);
}

function js(name: string, ...elements: readonly unknown[]): string {
  return `window.YTD.${name}.part0 = ${JSON.stringify(elements, null, 2)}`;
}

function manifest(counts: Readonly<Record<string, number>>): string {
  return [...manifestFile(counts).content()].join('');
}

describe('the archive’s own list of contents', () => {
  const tweets = plainTweets(6);
  const parts = {
    'data/tweets.js': tweetsJs(tweets.slice(0, 3)),
    'data/tweets-part1.js': tweetsJs(tweets.slice(3), { part: 1 }),
  };

  it('names a part that is missing', async () => {
    const counts = { 'data/tweets.js': 3, 'data/tweets-part1.js': 3, 'data/tweets-part2.js': 44 };
    const result = await readZip({ ...parts, 'data/manifest.js': manifest(counts) });
    expect(result.texts).toEqual(tweets);
    expect(result.warnings).toEqual([
      { kind: 'missing-part', file: 'a.zip › data/tweets-part2.js', expected: 44 },
    ]);
  });

  it('tells a part that holds less than it should', async () => {
    const counts = { 'data/tweets.js': 3, 'data/tweets-part1.js': 5 };
    const result = await readZip({ ...parts, 'data/manifest.js': manifest(counts) });
    expect(result.warnings).toEqual([
      { kind: 'count-mismatch', file: 'a.zip › data/tweets-part1.js', expected: 5, found: 3 },
    ]);
  });

  it('is checked in an archive of 2012 too', async () => {
    const { files } = await makeFiles(MADE_FORMATS['ZIP of 2012'], [...madeTweets(400)]);
    expect((await read(files)).warnings).toEqual([]);
    const index = `var tweet_index = [{"file_name": "data/js/tweets/2012_02.js", "tweet_count": 9}]`;
    const result = await readZip({
      'data/js/tweet_index.js': index,
      'data/js/tweets/2012_01.js': 'Grailbird.data.tweets_2012_01 = \n [{"text": "a b c"}]',
    });
    expect(result.warnings).toEqual([
      { kind: 'missing-part', file: 'a.zip › data/js/tweets/2012_02.js', expected: 9 },
    ]);
  });

  it('is missed by nobody: a gap in the numbers shows', async () => {
    const result = await readZip({ 'data/tweets-part2.js': tweetsJs(tweets, { part: 2 }) });
    expect(result.warnings.map((warning) => 'file' in warning && warning.file)).toEqual([
      'a.zip › data/tweets.js',
      'a.zip › data/tweets-part1.js',
    ]);
  });

  it.each([
    'nonsense',
    'window.__THAR_CONFIG = {"dataTypes": {"tweets": {"files": [7]}}}',
    '[[',
    '',
  ])('that makes no sense is left aside: %j', async (text) => {
    const result = await readZip({ ...parts, 'data/manifest.js': text });
    expect(result).toMatchObject({ texts: tweets, warnings: [] });
  });
});

describe('tweets for fewer eyes', () => {
  const entries = {
    'data/tweets.js': tweetsJs(['public']),
    'data/community-tweet.js': js('community_tweet', {
      tweet: { id: '5', full_text: 'community' },
    }),
    'data/twitter-circle-tweet.js': js('twitter_circle_tweet', {
      tweet: { id: '6', full_text: 'circle' },
    }),
    'data/deleted-tweets.js': js('deleted_tweets', { tweet: { id: '7', full_text: 'deleted' } }),
  };
  test.each([
    [{}, ['public', 'community']],
    [{ withCircle: true }, ['public', 'community', 'circle']],
    [{ withDeleted: true }, ['public', 'community', 'deleted']],
  ])('with %j', async (options, kinds) => {
    const { tweets } = await readZip(entries, options);
    expect(tweets.map(({ kind }) => kind.replace('tweet', 'public'))).toEqual(kinds);
  });
});

describe('only what is needed is read', () => {
  it('of names: whatever may hold private things is none of it', () => {
    const names =
      'direct-messages direct-messages-group contact ip-audit ad-engagements like follower personalization phone-number email-address-change device-token block';
    for (const name of names.split(' ')) {
      expect(archiveFile(`data/${name}.js`), name).toBeNull();
      expect(isOfUse(`twitter/data/${name}.js`), name).toBe(false);
    }
    expect(mayHoldArchiveFiles('twitter/data/direct_messages_media')).toBe(false);
    expect(mayHoldArchiveFiles('twitter/data')).toBe(true);
    expect(isOfUse('Downloads/x/twitter/data/tweets-part3.js')).toBe(true);
  });

  it('of an archive: username, display name and picture, never the e-mail address', async () => {
    const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const zip = await zipOf([
      ['data/account.js', accountJs('bird_1', 'Bird')],
      [
        'data/profile.js',
        js('profile', {
          profile: {
            description: { bio: PRIVATE_MARKER },
            avatarMediaUrl: 'https://pbs.twimg.com/profile_images/9/me.jpg',
          },
        }),
      ],
      ['data/profile_media/9-me.jpg', picture],
      ['data/tweets.js', tweetsJs(['a b c'])],
    ]);
    const result = await read([fileOf('a.zip', zip)]);
    expect(result.accounts).toMatchObject([
      { username: 'bird_1', displayName: 'Bird', label: '@bird_1' },
    ]);
    expect(JSON.stringify(result)).not.toContain(PRIVATE_MARKER);
    const avatar = result.accounts[0]?.avatar;
    expect(avatar?.type).toBe('image/jpeg');
    expect(new Uint8Array((await avatar?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(picture);
  });

  it('of a folder: the files not needed are not even looked at', async () => {
    const { files, paths } = await makeFiles(MADE_FORMATS['a folder'], [...madeTweets(9)], 2);
    const others = Object.entries(PRIVATE_ENTRIES).map(([path, text]) => ({
      path: `twitter-2024/${path}`,
      file: new WatchedFile([text], path.split('/').at(-1) ?? ''),
    }));
    const result = await read([...others.map(({ file }) => file), ...files], {
      paths: [...others.map(({ path }) => path), ...paths],
    });
    expect(result.texts).toHaveLength(9);
    expect(result.files).toEqual(['twitter-2024']);
    for (const { path, file } of others) expect(file.reads, path).toEqual([]);
  });
});

describe('accounts', () => {
  const zipOfAccount = async (name: string, texts: readonly string[], first = 0) =>
    fileOf(
      `${name}.zip`,
      await zipOf([
        ['data/account.js', accountJs(name, name)],
        ['data/tweets.js', tweetsJs(texts, { first })],
      ]),
    );

  it('are told apart over several archives', async () => {
    const result = await read([
      await zipOfAccount('ann', ['a1']),
      await zipOfAccount('bob', ['b1']),
    ]);
    expect(result.accounts.map(({ label }) => label)).toEqual(['@ann', '@bob']);
    expect(result.tweets.map(({ account }) => account)).toEqual([0, 1]);
  });

  it('are the same over two archives of one: what comes twice is read once', async () => {
    const old = await zipOfAccount('Ann', ['a1', 'a2']);
    const result = await read([old, await zipOfAccount('ann', ['a1', 'a2', 'a3'])]);
    expect(result.accounts).toHaveLength(1);
    expect(result.texts).toEqual(['a1', 'a2', 'a3']);
    expect(result.warnings).toEqual([{ kind: 'repeated-tweets', count: 2 }]);
  });

  it('are named by the tweets themselves, from the API', async () => {
    const by = (screen_name: string) => ({ text: `by ${screen_name}`, user: { screen_name } });
    const result = await read([
      fileOf('mine.json', JSON.stringify([by('ann'), by('bob'), by('ann')])),
    ]);
    expect(result.accounts.map(({ username }) => username)).toEqual(['ann', 'bob']);
    expect(result.tweets.map(({ account }) => account)).toEqual([0, 1, 0]);
  });

  it('or beside them, also where an answer of the API holds one alone', async () => {
    const users = [{ id: '7', username: 'ann' }];
    const answer = { data: { id: '1', text: 'by ann', author_id: '7' }, includes: { users } };
    const one = await read([fileOf('one.json', JSON.stringify(answer))]);
    expect([one.texts, one.accounts.map(({ username }) => username)]).toEqual([
      ['by ann'],
      ['ann'],
    ]);
    const lines = fileOf('lines.jsonl', `${JSON.stringify(answer)}\n{"data": {"none": 1}}\n`);
    expect(await read([lines])).toMatchObject({ texts: ['by ann'], damaged: 1 });
  });

  test.each([
    [['@ann.json'], ['@ann']],
    [
      ['ann_tweets.json', 'bob.json'],
      ['@ann', 'bob'],
    ],
    [['ann.json'], ['ann.json']],
    [['2019.json', '2020.json'], ['2019.json, 2020.json']],
  ])('or by the names of files: %j', async (fileNames, labels) => {
    const files = fileNames.map((name) => fileOf(name, JSON.stringify([`of ${name}`])));
    expect((await read(files)).accounts.map(({ label }) => label)).toEqual(labels);
  });

  it('of many people are a collection', async () => {
    const many = Array.from({ length: 300 }, (_, i) => ({
      text: 'x',
      user: { screen_name: `u${i}` },
    }));
    const { accounts } = await read([fileOf('search.json', JSON.stringify(many))]);
    expect(accounts.length).toBeLessThan(60);
  });
});

describe('a table', () => {
  it('of the old archive has ragged rows, and text over several lines', async () => {
    const csv =
      '"tweet_id","in_reply_to_status_id","timestamp","text","retweeted_status_id","expanded_urls"\n' +
      '"11","","2012-01-05 10:00:00 +0000","one, ""two""\nthree"\n"12","9","2012-01-06 10:00:00 +0000","RT @a: b","8","http://x"\n';
    const { tweets } = await read([fileOf('tweets.csv', csv)]);
    expect(tweets).toMatchObject([
      { id: '11', text: 'one, "two"\nthree', replyToId: null, isRetweet: false },
      { id: '12', text: 'RT @a: b', replyToId: '9', isRetweet: true },
    ]);
  });

  it.each([
    ['semicolons', 'id;tweet\n1;"a; b"\n'],
    ['tabs', 'ID\tText\n1\ta; b\n'],
    ['a byte order mark', '\ufefftext,id\na; b,1\n'],
  ])('with %s', async (_, csv) => {
    expect((await read([fileOf('t.csv', csv)])).texts).toEqual(['a; b']);
  });

  it('of one column needs no name for it', async () => {
    const { texts } = await read([fileOf('t.csv', 'hello, you\nand you\n"and, well\nme"\n')]);
    expect(texts).toEqual(['hello, you', 'and you', 'and, well\nme']);
  });

  it('without a column of that name asks which it is, and takes the answer', async () => {
    const file = fileOf('mine.csv', 'when,what\n2024-01-01,hello there you\n');
    await expect(read([file])).rejects.toMatchObject({
      data: {
        code: 'table-column-unknown',
        details: { file: 'mine.csv', columns: 2, names: ['when', 'what'] },
      },
    });
    const answered = await read([file], { textColumns: { 'mine.csv': 1 } });
    expect(answered.texts).toEqual(['hello there you']);
  });

  it('without names says so, and nothing of what it holds', async () => {
    const file = fileOf('mine.csv', `1,${PRIVATE_MARKER} is what I tweeted today\n2,and more\n`);
    await expect(read([file])).rejects.toMatchObject({
      data: { details: { columns: 2, names: null } },
    });
  });

  it('with a quote that is never closed costs what is in it', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},"this is tweet ${i} in full"\n`);
    rows[20] = '20,"never closed\n';
    const { texts, damaged } = await read([fileOf('t.csv', 'id,text\n', ...rows)]);
    expect(texts.length + damaged).toBeGreaterThan(10);
  });
});

describe('elsewhere than on Twitter', () => {
  const actor = 'https://example.social/users/ann';
  const note = (content: string, to: readonly string[]) => ({
    type: 'Create',
    actor,
    object: { type: 'Note', id: 'n', published: '2024-11-09T12:14:18Z', content, to },
  });
  const everyone = 'https://www.w3.org/ns/activitystreams#Public';
  const outbox = JSON.stringify({
    orderedItems: [
      note(
        '<p>Hello <a href="https://a.b"><span class="invisible">https://</span>a.b</a> &amp; &lt;b&gt;</p><p>bye<br>now</p><script>x()</script>',
        [everyone],
      ),
      note('<p>for followers</p>', ['https://example.social/users/ann/followers']),
      note(`<p>${PRIVATE_MARKER}</p>`, ['https://example.social/users/bob']),
      { type: 'Announce', actor, object: 'https://c.d/1', published: '2024-11-09T12:14:18Z' },
    ],
  });

  it('Mastodon’s HTML becomes text, boosts are marked, direct messages are left out', async () => {
    const { tweets, damaged, accounts } = await read([fileOf('outbox.json', outbox)]);
    expect(tweets.map(({ text, isRetweet }) => [text, isRetweet])).toEqual([
      ['Hello https://a.b & <b>\n\nbye\nnow', false],
      ['https://c.d/1', true],
    ]);
    expect(damaged).toBe(0);
    expect(accounts.map(({ label }) => label)).toEqual(['@ann@example.social']);
    expect((await read([fileOf('outbox.json', outbox)], { withCircle: true })).tweets).toHaveLength(
      3,
    );
  });

  it('Bluesky’s reposts are marked, and counted with who reposted', async () => {
    const post = (handle: string, text: string) => ({
      author: { did: `did:plc:${handle}`, handle },
      uri: `at://did:plc:${handle}/app.bsky.feed.post/1`,
      record: { $type: 'app.bsky.feed.post', text },
    });
    const by = { did: 'did:plc:ann.social', handle: 'ann.social' };
    const feed = [
      { post: post('ann.social', 'hers') },
      {
        post: post('bob.social', 'his'),
        reason: { $type: 'app.bsky.feed.defs#reasonRepost', by },
      },
    ];
    const { tweets, accounts } = await read([fileOf('b.json', JSON.stringify({ feed }))]);
    expect(tweets.map(({ text, isRetweet }) => [text, isRetweet])).toEqual([
      ['hers', false],
      ['his', true],
    ]);
    expect(accounts.map(({ label }) => label)).toEqual(['@ann.social']);
  });

  it('Bluesky’s records are posts, likes are passed over', async () => {
    const records = [
      {
        uri: 'at://did:plc:x/app.bsky.feed.post/1',
        value: { $type: 'app.bsky.feed.post', text: 'hi &amp;' },
      },
      { uri: 'at://did:plc:x/app.bsky.feed.like/1', value: { $type: 'app.bsky.feed.like' } },
      { $type: 'app.bsky.feed.post', text: 'bare' },
    ];
    const { tweets, damaged } = await read([fileOf('b.json', JSON.stringify({ records }))]);
    expect(tweets.map(({ text, isEscaped }) => [text, isEscaped])).toEqual([
      ['hi &amp;', false],
      ['bare', false],
    ]);
    expect(damaged).toBe(0);
  });
});
