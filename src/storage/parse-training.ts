/** Parsers for types of `protocol/training.ts` that are part of stored records. */
import {
  type AnyOptionValue,
  MODE_NAMES,
  PRESET_NAMES,
  type RecipeOverrides,
  TRAINING_OPTIONS,
  type TrainingOption,
} from '../domain/training-options.ts';
import type { QuizOutcome } from '../domain/quiz.ts';
import type { RunOutcome } from '../protocol/bots.ts';
import type {
  MemoryParts,
  MetricPoint,
  SampleTweet,
  TrainingPlan,
  TrainingRequest,
  Trial,
} from '../protocol/training.ts';
import {
  integerFrom,
  nullable,
  numberFrom,
  objectOf,
  oneOf,
  optional,
  type Parser,
  parseBoolean,
  parseCount,
  parseNumber,
  parseOpaqueObject,
  parseString,
} from '../core/parse.ts';

export const parseMetricPoint = objectOf<MetricPoint>({
  step: parseCount,
  loss: parseNumber,
  validationLoss: optional(parseNumber),
  bitsPerByte: optional(parseNumber),
  learningRate: parseNumber,
  epoch: parseNumber,
  gradientNorm: optional(parseNumber),
  tokensPerSecond: optional(parseNumber),
  atMs: optional(parseNumber),
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
  hasHalfActivations: optional(parseBoolean),
  tokensPerSecond: parseNumber,
  trialSteps: optional(parseCount),
  estimatedSeconds: parseNumber,
  estimatedBytes: parseNumber,
  memory: objectOf<MemoryParts>({
    weightBytes: parseNumber,
    gradientBytes: parseNumber,
    momentBytes: parseNumber,
    workingBytes: parseNumber,
  }),
});

export const parseTrial = objectOf<Trial>({
  learningRate: parseNumber,
  steps: parseCount,
  validationLoss: nullable(parseNumber),
  hasDiverged: parseBoolean,
});

export const parseSample = objectOf<SampleTweet>({
  step: parseCount,
  prompt: parseString,
  text: parseString,
  learned: optional(objectOf({ grams: parseCount, shared: parseCount })),
});

function parserOf(option: TrainingOption): Parser<AnyOptionValue> {
  if (option.kind === 'flag') return parseBoolean;
  if (option.kind === 'choice') return oneOf(...option.choices);
  const { isInteger, min, max } = option;
  return isInteger ? integerFrom(min, max) : numberFrom(min, max);
}

/** Values within the bounds of their options, and no others. */
const parseOverrides: Parser<RecipeOverrides> = (value, path) => {
  const given: Readonly<Record<string, unknown>> = { ...parseOpaqueObject(value, path) };
  const overrides: Record<string, AnyOptionValue> = {};
  for (const [name, option] of Object.entries(TRAINING_OPTIONS)) {
    const parsed = optional(parserOf(option))(given[name], `${path}.${name}`);
    if (parsed !== undefined) overrides[name] = parsed;
  }
  // Each value was parsed by the kind of its option.
  return overrides as RecipeOverrides;
};

export const parseTrainingRequest = objectOf<TrainingRequest>({
  preset: oneOf(...PRESET_NAMES),
  overrides: parseOverrides,
});

export const parseOutcome: Parser<RunOutcome> = (value, path) => {
  const kinds = ['completed', 'learned-enough', 'stopped', 'failed'] as const;
  const { kind } = objectOf({ kind: oneOf(...kinds) })(value, path);
  return kind === 'failed' ? { kind, ...objectOf({ code: parseString })(value, path) } : { kind };
};

export const parseQuizOutcome = objectOf<QuizOutcome>({
  playedAt: parseNumber,
  seed: parseCount,
  pairs: parseCount,
  right: parseCount,
  longestStreak: parseCount,
  version: nullable(parseCount),
});
