/**
 * The recipe: every number that makes a run what it is, saved with it.
 *
 * Anchor: huggingtweets 0.6 (learning rate 1.372e-4 on GPT-2's 768 channels, cosine to 0, 4 epochs,
 * AdamW without decay, clip 1, dropout 0.1, 1,024 tokens a step).
 */

import {
  arrayOf,
  integerFrom,
  numberFrom,
  objectOf,
  oneOf,
  ParseError,
  type Parser,
  parseBoolean,
  parseCount,
} from '../core/parse.ts';
import {
  MODE_NAMES,
  type Preset,
  PRESETS,
  type RecipeOverrides,
  TRAINING_OPTIONS,
} from '../domain/training-options.ts';
import type { GPT2Config } from '../model/config.ts';
import { type LoraSettings, loraTargets } from '../model/lora.ts';
import type { Precision } from '../ops/ops.ts';
import { type AdamWOptions, defaultAdamW } from './adamw.ts';

export interface Recipe {
  /** Passes over the training tweets; fractional when the number of steps was set by hand. */
  readonly epochs: number;
  /** Steps before the present schedule: those of earlier trainings of the same bot. */
  readonly startStep: number;
  readonly totalSteps: number;
  /** Tokens a block. */
  readonly blockLength: number;
  /** Blocks a micro-batch: what is on the device at once. */
  readonly microBatch: number;
  /** Micro-batches a step. */
  readonly accumulation: number;
  /** Peak. */
  readonly learningRate: number;
  readonly dropout: number;
  readonly mode: TrainingMode;
  /** Keeps every block's input only and runs the block again on the way back: less memory. */
  readonly checkpointing: boolean;
  readonly adamw: AdamWOptions;
  readonly seed: number;
  /** Share of the tweets held out to measure what the bot did not learn by heart. */
  readonly validationShare: number;
  /** Steps between validation losses. */
  readonly evaluateEvery: number;
  /** The number of blocks that a validation loss looks at, at most. */
  readonly validationBlocks: number;
}

/** What is trained: every weight, or an adapter beside weights that stay as they are. */
export type TrainingMode =
  | { readonly kind: 'full' }
  | ({
      readonly kind: 'lora';
      /** Frozen weights are stored as float16 where the operations can; sums stay float32. */
      readonly isBaseHalf: boolean;
    } & LoraSettings);

/** Share of the tweets held out to measure what the bot did not learn by heart. */
export const VALIDATION_SHARE = 0.05;

/** Of the model's own layers; an adapter has its own rate. */
export const DROPOUT_RATE = 0.1;

/** Tokens of a sample tweet that a run writes on its way, at most. */
export const MAX_SAMPLE_TOKENS = 64;

/** Validation losses of a run. */
const EVALUATIONS = 10;

const ANCHOR_LEARNING_RATE = 1.372e-4;
const ANCHOR_CHANNELS = 768;

/**
 * An adapter wants larger steps than the model itself. By the same measurement: c_attn at 3, 10 and 30
 * times the full rate 4.15, 4.07, 4.10; all four at 3, 6 and 10 times 3.94, 3.88, 3.87.
 */
const LORA_RATE_FACTOR = 10;

/**
 * A narrower model wants larger steps. ∝ 1 / width^1.5 by measurement: the starter (192 channels) on
 * the sample, 4 epochs of 512-token steps, took the held-out loss from 4.14 to 3.81 at 5.5e-4, 3.77
 * at 1e-3 and at 1.5e-3, 3.82 at 2.2e-3. The rule says 1.1e-3.
 */
export function defaultLearningRate(config: GPT2Config, mode: TrainingMode): number {
  const full = ANCHOR_LEARNING_RATE * (ANCHOR_CHANNELS / config.nEmbd) ** 1.5;
  return mode.kind === 'lora' ? LORA_RATE_FACTOR * full : full;
}

/** The mode that a user's choices come to. */
export function chooseMode(overrides: RecipeOverrides): TrainingMode {
  if ((overrides.mode ?? 'full') === 'full') return { kind: 'full' };
  const rank = overrides.loraRank ?? defaultLora.rank;
  const isBaseHalf = overrides.checkpointing ?? false;
  return { ...defaultLora, kind: 'lora', isBaseHalf, rank, alpha: 2 * rank };
}

/** How a weight of the base model is stored: vectors are small, and stay float32. */
export function weightPrecision(mode: TrainingMode, shape: readonly number[]): Precision {
  return mode.kind === 'lora' && mode.isBaseHalf && shape.length > 1 ? 'f16' : 'f32';
}

export function tokensPerStep(
  recipe: Pick<Recipe, 'blockLength' | 'microBatch' | 'accumulation'>,
): number {
  return recipe.blockLength * recipe.microBatch * recipe.accumulation;
}

/**
 * Two matrices a block by measurement: the starter on the sample, two epochs of 512-token steps from
 * 4.48, rank 8, held-out loss: c_attn alone (PEFT's default for GPT-2) 4.07, c_attn and mlp.c_proj 3.89,
 * c_attn and c_fc 3.92, all four 3.87 for half as many dispatches again. Full training: 3.74.
 */
export const defaultLora: LoraSettings = {
  rank: TRAINING_OPTIONS.loraRank.default,
  alpha: 2 * TRAINING_OPTIONS.loraRank.default,
  dropout: 0.05,
  targets: ['attn.c_attn', 'mlp.c_proj'],
};

/** How a step's tokens are laid out: chosen by the adapter's speed (`probe.ts`). */
export interface BatchShape {
  readonly blockLength: number;
  readonly microBatch: number;
  readonly accumulation: number;
}

export function createRecipe(options: {
  readonly config: GPT2Config;
  readonly preset: Preset;
  readonly overrides: RecipeOverrides;
  readonly shape: BatchShape;
  /** Tokens of one epoch, separators included. */
  readonly epochTokens: number;
  readonly seed: number;
}): Recipe {
  const { config, preset, overrides, shape, epochTokens, seed } = options;
  const mode = chooseMode(overrides);
  const perStep = tokensPerStep(shape);
  const wishedEpochs = overrides.epochs ?? PRESETS[preset].epochs;
  const totalSteps =
    overrides.steps ?? Math.max(1, Math.round((wishedEpochs * epochTokens) / perStep));
  return {
    ...shape,
    startStep: 0,
    totalSteps,
    epochs: (totalSteps * perStep) / epochTokens,
    learningRate: overrides.learningRate ?? defaultLearningRate(config, mode),
    dropout: DROPOUT_RATE,
    mode,
    checkpointing: overrides.checkpointing ?? false,
    adamw: defaultAdamW,
    seed: overrides.seed ?? seed,
    validationShare: VALIDATION_SHARE,
    evaluateEvery: Math.max(1, Math.ceil(totalSteps / EVALUATIONS)),
    // They cost a tenth of the training: a forward pass is a third of a step.
    validationBlocks: Math.max(1, Math.floor((totalSteps * perStep * 0.03) / shape.blockLength)),
  };
}

/**
 * The recipe of a bot that learns on after `completedSteps`: the learning rate rises to its peak and
 * falls to zero once more, epochs go on where they were.
 */
export function extendRecipe(
  recipe: Recipe,
  completedSteps: number,
  moreEpochs: number,
  epochTokens: number,
): Recipe {
  const perStep = tokensPerStep(recipe);
  const moreSteps = Math.max(1, Math.round((moreEpochs * epochTokens) / perStep));
  const totalSteps = completedSteps + moreSteps;
  return {
    ...recipe,
    startStep: completedSteps,
    totalSteps,
    epochs: (totalSteps * perStep) / epochTokens,
    evaluateEvery: Math.max(1, Math.ceil(moreSteps / EVALUATIONS)),
  };
}

const parseLora = objectOf<Extract<TrainingMode, { readonly kind: 'lora' }>>({
  kind: oneOf('lora'),
  isBaseHalf: parseBoolean,
  rank: integerFrom(1, 4096),
  alpha: numberFrom(0),
  dropout: numberFrom(0, 0.999),
  targets: (value, path) => {
    const targets = arrayOf(oneOf(...loraTargets))(value, path);
    if (targets.length === 0) throw new ParseError(path, 'one target at least');
    return targets;
  },
});

/** Throws {@link ParseError}. */
export const parseMode: Parser<TrainingMode> = (value, path) => {
  const { kind } = objectOf({ kind: oneOf(...MODE_NAMES) })(value, path);
  return kind === 'full' ? { kind } : parseLora(value, path);
};

/** Of a recipe that is stored or that a bot's file brings. Throws {@link ParseError}. */
export const parseRecipe: Parser<Recipe> = objectOf<Recipe>({
  epochs: numberFrom(0),
  startStep: parseCount,
  totalSteps: integerFrom(1),
  blockLength: integerFrom(1),
  microBatch: integerFrom(1),
  accumulation: integerFrom(1),
  learningRate: numberFrom(0),
  dropout: numberFrom(0),
  mode: parseMode,
  checkpointing: parseBoolean,
  adamw: objectOf<AdamWOptions>({
    beta1: numberFrom(0),
    beta2: numberFrom(0),
    epsilon: numberFrom(0),
    weightDecay: numberFrom(0),
    maxGradNorm: numberFrom(0),
  }),
  seed: numberFrom(0),
  validationShare: numberFrom(0),
  evaluateEvery: integerFrom(1),
  validationBlocks: integerFrom(1),
});
