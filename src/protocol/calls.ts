/**
 * The methods of the engine that the page can call. This file has types only.
 *
 * One interface maps each method to its parameters, its progress reports and its result, and all message
 * types derive from it (`messages.ts`). The page holds counts, points of a chart and generated text, but never
 * the user's tweets as a whole.
 */

import type { ModeName, Preset, RecipeOverrides } from '../domain/training-options.ts';
import type { ErrorData, ErrorDetails } from '../core/errors.ts';
import type { CleaningOptions, DropReason } from '../domain/cleaning.ts';

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
  listRuns: { params: Record<string, never>; progress: never; result: readonly RunSummary[] };
  /** Changes a bot's name, its emoji, or the version that writes (null for the newest). */
  editRun: {
    params: { runId: string; name?: string; emoji?: string | null; writesWith?: number | null };
    progress: never;
    result: RunSummary;
  };
  duplicateRun: { params: { runId: string; name: string }; progress: never; result: RunSummary };
  deleteVersion: { params: { runId: string; number: number }; progress: never; result: RunSummary };
  /**
   * Deletes a bot. With `canRestore` it is only hidden, and `restoreRun` restores it until the next
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
   * same files as `importBaseModel`.
   */
  importBot: {
    params: { files: readonly ModelImportFile[] };
    progress: ModelImportProgress;
    result: RunSummary;
  };
  /** Exports a bot as files that other tools can load. */
  exportRun: { params: ExportParams; progress: ExportProgress; result: ExportResult };

  generate: { params: GenerateParams; progress: GenerateProgress; result: GenerateResult };

  storageInfo: { params: Record<string, never>; progress: never; result: StorageInfo };
}

export type Method = keyof Calls;

/* ---------------------------------------------------------------- engine */

export type Backend = 'webgpu' | 'wasm' | 'cpu';
/**
 * `auto` chooses the fastest available backend; another one that isn't available throws
 * `backend-unavailable`.
 */
export type BackendPreference = 'auto' | Backend;

export interface EngineStatus {
  readonly backend: Backend;
  /** A readable name, for example `NVIDIA ada-lovelace`, `SwiftShader` or `WebAssembly, 2 threads`. */
  readonly adapter: string;
  /** True for software WebGPU, for WASM and for plain JavaScript. */
  readonly isSoftware: boolean;
  /** Why this backend was chosen. The page has a sentence for each reason. */
  readonly reason:
    | 'hardware-gpu'
    | 'software-gpu'
    | 'no-webgpu'
    | 'no-adapter'
    /** The browser has a graphics card, but opens no device on it. */
    | 'gpu-refused'
    /** The graphics card, or the browser about it, didn't answer. */
    | 'gpu-no-answer'
    /** The graphics card was lost as soon as it was used, or again and again at the same place. */
    | 'gpu-lost'
    /** In its self-test the graphics card computed wrongly, or ended in an error. */
    | 'gpu-wrong-numbers'
    | 'gpu-failed'
    | 'requested';
  /** Why WebAssembly doesn't compute; null if it does, or if it wasn't tried. */
  readonly wasmFault:
    | 'no-webassembly' // the browser doesn't have it
    | 'wasm-refused' // the browser or a policy doesn't let it run
    | 'wasm-failed' // it could not be loaded or started
    | null;
  readonly available: readonly Backend[];
  readonly threads: number;
}

/** How safely the engine keeps what is made. */
export interface Keeping {
  /** Why nothing is stored and everything is kept in memory only; null if all is well. */
  readonly notKept: Extract<ErrorData, { code: 'storage-blocked' | 'storage-quota' }> | null;
  /** The browser can't tell whether Mynah is open in another tab, so it is assumed that it isn't. */
  readonly oneTabAssumed: boolean;
}

export interface StorageInfo {
  readonly usageBytes: number;
  readonly quotaBytes: number;
  readonly persisted: boolean;
}

/* -------------------------------------------------------------- datasets */

export interface ImportParams extends ImportOptions {
  readonly files: readonly File[];
  /** Adds the tweets to this stored dataset, without those that it already has. */
  readonly addTo?: string | undefined;
}

export interface ImportOptions {
  /**
   * The path of each file in the dropped folder, such as `twitter/data/tweets.js`; empty for a loose
   * file.
   */
  readonly paths?: readonly string[] | undefined;
  /** Includes tweets to a Twitter Circle or to followers only, which were not public. */
  readonly withCircle?: boolean | undefined;
  /** Includes tweets that were deleted in the two weeks before the archive was made. */
  readonly withDeleted?: boolean | undefined;
  /** For a table's file name, the column that holds the texts, counted from 0. */
  readonly textColumns?: Readonly<Record<string, number>> | undefined;
}

export interface ImportProgress {
  readonly phase: 'opening' | 'reading' | 'cleaning' | 'saving';
  readonly file: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly tweetsRead: number;
  /** Reported once everything has been read. */
  readonly warnings?: readonly ImportWarning[];
  /** What adding to a dataset has come to; reported together with the warnings. */
  readonly added?: AddedTweets | undefined;
}

/** Of the tweets brought to a dataset that has some already. */
export interface AddedTweets {
  /** New ones. */
  readonly tweets: number;
  /** Those that were there already, and come once. */
  readonly repeated: number;
  /** Those that were there with less of their text, and have all of it now. */
  readonly lengthened: number;
}

/**
 * Problems that the user should know about although the import succeeded. `file` names the file and
 * entry.
 */
export type ImportWarning =
  | {
      /** A file in the archive's list of contents is missing. */
      readonly kind: 'missing-part';
      readonly file: string;
      /** The number of tweets that the list gives for it, if it gives one. */
      readonly expected: number | null;
    }
  | {
      /** The file has fewer or more tweets than the list of contents says. */
      readonly kind: 'count-mismatch';
      readonly file: string;
      readonly expected: number;
      readonly found: number;
    }
  | {
      /** The file occurs twice, and the last one was read. */
      readonly kind: 'duplicate-part';
      readonly file: string;
    }
  | {
      /** Dropped files that were not read: the first of them by name, and how many there are. */
      readonly kind: 'files-left';
      readonly files: readonly LeftFileName[];
      readonly count: number;
    }
  | {
      /** Tweets that occurred again, for example in two archives of one account. They were read once. */
      readonly kind: 'repeated-tweets';
      readonly count: number;
    };

export interface LeftFileName {
  readonly file: string;
  readonly why: LeftReason;
  /** For a table: what to ask the user, so that it can be read. */
  readonly question?: ErrorDetails['table-column-unknown'];
}

/** Why a dropped file was not read. */
export type LeftReason =
  | ErrorDetails['archive-unreadable']['reason']
  /** It is readable, but contains no tweets. */
  | 'no-tweets'
  /** Its name says that it can't contain tweets: a licence, or a private part of an archive. */
  | 'not-tweets'
  /** If there is an archive, files beside it are not read. */
  | 'beside-archive'
  /** A table without a column that is named like one with texts. */
  | 'no-text-column'
  /** There are too many files, or they are nested too deeply. */
  | 'too-many';

/** The counts: `read = retweets + short + other + kept`. Damaged entries don't count as read tweets. */
export interface DatasetCounts {
  readonly read: number;
  readonly retweets: number;
  readonly short: number;
  /** Tweets that were dropped for other reasons. */
  readonly other: number;
  readonly kept: number;
  /** Entries that were skipped because they are no tweets (without text, or not an object). */
  readonly damaged: number;
  /** The number of dropped tweets by reason, including retweets and short ones. Zero counts are absent. */
  readonly reasons: { readonly [R in DropReason]?: number };
}

/** One of the accounts whose tweets a dataset contains. */
export interface DatasetAccount {
  /** `@username` if the archive names it, else the name of the file. */
  readonly name: string;
  readonly username: string | null;
  readonly displayName: string | null;
  readonly counts: DatasetCounts;
  /** The number of code points in its documents. */
  readonly characters: number;
}

export interface DatasetSummary {
  readonly id: string;
  /** `@username` if the archive names it, else the name of the file. */
  readonly name: string;
  readonly username: string | null;
  readonly displayName: string | null;
  /** A small picture of the account as a `data:` URL, if the archive has one. */
  readonly avatar: string | null;
  readonly files: readonly string[];
  readonly counts: DatasetCounts;
  /** The number of characters after cleaning. */
  readonly characters: number;
  /**
   * The languages of at least a tenth of the kept tweets, the most frequent first. Empty if the tweets
   * name none.
   */
  readonly languages: readonly string[];
  /** True below 40,000 characters, with which training works but the bot may learn tweets by heart. */
  readonly isSmall: boolean;
  /** The SHA-256 of the kept documents in hexadecimal. */
  readonly contentHash: string;
  readonly createdAt: number;
  /** At least one account; their counts add up to `counts`. */
  readonly accounts: readonly DatasetAccount[];
  /** The number of texts to train on, which are tweets, or whole threads if those are joined. */
  readonly documentCount: number;
  readonly options: CleaningOptions;
}

export interface BrowseParams {
  readonly datasetId: string;
  readonly offset: number;
  readonly limit: number;
  /** A substring, compared without case; empty matches all tweets. */
  readonly query: string;
  readonly show: 'all' | 'kept' | 'dropped' | DropReason;
}

export interface BrowsePage {
  readonly total: number;
  readonly rows: readonly BrowseRow[];
}

export interface BrowseRow {
  /** Its index among all tweets of the dataset, for {@link Calls.overrideTweets}. */
  readonly index: number;
  readonly text: string;
  readonly dropped: DropReason | null;
  /** Ms since 1970. */
  readonly createdAt: number | null;
  /** Index into {@link DatasetSummary.accounts}. */
  readonly account: number;
  /** The user's own decision about this tweet. */
  readonly decision: 'keep' | 'drop' | null;
}

/**
 * Numbers of tweets. They are zero if the files lack the information, and then the page offers no such
 * filter.
 */
export interface DatasetFacts {
  /** Posts of a service with private ones that don't say who could see them. */
  readonly unknownAudience: number;
  readonly replies: number;
  readonly quotes: number;
  /** Tweets in threads of two or more. */
  readonly threaded: number;
  readonly links: number;
  readonly mentions: number;
  readonly hashtags: number;
  readonly edited: number;
  readonly newLines: number;
  readonly emojiOnly: number;
  readonly withLikes: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** The most frequent first; `und` stands for tweets without a language. */
  readonly languages: readonly { readonly code: string; readonly tweets: number }[];
}

/** How many were read, and how many of them are kept. */
export interface BeforeAfter {
  readonly read: number;
  readonly kept: number;
}

export interface DatasetPlots {
  /** The first month, and one entry per month from there on. Empty if no tweet has a date. */
  readonly months: { readonly first: string; readonly tweets: readonly BeforeAfter[] };
  /**
   * Kept texts by their length in tokens: `[0, width)`, `[width, 2 width)`, …; the last interval is
   * open.
   */
  readonly lengths: { readonly width: number; readonly texts: readonly number[] };
  readonly words: readonly (BeforeAfter & { readonly word: string })[];
  readonly hashtags: readonly (BeforeAfter & { readonly word: string })[];
  /** The number of tokens in the kept texts, estimated from a sample. */
  readonly tokens: number;
}

/* ----------------------------------------------------------- base models */

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

/* -------------------------------------------------------------- training */

export interface TrainParams {
  readonly datasetId: string;
  /** `starter` for the model that comes with the page, or the id of a stored model. */
  readonly baseModelId: string;
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
  readonly phase: 'loading-model' | 'tokenizing' | 'compiling' | 'timing';
  /**
   * How much of the phase is done: bytes of a model that are on the device, or kernels that are compiled.
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
  readonly tokensPerSecond: number;
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
  readonly phase: 'loading-model' | 'tokenizing' | 'compiling' | 'timing' | 'training' | 'saving';
  /** Before the first step as in {@link PlanProgress}, then of the micro-batches of a step. */
  readonly part?: PlanProgress['part'];
  readonly completedSteps: number;
  readonly totalSteps: number;
  /** New points since the last report, oldest first. */
  readonly points: readonly MetricPoint[];
  readonly tokensPerSecond: number;
  readonly secondsLeft: number | null;
  /** From time to time, a tweet that the bot would write at this point. */
  readonly sample: { readonly step: number; readonly text: string } | null;
  /** The site's data were cleared while it trained, and what was still in memory has been stored again. */
  readonly isStoredAnew: boolean;
}

export interface MetricPoint {
  /** The number of completed steps when it was measured, at least 1. */
  readonly step: number;
  /** The mean cross-entropy over the tokens of the step, in nats. */
  readonly loss: number;
  /** The mean cross-entropy over the validation split, if it was measured at this step. */
  readonly validationLoss?: number | undefined;
  readonly learningRate: number;
  readonly epoch: number;
  /** True if the step changed nothing, because the norm of its gradients wasn't finite. */
  readonly isSkipped?: boolean | undefined;
}

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

/* ----------------------------------------------------------------- export */

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

/* ------------------------------------------------------------ generation */

export interface GenerateParams {
  readonly runId: string;
  readonly prompt: string;
  readonly count: number;
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  /** 1 has no effect; above 1, words that are already in the text become less likely. */
  readonly repetitionPenalty: number;
  /** The maximum number of tokens of a tweet, including the prompt. */
  readonly maxTokens: number;
  /** If undefined, the engine draws a seed and returns it in the result. */
  readonly seed?: number | undefined;
}

export interface GenerateProgress {
  readonly phase: 'loading-model' | 'writing';
  /** The tweets that have changed since the last report: each whole text so far, including the prompt. */
  readonly tweets: readonly {
    readonly index: number;
    readonly text: string;
    readonly isDone: boolean;
  }[];
}

/** A passage of a generated tweet that is, word for word, in a tweet that the bot was trained on. */
export interface TweetCopy {
  /** The passage, in code units of the generated tweet. */
  readonly start: number;
  readonly end: number;
  /** The tweet that the bot was trained on. */
  readonly original: string;
}

export interface GenerateResult {
  readonly seed: number;
  readonly tweets: readonly string[];
  /** For each tweet its copied passage, if any. Null if the bot's training texts are no longer stored. */
  readonly copies: readonly (TweetCopy | null)[] | null;
  readonly tokens: number;
  readonly tokensPerSecond: number;
}
