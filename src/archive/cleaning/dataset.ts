/** A cleaned set of tweets with its figures: counts for each account, size, and a hash of what is kept. */

import { createSha256 } from '../../hashing/hash.ts';
import { mynahError, throwIfAborted } from '../../core/errors.ts';
import type { DatasetAccount, DatasetCounts, DatasetSummary } from '../../protocol/datasets.ts';
import {
  type CleaningOptions,
  COMFORTABLE_CHARACTERS,
  DROP_REASONS,
  type DropReason,
  HUGGINGTWEETS,
  NO_LANGUAGE,
} from '../../domain/cleaning.ts';
import { listFiles } from '../../domain/list-files.ts';
import { END_OF_TEXT } from '../../domain/tweet-text.ts';
import {
  type AccountTally,
  applyCleaning,
  type Cleaned,
  type CleanedDocument,
  type Overrides,
  tally,
} from './pipeline.ts';
import type { ReadTweets } from '../read-tweets.ts';
import { guessLanguage } from './guess-language.ts';
import { buildTweetTable, type TweetTable } from './tweet-table.ts';

/** The part of a summary that depends on the filters. */
export type DatasetFigures = Pick<
  DatasetSummary,
  | 'counts'
  | 'accounts'
  | 'documentCount'
  | 'answerCount'
  | 'characters'
  | 'languages'
  | 'isSmall'
  | 'contentHash'
>;

export interface Dataset extends DatasetFigures {
  readonly table: TweetTable;
  readonly cleaned: Cleaned;
  /** The texts that are kept, in file order. */
  readonly documents: readonly string[];
}

/**
 * Cleans what was read. The result is a dataset even if no tweet is kept, because the user can only
 * change the filters of a dataset. Throws `archive-no-tweets` if no tweet was read, and `cancelled`.
 */
export async function buildDataset(
  read: ReadTweets,
  {
    options = HUGGINGTWEETS,
    overrides,
    signal,
  }: {
    readonly options?: CleaningOptions;
    readonly overrides?: Overrides;
    readonly signal?: AbortSignal | undefined;
  } = {},
): Promise<Dataset> {
  requireTweets(read);
  const { accounts, tweets, damaged } = read;
  const table = await buildTweetTable(tweets, accounts, () => letOthersRun(signal));
  const cleaned = applyCleaning(table, options, overrides);
  const figures = await figuresOf(table, cleaned, damaged);
  return { ...figures, table, cleaned, documents: cleaned.documents.map(({ text }) => text) };
}

/** Throws `archive-no-tweets` if no tweet was read. */
export function requireTweets({ files, tweets }: ReadTweets): void {
  if (tweets.length > 0) return;
  throw mynahError('archive-no-tweets', { file: listFiles(files), reason: 'no-tweets' });
}

/** Waits for one turn of the event loop, so that a message that cancels can arrive. Throws `cancelled`. */
export async function letOthersRun(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  throwIfAborted(signal);
}

/** @param damaged The number of entries that were not tweets. They belong to no account. */
export async function figuresOf(
  table: TweetTable,
  cleaned: Cleaned,
  damaged: number,
): Promise<DatasetFigures> {
  const tallies = tally(table, cleaned);
  const accounts = tallies.map((of, i): DatasetAccount => {
    const { label = '', username = null, displayName = null } = table.accounts[i] ?? {};
    const { characters } = of;
    return { name: label, username, displayName, counts: countsOf(of.tweets, 0), characters };
  });
  const documentCount = cleaned.documents.length;
  // huggingtweets compares its limits with the length of the joined text, whose separator is
  // `<|endoftext|>`. Python counts code points.
  const characters =
    tallies.reduce((sum, of) => sum + of.characters, 0) +
    END_OF_TEXT.length * Math.max(0, documentCount - 1);
  return {
    counts: countsOf(sumOf(tallies), damaged),
    accounts,
    documentCount,
    answerCount: cleaned.documents.reduce(
      (count, { answered }) => count + (answered === -1 ? 0 : 1),
      0,
    ),
    characters,
    languages: mainLanguages(table, cleaned),
    isSmall: characters < COMFORTABLE_CHARACTERS,
    contentHash: await hashDocuments(groupByAccount(table, cleaned.documents)),
  };
}

/** A language with a smaller share doesn't count: it is a few tweets, or a wrong guess of Twitter's. */
const MIN_LANGUAGE_SHARE = 0.1;

function mainLanguages(
  { language, languages }: TweetTable,
  { verdicts, documents }: Cleaned,
): string[] {
  const tweets = new Uint32Array(languages.length);
  let kept = 0;
  for (const [i, verdict] of verdicts.entries()) {
    if (verdict !== 0) continue;
    const index = language[i] ?? 0;
    tweets[index] = (tweets[index] ?? 0) + 1;
    kept++;
  }
  const said = languages
    .map((code, index) => ({ code, count: tweets[index] ?? 0 }))
    .filter(
      ({ code, count }) => code !== NO_LANGUAGE && count > 0 && count >= MIN_LANGUAGE_SHARE * kept,
    )
    .sort((a, b) => b.count - a.count)
    .map(({ code }) => code);
  if (said.length > 0) return said;
  const guess = guessLanguage(documents.map(({ text }) => text));
  return guess === null ? [] : [guess];
}

/** The texts of one account. */
export interface AccountTexts {
  readonly documents: readonly string[];
  /** For each document that answers another one of this account, the indices of both. */
  readonly answers: ReadonlyMap<number, number>;
}

/** The documents of each account of the table, in file order. */
export function groupByAccount(
  { accounts }: Pick<TweetTable, 'accounts'>,
  documents: readonly CleanedDocument[],
): readonly AccountTexts[] {
  const groups = accounts.map(() => ({
    documents: [] as string[],
    answers: new Map<number, number>(),
  }));
  const places = documents.map(
    ({ account, text }) => (groups[account]?.documents.push(text) ?? 0) - 1,
  );
  for (const [i, { account, answered }] of documents.entries()) {
    const [place, other] = [places[i], places[answered]];
    if (place !== undefined && other !== undefined) groups[account]?.answers.set(place, other);
  }
  return groups;
}

function sumOf(tallies: readonly AccountTally[]): Uint32Array {
  const sum = new Uint32Array(DROP_REASONS.length + 1);
  for (const { tweets } of tallies) {
    for (let v = 0; v < sum.length; v++) sum[v] = (sum[v] ?? 0) + (tweets[v] ?? 0);
  }
  return sum;
}

function countsOf(byVerdict: Uint32Array, damaged: number): DatasetCounts {
  const [kept = 0, ...dropped] = byVerdict;
  const reasons: { [R in DropReason]?: number } = {};
  for (const [i, reason] of DROP_REASONS.entries()) {
    const count = dropped[i] ?? 0;
    if (count > 0) reasons[reason] = count;
  }
  const { retweet: retweets = 0, short = 0 } = reasons;
  const droppedTotal = dropped.reduce((sum, count) => sum + count, 0);
  return {
    read: kept + droppedTotal,
    retweets,
    short,
    other: droppedTotal - retweets - short,
    kept,
    damaged,
    reasons,
  };
}

/** Texts are hashed in batches, because a call for each text would cost more than hashing it. */
const HASH_BATCH = 2_000;

/**
 * The SHA-256, in hex, of all documents in UTF-8, joined by U+0000, with two of it between accounts. After those of an
 * account with answers there are three of it, and which document answers which.
 */
async function hashDocuments(groups: readonly AccountTexts[]): Promise<string> {
  const hash = await createSha256();
  for (const [account, { documents, answers }] of groups.entries()) {
    if (account > 0) hash.update('\0\0');
    for (let start = 0; start < documents.length; start += HASH_BATCH) {
      const batch = documents.slice(start, start + HASH_BATCH).join('\0');
      hash.update(start === 0 ? batch : `\0${batch}`);
    }
    if (answers.size > 0) hash.update(`\0\0\0${[...answers].join(' ')}`);
  }
  return hash.digest();
}
