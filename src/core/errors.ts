/**
 * Every failure a user can meet, as data.
 *
 * An error is a code from a closed union with details typed by that code, so it can cross a thread
 * boundary by structured clone and be rebuilt on arrival. Sentences for people live in the page
 * (`app/error-text/`), one per code. Tweet text never enters an error.
 */

import type { Fault } from './faults.ts';

export interface TrainingMethod {
  readonly mode: 'full' | 'lora';
  readonly checkpointing: boolean;
}

/** Something in this browser's storage, by what it is and its id there. */
export interface StoredThing {
  readonly what:
    | 'dataset'
    | 'texts' // what a run learns from
    | 'run'
    | 'version'
    | 'checkpoint'
    | 'adapter'
    | 'model'
    | 'download';
  readonly id: string;
}

export interface DamagedThing extends StoredThing {
  /** Where a stored model came from, which says how to get it again. */
  readonly origin?: 'starter' | 'files' | 'bot' | 'hub';
}

/** What is wrong with a damaged file of a model, if it isn't a fault of its format. */
export type ModelFault =
  | 'unreadable' // the browser can't read it: it was moved or changed since it was chosen
  | 'too-large' // far larger than any file of its kind
  | 'cut-off' // it ends before what it says it holds
  | 'not-text'
  | 'not-json'
  | 'not-a-zip'
  | 'missing-tensor'
  | 'repeated-tensor'
  | 'not-finite';

/** The feature of a sound file that Mynah doesn't support. `found` and `expected` are values, never sentences. */
export type UnsupportedFeature =
  | {
      readonly what: 'setting';
      readonly name: string;
      readonly found: string;
      readonly expected: string;
    }
  /** A tokenizer without a token that GPT-2's has. */
  | { readonly what: 'missing-token'; readonly expected: string }
  /** A tensor that the GPT-2 of its `config.json` doesn't have. */
  | { readonly what: 'tensor'; readonly found: string }
  /** A setting of a model that is sound and works here, but that a GGUF can't express. */
  | { readonly what: 'gguf'; readonly name: string; readonly found: string }
  /** A model whose weights don't fit into one ONNX file. */
  | { readonly what: 'onnx-size'; readonly byteLength: number }
  /** A Git LFS pointer in the place of the file itself. */
  | { readonly what: 'lfs-pointer' }
  | { readonly what: 'big-endian' }
  /** A pickle that asks for more than plain weights need; `found` is what it asks for. */
  | { readonly what: 'pickle-code'; readonly found: string }
  | { readonly what: 'encrypted-zip' }
  | { readonly what: 'zip-compression' }
  /** A bot's record of another version of Mynah. */
  | { readonly what: 'bot-format'; readonly found: string; readonly expected: string };

/**
 * What each code carries. Whatever a sentence or a decision depends on is a closed union. A `detail` is for show only:
 * a platform's own words.
 */
export interface ErrorDetails {
  'archive-unreadable': {
    /** Name of the file, or `ARCHIVE.zip › data/tweets.js` for an entry. */
    readonly file: string;
    readonly reason:
      | 'empty'
      | 'not-a-zip'
      | 'truncated'
      | 'damaged'
      | 'encrypted'
      | 'too-large' // unpacks to far more than tweets are
      | 'packed' // in a way that isn't unpacked here
      | 'not-json' // damaged: it begins as JSON, and stops being it
      | 'encoding'
      | 'unknown-format'
      | 'unreadable';
    /** Of what is packed: in which way. */
    readonly packing?: string;
    /** One-based place of the first fault, where there is one. */
    readonly line?: number;
    readonly column?: number;
  };
  /** A table without a column whose name tells that it holds the texts. */
  'table-column-unknown': {
    readonly file: string;
    /** How many there are; their names where the first row looks like names, not like tweets. */
    readonly columns: number;
    readonly names: readonly string[] | null;
  };
  'archive-no-tweets': {
    readonly file: string;
    readonly reason:
      | 'no-tweet-file'
      | 'no-tweets' // sound, but of something else
      | 'not-needed'; // its name says that it is never tweets, so it wasn't opened
  };
  'dataset-too-small': {
    /** Characters kept after cleaning. */
    readonly characters: number;
    readonly neededCharacters: number;
    readonly tweetsKept: number;
    /** Those that the filters or the user left out. */
    readonly tweetsLeftOut: number;
  };
  /** This browser doesn't offer what the user chose to compute with. */
  'backend-unavailable': {
    readonly reason:
      | 'no-webgpu' // the browser doesn't know WebGPU
      | 'no-adapter' // it knows WebGPU, and offers no graphics card
      | 'no-webassembly';
  };
  'device-lost': {
    readonly reason:
      | 'driver' // the platform took it away
      | 'silent' // its work is done, but the results never arrive
      | 'failed' // its driver throws or reports an error
      | 'wrong' // it computes wrongly, so it isn't used any more
      | 'replaced'; // another device was chosen while this one was at work
    readonly detail?: string;
  };
  'out-of-memory': {
    readonly neededBytes?: number;
    readonly availableBytes?: number;
    /** Undefined where an allocation failed under way: the platform doesn't say more. */
    readonly reason?:
      | 'one-buffer' // one piece is larger than this adapter's largest buffer
      | 'too-large' // more than the budget
      | 'no-room'; // the device couldn't give it when asked, before the start
    /** Of a training that was refused before its start: how it was to train… */
    readonly requested?: TrainingMethod;
    /** …and how it would fit; null when nothing does. */
    readonly instead?: (TrainingMethod & { readonly neededBytes: number }) | null;
  };
  /** A file of the page's own site, such as the starter model or the sample, could not be fetched. */
  'site-download': { readonly file: string; readonly status?: number };
  /** A download from the Hub. What is stored of it by then stays, so that it can go on. */
  'model-download': {
    /** `owner/name`. */
    readonly repository: string;
    readonly reason:
      | 'not-found'
      | 'private'
      | 'no-gpt2'
      /** A page came in the place of a file: from another site, or from a network that wants a login. */
      | 'not-the-hub'
      | 'rate-limited'
      | 'offline'
      | 'not-allowed'
      | 'server'
      | 'stalled'
      | 'truncated'
      | 'damaged'
      | 'changed';
    readonly file?: string;
    readonly status?: number;
    /** How long the Hub asks to wait. */
    readonly retryAfterSeconds?: number;
  };
  /** A file of a model or a bot that the user adds is damaged. */
  'model-corrupt': {
    readonly file: string;
    /** The tensor at fault, where it is one. */
    readonly part?: string;
    /** `owner/name` on the Hub, if the file was downloaded from there. */
    readonly repository?: string;
  } & (
    | { readonly reason: ModelFault }
    /** It breaks a rule of its format. */
    | { readonly reason: 'malformed'; readonly fault: Fault }
  );
  /** A file of runs that the user imports. */
  'run-file-unreadable': { readonly file: string } & (
    | {
        readonly reason:
          | 'unreadable' // the browser can't read it
          | 'too-large'
          | 'not-json'
          | 'no-runs' // sound, but of something else
          | 'other-version'; // of the format
      }
    | { readonly reason: 'damaged'; readonly fault: Fault }
  );
  /** A file is sound, but Mynah can't use it. */
  unsupported: { readonly file: string } & UnsupportedFeature;
  'model-file-missing': {
    readonly file: string;
    /** Other files that would do instead. */
    readonly alternatives: readonly string[];
  };
  /** An adapter works on top of a model that isn't stored here; null if it doesn't say on which. */
  'adapter-base-needed': { readonly base: string | null };
  /** The model can't be deleted, because these bots need it. */
  'model-needed': {
    /** Their names. */
    readonly bots: readonly string[];
    /** Of bots that were deleted and can still be restored. */
    readonly deletedBots?: readonly string[];
  };
  'tokenizer-mismatch': { readonly tokenizerSize: number; readonly modelSize: number };
  'storage-quota': { readonly neededBytes?: number; readonly availableBytes?: number };
  'storage-blocked': {
    readonly reason:
      | 'absent' // the browser has no IndexedDB
      | 'denied' // by the browser's settings
      | 'no-answer' // the browser doesn't say whether it opens the database
      | 'older-tab' // another tab has an older version of the database open
      | 'newer-version' // a newer version of the page has the database, or needs it now
      | 'closed' // by the browser, for example when site data are cleared
      | 'vanished' // what was being saved is gone
      | 'failed'; // reading or writing failed
    readonly detail?: string;
  };
  /** The file that the user chose for an export can't be written. */
  'file-not-writable': {
    readonly reason: 'full' | 'denied' | 'failed';
    readonly detail?: string;
  };
  'not-found': StoredThing;
  /** Something that is stored here can't be read back as it was written. */
  'stored-data-damaged': DamagedThing & { readonly fault: Fault };
  /** The bot has not saved anything yet, so there is nothing to write with or to export. */
  'not-trained-yet': Record<string, never>;
  'loss-not-finite': { readonly step: number };
  busy: {
    readonly reason: 'another-tab' | 'training' | 'importing' | 'generating' | 'downloading';
  };
  cancelled: Record<string, never>;
  'worker-lost': {
    readonly reason:
      | 'not-loaded' // its script couldn't be fetched or started
      | 'crashed'
      | 'unreadable-message'
      | 'terminated'; // by the page
    readonly detail?: string;
  };
  internal: { readonly message: string };
}

export type ErrorCode = keyof ErrorDetails;

/** The data that crosses a thread. The code determines the type of the details. */
export type ErrorData = {
  [C in ErrorCode]: { readonly code: C; readonly details: ErrorDetails[C] };
}[ErrorCode];

export class MynahError extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData, options?: ErrorOptions) {
    super(`${data.code} ${JSON.stringify(data.details)}`, options);
    this.name = 'MynahError';
    this.data = data;
  }

  get code(): ErrorCode {
    return this.data.code;
  }
}

/** Builds a {@link MynahError}; the details are checked against the code at compile time. */
export function mynahError<C extends ErrorCode>(
  code: C,
  details: ErrorDetails[C],
  cause?: unknown,
): MynahError {
  // The pair is a member of the union by construction; TypeScript can't see that through `C`.
  const data = { code, details } as ErrorData;
  return new MynahError(data, cause === undefined ? undefined : { cause });
}

/** Whether something that was thrown is an error with one of these codes. */
export function hasCode<C extends ErrorCode>(
  error: unknown,
  ...codes: readonly C[]
): error is MynahError & { readonly data: Extract<ErrorData, { readonly code: C }> } {
  return error instanceof MynahError && codes.some((code) => code === error.code);
}

/** Turns anything that was thrown into data with a code. Unknown errors become `internal`. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof MynahError) return error.data;
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { code: 'cancelled', details: {} };
  }
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    return { code: 'storage-quota', details: {} };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'internal', details: { message } };
}

/** Throws `cancelled` when the signal has been aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw mynahError('cancelled', {});
}
