/**
 * What an exported bot says about itself, in `training_args.json` and on its card: everything that
 * was recorded of its training, and never a tweet.
 */

import { mynahError } from '../core/errors.ts';
import { parseRepository } from '../domain/hub-name.ts';
import type { DatasetSummary, MetricPoint, RunSummary, TrainingPlan } from '../protocol/calls.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  oneOf,
  ParseError,
  parseCount,
  parseNumber,
  parseOpaqueObject,
  type Parser,
  parseString,
  recordOf,
} from '../storage/parse.ts';
import { parseMetricPoint, parseTrainingPlan } from '../storage/parse-calls.ts';
import { parseDatasetSummary } from '../storage/parse-dataset.ts';

/** Marks a folder as a bot of ours; the number counts incompatible changes. */
export const botFormat = 'mynah-bot/1';

export interface BaseOfBot {
  /** For people: `Starter`, `gpt2`, a folder's name. */
  readonly name: string;
  /** `owner/name` on the Hub; null for a model that didn't come from there. */
  readonly repo: string | null;
  readonly revision: string | null;
}

export interface BotRecord {
  readonly format: typeof botFormat;
  readonly name: string;
  /** An emoji that stands for it; null for none. */
  readonly emoji: string | null;
  readonly base: BaseOfBot;
  /** Its counts and content hash say which tweets; they aren't in it. */
  readonly dataset: DatasetSummary;
  readonly recipe: object;
  readonly plan: TrainingPlan;
  readonly completedSteps: number;
  readonly totalSteps: number;
  readonly points: readonly MetricPoint[];
  readonly seed: number;
  readonly backend: RunSummary['backend'];
  readonly adapter: string;
  readonly tokensPerSecond: number;
  readonly versions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The file a record is read from and written to. */
export const botRecordFile = 'training_args.json';

/** It becomes an address on the card. */
const parseRepo: Parser<string> = (value, path) => {
  const repo = parseString(value, path);
  if (parseRepository(repo) !== repo) throw new ParseError(path, 'a name on the Hub');
  return repo;
};

const parseRecord = objectOf<BotRecord>({
  format: oneOf(botFormat),
  name: parseString,
  emoji: nullable(parseString),
  base: objectOf({
    name: parseString,
    repo: nullable(parseRepo),
    revision: nullable(parseString),
  }),
  dataset: parseDatasetSummary,
  recipe: parseOpaqueObject,
  plan: parseTrainingPlan,
  completedSteps: parseCount,
  totalSteps: parseCount,
  points: arrayOf(parseMetricPoint),
  seed: parseNumber,
  backend: oneOf('webgpu', 'wasm', 'cpu'),
  adapter: parseString,
  tokensPerSecond: parseNumber,
  versions: recordOf(parseString),
  createdAt: parseNumber,
});

/**
 * A parsed `training_args.json`; null where it isn't ours: transformers writes files of that name,
 * too. Throws `weights-corrupt` where it is, but damaged, or of a newer Mynah.
 */
export function parseBotRecord(json: unknown): BotRecord | null {
  const { format } = (json ?? {}) as { readonly format?: unknown };
  if (typeof format !== 'string' || !format.startsWith('mynah-bot/')) return null;
  const file = botRecordFile;
  if (format !== botFormat) {
    throw mynahError('weights-corrupt', { file, reason: 'made by a newer version of Mynah' });
  }
  try {
    return parseRecord(json, 'bot');
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw mynahError('weights-corrupt', { file, reason: error.message }, error);
  }
}
