/** Parsers of what is known of a dataset, as stored with it and with every run on it. */
import type { DatasetAccount, DatasetCounts, DatasetSummary } from '../protocol/calls.ts';
import { type CleaningOptions, DROP_REASONS, HUGGINGTWEETS } from '../domain/cleaning.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  oneOf,
  optional,
  ParseError,
  type Parser,
  parseBoolean,
  parseCount,
  parseNumber,
  parseString,
  withDefault,
} from './parse.ts';

const keepOrDrop = oneOf('keep', 'drop');

/** An option that a later version adds gets the recipe's value in what is stored already. */
export const parseCleaningOptions = objectOf<CleaningOptions>({
  retweets: withDefault(keepOrDrop, HUGGINGTWEETS.retweets),
  replies: withDefault(keepOrDrop, HUGGINGTWEETS.replies),
  quotes: withDefault(keepOrDrop, HUGGINGTWEETS.quotes),
  threads: withDefault(oneOf('apart', 'join'), HUGGINGTWEETS.threads),
  links: withDefault(oneOf('strip', 'drop'), HUGGINGTWEETS.links),
  mentions: withDefault(oneOf('keep', 'strip-leading', 'strip'), HUGGINGTWEETS.mentions),
  hashtags: withDefault(oneOf('keep', 'strip', 'drop'), HUGGINGTWEETS.hashtags),
  languages: withDefault(arrayOf(parseString), HUGGINGTWEETS.languages),
  fromMs: withDefault(nullable(parseNumber), HUGGINGTWEETS.fromMs),
  untilMs: withDefault(nullable(parseNumber), HUGGINGTWEETS.untilMs),
  minimumLikes: withDefault(parseCount, HUGGINGTWEETS.minimumLikes),
  exclude: withDefault(parseString, HUGGINGTWEETS.exclude),
  duplicates: withDefault(keepOrDrop, HUGGINGTWEETS.duplicates),
  edits: withDefault(keepOrDrop, HUGGINGTWEETS.edits),
  emojiOnly: withDefault(keepOrDrop, HUGGINGTWEETS.emojiOnly),
  minimumWords: withDefault(parseCount, HUGGINGTWEETS.minimumWords),
  newLines: withDefault(oneOf('space', 'keep'), HUGGINGTWEETS.newLines),
  shares: withDefault(arrayOf(parseNumber), HUGGINGTWEETS.shares),
});

const parseReasons: Parser<DatasetCounts['reasons']> = (value, path) => {
  const source: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  const known = DROP_REASONS.filter((reason) => source[reason] !== undefined);
  return Object.fromEntries(
    known.map((reason) => [reason, parseCount(source[reason], `${path}.${reason}`)]),
  );
};

/** What was stored before there were other reasons to drop a tweet than these two. */
interface StoredCounts extends Omit<DatasetCounts, 'reasons'> {
  readonly reasons: DatasetCounts['reasons'] | undefined;
}

const parseStoredCounts = objectOf<StoredCounts>({
  read: parseCount,
  retweets: parseCount,
  short: parseCount,
  other: withDefault(parseCount, 0),
  kept: parseCount,
  damaged: parseCount,
  reasons: optional(parseReasons),
});

const parseCounts: Parser<DatasetCounts> = (value, path) => {
  const counts = parseStoredCounts(value, path);
  const { retweets: retweet, short } = counts;
  return { ...counts, reasons: counts.reasons ?? { retweet, short } };
};

/** Drawn by `engine/datasets/thumbnail.ts`; a page that shows it should fetch nothing. */
const parsePicture: Parser<string> = (value, path) => {
  const picture = parseString(value, path);
  if (!/^data:image\/jpeg;base64,[\w+/=]{1,65536}$/.test(picture))
    throw new ParseError(path, 'a picture');
  return picture;
};

interface StoredSummary extends Omit<DatasetSummary, 'accounts' | 'documentCount'> {
  readonly accounts: readonly DatasetAccount[] | undefined;
  readonly documentCount: number | undefined;
}

const parseStoredSummary = objectOf<StoredSummary>({
  id: parseString,
  name: parseString,
  username: nullable(parseString),
  displayName: nullable(parseString),
  avatar: withDefault(nullable(parsePicture), null),
  files: arrayOf(parseString),
  counts: parseCounts,
  characters: parseCount,
  languages: withDefault(arrayOf(parseString), []),
  isSmall: parseBoolean,
  contentHash: parseString,
  createdAt: parseNumber,
  accounts: optional(
    arrayOf(
      objectOf<DatasetAccount>({
        name: parseString,
        username: nullable(parseString),
        displayName: nullable(parseString),
        counts: parseCounts,
        characters: parseCount,
      }),
    ),
  ),
  documentCount: optional(parseCount),
  options: withDefault(parseCleaningOptions, HUGGINGTWEETS),
  canFilter: withDefault(parseBoolean, false),
});

/** An earlier version knew one account and one text a tweet. */
export const parseDatasetSummary: Parser<DatasetSummary> = (value, path) => {
  const { accounts, documentCount, ...summary } = parseStoredSummary(value, path);
  const { name, username, displayName, counts, characters } = summary;
  return {
    ...summary,
    accounts: accounts ?? [{ name, username, displayName, counts, characters }],
    documentCount: documentCount ?? counts.kept,
  };
};
