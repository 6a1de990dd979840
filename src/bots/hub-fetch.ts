/**
 * Asking a Hub: one request that may fail in ways that pass, and trying again.
 *
 * Every request is simple in the sense of CORS (`GET` or `HEAD`, at most a `Range` of one part):
 * files redirect to a second host that answers no preflight, so `If-Range` and the like are out.
 * See https://github.com/huggingface/datasets/issues/7931.
 */
import { type MynahError, mynahError, throwIfAborted, type ErrorDetails } from '../core/errors.ts';

type Reason = ErrorDetails['model-download']['reason'];

export interface Patience {
  /** Failures in a row, without a byte of progress between them, until it gives up. */
  readonly attempts: number;
  /** Wait after the first failure; doubles with each, and varies by up to half. */
  readonly backoffMs: number;
  /** The longest that a server's `Retry-After` is waited for. */
  readonly longestWaitMs: number;
  /** How long a connection may be silent. */
  readonly stallMs: number;
}

export const PATIENCE: Patience = {
  attempts: 6,
  backoffMs: 500,
  longestWaitMs: 60_000,
  stallMs: 30_000,
};

export interface Answer {
  readonly response: Response;
  /** The body. Throws {@link Passing} where the connection breaks or stalls. */
  readonly pieces: AsyncGenerator<Uint8Array>;
}

/** Trouble that may be over at the next try; `final` is what to say when it isn't. */
export class Passing extends Error {
  readonly final: MynahError;
  /** How long the server asks to wait, and how much more than usual where it doesn't say. */
  readonly waitMs: number | null;
  readonly slowness: number;

  constructor(final: MynahError, waitMs: number | null = null, slowness = 1) {
    super(final.message, { cause: final });
    this.final = final;
    this.waitMs = waitMs;
    this.slowness = slowness;
  }
}

export class HubConnection {
  readonly repository: string;
  readonly patience: Patience;
  private readonly baseUrl: string;

  /** `baseUrl` without a slash at its end. */
  constructor(baseUrl: string, repository: string, patience: Patience = PATIENCE) {
    this.baseUrl = baseUrl;
    this.repository = repository;
    this.patience = patience;
  }

  error(
    reason: Reason,
    details: Omit<ErrorDetails['model-download'], 'repository' | 'reason'> = {},
  ) {
    return mynahError('model-download', { repository: this.repository, reason, ...details });
  }

  /** The address of a file of the repository, below the base. */
  file(revision: string, name: string): string {
    return `/${this.repository}/resolve/${revision}/${name}`;
  }

  /**
   * One try. Resolves with any answer below 400, and with 404; throws `model-download` for what stays
   * as it is, {@link Passing} for what may pass, `cancelled`.
   *
   * @param from The first byte wanted: from 1 on a range is asked for, and 416 may be the answer.
   */
  async open(
    path: string,
    options: { readonly method?: 'HEAD'; readonly from?: number; readonly signal: AbortSignal },
  ): Promise<Answer> {
    const { signal, from = 0, method = 'GET' } = options;
    throwIfAborted(signal);
    // Not `AbortSignal.any`: Safari has it only since 17.4.
    const ending = new AbortController();
    const end = () => ending.abort();
    signal.addEventListener('abort', end, { once: true });
    let isStalled = false;
    const watchdog = new Watchdog(this.patience.stallMs, () => {
      isStalled = true;
      end();
    });
    const blocked = noteBlocked();
    const passing = (thrown: unknown): Passing => {
      throwIfAborted(signal);
      if (isStalled) return new Passing(this.error('stalled'));
      if (blocked.isBlocked()) throw this.error('not-allowed');
      if (thrown instanceof TypeError) return new Passing(this.error('offline'));
      throw thrown;
    };
    let response: Response;
    try {
      response = await fetch(this.baseUrl + path, {
        method,
        ...(from > 0 ? { headers: { Range: `bytes=${from}-` } } : {}),
        signal: ending.signal,
        // Who asks is nobody's business; and the Hub refuses some referrers.
        referrerPolicy: 'no-referrer',
        credentials: 'omit',
        cache: 'no-store',
      });
    } catch (thrown) {
      // The browser tells of a policy's refusal in a task of its own.
      await pause(0, signal);
      throw passing(thrown);
    } finally {
      watchdog.stop();
      blocked.stop();
    }
    if (response.status >= 400 && response.status !== 404 && response.status !== 416) {
      end();
      throw this.refusal(response);
    }
    return { response, pieces: pieces(response, watchdog, passing) };
  }

  /** Tries `open` and what is done with its answer until it works or patience is at its end. */
  async persist<T>(
    signal: AbortSignal,
    attempt: () => Promise<T>,
    hasProgressed: () => boolean = () => false,
  ): Promise<T> {
    const { attempts, backoffMs, longestWaitMs } = this.patience;
    for (let failures = 1; ; failures++) {
      try {
        return await attempt();
      } catch (error) {
        throwIfAborted(signal);
        if (!(error instanceof Passing)) throw error;
        if (hasProgressed()) failures = 1;
        const backoff = error.slowness * backoffMs * 2 ** (failures - 1);
        const waitMs = error.waitMs ?? backoff * (0.5 + Math.random() / 2);
        if (failures >= attempts || waitMs > longestWaitMs) throw error.final;
        await pause(waitMs, signal);
      }
    }
  }

  private refusal({ status, headers }: Response): MynahError | Passing {
    if (status === 401 || status === 403) {
      // To strangers the Hub answers 401 for what is private and for what doesn't exist.
      const isMissing = headers.get('X-Error-Code') === 'RepoNotFound' && status !== 401;
      return this.error(isMissing ? 'not-found' : 'private', { status });
    }
    if (status === 429) {
      const seconds = retryAfterSeconds(headers.get('Retry-After'));
      const details = seconds === null ? {} : { retryAfterSeconds: seconds };
      const final = this.error('rate-limited', { status, ...details });
      // Browsers hide `Retry-After` where the server doesn't expose it, as the Hub's does not.
      return new Passing(final, seconds === null ? null : 1000 * seconds, 4);
    }
    const final = this.error('server', { status });
    return status >= 500 || status === 408 ? new Passing(final) : final;
  }
}

async function* pieces(
  response: Response,
  watchdog: Watchdog,
  passing: (thrown: unknown) => Passing,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      watchdog.restart();
      const next = await reader?.read();
      watchdog.stop();
      if (next === undefined || next.done) return;
      yield next.value;
    }
  } catch (thrown) {
    throw passing(thrown);
  } finally {
    watchdog.stop();
    // Left early: the rest isn't wanted. A stream that broke has nothing to cancel.
    await reader?.cancel().catch(() => {});
  }
}

/** Barks when it isn't restarted or stopped in time. */
class Watchdog {
  private readonly ms: number;
  private readonly bark: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number, bark: () => void) {
    this.ms = ms;
    this.bark = bark;
    this.restart();
  }

  restart(): void {
    this.stop();
    this.timer = setTimeout(this.bark, this.ms);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

/** Whether the page's own policy refuses an address: to `fetch` that looks like a dead network. */
function noteBlocked(): { isBlocked: () => boolean; stop: () => void } {
  let isBlocked = false;
  const note = () => {
    isBlocked = true;
  };
  globalThis.addEventListener('securitypolicyviolation', note);
  const stop = () => globalThis.removeEventListener('securitypolicyviolation', note);
  return { isBlocked: () => isBlocked, stop };
}

/** Seconds or a date, as RFC 9110 has it; null for anything else. */
export function retryAfterSeconds(value: string | null, nowMs = Date.now()): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - nowMs) / 1000));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(mynahError('cancelled', {}));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
