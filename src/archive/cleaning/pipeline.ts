/**
 * Cleaning as a pipeline of named stages. They decide which tweets are left out and why, and what the
 * texts of the others are. Every tweet ends with one reason or with none, so `read = kept + Σ dropped`.
 *
 * The stages that look at one tweet at a time ({@link TWEET_STAGES}) keep the same tweets in any
 * order. Their order only decides which reason is given. The stages after them look at what is left:
 * they join threads, and drop texts with too few words and repeated texts.
 */

import { assert } from '../../core/assert.ts';
import { type CleaningOptions, DROP_REASONS, type DropReason } from '../../domain/cleaning.ts';
import { compileExclude } from './exclude.ts';
import { type TextVariant, textVariant } from './text-variant.ts';
import { countCodePoints, TRAIT, type TweetTable } from './tweet-table.ts';

/** What the user decided about single tweets, by their index. It takes precedence over every option. */
export type Overrides = ReadonlyMap<number, 'keep' | 'drop'>;

export interface CleanedDocument {
  readonly account: number;
  readonly text: string;
  /**
   * The index of the document that this one answers, if that is kept as well; −1 if there is none. Following them
   * always comes to an end.
   */
  readonly answered: number;
}

export interface Cleaned {
  /** For each tweet: 0 if it is kept, otherwise 1 + the reason's index in {@link DROP_REASONS}. */
  readonly verdicts: Uint8Array;
  /** The cleaned text of each tweet, also of those that are left out. */
  readonly texts: readonly string[];
  /** The texts to learn from, in the file order of their first tweets. */
  readonly documents: readonly CleanedDocument[];
}

export function reasonOf(verdict: number): DropReason | null {
  return verdict === 0 ? null : (DROP_REASONS[verdict - 1] ?? null);
}

function verdictOf(reason: DropReason): number {
  return 1 + DROP_REASONS.indexOf(reason);
}

export interface TweetStage {
  readonly reason: DropReason;
  /** Tells whether a tweet is left out. Null if this stage leaves out none. */
  readonly rule: (options: CleaningOptions, table: TweetTable) => ((i: number) => boolean) | null;
}

function traitStage(
  reason: DropReason,
  bit: number,
  isWanted: (options: CleaningOptions) => boolean,
): TweetStage {
  return {
    reason,
    rule: (options, { traits, allTraits }) =>
      isWanted(options) && (allTraits & bit) !== 0 ? (i) => ((traits[i] ?? 0) & bit) !== 0 : null,
  };
}

/** The stages that look at one tweet at a time. */
export const TWEET_STAGES: readonly TweetStage[] = [
  traitStage(
    'audience',
    TRAIT.unknownAudience,
    ({ unknownAudience }) => unknownAudience === 'drop',
  ),
  traitStage('retweet', TRAIT.retweet, ({ retweets }) => retweets === 'drop'),
  traitStage('reply', TRAIT.reply, ({ replies }) => replies === 'drop'),
  traitStage('quote', TRAIT.quote, ({ quotes }) => quotes === 'drop'),
  traitStage('edited', TRAIT.edited, ({ edits }) => edits === 'drop'),
  { reason: 'date', rule: dateRule },
  { reason: 'language', rule: languageRule },
  {
    reason: 'likes',
    rule: ({ minimumLikes }, { tweets }) =>
      minimumLikes <= 0 ? null : (i) => (tweets[i]?.likes ?? 0) < minimumLikes,
  },
  traitStage('link', TRAIT.link, ({ links }) => links === 'drop'),
  traitStage('hashtag', TRAIT.hashtag, ({ hashtags }) => hashtags === 'drop'),
  {
    reason: 'excluded',
    rule: ({ exclude }, { texts }) => {
      const says = compileExclude(exclude);
      return says && ((i) => says(texts[i] ?? ''));
    },
  },
  traitStage('emoji', TRAIT.emojiOnly, ({ emojiOnly }) => emojiOnly === 'drop'),
];

function dateRule(
  { fromMs, untilMs }: CleaningOptions,
  { tweets }: TweetTable,
): ((i: number) => boolean) | null {
  if (fromMs === null && untilMs === null) return null;
  const from = fromMs ?? Number.NEGATIVE_INFINITY;
  const until = untilMs ?? Number.POSITIVE_INFINITY;
  return (i) => {
    const createdAt = tweets[i]?.createdAt ?? null;
    return createdAt !== null && (createdAt < from || createdAt > until);
  };
}

function languageRule(
  { languages: wanted }: CleaningOptions,
  { language, languages }: TweetTable,
): ((i: number) => boolean) | null {
  if (wanted.length === 0) return null;
  const isKept = languages.map((code) => wanted.includes(code));
  return (i) => isKept[language[i] ?? 0] !== true;
}

/**
 * Applies all stages. This is a pure function of its arguments. Only the texts of the last few kinds
 * of text cleanup are cached, together with the table.
 */
export function applyCleaning(
  table: TweetTable,
  options: CleaningOptions,
  overrides: Overrides = new Map(),
  stages: readonly TweetStage[] = TWEET_STAGES,
): Cleaned {
  const count = table.tweets.length;
  const verdicts = new Uint8Array(count);
  const active = stages.flatMap(({ reason, rule }) => {
    const drops = rule(options, table);
    return drops === null ? [] : [{ drops, verdict: verdictOf(reason) }];
  });
  for (let i = 0; i < count; i++) {
    for (const { drops, verdict } of active) {
      if (drops(i)) {
        verdicts[i] = verdict;
        break;
      }
    }
  }
  for (const [i, decision] of overrides) {
    if (i < count) verdicts[i] = decision === 'drop' ? verdictOf('by-hand') : 0;
  }

  const variant = textVariant(table, options);
  const groups = groupThreads(table, options, verdicts);
  const documents = toDocuments(table, options, overrides, variant, groups, verdicts);
  return { verdicts, texts: variant.texts, documents };
}

/** For the first tweet of each group that becomes one document: all tweets of the group, two or more. */
type Groups = ReadonlyMap<number, readonly number[]>;

function groupThreads(
  { tweets, threads }: TweetTable,
  options: CleaningOptions,
  verdicts: Uint8Array,
): Groups {
  const groups = new Map<number, number[]>();
  if (options.threads === 'apart') return groups;
  const byRoot = new Map<number, number[]>();
  for (let i = 0; i < threads.length; i++) {
    if (verdicts[i] !== 0) continue;
    const root = threads[i] ?? i;
    const members = byRoot.get(root);
    if (members === undefined) byRoot.set(root, [i]);
    else members.push(i);
  }
  for (const members of byRoot.values()) {
    if (members.length < 2) continue;
    const first = Math.min(...members);
    groups.set(
      first,
      members.sort((a, b) => (tweets[a]?.createdAt ?? 0) - (tweets[b]?.createdAt ?? 0) || a - b),
    );
  }
  return groups;
}

/** The last stages, which fill in the verdicts `short` and `duplicate` for what the others kept. */
function toDocuments(
  { tweets, answered }: TweetTable,
  options: CleaningOptions,
  overrides: Overrides,
  { texts, words }: TextVariant,
  groups: Groups,
  verdicts: Uint8Array,
): CleanedDocument[] {
  const documents: Omit<CleanedDocument, 'answered'>[] = [];
  /** The document of each tweet that is kept, and the first tweet of each document. */
  const documentOf = new Map<number, number>();
  const firsts: number[] = [];
  const grouped = new Set([...groups.values()].flat());
  const seen = options.duplicates === 'drop' ? new Map<number, Set<string>>() : null;
  const separator = options.newLines === 'keep' ? '\n' : ' ';
  const [short, duplicate] = [verdictOf('short'), verdictOf('duplicate')];
  for (let i = 0; i < verdicts.length; i++) {
    const members = groups.get(i);
    if (members === undefined && (verdicts[i] !== 0 || grouped.has(i))) continue;
    const all = members ?? [i];
    let text = texts[i] ?? '';
    let wordCount = words[i] ?? 0;
    let isKeptByHand = overrides.get(i) === 'keep';
    if (members !== undefined) {
      const parts = members.map((member) => texts[member] ?? '').filter((part) => part !== '');
      text = parts.join(separator);
      wordCount = members.reduce((sum, member) => sum + (words[member] ?? 0), 0);
      isKeptByHand = members.some((member) => overrides.get(member) === 'keep');
    }
    const account = tweets[i]?.account ?? 0;
    let verdict = 0;
    // A text without any words can't be learned from, even if the user wants to keep it.
    if (text === '' || (wordCount < options.minimumWords && !isKeptByHand)) verdict = short;
    else if (seen !== null && !isKeptByHand) {
      const before = seen.get(account) ?? new Set();
      seen.set(account, before);
      if (before.has(text)) verdict = duplicate;
      before.add(text);
    }
    if (verdict === 0) {
      for (const member of all) documentOf.set(member, documents.length);
      firsts.push(all[0] ?? i);
      documents.push({ account, text });
    } else for (const member of all) verdicts[member] = verdict;
  }
  const links = firsts.map((first) => documentOf.get(answered[first] ?? -1) ?? -1);
  openCircles(links);
  return documents.map((document, i) => ({ ...document, answered: links[i] ?? -1 }));
}

/** Where links between documents form a circle, as only wrong ids do, takes away the last link of it. */
function openCircles(links: number[]): void {
  const visited = new Int32Array(links.length).fill(-1);
  for (let i = 0; i < links.length; i++) {
    for (let at = i; at !== -1 && visited[at] === -1; ) {
      visited[at] = i;
      const next = links[at] ?? -1;
      if (next !== -1 && visited[next] === i) links[at] = -1;
      at = links[at] ?? -1;
    }
  }
}

/** What became of the tweets of one account. */
export interface AccountTally {
  /** The number of tweets for each verdict. */
  readonly tweets: Uint32Array;
  documents: number;
  /** The code points of its documents. */
  characters: number;
}

export function tally(table: TweetTable, { verdicts, documents }: Cleaned): AccountTally[] {
  const tallies = table.accounts.map(
    (): AccountTally => ({
      tweets: new Uint32Array(DROP_REASONS.length + 1),
      documents: 0,
      characters: 0,
    }),
  );
  for (const [i, { account }] of table.tweets.entries()) {
    const counts = tallies[account]?.tweets;
    const verdict = verdicts[i] ?? 0;
    assert(counts, 'a tweet of an account');
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  for (const { account, text } of documents) {
    const of = tallies[account];
    assert(of, 'a document of an account');
    of.documents++;
    of.characters += countCodePoints(text);
  }
  return tallies;
}
