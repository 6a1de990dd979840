/** The stages of cleaning: what each drops, and what holds of all of them together. */

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isShort } from '../../../src/archive/cleaning/clean-text.ts';
import { countWords } from '../../../src/archive/cleaning/words.ts';
import { figuresOf, groupByAccount } from '../../../src/archive/cleaning/dataset.ts';
import {
  applyCleaning,
  type Overrides,
  reasonOf,
  TWEET_STAGES,
} from '../../../src/archive/cleaning/pipeline.ts';
import type { RawTweet } from '../../../src/archive/formats/tweet.ts';
import { buildTweetTable } from '../../../src/archive/cleaning/tweet-table.ts';
import { type CleaningOptions, HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';

const seed = 20261122;
const LONG = 'says quite enough to be kept';

function tweet(text: string, fields: Partial<RawTweet> = {}): RawTweet {
  return {
    text,
    isEscaped: true,
    id: null,
    createdAt: null,
    account: 0,
    replyToId: null,
    replyToUserId: null,
    replyToUser: null,
    isRetweet: false,
    isQuote: false,
    likes: null,
    language: null,
    editOf: null,
    quoteOfId: null,
    kind: 'tweet',
    ...fields,
  };
}

const account = (name: string) => ({
  username: name,
  displayName: null,
  label: `@${name}`,
  avatar: null,
});

async function clean(
  tweets: readonly RawTweet[],
  options: Partial<CleaningOptions> = {},
  overrides?: Overrides,
) {
  const table = await buildTweetTable(tweets, [account('me'), account('you')]);
  const cleaned = applyCleaning(table, { ...HUGGINGTWEETS, ...options }, overrides);
  return {
    table,
    cleaned,
    reasons: Array.from(cleaned.verdicts, reasonOf),
    documents: cleaned.documents.map(({ text }) => text),
  };
}

describe('each stage drops its own, and only when asked to', () => {
  const day = Date.UTC(2020, 5, 1);
  const cases: readonly [string, RawTweet, Partial<CleaningOptions>, string | null][] = [
    ['a post of unknown audience', tweet(LONG, { kind: 'unmarked' }), {}, 'audience'],
    ['one that is public', tweet(LONG, { kind: 'unmarked' }), { unknownAudience: 'keep' }, null],
    ['a retweet', tweet(`RT @a: ${LONG}`), {}, 'retweet'],
    ['a retweet the file tells of', tweet(LONG, { isRetweet: true }), {}, 'retweet'],
    ['a retweet that is asked for', tweet(`RT @a: ${LONG}`), { retweets: 'keep' }, null],
    ['a reply', tweet(LONG, { replyToUserId: '5' }), { replies: 'drop' }, 'reply'],
    ['a reply told by its text alone', tweet(`@a ${LONG}`), { replies: 'drop' }, 'reply'],
    ['a reply to oneself', tweet(LONG, { replyToUser: 'Me' }), { replies: 'drop' }, null],
    ['a quote', tweet(LONG, { isQuote: true }), { quotes: 'drop' }, 'quote'],
    ['one too early', tweet(LONG, { createdAt: day }), { fromMs: day + 1 }, 'date'],
    ['one too late', tweet(LONG, { createdAt: day }), { untilMs: day - 1 }, 'date'],
    ['one in time', tweet(LONG, { createdAt: day }), { fromMs: day, untilMs: day }, null],
    ['one without a date', tweet(LONG), { fromMs: day }, null],
    ['another language', tweet(LONG, { language: 'de' }), { languages: ['en'] }, 'language'],
    ['no language', tweet(LONG), { languages: ['en'] }, 'language'],
    ['no language, asked for', tweet(LONG), { languages: ['en', 'und'] }, null],
    ['few likes', tweet(LONG, { likes: 2 }), { minimumLikes: 3 }, 'likes'],
    ['enough likes', tweet(LONG, { likes: 3 }), { minimumLikes: 3 }, null],
    ['a link', tweet(`${LONG} https://t.co/x`), { links: 'drop' }, 'link'],
    ['a hashtag', tweet(`${LONG} #moon`), { hashtags: 'drop' }, 'hashtag'],
    ['a number is no hashtag', tweet(`${LONG} #1`), { hashtags: 'drop' }, null],
    ['a word', tweet(`${LONG}, Printer!`), { exclude: 'tea, printer' }, 'excluded'],
    [
      'emoji only',
      tweet('😀 👩‍👩‍👧‍👦 🇩🇪 👋🏽 1️⃣'.replace('1️⃣', '❤️')),
      { emojiOnly: 'drop' },
      'emoji',
    ],
    ['digits are no emoji', tweet('1 2 3'), { emojiOnly: 'drop' }, null],
    ['too few words', tweet('one two three four'), { minimumWords: 5 }, 'short'],
    ['words enough', tweet('one two'), { minimumWords: 2 }, null],
    ['nothing but a link', tweet('https://t.co/x'), { minimumWords: 0 }, 'short'],
    ['words of mentions', tweet('@a @b one two'), { mentions: 'strip' }, 'short'],
  ];
  test.each(cases)('%s', async (_, one, options, expected) => {
    expect((await clean([one], options)).reasons).toEqual([expected]);
  });

  it('the same words again, of one account: the first stays', async () => {
    const tweets = [tweet(LONG), tweet(`${LONG} https://t.co/x`), tweet(LONG, { account: 1 })];
    expect((await clean(tweets, { duplicates: 'drop' })).reasons).toEqual([
      null,
      'duplicate',
      null,
    ]);
    expect((await clean(tweets)).reasons).toEqual([null, null, null]);
  });

  it('earlier versions of an edited tweet, in whatever order they come', async () => {
    const versions = [
      tweet(`2 ${LONG}`, { id: '12', editOf: '10' }),
      tweet(`3 ${LONG}`, { id: '13', editOf: '10' }),
      tweet(`1 ${LONG}`, { id: '10' }),
      tweet(`other ${LONG}`, { id: '9' }),
    ];
    expect((await clean(versions, { edits: 'drop' })).reasons).toEqual([
      'edited',
      null,
      'edited',
      null,
    ]);
  });
});

describe('threads joined', () => {
  const thread = [
    tweet('and so on', { id: '3', replyToId: '2', createdAt: 3 }),
    tweet(`@else ${LONG}`, { id: '7', replyToId: '6', replyToUserId: '99' }),
    tweet(`it begins &amp; ${LONG}`, { id: '1', createdAt: 1 }),
    tweet('goes on', { id: '2', replyToId: '1', replyToUserId: '50', createdAt: 2 }),
    tweet(`to me, later, ${LONG}`, { id: '8', replyToId: '4', replyToUserId: '50' }),
  ];

  it('are one text in the order of time, short parts and all', async () => {
    const { documents, reasons } = await clean(thread, { threads: 'join' });
    expect(documents).toEqual([
      `it begins & ${LONG} goes on and so on`,
      `@else ${LONG}`,
      `to me, later, ${LONG}`,
    ]);
    expect(reasons).toEqual([null, null, null, null, null]);
  });

  it('apart, each part stands for itself', async () => {
    expect((await clean(thread)).reasons).toEqual([null, null, null, 'short', null]);
  });

  it('keep new lines between parts where new lines are kept', async () => {
    const { documents } = await clean(thread, { threads: 'join', newLines: 'keep' });
    expect(documents[0]).toBe(`it begins & ${LONG}\ngoes on\nand so on`);
  });

  it('are kept where replies to other people are left out', async () => {
    const { reasons } = await clean(thread, { replies: 'drop' });
    expect(reasons).toEqual([null, 'reply', null, 'short', null]);
  });

  it('that run in a circle end', async () => {
    const circle = [
      tweet(LONG, { id: '1', replyToId: '2' }),
      tweet(LONG, { id: '2', replyToId: '1' }),
      tweet(LONG, { id: '3', replyToId: '3' }),
    ];
    expect((await clean(circle, { threads: 'join' })).reasons).toEqual([null, null, null]);
  });
});

describe('how tweets read', () => {
  test.each<[string, Partial<CleaningOptions>, string]>([
    ['@a @b hello @c you there', {}, '@a @b hello @c you there'],
    ['@a @b hello @c you there', { mentions: 'strip-leading' }, 'hello @c you there'],
    ['@a @b hello @c you there', { mentions: 'strip' }, 'hello you there'],
    [
      'mail me@example.org about this now',
      { mentions: 'strip' },
      'mail me@example.org about this now',
    ],
    ['the #moon is up tonight #1 again', { hashtags: 'strip' }, 'the is up tonight #1 again'],
    ['one two\nthree  four', { newLines: 'keep' }, 'one two\nthree four'],
    [
      'one two\nthree @a #b',
      { newLines: 'keep', mentions: 'strip', hashtags: 'strip' },
      'one two\nthree',
    ],
    ['cafe\u0301 and then some', {}, 'cafe\u0301 and then some'],
    ['a &amp;lt; b is written so', {}, 'a &lt; b is written so'],
    ['said &quot;so&quot; to me', {}, 'said "so" to me'],
  ])('%j with %j is %j', async (text, options, expected) => {
    expect((await clean([tweet(text)], options)).documents).toEqual([expected]);
  });

  it('what is no HTML keeps its ampersands', async () => {
    const { documents } = await clean([
      tweet('write &amp; for an ampersand', { isEscaped: false }),
    ]);
    expect(documents).toEqual(['write &amp; for an ampersand']);
  });
});

describe('by hand', () => {
  it('outdoes every option, but can’t keep what says nothing', async () => {
    const tweets = [
      tweet(LONG),
      tweet('hi'),
      tweet('RT @a: ha'),
      tweet('https://t.co/x'),
      tweet(LONG),
    ];
    const overrides = new Map([
      [0, 'drop'],
      [1, 'keep'],
      [2, 'keep'],
      [3, 'keep'],
      [99, 'drop'],
    ] as const);
    const { reasons } = await clean(tweets, { duplicates: 'drop' }, overrides);
    expect(reasons).toEqual(['by-hand', null, null, 'short', null]);
  });
});

/* ------------------------------------------------------------- of any tweets at all */

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          'RT @a:',
          '@me',
          '#tag',
          'https://t.co/Ab1',
          'word',
          'other',
          '&amp;',
          '&lt;',
          '😀',
          '\n',
        ],
        ...['<|endof', 'text|>', '<|endoftext|>', '\ud83d', 'e\u0301'],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(' ')),
);
const anyId = fc.option(fc.integer({ min: 1, max: 30 }).map(String));
const anyTweet: fc.Arbitrary<RawTweet> = fc.record({
  text: anyText,
  isEscaped: fc.boolean(),
  id: anyId,
  createdAt: fc.option(fc.integer({ min: 1, max: 1000 })),
  account: fc.nat(1),
  replyToId: anyId,
  replyToUserId: fc.option(fc.constantFrom('1', '2')),
  replyToUser: fc.option(fc.constantFrom('me', 'you', 'else')),
  isRetweet: fc.boolean(),
  isQuote: fc.boolean(),
  likes: fc.option(fc.nat(5)),
  language: fc.option(fc.constantFrom('en', 'de')),
  editOf: anyId,
  quoteOfId: anyId,
  kind: fc.constant('tweet' as const),
});
const keepOrDrop = fc.constantFrom('keep', 'drop');
const anyOptions: fc.Arbitrary<CleaningOptions> = fc.record({
  retweets: keepOrDrop,
  replies: keepOrDrop,
  quotes: keepOrDrop,
  threads: fc.constantFrom('apart', 'join'),
  links: fc.constantFrom('strip', 'drop'),
  mentions: fc.constantFrom('keep', 'strip-leading', 'strip'),
  hashtags: fc.constantFrom('keep', 'strip', 'drop'),
  languages: fc.subarray(['en', 'de', 'und']),
  fromMs: fc.option(fc.integer({ min: 1, max: 1000 })),
  untilMs: fc.option(fc.integer({ min: 1, max: 1000 })),
  minimumLikes: fc.nat(3),
  exclude: fc.constantFrom('', 'word', 'o*r, word', '😀'),
  duplicates: keepOrDrop,
  edits: keepOrDrop,
  emojiOnly: keepOrDrop,
  unknownAudience: keepOrDrop,
  minimumWords: fc.nat(4),
  newLines: fc.constantFrom('space', 'keep'),
  shares: fc.constant([]),
});
const anyOverrides: fc.Arbitrary<Overrides> = fc
  .array(fc.tuple(fc.nat(20), keepOrDrop), { maxLength: 4 })
  .map((entries) => new Map(entries));
const anything = [fc.array(anyTweet, { maxLength: 20 }), anyOptions, anyOverrides] as const;

describe('what a text answers', () => {
  const answered = async (tweets: readonly RawTweet[], options: Partial<CleaningOptions> = {}) =>
    (await clean(tweets, { ...HUGGINGTWEETS, ...options })).cleaned.documents.map(
      (document) => document.answered,
    );
  const first = tweet(`first ${LONG}`, { id: '1' });
  const reply = tweet(`reply ${LONG}`, { id: '2', replyToId: '1' });

  it('is the author’s own tweet that it replies to or else quotes, in any order', async () => {
    const both = tweet(`both ${LONG}`, { id: '3', replyToId: '2', quoteOfId: '1', isQuote: true });
    const quote = tweet(`quote ${LONG}`, {
      id: '4',
      replyToId: '99',
      quoteOfId: '2',
      isQuote: true,
    });
    expect(await answered([both, reply, first, quote])).toEqual([1, 2, -1, 1]);
  });

  it('is no text that is left out, of another account, retweeted, or part of the same thread', async () => {
    const other = tweet(`other ${LONG}`, { id: '5', replyToId: '1', account: 1 });
    const retweet = tweet(`retweet ${LONG}`, { id: '6', replyToId: '1', isRetweet: true });
    expect(await answered([first, other, retweet], { retweets: 'keep' })).toEqual([-1, -1, -1]);
    expect(await answered([first, reply], { exclude: 'first' })).toEqual([-1]);
    expect(await answered([first, reply], { threads: 'join' })).toEqual([-1]);
  });

  it('is counted, and is part of the hash', async () => {
    const apart = { ...reply, replyToId: null };
    const [linked, unlinked] = [
      [first, reply],
      [first, apart],
    ];
    const figures = async (tweets: readonly RawTweet[]) => {
      const { table, cleaned } = await clean(tweets, HUGGINGTWEETS);
      return figuresOf(table, cleaned, 0);
    };
    const [one, none] = [await figures(linked), await figures(unlinked)];
    expect([one.answerCount, none.answerCount]).toEqual([1, 0]);
    expect(one.contentHash).not.toBe(none.contentHash);
  });

  it(`is as its ids say, and never forms a circle (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(...anything, async (tweets, any, overrides) => {
        const options = { ...any, threads: 'apart' as const };
        const { table, cleaned } = await clean(tweets, options, overrides);
        const kept = tweets.flatMap((_, i) => (cleaned.verdicts[i] === 0 ? [i] : []));
        const find = (account: number, id: string | null) =>
          id === null
            ? -1
            : tweets.findLastIndex((one) => one.account === account && one.id === id);
        const named = kept.map((i) => {
          const { account, replyToId, quoteOfId, isRetweet } = tweets[i] as RawTweet;
          if (isRetweet) return -1;
          const replied = find(account, replyToId);
          return kept.indexOf(replied === -1 ? find(account, quoteOfId) : replied);
        });
        const isInCircle = (i: number) => {
          let at = named[i] ?? -1;
          for (let n = 0; n < kept.length && at !== -1 && at !== i; n++) at = named[at] ?? -1;
          return at === i;
        };
        for (const [i, { answered: found, account }] of cleaned.documents.entries()) {
          if (found !== named[i]) expect([found, isInCircle(i)]).toEqual([-1, true]);
          if (found !== -1) expect(cleaned.documents[found]?.account).toBe(account);
          let at = i;
          for (let n = 0; at !== -1; n++) {
            expect(n).toBeLessThanOrEqual(kept.length);
            at = cleaned.documents[at]?.answered ?? -1;
          }
        }
        expect(
          groupByAccount(table, cleaned.documents).flatMap(({ answers }) => [...answers]),
        ).toHaveLength(cleaned.documents.filter(({ answered: found }) => found !== -1).length);
      }),
      { seed },
    );
  });
});

test(`every tweet is kept or dropped for one reason: counts add up (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(...anything, async (tweets, options, overrides) => {
      const { table, cleaned } = await clean(tweets, options, overrides);
      const { counts, accounts, documentCount } = await figuresOf(table, cleaned, 7);
      const dropped = Object.values(counts.reasons).reduce((sum, count) => sum + count, 0);
      expect(counts.read).toBe(tweets.length);
      expect(counts.kept + dropped).toBe(counts.read);
      expect(counts.retweets + counts.short + counts.other).toBe(dropped);
      expect(counts.damaged).toBe(7);
      for (const measure of ['read', 'retweets', 'short', 'other', 'kept'] as const) {
        const sum = accounts.reduce((n, account) => n + account.counts[measure], 0);
        expect(sum).toBe(counts[measure]);
      }
      expect(documentCount).toBeLessThanOrEqual(counts.kept);
      if (options.threads === 'apart') expect(documentCount).toBe(counts.kept);
    }),
    { seed, numRuns: 300 },
  );
});

test(`what is kept is well formed and ends nothing (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(...anything, async (tweets, options, overrides) => {
      for (const text of (await clean(tweets, options, overrides)).documents) {
        expect(text).not.toBe('');
        expect(text).not.toMatch(/\p{Surrogate}|<\|endoftext\|>|\0|https?:\S/u);
        if (options.newLines === 'space') expect(text).not.toContain('\n');
      }
    }),
    { seed, numRuns: 300 },
  );
});

test(`stages that look at one tweet keep the same ones in any order (seed ${seed})`, async () => {
  const anyOrder = fc.shuffledSubarray([...TWEET_STAGES], { minLength: TWEET_STAGES.length });
  await fc.assert(
    fc.asyncProperty(...anything, anyOrder, async (tweets, options, overrides, stages) => {
      const { table, cleaned } = await clean(tweets, options, overrides);
      const reordered = applyCleaning(table, options, overrides, stages);
      expect(reordered.documents).toEqual(cleaned.documents);
      const isKept = (verdicts: Uint8Array) => Array.from(verdicts, (verdict) => verdict === 0);
      expect(isKept(reordered.verdicts)).toEqual(isKept(cleaned.verdicts));
    }),
    { seed, numRuns: 200 },
  );
});

test(`cleaning what was cleaned changes nothing (seed ${seed})`, async () => {
  // A thread joined is no thread any more, and what a reply was to may have been dropped.
  const settled = anyOptions.map((options) => ({
    ...options,
    threads: 'apart' as const,
    replies: 'keep' as const,
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(anyTweet, { maxLength: 12 }), settled, async (tweets, options) => {
      const once = await clean(tweets, options);
      const kept = tweets.filter((_, i) => once.reasons[i] === null);
      const again = await clean(
        kept.map((each, i) => ({ ...each, text: once.documents[i] ?? '', isEscaped: false })),
        { ...options, retweets: 'keep' },
      );
      expect(again.documents).toEqual(once.documents);
    }),
    { seed, numRuns: 200 },
  );
});

test(`the default is huggingtweets: no retweets, no short ones, all others (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTweet, { maxLength: 20 }), async (tweets) => {
      const { reasons, table } = await clean(tweets);
      for (const [i, one] of tweets.entries()) {
        const isRetweet = one.isRetweet || /^RT @\w+[: ]/.test(one.text);
        const text = table.texts[i] ?? '';
        const expected = isRetweet ? 'retweet' : isShort(text) ? 'short' : null;
        expect(reasons[i]).toBe(expected);
        expect(countWords(text) < 3).toBe(isShort(text));
      }
    }),
    { seed, numRuns: 200 },
  );
});
