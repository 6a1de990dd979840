/** Parsers of the contract's own types (`protocol/calls.ts`), for records that embed them. */
import type {
  DatasetCounts,
  DatasetSummary,
  MetricPoint,
  TrainingPlan,
} from '../protocol/calls.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  optional,
  parseBoolean,
  parseCount,
  parseNumber,
  parseString,
} from './parse.ts';

export const parseDatasetSummary = objectOf<DatasetSummary>({
  id: parseString,
  name: parseString,
  username: nullable(parseString),
  displayName: nullable(parseString),
  files: arrayOf(parseString),
  counts: objectOf<DatasetCounts>({
    read: parseCount,
    retweets: parseCount,
    short: parseCount,
    kept: parseCount,
    damaged: parseCount,
  }),
  characters: parseCount,
  isSmall: parseBoolean,
  contentHash: parseString,
  createdAt: parseNumber,
});

export const parseMetricPoint = objectOf<MetricPoint>({
  step: parseCount,
  loss: parseNumber,
  validationLoss: optional(parseNumber),
  learningRate: parseNumber,
  epoch: parseNumber,
});

export const parseTrainingPlan = objectOf<TrainingPlan>({
  steps: parseCount,
  epochs: parseNumber,
  blockLength: parseCount,
  microBatch: parseCount,
  accumulation: parseCount,
  learningRate: parseNumber,
  datasetTokens: parseCount,
  parameters: parseCount,
  tokensPerSecond: parseNumber,
  estimatedSeconds: parseNumber,
  estimatedBytes: parseNumber,
});
