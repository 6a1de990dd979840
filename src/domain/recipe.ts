/**
 * The recipe: all hyperparameters of a run. It is stored with the run and exported with the bot, so that
 * the run can be resumed anywhere. `train/recipe.ts` says where its values come from.
 */

import {
  arrayOf,
  integerFrom,
  numberFrom,
  objectOf,
  oneOf,
  optional,
  ParseError,
  type Parser,
  parseBoolean,
  parseCount,
} from '../core/parse.ts';
import { MODE_NAMES } from './training-options.ts';

export interface Recipe {
  /** Passes over the training tweets. A fraction if the user has set the number of steps. */
  readonly epochs: number;
  /** The step at which this schedule begins: the steps of earlier trainings of the same bot. */
  readonly startStep: number;
  /** The step from which the present texts are read. Above 0 if a finished bot was given other texts. */
  readonly textsFromStep: number;
  readonly totalSteps: number;
  /** The number of tokens per block. */
  readonly blockLength: number;
  /** The number of blocks per micro-batch. They are on the device together. */
  readonly microBatch: number;
  /** The number of micro-batches per step, whose gradients are accumulated. */
  readonly accumulation: number;
  /** The maximum, at the beginning of the schedule. */
  readonly learningRate: number;
  /** The share of the steps during which the learning rate rises; never more than `MAX_WARMUP_STEPS`. */
  readonly warmup: number;
  /** The share of the maximum that the learning rate falls to; 0 if it is absent, as in huggingtweets. */
  readonly finalRate?: number | undefined;
  readonly dropout: number;
  /**
   * How far a token sees: back to the beginning of its tweet, as when the bot writes, or of its block, as in
   * huggingtweets.
   */
  readonly attention: 'document' | 'block';
  /** Whether a text that answers another of the texts is read after that one. Absent where no text does. */
  readonly replyContext?: boolean | undefined;
  readonly mode: TrainingMode;
  /** Recomputes the activations of each layer in the backward pass, instead of keeping them. */
  readonly checkpointing: boolean;
  /**
   * Keeps most activations as float16 on a graphics card, where float32 didn't fit; sums are float32. False if it is
   * absent.
   */
  readonly hasHalfActivations?: boolean | undefined;
  readonly adamw: AdamWOptions;
  readonly seed: number;
  /** The share of the tweets that is held out for the validation loss. */
  readonly validationShare: number;
  /** The number of steps between two validation losses. */
  readonly evaluateEvery: number;
  /** The maximum number of blocks that a validation loss is computed on. */
  readonly validationBlocks: number;
  /**
   * Whether the weights are mixed with the base model's in the end, as far as held-out tweets are predicted
   * better by it (`train/mixing.ts`).
   */
  readonly mixesWithBase: boolean;
  /** A run ends after so many validation losses that are not the lowest; zero if it never ends early. */
  readonly patience: number;
}

/** Of a long text that is answered, only so many tokens at its end are read. */
export const MAX_ANSWERED_TOKENS = 96;

/** What is trained: all parameters of the model, or a LoRA adapter while they are frozen. */
export type TrainingMode =
  | { readonly kind: 'full' }
  | ({
      readonly kind: 'lora';
      /** Stores the frozen weights as float16, if the operations can. They still compute in float32. */
      readonly isBaseHalf: boolean;
    } & LoraSettings);

/** The linear layers of a block that can have an adapter, in the order of the forward pass. */
export const LORA_TARGETS = ['attn.c_attn', 'attn.c_proj', 'mlp.c_fc', 'mlp.c_proj'] as const;
export type LoraTarget = (typeof LORA_TARGETS)[number];

export interface LoraSettings {
  readonly rank: number;
  readonly alpha: number;
  /** The dropout rate on the adapter's input. */
  readonly dropout: number;
  readonly targets: readonly LoraTarget[];
}

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** If the L2 norm of all gradients together is larger than this, they are scaled down to it. */
  readonly maxGradNorm: number;
}

const parseLora = objectOf<Extract<TrainingMode, { readonly kind: 'lora' }>>({
  kind: oneOf('lora'),
  isBaseHalf: parseBoolean,
  rank: integerFrom(1, 4096),
  alpha: numberFrom(0),
  dropout: numberFrom(0, 0.999),
  targets: (value, path) => {
    const targets = arrayOf(oneOf(...LORA_TARGETS))(value, path);
    if (targets.length === 0) throw new ParseError(path, { be: 'one-of', values: LORA_TARGETS });
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
  textsFromStep: parseCount,
  totalSteps: integerFrom(1),
  blockLength: integerFrom(1),
  microBatch: integerFrom(1),
  accumulation: integerFrom(1),
  learningRate: numberFrom(0),
  warmup: numberFrom(0, 1),
  finalRate: optional(numberFrom(0, 1)),
  dropout: numberFrom(0, 0.999),
  attention: oneOf('document', 'block'),
  replyContext: optional(parseBoolean),
  mode: parseMode,
  checkpointing: parseBoolean,
  hasHalfActivations: optional(parseBoolean),
  adamw: objectOf<AdamWOptions>({
    beta1: numberFrom(0),
    beta2: numberFrom(0),
    epsilon: numberFrom(0),
    weightDecay: numberFrom(0),
    maxGradNorm: numberFrom(0),
  }),
  seed: numberFrom(0),
  validationShare: numberFrom(0, 0.9),
  evaluateEvery: integerFrom(1),
  validationBlocks: integerFrom(1),
  mixesWithBase: parseBoolean,
  patience: parseCount,
});
