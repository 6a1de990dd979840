/** The GPT-2 models that bots are trained from, and their import and download. This file has types only. */

import type { ModeName } from '../domain/training-options.ts';

/** What decides how much memory and time a GPT-2 takes. */
export interface ModelShape {
  readonly layers: number;
  readonly heads: number;
  readonly channels: number;
  /** The width of an MLP's hidden layer. */
  readonly inner: number;
  /** Whether the output head has weights of its own. */
  readonly hasOwnHead: boolean;
  readonly vocabulary: number;
  /** The most tokens it reads at once. */
  readonly context: number;
}

/** What a training takes that starts from a model, and what of the model it trains. */
export interface TrainingNeeds {
  /** `lora` where all of the model would be too much. */
  readonly mode: ModeName;
  readonly checkpointing: boolean;
  readonly bytes: number;
}

export interface BaseModelSummary extends ModelShape {
  /** The value for {@link TrainParams.baseModelId}: `starter`, or the stored model's id. */
  readonly id: string;
  readonly name: string;
  readonly origin: ModelOrigin;
  readonly parameters: number;
  /** The size of all its stored files. */
  readonly bytes: number;
  /** False for the starter before its first use, when it still has to be fetched from the page's site. */
  readonly isReady: boolean;
  readonly createdAt: number;
}

/** Where a base model came from. */
export type ModelOrigin =
  | { readonly source: 'starter' }
  | { readonly source: 'files' }
  /** It belongs to a bot that was opened from a file, and other bots can't be trained from it. */
  | { readonly source: 'bot' }
  /** `repo` is `owner/name` on the Hub, and `revision` the commit. */
  | { readonly source: 'hub'; readonly repo: string; readonly revision: string };

export interface ModelImportFile {
  /** The path in the dropped folder, such as `folder/model.safetensors`, or the name of a loose file. */
  readonly path: string;
  readonly file: File;
}

export interface ModelImportProgress {
  readonly phase: 'opening' | 'checking' | 'saving';
  readonly file: string;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface ModelDownloadProgress {
  readonly phase: 'asking' | 'checking' | 'downloading' | 'saving';
  readonly file: string;
  /** For all files together, including what earlier calls have received. */
  readonly receivedBytes: number;
  /** Null if the server doesn't tell. */
  readonly totalBytes: number | null;
  /** The speed over the last seconds; 0 before it can be measured. */
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
}

/** An unfinished download, which can be continued. */
export interface ModelDownload {
  /** `owner/name` on the Hub. */
  readonly repository: string;
  readonly hubUrl: string;
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
  readonly updatedAt: number;
}
