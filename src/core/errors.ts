/**
 * Every failure a user can meet, as data.
 *
 * An error is a code from a closed union with details typed by that code, so it can cross a thread
 * boundary by structured clone and be rebuilt on arrival. Sentences for people live in the page
 * (`app/error-text/`), one per code. Tweet text never enters an error.
 */

export interface TrainingMethod {
  readonly mode: 'full' | 'lora';
  readonly checkpointing: boolean;
}

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
  'webgpu-unavailable': { readonly reason: string };
  'device-lost': { readonly reason: string };
  'out-of-memory': {
    readonly neededBytes?: number;
    readonly availableBytes?: number;
    /** Undefined where an allocation failed under way: the platform doesn't say more. */
    readonly reason?:
      | 'one-buffer' // one piece is larger than this adapter's largest buffer
      | 'too-large' // more than the budget
      | 'no-room'; // the device couldn't give it when asked, before the start
    /** Of a training that was refused before its start: how it was to train… */
    readonly wish?: TrainingMethod;
    /** …and how it would fit; null when nothing does. */
    readonly instead?: (TrainingMethod & { readonly neededBytes: number }) | null;
  };
  'weights-download': { readonly file: string; readonly status?: number };
  /** A download from the Hub. What is stored of it by then stays, so that it can go on. */
  'model-download': {
    /** `owner/name`. */
    readonly repository: string;
    readonly reason:
      | 'not-found'
      | 'private'
      | 'no-gpt2'
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
  'weights-corrupt': {
    readonly file: string;
    readonly reason: string;
    /** Where the file came from, if it isn't the page's own: says how to get it again. */
    readonly origin?: 'files' | 'hub';
  };
  /** A model that is not one we run. `reason` goes on after the file's name: `is missing`. */
  'model-unsupported': { readonly file: string; readonly reason: string };
  'model-missing': { readonly modelId: string };
  /** The names of the bots that a model can't be deleted from under. */
  'model-needed': { readonly bots: readonly string[] };
  'tokenizer-mismatch': { readonly tokenizerSize: number; readonly modelSize: number };
  'storage-quota': {
    readonly neededBytes?: number;
    readonly availableBytes?: number;
    /** Of the disk that a file of the user's was to go to, not the browser's storage. */
    readonly isOfFile?: boolean;
  };
  'storage-blocked': { readonly reason: string; readonly isOfFile?: boolean };
  'checkpoint-incompatible': { readonly reason: string };
  'loss-not-finite': { readonly step: number };
  busy: {
    readonly reason:
      | 'another-tab'
      | 'training'
      | 'importing'
      | 'generating'
      | 'loading'
      | 'downloading';
  };
  cancelled: Record<string, never>;
  'worker-lost': { readonly reason: string };
  internal: { readonly message: string };
}

export type ErrorCode = keyof ErrorDetails;

/** What crosses a thread: the code fixes the shape of the details. */
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

/** Anything thrown → data with a code. Unknown errors become `internal` with their message. */
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
