/**
 * The record of an exported bot in `training_args.json`, which its card shows too: everything that was
 * recorded of its training, but no tweet.
 */

import { mynahError } from '../core/errors.ts';
import { parseBaseOfBot } from '../storage/run-record.ts';
import type { BaseOfBot, RunSummary } from '../protocol/bots.ts';
import type { DatasetSummary } from '../protocol/datasets.ts';
import type { MetricPoint, TrainingPlan } from '../protocol/training.ts';
import {
  arrayOf,
  nullable,
  numberFrom,
  objectOf,
  oneOf,
  optional,
  ParseError,
  parseCount,
  parseNumber,
  parseString,
  recordOf,
} from '../core/parse.ts';
import { parseRecipe, type Recipe } from '../domain/recipe.ts';
import { parseFile } from '../model/settings.ts';
import { parseMetricPoint, parseTrainingPlan } from '../storage/parse-training.ts';
import { parseDatasetSummary } from '../storage/parse-dataset.ts';

/** Marks a folder as a bot of Mynah. The number increases with each incompatible change. */
export const BOT_FORMAT = 'mynah-bot/1';
const FORMAT_FAMILY = 'mynah-bot/';

export interface BotRecord {
  readonly format: typeof BOT_FORMAT;
  readonly name: string;
  /** The emoji that the user chose for the bot, or null. */
  readonly emoji: string | null;
  readonly base: BaseOfBot;
  /** The counts and the content hash of the tweets, without the tweets. */
  readonly dataset: DatasetSummary;
  readonly recipe: Recipe;
  readonly plan: TrainingPlan;
  readonly completedSteps: number;
  readonly totalSteps: number;
  readonly points: readonly MetricPoint[];
  readonly seed: number;
  readonly backend: RunSummary['backend'];
  readonly adapter: string;
  readonly tokensPerSecond: number;
  /** The share of the training in the weights, the rest of which are the base model's; 1 for all of it. */
  readonly trainedShare: number;
  /**
   * The loss of these weights on held-out tweets, in nats per token; null if it wasn't measured. Earlier builds don't say
   * it.
   */
  readonly validationLoss?: number | null | undefined;
  readonly versions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The name of the file with the record. */
export const BOT_RECORD_FILE = 'training_args.json';

const parseRecord = objectOf<BotRecord>({
  format: oneOf(BOT_FORMAT),
  name: parseString,
  emoji: nullable(parseString),
  base: parseBaseOfBot,
  dataset: parseDatasetSummary,
  recipe: parseRecipe,
  plan: parseTrainingPlan,
  completedSteps: parseCount,
  totalSteps: parseCount,
  points: arrayOf(parseMetricPoint),
  seed: parseNumber,
  backend: oneOf('webgpu', 'wasm', 'cpu'),
  adapter: parseString,
  tokensPerSecond: parseNumber,
  trainedShare: numberFrom(0, 1),
  validationLoss: optional(nullable(numberFrom(0))),
  versions: recordOf(parseString),
  createdAt: parseNumber,
});

/**
 * What earlier builds of this page did not write into the record of a bot, because there was only one way, and what
 * that way was. The first two landed builds that exported bots (November 2026) lack some of these.
 */
export const UNSAID = {
  trainedShare: 1,
  recipe: { textsFromStep: 0, warmup: 0, attention: 'block', mixesWithBase: false, patience: 0 },
  // It was not recorded.
  plan: { memory: { weightBytes: 0, gradientBytes: 0, momentBytes: 0, workingBytes: 0 } },
  dataset: { answerCount: 0, options: { unknownAudience: 'keep' } },
} as const;

/** The value with the fields of `unsaid` that it lacks, at any depth. What isn't an object stays as it is. */
function withUnsaid(value: unknown, unsaid: object): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const [name, said] of Object.entries(unsaid)) {
    const own = fields.get(name);
    if (own === undefined) fields.set(name, said);
    else if (typeof said === 'object' && said !== null) fields.set(name, withUnsaid(own, said));
  }
  return Object.fromEntries(fields);
}

/**
 * Parses the JSON of a `training_args.json`, which an earlier build of this page may have written. Returns null if
 * Mynah didn't write it, since transformers writes files of that name too. Throws `model-corrupt` if it is damaged, and
 * `unsupported` if its format is that of another version of Mynah.
 */
export function parseBotRecord(json: unknown): BotRecord | null {
  const file = BOT_RECORD_FILE;
  const { format } = (json ?? {}) as { readonly format?: unknown };
  if (typeof format !== 'string' || !format.startsWith(FORMAT_FAMILY)) return null;
  if (format !== BOT_FORMAT) {
    const feature = {
      what: 'bot-format',
      found: format.slice(0, 40),
      expected: BOT_FORMAT,
    } as const;
    throw mynahError('unsupported', { file, ...feature });
  }
  return parseFile(file, () => {
    const record = parseRecord(withUnsaid(json, UNSAID), 'bot');
    refuseImpossible(record, 'bot');
    return record;
  });
}

/**
 * The loss of a bot's weights on held-out tweets; null if it isn't known. Of a record that doesn't say it, the lowest one
 * that was measured: the weights of that step were kept.
 */
export function heldOutLoss({ validationLoss, points }: BotRecord): number | null {
  if (validationLoss !== undefined) return validationLoss;
  const losses = points.flatMap((point) => point.validationLoss ?? []);
  return losses.length === 0 ? null : losses.reduce((a, b) => Math.min(a, b));
}

/** More than anything that a record counts: milliseconds since 1970, bytes, seeds. */
const MAX_FIGURE = 1e15;

/**
 * Throws `ParseError` for a figure that the page could only show as nonsense: JSON's `1e999` is infinite. None of those
 * that a record has can be negative either: they are counts, losses, sizes, speeds, shares and dates.
 */
export function refuseImpossible(value: unknown, path: string): void {
  if (typeof value === 'number' && !(value >= 0 && value <= MAX_FIGURE)) {
    throw new ParseError(path, { be: 'number-from', min: 0, max: MAX_FIGURE });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) refuseImpossible(inner, `${path}.${name}`);
}
