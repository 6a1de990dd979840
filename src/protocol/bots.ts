/** Bots, their versions, their runs, and their export. This file has types only. */

import type { QuizOutcome } from '../domain/quiz.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { Backend } from './engine.ts';
import type { DatasetSummary } from './datasets.ts';
import type { MetricPoint, SampleTweet, TrainingPlan, TrainingRequest, Trial } from './training.ts';

export interface RunSummary {
  readonly id: string;
  /** The user's name for the bot. */
  readonly name: string;
  readonly status: 'interrupted' | 'paused' | 'finished';
  readonly baseModelId: string;
  readonly datasetId: string;
  readonly dataset: DatasetSummary;
  readonly completedSteps: number;
  readonly totalSteps: number;
  readonly points: readonly MetricPoint[];
  readonly samples: readonly SampleTweet[];
  readonly backend: Backend;
  readonly adapter: string;
  readonly tokensPerSecond: number;
  readonly seed: number;
  readonly plan: TrainingPlan;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** False until the first checkpoint, without which there is nothing to generate with. */
  readonly canGenerate: boolean;
  /** Whether the version that writes is an adapter on a base model, which can be exported alone. */
  readonly hasAdapter: boolean;
  /** Whether the state of its optimizer is stored with the weights that write, and these are all weights. */
  readonly hasOptimizer: boolean;
  readonly checkpointBytes: number;
  /** The size of everything that is stored for the bot and that deleting it would free. */
  readonly storedBytes: number;
  /** The user's emoji for the bot; null until one is chosen. */
  readonly emoji: string | null;
  /** The bot's versions, the oldest first. Every training that finishes adds one. */
  readonly history: readonly BotVersion[];
  /** The number of the version that writes; null for the newest. */
  readonly writesWith: number | null;
  /** What the user asked for; null if it isn't known, as of a bot from a file. */
  readonly request: TrainingRequest | null;
  readonly recipe: Recipe;
  /** The learning rates that were tried, or are to be; absent if none are. The recipe has the best one so far. */
  readonly trials?: readonly Trial[] | undefined;
  /** The versions of Mynah and its libraries, and the browser, when the run was started last. */
  readonly versions: Readonly<Record<string, string>>;
  /** Null while the run isn't over. */
  readonly outcome: RunOutcome | null;
  /** What the user wrote about it. */
  readonly notes: string;
  /** The rounds of “Real or bot?” with it, the oldest first. */
  readonly quizzes: readonly QuizOutcome[];
  /** The model that it started from, as people and the Hub name it. Null if it isn't known. */
  readonly base: BaseOfBot | null;
  /** The weights that are kept, the oldest first. */
  readonly checkpoints: readonly KeptCheckpoint[];
  /** True for a run that was imported from a file of runs: there is a record of it, and no weights. */
  readonly isRecordOnly: boolean;
  /** True for the bot that comes with the page. */
  readonly isReadyMade: boolean;
}

/** How a run ended. */
export type RunOutcome =
  /** All steps of its recipe were made. */
  | { readonly kind: 'completed' }
  /** It ended early, because the loss on held-out tweets no longer fell. */
  | { readonly kind: 'learned-enough' }
  /** The user ended it. */
  | { readonly kind: 'stopped' }
  /** An error ended it. What it had saved by then stays. */
  | { readonly kind: 'failed'; readonly code: string };

/** The base model of a bot, as people and the Hub name it. */
export interface BaseOfBot {
  /** For example `Starter`, `gpt2`, or the name of a folder. */
  readonly name: string;
  /** `owner/name` on the Hub, or null for a model that didn't come from there. */
  readonly repo: string | null;
  readonly revision: string | null;
}

/** Weights of a run that are stored, and that a bot can be made of. */
export interface KeptCheckpoint {
  readonly checkpointId: string;
  readonly kind: 'version' | 'best' | 'last';
  readonly completedSteps: number;
  readonly validationLoss: number | null;
  readonly bytes: number;
}

/** The weights of a bot after one finished training. */
export interface BotVersion {
  /** Counted from 1. Numbers of deleted versions are not reused. */
  readonly number: number;
  readonly completedSteps: number;
  readonly loss: number | null;
  /**
   * The loss over the validation split, if it was measured. The weights kept are those with the lowest
   * one.
   */
  readonly validationLoss: number | null;
  /** Its weights are the base model's and this share of what training changed in them; 1 for all of it. */
  readonly trainedShare: number;
  readonly createdAt: number;
  readonly bytes: number;
}

/** What a bot becomes outside, and the type of its weights. */
export type ExportChoice =
  /** A GPT-2 folder as on the Hub. */
  | { readonly what: 'model'; readonly dtype: 'F32' | 'F16' }
  /** A GGUF for llama.cpp, Ollama and LM Studio. */
  | { readonly what: 'gguf'; readonly dtype: 'F32' | 'F16' | 'Q8_0' }
  /** A folder for transformers.js, with the weights as ONNX in float32. */
  | { readonly what: 'onnx' }
  /** The adapter of a LoRA run as PEFT saves it; it is small and always F32. */
  | { readonly what: 'adapter' };

/** What an export holds only if it is asked for. */
export interface ExportExtras {
  /** The picture of the account, in the card. */
  readonly picture: boolean;
  /** The state of the optimizer, in a model folder of a run that trains all weights and isn't finished. */
  readonly optimizer: boolean;
}

export interface ExportParams {
  readonly runId: string;
  readonly choice: ExportChoice;
  /** Undefined for none. */
  readonly extras?: ExportExtras | undefined;
  /** The file to write the ZIP to; null returns it as a blob. */
  readonly file: FileSystemFileHandle | null;
}

export interface ExportProgress {
  readonly writtenBytes: number;
  readonly totalBytes: number;
}

export interface ExportResult {
  readonly byteLength: number;
  /** The ZIP, if no file was given. */
  readonly blob: Blob | null;
}

/**
 * The kinds of files that runs are exported as: their record, which can be imported again; two tables in a
 * ZIP; a ZIP with a folder for TensorBoard; and a ZIP with the record and a script for Weights & Biases.
 */
export type RunFileKind = 'json' | 'csv' | 'tensorboard' | 'wandb';

export interface ImportedRuns {
  /** Those that are listed now and weren't, or were imported before and have been read again. */
  readonly imported: readonly RunSummary[];
  /** How many were trained or opened in this browser, and stayed as they are. */
  readonly known: number;
}
