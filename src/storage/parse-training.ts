/** Parsers for types of `protocol/training.ts` that are part of stored records. */
import { MODE_NAMES } from '../domain/training-options.ts';
import type { MemoryParts, MetricPoint, TrainingPlan } from '../protocol/training.ts';
import { objectOf, oneOf, optional, parseBoolean, parseCount, parseNumber } from '../core/parse.ts';

export const parseMetricPoint = objectOf<MetricPoint>({
  step: parseCount,
  loss: parseNumber,
  validationLoss: optional(parseNumber),
  learningRate: parseNumber,
  epoch: parseNumber,
  isSkipped: optional(parseBoolean),
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
  mode: oneOf(...MODE_NAMES),
  trainedParameters: parseCount,
  checkpointing: parseBoolean,
  tokensPerSecond: parseNumber,
  estimatedSeconds: parseNumber,
  estimatedBytes: parseNumber,
  memory: objectOf<MemoryParts>({
    weightBytes: parseNumber,
    gradientBytes: parseNumber,
    momentBytes: parseNumber,
    workingBytes: parseNumber,
  }),
});
