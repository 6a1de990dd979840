/** What the calls that plan and train are given, report and return. This file has types only. */

import type { ModeName, Preset, RecipeOverrides } from '../domain/training-options.ts';

export interface TrainParams extends TrainingRequest {
  readonly datasetId: string;
  /** `starter` for the model that comes with the page, or the id of a stored model. */
  readonly baseModelId: string;
}

/** What a recipe is made of, besides model and texts. */
export interface TrainingRequest {
  readonly preset: Preset;
  readonly overrides: RecipeOverrides;
}

export interface ResumeParams {
  readonly resumeRunId: string;
  /** For a finished bot: trains it for more epochs, which gives a new version. */
  readonly moreEpochs?: number | undefined;
  /**
   * With `moreEpochs`: whether it learns on from its dataset as that is kept now, with what was added
   * since, or (the default) from the very texts it has learned from.
   */
  readonly withNewTweets?: boolean | undefined;
}

export interface PlanProgress {
  readonly phase: 'loading-model' | 'tokenizing' | 'compiling' | 'timing' | 'checking';
  /**
   * How much of the phase is done: bytes of a model that are on the device, kernels that are compiled, or
   * weights with which the graphics card's results have been checked.
   */
  readonly part?: { readonly done: number; readonly count: number } | undefined;
}

export interface TrainingPlan {
  readonly steps: number;
  readonly epochs: number;
  /**
   * Tokens per block, blocks per micro-batch, and micro-batches per step; their product is the tokens
   * per step.
   */
  readonly blockLength: number;
  readonly microBatch: number;
  readonly accumulation: number;
  readonly learningRate: number;
  readonly datasetTokens: number;
  readonly parameters: number;
  readonly mode: ModeName;
  /** The number of all parameters, or of those of the adapter. */
  readonly trainedParameters: number;
  readonly checkpointing: boolean;
  /** Whether most activations are kept as float16; false if it is absent. */
  readonly hasHalfActivations?: boolean | undefined;
  readonly tokensPerSecond: number;
  /** The steps that are made beyond these to try learning rates; absent if none are tried. */
  readonly trialSteps?: number | undefined;
  readonly estimatedSeconds: number;
  readonly estimatedBytes: number;
  readonly memory: MemoryParts;
}

/** The parts of the memory that training takes, in bytes, at the moment when it takes most. */
export interface MemoryParts {
  readonly weightBytes: number;
  readonly gradientBytes: number;
  /** The two moments of the optimizer. */
  readonly momentBytes: number;
  /** Activations, logits, and the KV cache of a sample tweet. */
  readonly workingBytes: number;
}

export interface TrainProgress {
  readonly runId: string;
  readonly phase: PlanProgress['phase'] | 'trying' | 'training' | 'settling' | 'saving';
  /**
   * Before the first step as in {@link PlanProgress}, then of the micro-batches of a step, and in the end of the
   * blocks with which mixtures of weights are tried.
   */
  readonly part?: PlanProgress['part'];
  readonly completedSteps: number;
  readonly totalSteps: number;
  /** New points since the last report, oldest first. */
  readonly points: readonly MetricPoint[];
  readonly tokensPerSecond: number;
  readonly secondsLeft: number | null;
  /** From time to time, a tweet that the bot would write at this point. */
  readonly sample: SampleTweet | null;
  /** The site's data were cleared while it trained, and what was still in memory has been stored again. */
  readonly isStoredAnew: boolean;
}

/** A learning rate that a training follows for its first steps, before it goes on with the best one. */
export interface Trial {
  readonly learningRate: number;
  readonly steps: number;
  /** On held-out tweets after these steps; null until then, and if it diverged. */
  readonly validationLoss: number | null;
  /** Whether its loss became infinite or no number. */
  readonly hasDiverged: boolean;
}

/** A tweet that a bot wrote while it was trained. */
export interface SampleTweet {
  /** The number of completed steps. */
  readonly step: number;
  /** What it was to begin with; empty for any beginning. */
  readonly prompt: string;
  /** The whole tweet. */
  readonly text: string;
  /** How many sequences of eight words the bot wrote, and how many of them stand in a tweet that it learns from. */
  readonly learned?: { readonly grams: number; readonly shared: number } | undefined;
}

export interface MetricPoint {
  /** The number of completed steps when it was measured, at least 1. */
  readonly step: number;
  /** The mean cross-entropy over the tokens of the step, in nats. */
  readonly loss: number;
  /** The mean cross-entropy over the validation split, if it was measured at this step. */
  readonly validationLoss?: number | undefined;
  /** That loss in bits per byte of the held-out texts; absent in runs of earlier versions. */
  readonly bitsPerByte?: number | undefined;
  readonly learningRate: number;
  readonly epoch: number;
  /** The L2 norm of all gradients together before they were clipped; absent in a skipped step. */
  readonly gradientNorm?: number | undefined;
  /** The mean speed over the last ten steps. */
  readonly tokensPerSecond?: number | undefined;
  /** When it was measured, in milliseconds since 1970. */
  readonly atMs?: number | undefined;
  /** True if the step changed nothing, because the norm of its gradients wasn't finite. */
  readonly isSkipped?: boolean | undefined;
}
