/**
 * What an exported bot says about itself, in `training_args.json` and on its card: everything that
 * was recorded of its training, and never a tweet.
 */

import { mynahError } from '../core/errors.ts';
import type { DatasetSummary, MetricPoint, TrainingPlan } from '../protocol/calls.ts';
import type { JsonObject } from './hub-config.ts';

/** Marks a folder as a bot of ours; the number counts incompatible changes. */
export const botFormat = 'mynah-bot/1';

export interface BotRecord {
  readonly format: typeof botFormat;
  readonly name: string;
  /** An emoji that stands for it; null for none. */
  readonly emoji: string | null;
  readonly base: {
    /** For people: `Starter`, `gpt2`, a folder's name. */
    readonly name: string;
    /** `owner/name` on the Hub; null for a model that didn't come from there. */
    readonly repo: string | null;
    readonly revision: string | null;
  };
  /** Its counts and content hash say which tweets; they aren't in it. */
  readonly dataset: DatasetSummary;
  readonly recipe: JsonObject;
  readonly plan: TrainingPlan;
  readonly completedSteps: number;
  readonly totalSteps: number;
  readonly points: readonly MetricPoint[];
  readonly seed: number;
  readonly backend: string;
  readonly adapter: string;
  readonly tokensPerSecond: number;
  readonly versions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The file a record is read from and written to. */
export const botRecordFile = 'training_args.json';

/** Whether a parsed `training_args.json` is ours; transformers writes files of that name too. */
export function isBotRecord(json: unknown): boolean {
  const { format } = (json ?? {}) as { readonly format?: unknown };
  return typeof format === 'string' && format.startsWith('mynah-bot/');
}

/** Throws `weights-corrupt` for a record of a newer Mynah. What it holds is parsed where it is stored. */
export function requireReadable(json: unknown): JsonObject {
  const record = json as JsonObject;
  if (record['format'] !== botFormat) {
    const reason = 'made by a newer version of Mynah';
    throw mynahError('weights-corrupt', { file: botRecordFile, reason });
  }
  return record;
}
