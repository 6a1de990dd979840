/** Parsers for the summary of a dataset, which is stored with the dataset and with each run on it. */
import type { DatasetAccount, DatasetCounts, DatasetSummary } from '../protocol/datasets.ts';
import {
  type ChoiceOption,
  choicesOf,
  type CleaningOptions,
  DROP_REASONS,
} from '../domain/cleaning.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  oneOf,
  type Parser,
  parseBoolean,
  parseCount,
  parseNumber,
  parseString,
  recordOf,
  stringMatching,
} from '../core/parse.ts';

const choice = <K extends ChoiceOption>(option: K) => oneOf(...choicesOf(option));

const parseCleaningOptions = objectOf<CleaningOptions>({
  retweets: choice('retweets'),
  replies: choice('replies'),
  quotes: choice('quotes'),
  threads: choice('threads'),
  links: choice('links'),
  mentions: choice('mentions'),
  hashtags: choice('hashtags'),
  languages: arrayOf(parseString),
  fromMs: nullable(parseNumber),
  untilMs: nullable(parseNumber),
  minimumLikes: parseCount,
  exclude: parseString,
  duplicates: choice('duplicates'),
  edits: choice('edits'),
  emojiOnly: choice('emojiOnly'),
  unknownAudience: choice('unknownAudience'),
  minimumWords: parseCount,
  newLines: choice('newLines'),
  shares: arrayOf(parseNumber),
});

/** Only known reasons, and only those for which tweets were dropped. */
const parseReasons: Parser<DatasetCounts['reasons']> = (value, path) => {
  const reasons = recordOf(parseCount)(value, path);
  for (const reason of Object.keys(reasons)) oneOf(...DROP_REASONS)(reason, path);
  return reasons;
};

const parseCounts = objectOf<DatasetCounts>({
  read: parseCount,
  retweets: parseCount,
  short: parseCount,
  other: parseCount,
  kept: parseCount,
  damaged: parseCount,
  reasons: parseReasons,
});

/** Drawn by `engine/datasets/thumbnail.ts`. Any other address would make the page fetch something. */
const parsePicture = stringMatching(/^data:image\/jpeg;base64,[\w+/=]{1,65536}$/);

export const parseDatasetSummary = objectOf<DatasetSummary>({
  id: parseString,
  name: parseString,
  username: nullable(parseString),
  displayName: nullable(parseString),
  avatar: nullable(parsePicture),
  files: arrayOf(parseString),
  counts: parseCounts,
  characters: parseCount,
  languages: arrayOf(parseString),
  isSmall: parseBoolean,
  contentHash: parseString,
  createdAt: parseNumber,
  accounts: arrayOf(
    objectOf<DatasetAccount>({
      name: parseString,
      username: nullable(parseString),
      displayName: nullable(parseString),
      counts: parseCounts,
      characters: parseCount,
    }),
  ),
  documentCount: parseCount,
  answerCount: parseCount,
  options: parseCleaningOptions,
});
