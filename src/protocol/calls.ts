/**
 * The methods of the engine that the page can call. This file has types only.
 *
 * One interface maps each method to its parameters, its progress reports and its result, and all message
 * types derive from it (`messages.ts`). The types of parameters, reports and results are beside this file, by
 * capability. The page holds counts, points of a chart and generated text, but never the user's tweets as a
 * whole.
 */

import type { CleaningOptions } from '../domain/cleaning.ts';
import type { QuizOutcome } from '../domain/quiz.ts';
import type {
  BackendPreference,
  DeviceReport,
  EngineStatus,
  Keeping,
  StorageInfo,
} from './engine.ts';
import type {
  ImportParams,
  ImportProgress,
  AddedTweets,
  DatasetSummary,
  BrowseParams,
  BrowsePage,
  DatasetFacts,
  DatasetPlots,
} from './datasets.ts';
import type {
  ModelShape,
  TrainingNeeds,
  BaseModelSummary,
  ModelImportFile,
  ModelImportProgress,
  ModelDownloadProgress,
  ModelDownload,
} from './models.ts';
import type {
  TrainParams,
  ResumeParams,
  PlanProgress,
  TrainingPlan,
  TrainProgress,
} from './training.ts';
import type {
  RunSummary,
  RunFileKind,
  ImportedRuns,
  ExportParams,
  ExportProgress,
  ExportResult,
} from './bots.ts';
import type { Quiz, QuizParams, QuizProgress } from './quiz.ts';
import type {
  GenerateParams,
  GenerateProgress,
  GenerateResult,
  PrepareParams,
  WrittenEdit,
  WrittenTweet,
} from './writing.ts';
import type { Attention, AttentionParams, Certainty, CertaintyParams } from './certainty.ts';

export interface Calls {
  /**
   * Starts the engine on the requested backend, and returns which backend and adapter it uses.
   * Idempotent.
   */
  start: {
    params: { backend: BackendPreference };
    progress: never;
    result: EngineStatus & Keeping;
  };
  /**
   * Reports whenever something else computes from now on, which happens by itself if a graphics card is
   * lost. Ends when it is cancelled.
   */
  watchStatus: {
    params: Record<string, never>;
    progress: EngineStatus;
    result: Record<string, never>;
  };

  importTweets: {
    params: ImportParams;
    progress: ImportProgress;
    result: DatasetSummary;
  };
  listDatasets: {
    params: Record<string, never>;
    progress: never;
    result: readonly DatasetSummary[];
  };
  browseTweets: { params: BrowseParams; progress: never; result: BrowsePage };
  /** Cleans the dataset again with these options. */
  cleanDataset: {
    params: { datasetId: string; options: CleaningOptions };
    progress: never;
    result: DatasetSummary;
  };
  /** Keeps or drops single tweets regardless of the options; null lets the options decide again. */
  overrideTweets: {
    params: { datasetId: string; tweets: readonly number[]; decision: 'keep' | 'drop' | null };
    progress: never;
    result: DatasetSummary;
  };
  /** Facts about the tweets that decide which filters the page offers. */
  datasetFacts: { params: { datasetId: string }; progress: never; result: DatasetFacts };
  /** The data of the small plots. */
  datasetPlots: {
    params: { datasetId: string; baseModelId: string };
    progress: never;
    result: DatasetPlots;
  };
  /** The kept tweets as a file, with one JSON object per line or as plain text. */
  exportDataset: {
    params: { datasetId: string; format: 'jsonl' | 'txt' };
    progress: never;
    result: { file: Blob };
  };
  /** Adds the tweets of one stored dataset to another, and then deletes the one. */
  joinDatasets: {
    params: { datasetId: string; into: string };
    progress: never;
    result: { dataset: DatasetSummary; added: AddedTweets };
  };
  /** Deletes the tweets of a dataset everywhere they are stored. Bots that were trained on them stay. */
  deleteDataset: { params: { datasetId: string }; progress: never; result: Record<string, never> };

  /** The models from which a bot can be trained: the starter, and those that the user has added. */
  listBaseModels: {
    params: Record<string, never>;
    progress: never;
    result: readonly BaseModelSummary[];
  };
  /**
   * Adds a GPT-2 from files as on the Hugging Face Hub: those of a folder, of a ZIP, or loose files that belong
   * together. It is stored only if all files pass their checks.
   */
  importBaseModel: {
    params: { files: readonly ModelImportFile[] };
    progress: ModelImportProgress;
    result: BaseModelSummary;
  };
  /**
   * Downloads a GPT-2 from the Hub, checks it like any other, and adds it. Cancelling pauses the download:
   * calling this again continues it. Only one download runs at a time.
   */
  downloadBaseModel: {
    params: { repository: string; hubUrl: string };
    progress: ModelDownloadProgress;
    result: BaseModelSummary;
  };
  /** The unfinished downloads, the latest first. */
  listDownloads: {
    params: Record<string, never>;
    progress: never;
    result: readonly ModelDownload[];
  };
  /** Deletes what is stored of an unfinished download. */
  deleteDownload: {
    params: { repository: string };
    progress: never;
    result: Record<string, never>;
  };
  /** What training such models needs on what computes now, when the user leaves everything open. */
  estimateNeeds: {
    params: { models: readonly ModelShape[] };
    progress: never;
    /** By model; null for one that is too large for this computer. */
    result: readonly (TrainingNeeds | null)[];
  };
  /** Throws `model-needed` if a bot was trained from the model, and `busy` while a model is in use. */
  deleteBaseModel: { params: { modelId: string }; progress: never; result: Record<string, never> };

  /**
   * Loads the base model, times a few steps, and returns how long a run would take and how much memory.
   * It waits for whatever needs the model, begins again if such a call interrupts it, and ends in
   * `cancelled` when a newer plan is asked for.
   */
  planTraining: { params: TrainParams; progress: PlanProgress; result: TrainingPlan };
  /** Starts a new run or resumes an interrupted one. Returns when the run is finished or stopped. */
  train: {
    params: TrainParams | ResumeParams;
    progress: TrainProgress;
    result: RunSummary;
  };
  /**
   * Makes the running `train` call save and return. A paused run can be resumed; a finished one is a
   * bot.
   */
  stopTraining: {
    params: { as: 'paused' | 'finished' };
    progress: never;
    result: Record<string, never>;
  };
  /**
   * To be called when the tab is hidden, because the browser may end a hidden tab: a run that trains is
   * saved after its present step.
   */
  saveSoon: { params: Record<string, never>; progress: never; result: Record<string, never> };
  /** Has the run that trains compute nothing for this share of the time, from 0 to less than 1. */
  restBetweenSteps: { params: { share: number }; progress: never; result: Record<string, never> };
  listRuns: { params: Record<string, never>; progress: never; result: readonly RunSummary[] };
  /** Changes a bot's name, its emoji, its notes, or the version that writes (null for the newest). */
  editRun: {
    params: {
      runId: string;
      name?: string;
      emoji?: string | null;
      notes?: string;
      writesWith?: number | null;
    };
    progress: never;
    result: RunSummary;
  };
  duplicateRun: { params: { runId: string; name: string }; progress: never; result: RunSummary };
  deleteVersion: { params: { runId: string; number: number }; progress: never; result: RunSummary };
  /**
   * Deletes a bot and all that it wrote. With `canRestore` it is only hidden, and `restoreRun` restores it until the next
   * start. On a full disk there is no room even for that, so it is deleted for good.
   */
  deleteRun: {
    params: { runId: string; canRestore: boolean };
    progress: never;
    result: { canRestore: boolean };
  };
  restoreRun: { params: { runId: string }; progress: never; result: RunSummary };
  /**
   * Opens a bot that `exportRun` has written, or any other GPT-2 as a bot that can write at once. Takes the
   * same files as `importBaseModel`, or an adapter as PEFT saves it, which becomes part of the stored model that it
   * names, or of `baseModelId`. Without either, `adapter-base-needed`.
   */
  importBot: {
    params: { files: readonly ModelImportFile[]; baseModelId: string | null };
    progress: ModelImportProgress;
    result: RunSummary;
  };
  /**
   * The ready-made bot that comes with the page. It is stored when this is asked for first, and restored if the user
   * has deleted it.
   */
  openReadyBot: { params: Record<string, never>; progress: never; result: RunSummary };
  /** Makes a bot of weights that a run keeps. It learns on from them. */
  botOfCheckpoint: {
    /** @property notes What the notes of the new bot say, in the language of the page. */
    params: { runId: string; checkpointId: string; name: string; notes: string };
    progress: never;
    result: RunSummary;
  };
  /** The records of runs as one file. */
  exportRunFiles: {
    params: { runIds: readonly string[]; kind: RunFileKind };
    progress: never;
    result: { file: Blob };
  };
  /** Lists the runs of a file that `exportRunFiles` has written as `json`. */
  importRunFile: { params: { file: File }; progress: never; result: ImportedRuns };
  /** Exports a bot as files that other tools can load. */
  exportRun: { params: ExportParams; progress: ExportProgress; result: ExportResult };

  /**
   * Loads the model of a bot and draws a few tokens with it, so that `generate` has nothing left to load or compile.
   * Waits for short work; throws `busy` while a bot trains or writes.
   */
  prepareWriting: { params: PrepareParams; progress: never; result: Record<string, never> };
  /**
   * Writes tweets and stores them with the bot, some at a time. What is finished when it is cancelled or fails
   * stays.
   */
  generate: { params: GenerateParams; progress: GenerateProgress; result: GenerateResult };
  /** All that a bot has written, the oldest first. */
  listWritten: {
    params: { runId: string };
    progress: never;
    result: readonly WrittenTweet[];
  };
  /** Changes stored tweets, all or none. */
  editWritten: {
    params: { ids: readonly string[]; edit: WrittenEdit };
    progress: never;
    result: Record<string, never>;
  };
  /** Deletes stored tweets for good. */
  deleteWritten: {
    params: { ids: readonly string[] };
    progress: never;
    result: Record<string, never>;
  };
  /** How sure a bot is of each token of a text. Waits for short work; throws `busy` while a bot trains or writes. */
  certaintyOfText: { params: CertaintyParams; progress: never; result: Certainty };
  /** What a bot attended to when it chose a token of a text. As above. */
  attentionOfText: { params: AttentionParams; progress: never; result: Attention };

  /** Writes tweets that are not stored, and pairs them with held-out ones for a round of “Real or bot?”. */
  makeQuiz: { params: QuizParams; progress: QuizProgress; result: Quiz };
  /** Stores the outcome of a round with the bot. */
  recordQuiz: {
    params: { runId: string; outcome: QuizOutcome };
    progress: never;
    result: RunSummary;
  };

  storageInfo: { params: Record<string, never>; progress: never; result: StorageInfo };
  /** What the engine knows about the device and its own requests. Can be asked at any time. */
  deviceReport: { params: Record<string, never>; progress: never; result: DeviceReport };
}

export type Method = keyof Calls;
