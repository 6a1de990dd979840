/**
 * How a recipe (`domain/recipe.ts`) comes about.
 *
 * The values come from huggingtweets 0.6: a learning rate of 1.372e-4 for GPT-2's 768 channels, a cosine
 * schedule to 0, AdamW without weight decay, gradients clipped to norm 1. The preset `huggingtweets` has
 * all of the original's; what the others have instead was measured (`recipeDefaults`). Everything that
 * changes what is learned depends on model, mode, preset and texts alone. A machine's speed and memory
 * decide how a step is cut into micro-batches, and where memory is short how long blocks are.
 */

import type { LoraSettings, Recipe, TrainingMode } from '../domain/recipe.ts';
import {
  type Preset,
  PRESETS,
  type RecipeOverrides,
  TRAINING_OPTIONS,
} from '../domain/training-options.ts';
import type { GPT2Config } from '../model/config.ts';
import type { Precision } from '../ops/ops.ts';
import { defaultAdamW } from './adamw.ts';

const MIN_VALIDATION_SHARE = 0.05;
/**
 * The share of the tweets that is held out for the validation loss: a twentieth of many, and more of few, so
 * that of 400 tweets about 60 are held out and hardly ever fewer than 40. Adding tweets can only lower it, and
 * which tweets are held out is decided so that none that was trained on is held out later.
 */
export function validationShare(documents: number): number {
  return Math.min(0.15, Math.max(MIN_VALIDATION_SHARE, 60 / documents));
}

/** What a recipe has unless the user sets it. */
interface RecipeDefaults extends Pick<Recipe, 'blockLength' | 'warmup' | 'dropout' | 'attention'> {
  readonly tokensPerStep: number;
}

const HUGGINGTWEETS_RECIPE: RecipeDefaults = {
  blockLength: 1024,
  tokensPerStep: 1024,
  warmup: 0,
  dropout: 0.1,
  attention: 'block',
};

/**
 * The defaults of a preset. Held-out bits per byte of the sample, after each pass of four with the starter,
 * in PyTorch: 1.696, 1.625, 1.609, 1.606 with blocks of 256 and 1,024 tokens a step as in huggingtweets;
 * 1.634, 1.583, 1.579, 1.576 with blocks of 64 and 512 tokens a step; 1.626, 1.574, 1.562, 1.559 where in
 * addition no tweet sees another and the rate rises during a tenth of the steps; and 1.565, 1.545, 1.558,
 * 1.568 without dropout, of which the best is kept. The dropout of GPT-2's own size is the published one,
 * because none of its weights were at hand to measure another.
 */
export function recipeDefaults(preset: Preset, { nEmbd, blockSize }: GPT2Config): RecipeDefaults {
  const own: RecipeDefaults = {
    blockLength: 128,
    tokensPerStep: 512,
    warmup: 0.1,
    dropout: nEmbd < ANCHOR_CHANNELS ? 0 : HUGGINGTWEETS_RECIPE.dropout,
    attention: 'document',
  };
  const defaults = preset === 'huggingtweets' ? HUGGINGTWEETS_RECIPE : own;
  return { ...defaults, blockLength: Math.min(defaults.blockLength, blockSize) };
}

/** The maximum number of tokens of the sample tweets that a run writes. */
export const MAX_SAMPLE_TOKENS = 64;

/** How often a run computes the validation loss. */
const EVALUATIONS = 10;

/** Three of ten: the learning rate falls meanwhile, which may still lower the loss. */
const PATIENCE = 3;

const ANCHOR_LEARNING_RATE = 1.372e-4;
const ANCHOR_CHANNELS = 768;

/**
 * An adapter needs a higher learning rate than full training. Measured as for {@link defaultLora}, the
 * validation loss was 4.15, 4.07 and 4.10 with an adapter on c_attn and 3, 10 and 30 times the rate of
 * full training, and 3.94, 3.88 and 3.87 with one on all four matrices and 3, 6 and 10 times that rate.
 */
const LORA_RATE_FACTOR = 10;

/**
 * A narrower model needs a higher learning rate; it is proportional to width^−1.5. Measured with the
 * starter (192 channels) on the sample in 4 epochs of steps of 512 tokens, the validation loss fell from
 * 4.14 to 3.81 with a rate of 5.5e-4, to 3.77 with 1e-3 and with 1.5e-3, and to 3.82 with 2.2e-3. The
 * rule gives 1.1e-3.
 */
export function defaultLearningRate(config: GPT2Config, mode: TrainingMode): number {
  const full = ANCHOR_LEARNING_RATE * (ANCHOR_CHANNELS / config.nEmbd) ** 1.5;
  return mode.kind === 'lora' ? LORA_RATE_FACTOR * full : full;
}

/** The precision in which a weight of the base model is stored. Vectors are small and stay float32. */
export function weightPrecision(mode: TrainingMode, shape: readonly number[]): Precision {
  return mode.kind === 'lora' && mode.isBaseHalf && shape.length > 1 ? 'f16' : 'f32';
}

export function tokensPerStep(
  recipe: Pick<Recipe, 'blockLength' | 'microBatch' | 'accumulation'>,
): number {
  return recipe.blockLength * recipe.microBatch * recipe.accumulation;
}

/**
 * Adapters on two matrices per layer. Measured with the starter on the sample in two epochs of steps of
 * 512 tokens and with rank 8, the validation loss fell from 4.48 to 4.07 with c_attn alone (PEFT's default
 * for GPT-2), to 3.89 with c_attn and mlp.c_proj, to 3.92 with c_attn and c_fc, and to 3.87 with all four,
 * which take half as many dispatches again. Full training reached 3.74.
 */
export const defaultLora: LoraSettings = {
  rank: TRAINING_OPTIONS.loraRank.default,
  alpha: 2 * TRAINING_OPTIONS.loraRank.default,
  dropout: 0.05,
  targets: ['attn.c_attn', 'mlp.c_proj'],
};

/** How the tokens of a step are divided. Planning chooses it. */
export interface BatchShape {
  readonly blockLength: number;
  readonly microBatch: number;
  readonly accumulation: number;
}

/** The recipe of a new run: the user's options, and the defaults for everything else. */
export function createRecipe(options: {
  readonly config: GPT2Config;
  readonly preset: Preset;
  /** Those that planning has decided are in `way`. */
  readonly overrides: RecipeOverrides;
  readonly way: Pick<Recipe, 'mode' | 'checkpointing' | 'dropout' | 'attention'>;
  readonly shape: BatchShape;
  /** The number of tokens per epoch, including separators. */
  readonly epochTokens: number;
  /** {@link validationShare} of the documents; {@link MIN_VALIDATION_SHARE} by default. */
  readonly validationShare?: number;
  readonly seed: number;
}): Recipe {
  const { config, preset, overrides, way, shape, epochTokens, seed } = options;
  const { validationShare: share = MIN_VALIDATION_SHARE } = options;
  const { mode, checkpointing, dropout, attention } = way;
  const { warmup } = recipeDefaults(preset, config);
  const perStep = tokensPerStep(shape);
  const isLengthChosen = overrides.epochs !== undefined || overrides.steps !== undefined;
  const epochs = overrides.epochs ?? PRESETS[preset].epochs;
  const totalSteps = overrides.steps ?? Math.max(1, Math.round((epochs * epochTokens) / perStep));
  return {
    ...shape,
    startStep: 0,
    textsFromStep: 0,
    totalSteps,
    epochs: (totalSteps * perStep) / epochTokens,
    learningRate: overrides.learningRate ?? defaultLearningRate(config, mode),
    warmup,
    dropout,
    attention,
    mode,
    checkpointing,
    adamw: defaultAdamW,
    seed: overrides.seed ?? seed,
    validationShare: share,
    evaluateEvery: Math.max(1, Math.ceil(totalSteps / EVALUATIONS)),
    validationBlocks: validationBlocks(totalSteps * perStep, shape.blockLength),
    mixesWithBase: preset !== 'huggingtweets',
    // What the user has set, and what huggingtweets does, is done to the end.
    patience: preset === 'huggingtweets' || isLengthChosen ? 0 : PATIENCE,
  };
}

/**
 * The recipe of a finished bot that is trained further after `completedSteps`. The learning rate starts
 * at its maximum again and falls to zero once more. Epochs continue where they were, or start at zero if
 * the texts are new.
 */
export function extendRecipe(
  recipe: Recipe,
  completedSteps: number,
  moreEpochs: number,
  epochTokens: number,
  hasNewTexts = false,
): Recipe {
  const perStep = tokensPerStep(recipe);
  const moreSteps = Math.max(1, Math.round((moreEpochs * epochTokens) / perStep));
  const totalSteps = completedSteps + moreSteps;
  return {
    ...recipe,
    startStep: completedSteps,
    textsFromStep: hasNewTexts ? completedSteps : recipe.textsFromStep,
    totalSteps,
    epochs: (totalSteps * perStep) / epochTokens,
    evaluateEvery: Math.max(1, Math.ceil(moreSteps / EVALUATIONS)),
    validationBlocks: validationBlocks(moreSteps * perStep, recipe.blockLength),
    // The user has said how long.
    patience: 0,
  };
}

/** About forty tweets. */
const ENOUGH_HELD_OUT_TOKENS = 1280;

/**
 * How many blocks of held-out tweets a validation loss is computed on, in a training that reads so many
 * tokens. All of them together take a sixth of its time (a forward pass is a third of a step), or as long as
 * the training where that is needed to look at forty tweets.
 */
function validationBlocks(trainedTokens: number, blockLength: number): number {
  const enough = Math.min(ENOUGH_HELD_OUT_TOKENS, 0.3 * trainedTokens);
  return Math.max(1, Math.floor(Math.max(enough, 0.05 * trainedTokens) / blockLength));
}
