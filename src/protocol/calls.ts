/**
 * What the page can ask of the engine, as types only.
 *
 * One interface maps a method to what it takes, what it reports on the way and what it returns;
 * every message type derives from it (`messages.ts`). The page holds counts, points of a chart and
 * generated text, never the corpus.
 */

import type { ErrorDetails } from '../core/errors.ts';
import type { CleaningOptions, DropReason } from '../domain/cleaning.ts';

export interface Calls {
  /** Starts the engine on the wished backend and says what it runs on. Idempotent. */
  start: { params: { backend: BackendPreference }; progress: never; result: EngineStatus };

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
  /** Judges every tweet anew. Throws `checkpoint-incompatible` where {@link DatasetSummary.canFilter} is false. */
  cleanDataset: {
    params: { datasetId: string; options: CleaningOptions };
    progress: never;
    result: DatasetSummary;
  };
  /** Keeps or drops single tweets whatever the options say; null gives them back to the options. */
  overrideTweets: {
    params: { datasetId: string; tweets: readonly number[]; wish: 'keep' | 'drop' | null };
    progress: never;
    result: DatasetSummary;
  };
  /** What the tweets hold, for filters to offer. */
  datasetFacts: { params: { datasetId: string }; progress: never; result: DatasetFacts };
  /** What the small plots show. */
  datasetPlots: {
    params: { datasetId: string; baseModelId: string };
    progress: never;
    result: DatasetPlots;
  };
  /** What is kept, as a file: a JSON object a line, or plain text. */
  exportDataset: {
    params: { datasetId: string; format: 'jsonl' | 'txt' };
    progress: never;
    result: { file: Blob };
  };
  /** Forgets tweets: as read, as kept for training, and as remembered. Bots stay. */
  deleteDataset: { params: { datasetId: string }; progress: never; result: Record<string, never> };

  /** What a bot can be trained from: the starter, and what was added. */
  listBaseModels: {
    params: Record<string, never>;
    progress: never;
    result: readonly BaseModelSummary[];
  };
  /**
   * Adds a GPT-2 from files as on the Hugging Face Hub: a folder's, a ZIP's, or those that belong
   * together. Stored once all of it has been checked; else nothing is left of it.
   */
  importBaseModel: {
    params: { files: readonly ModelImportFile[] };
    progress: ModelImportProgress;
    result: BaseModelSummary;
  };
  /**
   * Downloads a GPT-2 from the Hub and adds it, checked as any other. To cancel is to pause: what is
   * stored stays, and the same call goes on from there. One at a time.
   */
  downloadBaseModel: {
    params: { repository: string; hubUrl: string };
    progress: ModelDownloadProgress;
    result: BaseModelSummary;
  };
  /** Downloads that were begun and not finished, the latest first. */
  listDownloads: {
    params: Record<string, never>;
    progress: never;
    result: readonly ModelDownload[];
  };
  /** Throws away what is stored of an unfinished download. */
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
  /** Refused with `model-needed` while a bot was trained from it; `busy` while a model is in use. */
  deleteBaseModel: { params: { modelId: string }; progress: never; result: Record<string, never> };

  /** Loads the base model, times a few steps and says what a run would cost. */
  planTraining: { params: TrainParams; progress: PlanProgress; result: TrainingPlan };
  /** Starts a new run, or goes on with one that was interrupted. Ends when it is finished or stopped. */
  train: {
    params: TrainParams | ResumeParams;
    progress: TrainProgress;
    result: RunSummary;
  };
  /** Asks the running `train` call to save and end: paused runs can go on, finished ones are bots. */
  stopTraining: {
    params: { as: 'paused' | 'finished' };
    progress: never;
    result: Record<string, never>;
  };
  listRuns: { params: Record<string, never>; progress: never; result: readonly RunSummary[] };
  /** Changes what the user calls a bot, how it looks, or which version writes (null: the newest). */
  editRun: {
    params: { runId: string; name?: string; emoji?: string | null; writesWith?: number | null };
    progress: never;
    result: RunSummary;
  };
  duplicateRun: { params: { runId: string; name: string }; progress: never; result: RunSummary };
  deleteVersion: { params: { runId: string; number: number }; progress: never; result: RunSummary };
  /** Deletes a bot, or only hides it: until the next start `restoreRun` brings it back. */
  deleteRun: {
    params: { runId: string; canRestore: boolean };
    progress: never;
    result: Record<string, never>;
  };
  restoreRun: { params: { runId: string }; progress: never; result: RunSummary };
  /**
   * Reads a bot back from what `exportRun` wrote, or takes any GPT-2 of that kind for one: it writes
   * at once. Files as in `importBaseModel`.
   */
  importBot: {
    params: { files: readonly ModelImportFile[] };
    progress: ModelImportProgress;
    result: RunSummary;
  };
  /** Writes a bot as files that other tools load. */
  exportRun: { params: ExportParams; progress: ExportProgress; result: ExportResult };

  generate: { params: GenerateParams; progress: GenerateProgress; result: GenerateResult };

  storageInfo: { params: Record<string, never>; progress: never; result: StorageInfo };
}

export type Method = keyof Calls;

/* ---------------------------------------------------------------- engine */

export type Backend = 'webgpu' | 'wasm' | 'cpu';
/** `auto` takes the fastest that is there; a wish that can't be met is `webgpu-unavailable`. */
export type BackendPreference = 'auto' | Backend;

export interface EngineStatus {
  readonly backend: Backend;
  /** Human-readable name of what computes: `NVIDIA ada-lovelace`, `SwiftShader`, `2 threads, SIMD`. */
  readonly adapter: string;
  /** True for software WebGPU, for WASM and for plain CPU. */
  readonly isSoftware: boolean;
  /** Why this one: a closed set, so that the page can say it in its own words. */
  readonly reason:
    | 'hardware-gpu'
    | 'software-gpu'
    | 'no-webgpu'
    | 'no-adapter'
    /** The graphics card gave wrong numbers in its self-test. */
    | 'gpu-faulty'
    | 'requested';
  readonly available: readonly Backend[];
  readonly threads: number;
}

export interface StorageInfo {
  readonly usageBytes: number;
  readonly quotaBytes: number;
  readonly persisted: boolean;
}

/* -------------------------------------------------------------- datasets */

export interface ImportParams extends ImportOptions {
  readonly files: readonly File[];
  /** The tweets join those of this stored dataset; what is there already isn't added again. */
  readonly addTo?: string | undefined;
}

export interface ImportOptions {
  /** Where each file lay in the folder brought, `twitter/data/tweets.js`; empty for a file alone. */
  readonly paths?: readonly string[] | undefined;
  /** Tweets to a Twitter Circle, or to followers only: not public, so only on request. */
  readonly withCircle?: boolean | undefined;
  /** Tweets deleted in the two weeks before the archive was made. */
  readonly withDeleted?: boolean | undefined;
  /** Column of a table that holds the texts, from 0, by the table's file name. */
  readonly textColumns?: Readonly<Record<string, number>> | undefined;
}

export interface ImportProgress {
  readonly phase: 'opening' | 'reading' | 'cleaning' | 'saving';
  readonly file: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly tweetsRead: number;
  /** Once all is read. */
  readonly warnings?: readonly ImportWarning[];
}

/** What the user should know of an import that went well otherwise. `file` names file and entry. */
export type ImportWarning =
  | {
      /** The archive's list of contents names a file that isn't there. */
      readonly kind: 'missing-part';
      readonly file: string;
      /** Tweets that the list says it has, where it says so. */
      readonly expected: number | null;
    }
  | {
      /** It holds fewer or more tweets than the list of contents says. */
      readonly kind: 'count-mismatch';
      readonly file: string;
      readonly expected: number;
      readonly found: number;
    }
  | {
      /** It is there twice, and the last one was read. */
      readonly kind: 'duplicate-part';
      readonly file: string;
    }
  | {
      /** Files that were brought and not read: the first of them by name, and how many in all. */
      readonly kind: 'files-left';
      readonly files: readonly { readonly file: string; readonly why: LeftReason }[];
      readonly count: number;
    }
  | {
      /** Tweets that came a second time, as in two archives of one account: they were read once. */
      readonly kind: 'repeated-tweets';
      readonly count: number;
    };

/** Why a file that was brought wasn't read. */
export type LeftReason =
  | ErrorDetails['archive-unreadable']['reason']
  /** It could be read, and holds no tweets. */
  | 'no-tweets'
  /** Its name says that it is never tweets: a licence, a part of an archive that is private. */
  | 'not-tweets'
  /** Where there is an archive, nothing beside it is read. */
  | 'beside-archive'
  /** A table without a column whose name tells that it holds the texts. */
  | 'no-text-column'
  /** More files than are read in one go, or deeper inside one another. */
  | 'too-many';

/** The counts table: `read = retweets + short + other + kept`; damaged entries are no tweets read. */
export interface DatasetCounts {
  readonly read: number;
  readonly retweets: number;
  readonly short: number;
  /** Dropped for all other reasons. */
  readonly other: number;
  readonly kept: number;
  /** Entries that were not tweets at all (no text, not an object): skipped and counted. */
  readonly damaged: number;
  /** Tweets dropped by reason, retweets and short ones too; none is absent. */
  readonly reasons: { readonly [R in DropReason]?: number };
}

/** One of those whose tweets they are. */
export interface DatasetAccount {
  /** `@username` where the archive names it, else the file's name. */
  readonly name: string;
  readonly username: string | null;
  readonly displayName: string | null;
  readonly counts: DatasetCounts;
  /** Code points of its documents. */
  readonly characters: number;
}

export interface DatasetSummary {
  readonly id: string;
  /** `@username` where the archive names it, else the file's name. */
  readonly name: string;
  readonly username: string | null;
  readonly displayName: string | null;
  /** A small picture of the account as a `data:` address, where the archive has one. */
  readonly avatar: string | null;
  readonly files: readonly string[];
  readonly counts: DatasetCounts;
  /** Characters kept after cleaning. */
  readonly characters: number;
  /** Of which a tenth and more of the tweets kept are, most first; none where tweets don't tell. */
  readonly languages: readonly string[];
  /** Under 40,000 characters: trains, but may learn by heart. */
  readonly isSmall: boolean;
  /** SHA-256 of the kept documents, hex. */
  readonly contentHash: string;
  readonly createdAt: number;
  /** At least one; their counts add up to `counts`. */
  readonly accounts: readonly DatasetAccount[];
  /** Texts to learn from: tweets, or threads where those are joined. */
  readonly documentCount: number;
  readonly options: CleaningOptions;
  /** False for tweets stored by an earlier version, which kept less of them. */
  readonly canFilter: boolean;
}

export interface BrowseParams {
  readonly datasetId: string;
  readonly offset: number;
  readonly limit: number;
  /** Case-insensitive substring; empty for all. */
  readonly query: string;
  readonly show: 'all' | 'kept' | 'dropped' | DropReason;
}

export interface BrowsePage {
  readonly total: number;
  readonly rows: readonly BrowseRow[];
}

export interface BrowseRow {
  /** Its place among all tweets of the dataset: what {@link Calls.overrideTweets} takes. */
  readonly index: number;
  readonly text: string;
  readonly dropped: DropReason | null;
  /** Ms since 1970. */
  readonly createdAt: number | null;
  /** Index into {@link DatasetSummary.accounts}. */
  readonly account: number;
  /** The user's own decision about it. */
  readonly wish: 'keep' | 'drop' | null;
}

/** Zero where the files don't tell: a filter by what nobody knows is none. */
export interface DatasetFacts {
  readonly replies: number;
  readonly quotes: number;
  /** Tweets in threads of two and more. */
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
  /** By number of tweets, most first; `und` for none. */
  readonly languages: readonly { readonly code: string; readonly tweets: number }[];
}

/** All that was read, and what is kept of it. */
export interface BeforeAfter {
  readonly read: number;
  readonly kept: number;
}

export interface DatasetPlots {
  /** First month and one entry a month from there; empty where no tweet has a date. */
  readonly months: { readonly first: string; readonly tweets: readonly BeforeAfter[] };
  /** Kept texts by length in tokens: `[0, width)`, `[width, 2 width)`, …, the last open. */
  readonly lengths: { readonly width: number; readonly texts: readonly number[] };
  readonly words: readonly (BeforeAfter & { readonly word: string })[];
  readonly hashtags: readonly (BeforeAfter & { readonly word: string })[];
  /** Of what is kept, from a sample: for an estimate. */
  readonly tokens: number;
}

/* ----------------------------------------------------------- base models */

/** What decides how much memory and time a GPT-2 takes. */
export interface ModelShape {
  readonly layers: number;
  readonly heads: number;
  readonly channels: number;
  readonly vocabulary: number;
  /** The most tokens it reads at once. */
  readonly context: number;
}

/** What a training takes that starts from a model, and what of the model it trains. */
export interface TrainingNeeds {
  /** `lora` where all of the model would be too much. */
  readonly mode: 'full' | 'lora';
  readonly checkpointing: boolean;
  readonly bytes: number;
}

export interface BaseModelSummary extends ModelShape {
  /** What {@link TrainParams.baseModelId} takes: `starter`, or the stored model's id. */
  readonly id: string;
  readonly name: string;
  readonly origin: ModelOrigin;
  readonly parameters: number;
  /** Of all its files, stored. */
  readonly bytes: number;
  /** False for the starter before its first use: it still has to be fetched from the page's site. */
  readonly isReady: boolean;
  readonly createdAt: number;
}

/** Where a base model came from. */
export type ModelOrigin =
  | { readonly source: 'starter' }
  | { readonly source: 'files' }
  /** It is a bot that was read from a file, no base for others. */
  | { readonly source: 'bot' }
  /** `owner/name` on the Hub, and the commit. */
  | { readonly source: 'hub'; readonly repo: string; readonly revision: string };

export interface ModelImportFile {
  /** `folder/model.safetensors`: as in the folder that was dropped; the bare name of a loose file. */
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
  /** Of all files together, what was there before included. */
  readonly receivedBytes: number;
  /** Null where the server doesn't say. */
  readonly totalBytes: number | null;
  /** Over the last seconds; 0 before there is anything to measure. */
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
}

/** A download that can go on. */
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
  /** `starter` for the model that comes with the page, or the id of a stored one. */
  readonly baseModelId: string;
  readonly preset: 'quick' | 'best';
  readonly overrides: RecipeOverrides;
}

export interface ResumeParams {
  readonly resumeRunId: string;
  /** For a finished bot: epochs more, over tweets as before; a new version comes of it. */
  readonly moreEpochs?: number | undefined;
}

/** What a user may set under Advanced. Undefined leaves the preset's choice. */
export interface RecipeOverrides {
  readonly steps?: number | undefined;
  readonly epochs?: number | undefined;
  readonly learningRate?: number | undefined;
  /** Tokens a block. */
  readonly blockLength?: number | undefined;
  readonly seed?: number | undefined;
  /** What is trained: all of the model, or a small adapter beside it. */
  readonly mode?: 'full' | 'lora' | undefined;
  /** Of the adapter's matrices; no effect on a full training, nor have the three below. */
  readonly loraRank?: number | undefined;
  /** The adapter's output is scaled by alpha / rank. Undefined: twice the rank. */
  readonly loraAlpha?: number | undefined;
  /** Rate of dropout on the adapter's input. */
  readonly loraDropout?: number | undefined;
  readonly loraTargets?:
    | readonly ('attn.c_attn' | 'attn.c_proj' | 'mlp.c_fc' | 'mlp.c_proj')[]
    | undefined;
  /** Recomputes activations instead of keeping them: less memory, more time. */
  readonly checkpointing?: boolean | undefined;
  /** Stores the weights an adapter leaves alone as float16. Undefined: as `checkpointing` says. */
  readonly isBaseHalf?: boolean | undefined;
}

export interface PlanProgress {
  readonly phase: 'loading-model' | 'tokenizing' | 'timing';
  /** While a model loads: bytes of its weights on the device, and of all. */
  readonly loaded?: { readonly bytes: number; readonly totalBytes: number } | undefined;
}

export interface TrainingPlan {
  readonly steps: number;
  readonly epochs: number;
  /** Tokens a block × blocks a micro-batch × micro-batches a step. */
  readonly blockLength: number;
  readonly microBatch: number;
  readonly accumulation: number;
  readonly learningRate: number;
  readonly datasetTokens: number;
  readonly parameters: number;
  readonly mode: 'full' | 'lora';
  /** All parameters, or those of the adapter. */
  readonly trainedParameters: number;
  readonly checkpointing: boolean;
  readonly tokensPerSecond: number;
  readonly estimatedSeconds: number;
  readonly estimatedBytes: number;
  /** Undefined in plans of before it was known. */
  readonly memory?: MemoryParts | undefined;
}

/** What a training's memory consists of, bytes at the moment it takes most. */
export interface MemoryParts {
  readonly weightBytes: number;
  readonly gradientBytes: number;
  /** The optimizer's two moments. */
  readonly momentBytes: number;
  /** Activations, logits, a sample tweet's cache. */
  readonly workingBytes: number;
}

export interface TrainProgress {
  readonly runId: string;
  readonly phase: 'loading-model' | 'tokenizing' | 'timing' | 'training' | 'saving';
  /** While a base model loads, as in {@link PlanProgress}. */
  readonly loaded?: PlanProgress['loaded'];
  readonly completedSteps: number;
  readonly totalSteps: number;
  /** New points since the last report, oldest first. */
  readonly points: readonly MetricPoint[];
  readonly tokensPerSecond: number;
  readonly secondsLeft: number | null;
  /** A tweet the bot would write now, every so often. */
  readonly sample: { readonly step: number; readonly text: string } | null;
}

export interface MetricPoint {
  /** Count of completed steps when it was measured, from 1. */
  readonly step: number;
  /** Mean cross-entropy over the step's tokens, nats. */
  readonly loss: number;
  /** Mean cross-entropy over held-out tweets, where it was measured at this step. */
  readonly validationLoss?: number | undefined;
  readonly learningRate: number;
  readonly epoch: number;
}

export interface RunSummary {
  readonly id: string;
  /** What the user calls the bot. */
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
  /** False until the first checkpoint: nothing to generate with yet. */
  readonly canGenerate: boolean;
  /** Whether what writes now is an adapter on a base model: it can be exported alone. */
  readonly hasAdapter: boolean;
  readonly checkpointBytes: number;
  /** Everything that is stored of it: what deleting it frees. */
  readonly storedBytes: number;
  /** Stands for it; null until the user picks one. */
  readonly emoji: string | null;
  /** Its finished models, the oldest first: every training that ends adds one. */
  readonly history: readonly BotVersion[];
  /** Number of the version that writes; null for the newest. */
  readonly writesWith: number | null;
}

/** A finished model of a bot. */
export interface BotVersion {
  /** From 1; numbers of deleted versions aren't given again. */
  readonly number: number;
  readonly completedSteps: number;
  readonly loss: number | null;
  /** Over held-out tweets, where it was measured. The weights kept are those that did best. */
  readonly validationLoss: number | null;
  readonly createdAt: number;
  readonly bytes: number;
}

/* ----------------------------------------------------------------- export */

export interface ExportParams {
  readonly runId: string;
  /** A GPT-2 folder as on the Hub, or the adapter of a LoRA run as PEFT saves it. */
  readonly what: 'model' | 'adapter';
  /** Of a model's weights; adapters are small and always F32. */
  readonly dtype: 'F32' | 'F16';
  /** Where the ZIP goes; null collects it for a download. */
  readonly file: FileSystemFileHandle | null;
}

export interface ExportProgress {
  readonly writtenBytes: number;
  readonly totalBytes: number;
}

export interface ExportResult {
  readonly byteLength: number;
  /** The ZIP, when no file was given. */
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
  /** 1 is none; above 1, words that are in the text already become less likely. */
  readonly repetitionPenalty: number;
  /** Most tokens a tweet, prompt included. */
  readonly maxTokens: number;
  /** Undefined: drawn, and reported in the result. */
  readonly seed?: number | undefined;
}

export interface GenerateProgress {
  readonly phase: 'loading-model' | 'writing';
  /** Tweets that changed since the last report: the whole text so far, prompt included. */
  readonly tweets: readonly {
    readonly index: number;
    readonly text: string;
    readonly isDone: boolean;
  }[];
}

/** What a written tweet has in common, word for word, with one that the bot learned from. */
export interface TweetCopy {
  /** In code units of the written tweet. */
  readonly start: number;
  readonly end: number;
  /** The tweet learned from. */
  readonly original: string;
}

export interface GenerateResult {
  readonly seed: number;
  readonly tweets: readonly string[];
  /** By tweet; null where the texts that the bot learned from aren't there to compare with. */
  readonly copies: readonly (TweetCopy | null)[] | null;
  readonly tokens: number;
  readonly tokensPerSecond: number;
}
