/** What is recorded of a run, and the parser that reads it from storage. */

import type { BaseOfBot, BotVersion, RunSummary } from '../protocol/bots.ts';
import {
  arrayOf,
  nullable,
  numberFrom,
  objectOf,
  oneOf,
  optional,
  ParseError,
  type Parser,
  parseBoolean,
  parseCount,
  parseNumber,
  parseString,
  recordOf,
} from '../core/parse.ts';
import {
  parseMetricPoint,
  parseOutcome,
  parseQuizOutcome,
  parseSample,
  parseTrainingPlan,
  parseTrainingRequest,
  parseTrial,
} from './parse-training.ts';
import { parseDatasetSummary } from './parse-dataset.ts';
import { parseRepository } from '../domain/hub-name.ts';
import { parseRecipe } from '../domain/recipe.ts';

/** A finished version of a bot. */
export interface StoredVersion extends BotVersion {
  /** Null if the weights are those of the run's base model, as in a bot from a file. */
  readonly checkpointId: string | null;
}

/** The weights with the lowest validation loss of the current training. */
export interface BestCheckpoint {
  readonly checkpointId: string;
  readonly completedSteps: number;
  readonly validationLoss: number;
  readonly bytes: number;
}

/** Fields of a summary that are computed from the record. */
type Derived =
  | 'status'
  | 'canGenerate'
  | 'hasAdapter'
  | 'hasOptimizer'
  | 'storedBytes'
  | 'checkpoints'
  | 'isReadyMade';

export interface RunRecord extends Omit<RunSummary, Derived> {
  /** A run that is `running` when the engine starts was interrupted. */
  readonly status: 'running' | 'paused' | 'finished';
  /** The stored base model, whose tokenizer and shapes the bot uses. */
  readonly modelId: string;
  /** The shapes of kernels that it computes with (`Tuning`); null where there was nothing to choose. */
  readonly kernelShapes: Readonly<Record<string, string>> | null;
  /** The last complete checkpoint, or null before the first. Only `saveCheckpoint` changes it. */
  readonly checkpointId: string | null;
  /** The texts that it learns from. Null after they were deleted, and in most bots from a file. */
  readonly snapshotId: string | null;
  /** Only `saveBest` sets it. */
  readonly best: BestCheckpoint | null;
  readonly history: readonly StoredVersion[];
  /** When the user deleted it, or null. Until the next start it can be restored. */
  readonly deletedAt: number | null;
}

/** Fields that a new run may leave out, because nothing is learned or chosen yet. */
type Fresh =
  | 'base'
  | 'snapshotId'
  | 'best'
  | 'history'
  | 'writesWith'
  | 'emoji'
  | 'deletedAt'
  | 'request'
  | 'outcome'
  | 'notes'
  | 'quizzes'
  | 'kernelShapes'
  | 'isRecordOnly';
export type NewRun = Omit<RunRecord, 'checkpointId' | 'checkpointBytes' | 'updatedAt' | Fresh> &
  Partial<Pick<RunRecord, Fresh>>;

/** Fields that may change in a run. A given array replaces the whole array. */
export type RunUpdate = Partial<
  Omit<
    RunRecord,
    'id' | 'createdAt' | 'updatedAt' | 'checkpointId' | 'checkpointBytes' | 'best' | 'history'
  >
>;

const parseVersion = objectOf<StoredVersion>({
  number: parseCount,
  checkpointId: nullable(parseString),
  completedSteps: parseCount,
  loss: nullable(parseNumber),
  validationLoss: nullable(parseNumber),
  trainedShare: numberFrom(0, 1),
  createdAt: parseNumber,
  bytes: parseCount,
});

/** The name becomes an address on the bot's card, so only names that the Hub allows are accepted. */
const parseRepo: Parser<string> = (value, path) => {
  const repo = parseString(value, path);
  if (parseRepository(repo) !== repo)
    throw new ParseError(path, { be: 'matching', pattern: 'owner/name' });
  return repo;
};

export const parseBaseOfBot = objectOf<BaseOfBot>({
  name: parseString,
  repo: nullable(parseRepo),
  revision: nullable(parseString),
});

export const parseRun = objectOf<RunRecord>({
  id: parseString,
  name: parseString,
  status: oneOf('running', 'paused', 'finished'),
  baseModelId: parseString,
  datasetId: parseString,
  dataset: parseDatasetSummary,
  completedSteps: parseCount,
  totalSteps: parseCount,
  points: arrayOf(parseMetricPoint),
  samples: arrayOf(parseSample),
  backend: oneOf('webgpu', 'wasm', 'cpu'),
  adapter: parseString,
  tokensPerSecond: parseNumber,
  seed: parseNumber,
  plan: parseTrainingPlan,
  createdAt: parseNumber,
  updatedAt: parseNumber,
  modelId: parseString,
  base: nullable(parseBaseOfBot),
  recipe: parseRecipe,
  trials: optional(arrayOf(parseTrial)),
  versions: recordOf(parseString),
  kernelShapes: nullable(recordOf(parseString)),
  checkpointId: nullable(parseString),
  snapshotId: nullable(parseString),
  checkpointBytes: parseCount,
  best: nullable(
    objectOf<BestCheckpoint>({
      checkpointId: parseString,
      completedSteps: parseCount,
      validationLoss: parseNumber,
      bytes: parseCount,
    }),
  ),
  history: arrayOf(parseVersion),
  writesWith: nullable(parseCount),
  emoji: nullable(parseString),
  deletedAt: nullable(parseNumber),
  request: nullable(parseTrainingRequest),
  outcome: nullable(parseOutcome),
  notes: parseString,
  quizzes: arrayOf(parseQuizOutcome),
  isRecordOnly: parseBoolean,
});
