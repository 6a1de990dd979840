/**
 * How a recipe (`domain/recipe.ts`) comes about.
 *
 * The values come from huggingtweets 0.6: a learning rate of 1.372e-4 for GPT-2's 768 channels, a cosine
 * schedule to 0, AdamW without weight decay, gradients clipped to norm 1. The preset `huggingtweets` has
 * all of the original's; what the others have instead was measured (`recipeDefaults`). Everything that
 * changes what is learned depends on model, mode, preset and texts alone. The model, the kind of backend and
 * the memory decide how a step is cut into micro-batches and, where memory is short, how long blocks are.
 */

import type { LoraSettings, Recipe, TrainingMode } from '../domain/recipe.ts';
import { USUAL_BLOCK } from '../domain/option-conflicts.ts';
import { type Preset, PRESETS, type RecipeOverrides } from '../domain/training-options.ts';
import type { GPT2Config } from '../model/config.ts';
import type { Precision } from '../ops/operands.ts';
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
interface RecipeDefaults
  extends Pick<Recipe, 'blockLength' | 'warmup' | 'dropout' | 'attention' | 'patience'> {
  readonly tokensPerStep: number;
  /** The recipe's; undefined if the learning rate falls to zero. */
  readonly finalRate?: number;
  /** What {@link defaultLearningRate} is multiplied by. */
  readonly rateFactor: number;
  /** How often a run computes the validation loss. */
  readonly evaluations: number;
}

const EVALUATIONS = 10;

const HUGGINGTWEETS_RECIPE: RecipeDefaults = {
  blockLength: 1024,
  tokensPerStep: 1024,
  warmup: 0,
  dropout: 0.1,
  attention: 'block',
  rateFactor: 1,
  evaluations: EVALUATIONS,
  patience: 0,
};

/**
 * A narrow model's learning rate doesn't fall to zero. Held-out bits per byte after two passes with the starter, seeds
 * 0 to 2, falling to zero and to a tenth: on the sample 1.538, 1.546 and 1.551, and 1.533, 1.537 and 1.541; on 200
 * pieces of plays 2.061, 2.060 and 2.059, and 2.054, 2.053 and 2.059.
 */
const NARROW_FINAL_RATE = 0.1;

/**
 * The defaults of a preset. What narrow models have was measured with the starter, in held-out bits per byte
 * after two passes (`tests/bench/RESULTS.md` has the commands): with 512 and 256 tokens a step, 1.550 and 1.538
 * on the sample, 1.635 and 1.615 with others of its tweets held out, 2.070 and 2.061 on 200 pieces of plays. The
 * weights of GPT-2's own size weren't at hand, so it keeps the published dropout, and steps of half the
 * published size.
 */
export function recipeDefaults(preset: Preset, { nEmbd, blockSize }: GPT2Config): RecipeDefaults {
  const isNarrow = nEmbd < ANCHOR_CHANNELS;
  const own: RecipeDefaults = {
    blockLength: USUAL_BLOCK,
    tokensPerStep: isNarrow ? 256 : 512,
    warmup: 0.1,
    ...(isNarrow ? { finalRate: NARROW_FINAL_RATE } : {}),
    dropout: isNarrow ? 0 : HUGGINGTWEETS_RECIPE.dropout,
    attention: 'document',
    rateFactor: preset === 'best' ? 0.7 : 1,
    evaluations: preset === 'best' ? 20 : EVALUATIONS,
    // The learning rate falls meanwhile, which may still lower the loss.
    patience: preset === 'best' ? 5 : 3,
  };
  const defaults = preset === 'huggingtweets' ? HUGGINGTWEETS_RECIPE : own;
  return { ...defaults, blockLength: Math.min(defaults.blockLength, blockSize) };
}

/** The maximum number of tokens of the sample tweets that a run writes. */
export const MAX_SAMPLE_TOKENS = 64;

const ANCHOR_LEARNING_RATE = 1.372e-4;
const ANCHOR_CHANNELS = 768;

/**
 * What an adapter of a model has. Those of narrow models were measured with the starter, seeds 0 to 2, held-out bits
 * per byte after two passes, falling to zero: with rank 8 and 10 times the rate of full training 1.607, 1.601 and
 * 1.605 on the sample, with rank 32 and 5 times 1.585, 1.584 and 1.583 (falling to a tenth 1.578, 1.581 and 1.577);
 * on 200 pieces of plays 2.118, 2.108 and 2.108, and 2.098, 2.091 and 2.093. Those of GPT-2's own size aren't
 * measured; there a rank of 8 is PEFT's.
 */
export function loraDefaults({ nEmbd }: Pick<GPT2Config, 'nEmbd'>): {
  readonly rank: number;
  /** How many times as high the learning rate is as that of full training. */
  readonly rateFactor: number;
} {
  return nEmbd < ANCHOR_CHANNELS
    ? { rank: 32, rateFactor: 5 }
    : { rank: defaultLora.rank, rateFactor: 10 };
}

/**
 * A narrower model needs a higher learning rate; it is proportional to width^−1.5. For the starter (192
 * channels) that is 1.1e-3. Held-out bits per byte of the sample after two passes of 256 tokens a step in
 * which no tweet is cut, for two splits and two seeds each: 1.542, 1.548, 1.621 and 1.613 with that rate, and
 * 1.542, 1.547, 1.628 and 1.621 with 0.7 times as much.
 */
export function defaultLearningRate(config: GPT2Config, mode: TrainingMode): number {
  const full = ANCHOR_LEARNING_RATE * (ANCHOR_CHANNELS / config.nEmbd) ** 1.5;
  return mode.kind === 'lora' ? loraDefaults(config).rateFactor * full : full;
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
 * Adapters on two matrices per layer: c_attn, which is PEFT's default for GPT-2, and mlp.c_proj. All four
 * matrices would take twice as many dispatches again.
 */
export const defaultLora: LoraSettings = {
  rank: 8,
  alpha: 16,
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
  readonly way: Pick<
    Recipe,
    'mode' | 'checkpointing' | 'hasHalfActivations' | 'dropout' | 'attention'
  >;
  readonly shape: BatchShape;
  /** The number of tokens per epoch, including separators. */
  readonly epochTokens: number;
  /** {@link validationShare} of the documents; {@link MIN_VALIDATION_SHARE} by default. */
  readonly validationShare?: number;
  readonly seed: number;
}): Recipe {
  const { config, preset, overrides, way, shape, epochTokens, seed } = options;
  const { validationShare: share = MIN_VALIDATION_SHARE } = options;
  const { mode, checkpointing, hasHalfActivations, dropout, attention } = way;
  const usual = recipeDefaults(preset, config);
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
    learningRate: overrides.learningRate ?? usual.rateFactor * defaultLearningRate(config, mode),
    warmup: overrides.warmup ?? usual.warmup,
    ...(usual.finalRate === undefined ? {} : { finalRate: usual.finalRate }),
    dropout,
    attention,
    ...(overrides.replyContext === true ? { replyContext: true } : {}),
    mode,
    checkpointing,
    ...(hasHalfActivations ? { hasHalfActivations } : {}),
    adamw: { ...defaultAdamW, weightDecay: overrides.weightDecay ?? defaultAdamW.weightDecay },
    seed: overrides.seed ?? seed,
    validationShare: share,
    evaluateEvery: Math.max(1, Math.ceil(totalSteps / usual.evaluations)),
    validationBlocks: validationBlocks(totalSteps * perStep, shape.blockLength),
    mixesWithBase: preset !== 'huggingtweets' && overrides.isUnmixed !== true,
    // What the user has set is done to the end.
    patience: overrides.patience ?? (isLengthChosen ? 0 : usual.patience),
  };
}

/**
 * The recipe of a finished bot that is trained further after `completedSteps`. The learning rate starts
 * at its maximum again and falls once more as it did before. Epochs continue where they were, or start at zero if
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
 * How many blocks of held-out tweets a validation loss is computed on, in a training that reads this many
 * tokens. All of them together take a sixth of its time (a forward pass is a third of a step), or as long as
 * the training where that is needed to look at forty tweets.
 */
function validationBlocks(trainedTokens: number, blockLength: number): number {
  const enough = Math.min(ENOUGH_HELD_OUT_TOKENS, 0.3 * trainedTokens);
  return Math.max(1, Math.floor(Math.max(enough, 0.05 * trainedTokens) / blockLength));
}
