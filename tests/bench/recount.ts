/**
 * `npm run bench -- recount [--tweets 100000] [--json]` measures how long the page waits when a filter
 * changes. The tweets are made up, with as many links, mentions, hashtags, threads and emoji as in real
 * archives.
 */

import { parseArgs } from 'node:util';
import { figuresOf } from '../../src/archive/cleaning/dataset.ts';
import { applyCleaning } from '../../src/archive/cleaning/pipeline.ts';
import type { RawTweet } from '../../src/archive/formats/tweet.ts';
import { buildTweetTable } from '../../src/archive/cleaning/tweet-table.ts';
import { randomUnit } from '../../src/core/random.ts';
import { type CleaningOptions, HUGGINGTWEETS } from '../../src/domain/cleaning.ts';

/** Each change from the recipe's options is measured the first time and again. */
const CHANGES: Readonly<Record<string, Partial<CleaningOptions>>> = {
  recipe: {},
  'no replies, five words': { replies: 'drop', minimumWords: 5 },
  'mentions out': { mentions: 'strip' },
  'hashtags out': { hashtags: 'strip' },
  'new lines kept': { newLines: 'keep' },
  'threads joined': { threads: 'join' },
  'no repeats': { duplicates: 'drop' },
  'ten words excluded': {
    exclude: 'cat*, printer, good morning, #moon, tea, a*z, sour*, x, y, meeting',
  },
  'everything at once': {
    replies: 'drop',
    quotes: 'drop',
    threads: 'join',
    mentions: 'strip',
    hashtags: 'strip',
    languages: ['en'],
    fromMs: Date.UTC(2012, 0, 1),
    minimumLikes: 1,
    exclude: 'cat*, printer',
    duplicates: 'drop',
    edits: 'drop',
    emojiOnly: 'drop',
    newLines: 'keep',
  },
};

interface Times {
  readonly change: string;
  /** The first time, which includes cleaning the texts again if the options affect them. */
  readonly ms: number;
  readonly msAgain: number;
  /** The same in processor time, which other work on the machine affects less. */
  readonly cpuMs: number;
  readonly cpuMsAgain: number;
}

async function timed(work: () => Promise<unknown>): Promise<{ ms: number; cpuMs: number }> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { ms: Math.round(ms), cpuMs: Math.round((user + system) / 1000) };
}

/** The JSON line of `bench recount`. */
export async function recount(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tweets: { type: 'string', default: '100000' },
      json: { type: 'boolean', default: false },
    },
  });
  const tweets = madeUpTweets(Number(values.tweets));
  const account = { username: 'bench', displayName: null, label: '@bench', avatar: null };
  // Runs once before, so that the code is compiled, as in a page that has been open for a while.
  let table = await buildTweetTable(tweets, [account]);
  const recounted = (change: Partial<CleaningOptions>) =>
    figuresOf(table, applyCleaning(table, { ...HUGGINGTWEETS, ...change }), 0);
  for (const change of Object.values(CHANGES)) await recounted(change);
  const atImport = await timed(async () => {
    table = await buildTweetTable(tweets, [account]);
  });
  const changes: Times[] = [];
  for (const [change, options] of Object.entries(CHANGES)) {
    const first = await timed(() => recounted(options));
    const again = await timed(() => recounted(options));
    changes.push({ change, ...first, msAgain: again.ms, cpuMsAgain: again.cpuMs });
  }
  console.log(JSON.stringify({ tweets: tweets.length, at_import: atImport, recounts: changes }));
}

const WORDS =
  'my cat the office plant a pigeon toaster neighbour judges admires has outlived politely ignores sourdough printer every meeting this spreadsheet moon small talk and I have questions about tea &amp; biscuits'.split(
    ' ',
  );

function madeUpTweets(count: number): RawTweet[] {
  return Array.from({ length: count }, (_, i): RawTweet => {
    const chance = (salt: number) => randomUnit(7, i, salt);
    const length = 4 + Math.floor(24 * chance(0) ** 2);
    const words = Array.from(
      { length },
      (_, w) => WORDS[Math.floor(chance(100 + w) * WORDS.length)] ?? '',
    );
    if (chance(1) < 0.1) words[Math.floor(length / 2)] += '\n';
    if (chance(2) < 0.1) words.push('#moonday');
    if (chance(3) < 0.2) words.push('😀');
    if (chance(4) < 0.3) words.push('https://t.co/Ab1cD2eF3g');
    const isRetweet = chance(5) < 0.2;
    const isReply = !isRetweet && chance(6) < 0.35;
    if (isReply) words.unshift('@somebody');
    if (isRetweet) words.unshift('RT', '@someone:');
    const isThread = !isRetweet && !isReply && i > 0 && chance(7) < 0.05;
    return {
      text: words.join(' '),
      isEscaped: true,
      id: `${1_000_000 + i}`,
      createdAt: Date.UTC(2010, 0, 1) + i * 3_600_000,
      account: 0,
      replyToId: isThread ? `${1_000_000 + i - 1}` : isReply ? '5' : null,
      replyToUserId: isReply ? '77' : null,
      replyToUser: isReply ? 'somebody' : null,
      isRetweet,
      isQuote: chance(8) < 0.05,
      likes: Math.floor(10 * chance(9) ** 4),
      language: chance(10) < 0.8 ? 'en' : 'de',
      editOf: null,
      quoteOfId: null,
      kind: 'tweet',
    };
  });
}
