/** Parsers of the contract's own types (`protocol/calls.ts`), for records that embed them. */
import type { MemoryParts, MetricPoint, TrainingPlan } from '../protocol/calls.ts';
import {
  objectOf,
  oneOf,
  optional,
  type Parser,
  parseBoolean,
  parseCount,
  parseNumber,
} from './parse.ts';

export const parseMetricPoint = objectOf<MetricPoint>({
  step: parseCount,
  loss: parseNumber,
  validationLoss: optional(parseNumber),
  learningRate: parseNumber,
  epoch: parseNumber,
});

/** A plan as it may be stored: older ones don't say what they trained. */
interface StoredPlan extends Omit<TrainingPlan, 'mode' | 'trainedParameters' | 'checkpointing'> {
  readonly mode: TrainingPlan['mode'] | undefined;
  readonly trainedParameters: number | undefined;
  readonly checkpointing: boolean | undefined;
}

const parseStoredPlan = objectOf<StoredPlan>({
  steps: parseCount,
  epochs: parseNumber,
  blockLength: parseCount,
  microBatch: parseCount,
  accumulation: parseCount,
  learningRate: parseNumber,
  datasetTokens: parseCount,
  parameters: parseCount,
  mode: optional(oneOf('full', 'lora')),
  trainedParameters: optional(parseCount),
  checkpointing: optional(parseBoolean),
  tokensPerSecond: parseNumber,
  estimatedSeconds: parseNumber,
  estimatedBytes: parseNumber,
  memory: optional(
    objectOf<MemoryParts>({
      weightBytes: parseNumber,
      gradientBytes: parseNumber,
      momentBytes: parseNumber,
      workingBytes: parseNumber,
    }),
  ),
});

export const parseTrainingPlan: Parser<TrainingPlan> = (value, path) => {
  const plan = parseStoredPlan(value, path);
  return {
    ...plan,
    mode: plan.mode ?? 'full',
    trainedParameters: plan.trainedParameters ?? plan.parameters,
    checkpointing: plan.checkpointing ?? false,
  };
};
