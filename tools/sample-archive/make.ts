/**
 * Makes `public/sample/mynah-sample.zip`: the archive of an invented bird, to try the page with.
 *
 * npx tsx tools/sample-archive/make.ts [--check]
 *
 * With `--check`, which is part of `npm run check`, it writes nothing and fails if the archive that is
 * there isn't exactly what it would write.
 *
 * The texts are in `tweets.txt` (own, oldest first), `retweets.txt` and `shorts.txt`: one a line,
 * `\n` for a line break, `{link}` for what becomes of a short link, `&amp; &lt; &gt;` escaped as in a
 * real archive. Everything around them is derived, in the shape Twitter/X writes today. Made again
 * from the same texts it is the same to the byte: fixed dates, seeded choices, zip.js's own deflate
 * instead of whichever the platform has.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  configure,
  TextReader,
  Uint8ArrayWriter,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-native.js';

type Json = string | boolean | undefined | readonly Json[] | { readonly [key: string]: Json };

const ACCOUNT_ID = '1400000000000000001';
const USERNAME = 'mynah_sample';
const DISPLAY_NAME = 'A Bird in Lost Property';
const FIRST_TWEET_MS = Date.UTC(2023, 8, 4, 7, 12, 9);
const LAST_TWEET_MS = Date.UTC(2024, 11, 20, 18, 3, 41);
const ARCHIVE_DATE = new Date(Date.UTC(2024, 11, 24, 12));
/** `tweets.js` gets the newest, as in a real archive; the rest is in `tweets-part1.js`. */
const TWEETS_IN_FIRST_FILE = 320;
const SNOWFLAKE_EPOCH_MS = 1288834974657n;
/** Twitter cuts the text of a long retweet. */
const RETWEET_LENGTH = 140;
const SOURCES = [
  '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
  '<a href="http://twitter.com/download/android" rel="nofollow">Twitter for Android</a>',
];

/** The ZIP's bytes. */
async function makeSampleArchive(): Promise<Uint8Array> {
  const tweets = (await readTimeline()).map(toTweet).reverse();
  const parts = [
    tweets.slice(0, TWEETS_IN_FIRST_FILE),
    tweets.slice(TWEETS_IN_FIRST_FILE),
  ] as const;
  const account = {
    email: 'bird@lost-property.example',
    createdVia: 'web',
    username: USERNAME,
    accountId: ACCOUNT_ID,
    createdAt: '2021-06-02T08:00:00.000Z',
    accountDisplayName: DISPLAY_NAME,
  };
  const profile = {
    description: {
      bio: 'Mynah bird, front desk, Lost Property. I know where your scarf is. Invented, with love, for Mynah.',
      website: '',
      location: 'Radiator two',
    },
    avatarMediaUrl: '',
  };
  const entries: [path: string, text: string][] = [
    ['data/manifest.js', `window.__THAR_CONFIG = ${inTwitterStyle(manifest(parts))}`],
    ['data/account.js', ytd('account', 0, [{ account }])],
    ['data/profile.js', ytd('profile', 0, [{ profile }])],
    ['data/tweets.js', ytd('tweets', 0, parts[0])],
    ['data/tweets-part1.js', ytd('tweets', 1, parts[1])],
  ];

  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    useCompressionStream: false,
    level: 9,
    extendedTimestamp: false,
    // Read as local time by the format, so that it is the same to the byte in every time zone.
    lastModDate: new Date(2024, 11, 24, 12),
  });
  for (const [path, text] of entries) await writer.add(path, new TextReader(text));
  return new Uint8Array(await writer.close());
}

/** Raw texts, oldest first: the own ones in order, the others spread evenly among them. */
async function readTimeline(): Promise<string[]> {
  const files = await Promise.all(['tweets.txt', 'retweets.txt', 'shorts.txt'].map(readLines));
  return files
    .flatMap((texts) => texts.map((text, index) => ({ text, at: (index + 0.5) / texts.length })))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text);
}

async function readLines(name: string): Promise<string[]> {
  const text = await readFile(new URL(name, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

function toTweet(line: string, index: number, timeline: readonly string[]) {
  const step = (LAST_TWEET_MS - FIRST_TWEET_MS) / (timeline.length - 1);
  const wobble = (random(index, 0) - 0.5) * step * 0.8;
  const date = new Date(Math.round((FIRST_TWEET_MS + index * step + wobble) / 1000) * 1000);
  const id = String(((BigInt(date.getTime()) - SNOWFLAKE_EPOCH_MS) << 22n) + BigInt(index));
  const isRetweet = line.startsWith('RT @');
  const text = withLinks(escaped(line.replaceAll('\\n', '\n')), index);
  const fullText =
    isRetweet && [...text].length > RETWEET_LENGTH
      ? `${[...text].slice(0, RETWEET_LENGTH - 1).join('')}…`
      : text;
  const popularity = isRetweet ? 0 : random(index, 1) ** 3;
  const replyTo = /^@(\w+)/.exec(fullText)?.[1];
  const tweet = {
    edit_info: {
      initial: {
        editTweetIds: [id],
        editableUntil: new Date(date.getTime() + 3_600_000).toISOString(),
        editsRemaining: '5',
        isEditEligible: !isRetweet,
      },
    },
    retweeted: false,
    source: SOURCES[Math.floor(random(index, 2) * SOURCES.length)],
    entities: entitiesOf(fullText),
    display_text_range: ['0', String([...fullText].length)],
    favorite_count: String(Math.floor(popularity * 900)),
    ...(replyTo !== undefined && { in_reply_to_user_id: userId(replyTo) }),
    id_str: id,
    truncated: false,
    retweet_count: String(Math.floor(popularity * 120)),
    id,
    created_at: twitterDate(date),
    favorited: false,
    full_text: fullText,
    lang: /[a-z]{2}/i.test(fullText.replace(/https:\S+|[@#]\w+/g, '')) ? 'en' : 'zxx',
    ...(replyTo !== undefined && {
      in_reply_to_screen_name: replyTo,
      in_reply_to_user_id_str: userId(replyTo),
    }),
  };
  return { tweet };
}

/** Bare angle brackets as the archive has them; what is escaped in the source stays. */
function escaped(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function withLinks(text: string, index: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const letter = (_: unknown, i: number) =>
    alphabet[Math.floor(random(index, 10 + i) * alphabet.length)];
  return text.replaceAll('{link}', () => Array.from({ length: 10 }, letter).join(''));
}

/** Indices are code points of the escaped text, as strings. */
function entitiesOf(text: string) {
  const find = (
    pattern: RegExp,
    make: (whole: string, name: string, indices: readonly string[]) => Json,
  ): Json[] =>
    [...text.matchAll(pattern)].map((match) => {
      const start = [...text.slice(0, match.index)].length;
      const [whole, name = ''] = match;
      return make(whole, name, [String(start), String(start + [...whole].length)]);
    });
  return {
    hashtags: find(/#(\w+)/g, (_, name, indices) => ({ text: name, indices })),
    symbols: [],
    user_mentions: find(/@(\w+)/g, (_, name, indices) => ({
      name,
      screen_name: name,
      indices,
      id_str: userId(name),
      id: userId(name),
    })),
    urls: find(/https:\/\/t\.co\/(\w+)/g, (url, code, indices) => ({
      url,
      expanded_url: `https://lost-property.example/${code}`,
      display_url: `lost-property.example/${code}`,
      indices,
    })),
  };
}

function manifest(parts: readonly [readonly Json[], readonly Json[]]) {
  const file = (fileName: string, globalName: string, count: number) => ({
    fileName,
    globalName,
    count: String(count),
  });
  return {
    userInfo: { accountId: ACCOUNT_ID, userName: USERNAME, displayName: DISPLAY_NAME },
    archiveInfo: {
      sizeBytes: '0',
      generationDate: ARCHIVE_DATE.toISOString(),
      isPartialArchive: false,
      maxPartSizeBytes: '53687091200',
    },
    dataTypes: {
      account: { files: [file('data/account.js', 'YTD.account.part0', 1)] },
      profile: { files: [file('data/profile.js', 'YTD.profile.part0', 1)] },
      tweets: {
        mediaDirectory: 'data/tweets_media',
        files: [
          file('data/tweets.js', 'YTD.tweets.part0', parts[0].length),
          file('data/tweets-part1.js', 'YTD.tweets.part1', parts[1].length),
        ],
      },
    },
  };
}

function ytd(name: string, part: number, elements: Json): string {
  return `window.YTD.${name}.part${part} = ${inTwitterStyle(elements)}`;
}

/** JSON with the blanks where Twitter has them: `"key" : "value"`, `[ ]`. */
function inTwitterStyle(value: Json, indent = ''): string {
  const inner = `${indent}  `;
  const block = (open: string, close: string, items: readonly string[]) =>
    items.length === 0
      ? `${open} ${close}`
      : `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
  if (Array.isArray(value)) {
    return block(
      '[',
      ']',
      value.map((item) => inTwitterStyle(item, inner)),
    );
  }
  if (typeof value === 'object' && value !== null) {
    const items = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)} : ${inTwitterStyle(item, inner)}`,
    );
    return block('{', '}', items);
  }
  return JSON.stringify(value);
}

/** `Sat Nov 09 12:14:18 +0000 2024` */
function twitterDate(date: Date): string {
  const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${time} +0000 ${year}`;
}

function userId(name: string): string {
  return String(
    1_500_000_000 + Math.floor(random(0, ...[...name].map((c) => c.charCodeAt(0))) * 1e9),
  );
}

/** In [0, 1), the same for the same numbers: FNV-1a, then a final mix. */
function random(...numbers: number[]): number {
  let hash = 0x811c9dc5;
  for (const number of numbers) hash = Math.imul(hash ^ number, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

const bytes = await makeSampleArchive();
const target = new URL('../../public/sample/mynah-sample.zip', import.meta.url);
if (process.argv.includes('--check')) {
  if (!Buffer.from(bytes).equals(await readFile(target))) {
    console.error('The sample archive differs from its texts: run tools/sample-archive/make.ts');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, bytes);
  console.log(`${fileURLToPath(target)}: ${bytes.length} bytes`);
}
