/** Posts of Mastodon and its relatives: who could see them, who wrote them, how they read. */

import { describe, expect, it, test } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { htmlToText } from '../../../src/archive/formats/html-text.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { type ReadOptions, readTweets } from '../../../src/archive/read-tweets.ts';
import { HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';
import { fileOf, PRIVATE_MARKER } from '../../fixtures/archives.ts';

const EVERYONE = 'https://www.w3.org/ns/activitystreams#Public';
const ACTOR = 'https://example.social/users/ann';
const FOLLOWERS = `${ACTOR}/followers`;
const PAL = 'https://other.example/users/pal';

function read(items: readonly unknown[], options: ReadOptions = {}) {
  return readOne('outbox.json', { orderedItems: items }, options);
}

async function readOne(name: string, content: unknown, options: ReadOptions = {}) {
  return readTweets(await openArchive([fileOf(name, JSON.stringify(content))]), options);
}

const post = (content: string, more: object = {}) => ({
  type: 'Note',
  id: content,
  content,
  ...more,
});

describe('a post is read only where its audience is certainly public', () => {
  const all = { withCircle: true };
  test.each([
    ['to all', { to: [EVERYONE] }, { to: [EVERYONE], cc: [FOLLOWERS] }, 'tweet'],
    ['unlisted', { to: [FOLLOWERS], cc: [EVERYONE] }, { to: [FOLLOWERS], cc: [EVERYONE] }, 'tweet'],
    ['in short', { to: ['as:Public'] }, { to: 'as:Public' }, 'tweet'],
    ['by the activity alone', { to: [EVERYONE] }, {}, 'tweet'],
    ['by the post alone', {}, { to: [EVERYONE] }, 'tweet'],
    ['to followers', { to: [FOLLOWERS] }, { to: [FOLLOWERS], cc: [PAL] }, 'circle'],
    ['to followers by the activity', { to: [FOLLOWERS] }, { to: [EVERYONE] }, 'circle'],
    ['to followers by the post', { to: [EVERYONE] }, { to: [FOLLOWERS] }, 'circle'],
    ['to one', { to: [PAL] }, { to: [PAL], cc: [] }, null],
    ['to one, as a string', { to: PAL }, { to: PAL }, null],
    ['to one by the activity alone', { to: [PAL] }, {}, null],
    ['to one by the activity, though public', { to: [PAL] }, { to: [EVERYONE] }, null],
    ['to nobody', { to: [], cc: [] }, { to: [], cc: [] }, null],
    ['hidden', { to: [], bto: [PAL] }, {}, null],
    ['without a word on it', {}, {}, null],
    ['with null for it', { to: null, cc: null }, { to: null }, null],
    ['of another public', { to: ['https://evil.example/#Public'] }, {}, null],
  ])('%s', async (_, activity, note, kind) => {
    const item = { type: 'Create', actor: ACTOR, ...activity, object: post('<p>x</p>', note) };
    const { tweets, damaged } = await read([item], all);
    expect(tweets.map((tweet) => tweet.kind)).toEqual(kind === null ? [] : [kind]);
    expect(damaged).toBe(0);
    expect((await read([item])).tweets).toHaveLength(kind === 'tweet' ? 1 : 0);
  });

  it('a post without an activity, by what it says itself', async () => {
    const posts = [
      post('<p>a</p>', { to: EVERYONE }),
      post('<p>b</p>'),
      post('<p>c</p>', { to: [PAL] }),
    ];
    const { tweets, damaged } = await readOne('posts.json', posts);
    expect([tweets.map(({ text }) => text), damaged]).toEqual([['a'], 0]);
  });

  test.each([
    ['public', 'tweet'],
    ['unlisted', 'tweet'],
    ['private', 'circle'],
    ['direct', null],
    ['limited', null],
    ['local', null],
    ['something new', null],
  ])('a status that says “%s”', async (visibility, kind) => {
    const { tweets } = await readOne('s.json', [{ id: '1', content: '<p>x</p>', visibility }], all);
    expect(tweets.map((tweet) => tweet.kind)).toEqual(kind === null ? [] : [kind]);
  });
});

describe('statuses that a tool saved without their visibility', () => {
  const statuses = Array.from({ length: 200 }, (_, i) => ({
    content: `<p>Post number ${i} says quite enough words to be kept by the recipe</p>`,
    created_at: '2023-01-01T10:00:00.000Z',
    url: `https://mastodon.example/@bird/${i}`,
    favourites_count: 3,
  }));

  it('are read, and none is learnt until the user has said that they are public', async () => {
    const found = await readOne('toots.json', statuses);
    expect(found.accounts.map(({ label }) => label)).toEqual(['@bird@mastodon.example']);
    expect(found.tweets[7]).toMatchObject({ id: statuses[7]?.url, likes: 3 });
    const asTheyAre = await buildDataset(found);
    expect(asTheyAre.counts).toMatchObject({ read: 200, kept: 0, damaged: 0 });
    expect(asTheyAre.counts.reasons).toEqual({ audience: 200 });
    const options = { ...HUGGINGTWEETS, unknownAudience: 'keep' as const };
    expect((await buildDataset(found, { options })).counts.kept).toBe(200);
  });
});

describe('what is no post is passed over, and not damaged', () => {
  const theirs = post(`<p>${PRIVATE_MARKER}</p>`, { attributedTo: PAL, to: [EVERYONE] });
  test.each([
    ['a boost with the post in it', { type: 'Announce', object: theirs, to: [EVERYONE] }],
    ['an edit', { type: 'Update', object: theirs, to: [EVERYONE] }],
    ['a new profile', { type: 'Update', object: { type: 'Person' } }],
    ['a deletion', { type: 'Delete', object: 'https://example.social/1' }],
    ['a like', { type: 'Like', object: 'https://example.social/1' }],
    ['a follow', { type: 'Follow', object: PAL }],
    ['one that is unheard of', { type: 'EmojiReact', object: PAL, content: PRIVATE_MARKER }],
    ['what is undone', { type: 'Undo', object: { type: 'Follow', object: PAL } }],
    ['a chat', { type: 'Create', object: { ...theirs, type: 'ChatMessage' }, to: [EVERYONE] }],
  ])('%s', async (_, activity) => {
    const found = await read([{ actor: ACTOR, ...activity }]);
    expect(found).toMatchObject({ tweets: [], damaged: 0 });
  });

  it('a boost by its address alone is a retweet', async () => {
    const { tweets } = await read([{ type: 'Announce', actor: ACTOR, object: 'https://c.d/1' }]);
    expect(tweets).toMatchObject([{ text: 'https://c.d/1', isRetweet: true }]);
  });
});

describe('the file itself says whose posts they are', () => {
  const number = 'https://mastodon.example/ap/users/116000000000000001';
  const create = (actor: string, content: string, url: string | null) => ({
    type: 'Create',
    actor,
    to: [EVERYONE],
    object: post(content, { url }),
  });
  const boost = { type: 'Announce', actor: number, object: 'https://c.d/1' };
  const named = create(number, '<p>a</p>', 'https://mastodon.example/@bird/1');
  const unnamed = create(number, '<p>b</p>', null);

  test.each([
    ['a name in the actor’s address', [create(ACTOR, '<p>a</p>', null)], '@ann@example.social'],
    ['a number, named by the post’s address', [named], '@bird@mastodon.example'],
    ['a number, named later', [boost, unnamed, named], '@bird@mastodon.example'],
    ['a number, named before', [named, unnamed, boost], '@bird@mastodon.example'],
    ['a number and no name', [unnamed], `account ${number}`],
  ])('%s', async (_, items, label) => {
    const { accounts, tweets } = await read(items);
    expect(accounts.map((account) => account.label)).toEqual([label]);
    expect(tweets).toHaveLength(items.length);
  });

  it('a status names its account with its server', async () => {
    const account = {
      id: '5',
      acct: 'bird',
      display_name: 'B',
      url: 'https://example.social/@bird',
    };
    const status = { id: '1', content: '<p>x</p>', visibility: 'public', account };
    const { accounts } = await readOne('s.json', [status]);
    expect(accounts).toMatchObject([{ username: 'bird@example.social', displayName: 'B' }]);
  });
});

test.each([
  ['pt-BR', 'pt'],
  ['en_GB', 'en'],
  ['zh-Hant-TW', 'zh-Hant'],
  ['es-419', 'es'],
  ['de', 'de'],
  ['und', null],
  ['klingon', null],
])('a language such as %s counts as %s', async (code, language) => {
  const object = post('<p>x</p>', { contentMap: { [code]: '<p>x</p>' } });
  const { tweets } = await read([{ type: 'Create', actor: ACTOR, to: [EVERYONE], object }]);
  expect(tweets.map((tweet) => tweet.language)).toEqual([language]);
});

describe('HTML becomes text as a browser shows it', () => {
  test.each([
    ['<p>one</p><p>two</p>', 'one\n\ntwo'],
    ['<p>one</p>\n  <p>two</p>', 'one\n\ntwo'],
    ['<p>one<br>two<br/>three<br />\nfour</p>', 'one\ntwo\nthree\nfour'],
    ['a list:<ul><li>one</li><li>two</li></ul>after', 'a list:\none\ntwo\nafter'],
    ['<ol><li>one<ul><li>two</li></ul></li><li>three</li></ol>', 'one\ntwo\nthree'],
    ['<p>a</p><blockquote>quoted</blockquote><p>b</p>', 'a\n\nquoted\n\nb'],
    ['<div>a<div>b</div></div>c', 'a\nb\nc'],
    ['<h1>a</h1>b<hr>c', 'a\nb\nc'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a\tb\nc'],
    ['<pre>a  b\n  c</pre>d   e', 'a  b\n  c\nd e'],
    ['<p>  a \n <b> b </b>  c </p>', 'a b c'],
    ['<b>a</b><i>b</i> <u>c</u>', 'ab c'],
    ['&amp;lt; &lt;b&gt; &#39;&#x1F426;&#39; &eacute; &rarr; &nbsp;x', "&lt; <b> '🐦' é → \u00a0x"],
    ['I <3 you & me, 1 < 2', 'I <3 you & me, 1 < 2'],
    ['a<script>x()</script><style>y</style><!-- z -->b', 'ab'],
    ['a <span hidden>x</span><span style="display: none">y</span>b', 'a b'],
    ['<p>unclosed <b>tag<p>next', 'unclosed tag\n\nnext'],
    ['a</p></div>b', 'a\n\nb'],
    ['<img class="emoji" alt="🐦" src="x"> <img alt="a photo">', '🐦'],
    [
      '<a href="x"><span class="invisible">https://</span><span class="ellipsis">a.b/c</span><span class="invisible">/d</span></a>',
      'https://a.b/c/d',
    ],
    ['<p class="quote-inline">RE: <a href="x">https://a.b/1</a></p><p>mine</p>', 'mine'],
    ['', ''],
  ])('%j', (html, text) => expect(htmlToText(html)).toBe(text));

  it('in time that grows with its length, however it nests', () => {
    const start = process.cpuUsage();
    for (const piece of ['<p>a', '<b>', '</p>', '<br>', 'a<', '&amp;', '<div><span>x</div>']) {
      htmlToText(piece.repeat(20_000));
    }
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(5_000);
  });
});
