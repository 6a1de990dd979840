/** Facts about a dataset, which decide what filters are offered and which the charts show. */

import type { DatasetFacts, DatasetPlots } from '../../protocol/datasets.ts';
import { hashtagsIn } from './clean-text.ts';
import type { Cleaned } from './pipeline.ts';
import { COMMON_WORDS } from './common-words.ts';
import { TRAIT, type TweetTable } from './tweet-table.ts';
import { tellingWords } from './words.ts';

export function factsOf(table: TweetTable): DatasetFacts {
  const { tweets, traits, threads, language, languages } = table;
  const having = (bit: number) => traits.reduce((n, bits) => n + ((bits & bit) === 0 ? 0 : 1), 0);
  const times = tweets.flatMap(({ createdAt }) => (createdAt === null ? [] : [createdAt]));
  const range = times.reduce<readonly [number, number] | null>(
    (so, time) => (so === null ? [time, time] : [Math.min(so[0], time), Math.max(so[1], time)]),
    null,
  );
  const byLanguage = languages.map((code) => ({ code, tweets: 0 }));
  for (const index of language) {
    const entry = byLanguage[index];
    if (entry) entry.tweets++;
  }
  return {
    unknownAudience: having(TRAIT.unknownAudience),
    replies: having(TRAIT.reply),
    quotes: having(TRAIT.quote),
    threaded: threads.reduce((n, root, i) => n + (root === i ? 0 : 1), 0),
    links: having(TRAIT.link),
    mentions: having(TRAIT.mention),
    hashtags: having(TRAIT.hashtag),
    edited: having(TRAIT.edited),
    newLines: having(TRAIT.newLine),
    emojiOnly: having(TRAIT.emojiOnly),
    withLikes: tweets.reduce((n, { likes }) => n + ((likes ?? 0) > 0 ? 1 : 0), 0),
    firstMs: range?.[0] ?? null,
    lastMs: range?.[1] ?? null,
    languages: byLanguage.filter(({ tweets: n }) => n > 0).sort((a, b) => b.tweets - a.tweets),
  };
}

const LENGTH_BINS = 12;
const LENGTH_WIDTH = 8;
/** How many texts are tokenized to estimate the lengths of all. */
const SAMPLE_TEXTS = 1_000;
const MAX_LISTED = 12;
/** How many tweets are processed between two pauses. */
const BATCH = 5_000;

/** @param tokenCount The number of tokens of a text for the model that will be trained. */
export async function plotsOf(
  table: TweetTable,
  cleaned: Cleaned,
  tokenCount: (text: string) => number,
  pause: () => Promise<void>,
): Promise<DatasetPlots> {
  const months = new Counter();
  const words = new Counter();
  const hashtags = new Counter();
  for (const [i, { createdAt }] of table.tweets.entries()) {
    if (i % BATCH === BATCH - 1) await pause();
    const isKept = cleaned.verdicts[i] === 0;
    if (createdAt !== null) months.add(monthOf(createdAt), isKept);
    const text = cleaned.texts[i] ?? '';
    for (const word of distinctWords(text)) words.add(word, isKept);
    // Count the hashtags that were written, even if the options remove them from the text.
    const tags = hashtagsIn(table.texts[i] ?? '');
    const left = new Set(isKept ? hashtagsIn(text).map(lowerCase) : []);
    for (const tag of new Set(tags.map(lowerCase))) hashtags.add(tag, left.has(tag));
  }
  await pause();
  return {
    months: monthsInARow(months),
    ...lengthsOf(cleaned, tokenCount),
    words: words.mostFrequent(MAX_LISTED),
    hashtags: hashtags.mostFrequent(MAX_LISTED),
  };
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

function lengthsOf(
  { documents }: Cleaned,
  tokenCount: (text: string) => number,
): Pick<DatasetPlots, 'lengths' | 'tokens'> {
  const every = Math.max(1, documents.length / SAMPLE_TEXTS);
  const bins = new Array<number>(LENGTH_BINS).fill(0);
  let sampled = 0;
  let sampledTokens = 0;
  for (let at = 0; Math.floor(at) < documents.length; at += every) {
    const count = tokenCount(documents[Math.floor(at)]?.text ?? '');
    const bin = Math.min(LENGTH_BINS - 1, Math.floor(count / LENGTH_WIDTH));
    bins[bin] = (bins[bin] ?? 0) + 1;
    sampled++;
    // An end-of-text token comes before each text.
    sampledTokens += count + 1;
  }
  const scale = sampled === 0 ? 0 : documents.length / sampled;
  return {
    lengths: { width: LENGTH_WIDTH, texts: bins.map((count) => Math.round(count * scale)) },
    tokens: Math.round(sampledTokens * scale),
  };
}

/** Such as `2024-11`, in UTC. */
function monthOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 7);
}

function monthsInARow(months: Counter): DatasetPlots['months'] {
  const names = [...months.counts.keys()].sort();
  const [first, last] = [names[0], names.at(-1)];
  if (first === undefined || last === undefined) return { first: '', tweets: [] };
  const tweets: { read: number; kept: number }[] = [];
  const [year = 0, month = 1] = first.split('-').map(Number);
  for (let m = month - 1; ; m++) {
    const name = monthOf(Date.UTC(year, m, 1));
    tweets.push(months.counts.get(name) ?? { read: 0, kept: 0 });
    if (name >= last) return { first, tweets };
  }
}

/** The telling words of a text, each once, so that repeats within a tweet don't count. */
function distinctWords(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const found of tellingWords(text)) {
    const word = found.toLowerCase().replaceAll('’', "'");
    if (!COMMON_WORDS.has(word)) words.add(word);
  }
  return words;
}

class Counter {
  readonly counts = new Map<string, { read: number; kept: number }>();

  add(name: string, isKept: boolean): void {
    let count = this.counts.get(name);
    if (count === undefined) {
      count = { read: 0, kept: 0 };
      this.counts.set(name, count);
    }
    count.read++;
    if (isKept) count.kept++;
  }

  /** The most frequent names among all tweets that were read; equally frequent ones by name. */
  mostFrequent(limit: number): readonly { word: string; read: number; kept: number }[] {
    return [...this.counts]
      .map(([word, count]) => ({ word, ...count }))
      .sort((a, b) => b.read - a.read || (a.word < b.word ? -1 : 1))
      .slice(0, limit);
  }
}
