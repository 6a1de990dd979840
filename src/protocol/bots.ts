/** Bots, their versions, and their export. This file has types only. */

import type { Backend } from './engine.ts';
import type { DatasetSummary } from './datasets.ts';
import type { TrainingPlan, MetricPoint } from './training.ts';

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
  readonly samples: readonly { readonly step: number; readonly text: string }[];
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
  readonly checkpointBytes: number;
  /** The size of everything that is stored for the bot and that deleting it would free. */
  readonly storedBytes: number;
  /** The user's emoji for the bot; null until one is chosen. */
  readonly emoji: string | null;
  /** The bot's versions, the oldest first. Every training that finishes adds one. */
  readonly history: readonly BotVersion[];
  /** The number of the version that writes; null for the newest. */
  readonly writesWith: number | null;
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
  readonly createdAt: number;
  readonly bytes: number;
}

export interface ExportParams {
  readonly runId: string;
  /** A GPT-2 folder as on the Hub, or the adapter of a LoRA run as PEFT saves it. */
  readonly what: 'model' | 'adapter';
  /** The type of a model's weights. Adapters are small and always F32. */
  readonly dtype: 'F32' | 'F16';
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
