/**
 * Requests to a Hub, which are repeated after temporary failures.
 *
 * Every request is simple in the sense of CORS (`GET` or `HEAD`, with at most a `Range` of one part),
 * because files redirect to a second host that answers no preflight. So `If-Range` can't be used.
 * See https://github.com/huggingface/datasets/issues/7931.
 */
import { type MynahError, mynahError, throwIfAborted, type ErrorDetails } from '../core/errors.ts';

type Reason = ErrorDetails['model-download']['reason'];

export interface Patience {
  /** The number of failures in a row, without any progress between them, after which it gives up. */
  readonly attempts: number;
  /** The wait after the first failure. It doubles with each failure, and varies by up to half. */
  readonly backoffMs: number;
  /** The maximum wait that a server may ask for with `Retry-After`. */
  readonly maxWaitMs: number;
  /** After how long without data a connection has stalled. */
  readonly stallMs: number;
}

export const PATIENCE: Patience = {
  attempts: 6,
  backoffMs: 500,
  maxWaitMs: 60_000,
  stallMs: 30_000,
};

export interface Answer {
  readonly response: Response;
  /** The body. Throws {@link Passing} if the connection breaks or stalls. */
  readonly pieces: AsyncGenerator<Uint8Array>;
}

/** A temporary failure. `final` is the error to throw if it doesn't go away. */
export class Passing extends Error {
  readonly final: MynahError;
  /** The wait that the server asks for, or null; then the usual wait is multiplied by `slowness`. */
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

  /** `baseUrl` must not end with a slash. */
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

  /** The path of a file of the repository, which is appended to the base URL. */
  file(revision: string, name: string): string {
    return `/${this.repository}/resolve/${revision}/${name}`;
  }

  /**
   * Makes one request. Resolves with any response below 400, and with 404. Throws `model-download` for a
   * permanent failure, {@link Passing} for a temporary one, `cancelled`.
   *
   * @param from The first byte to request; `to` is where to end. Unless the whole file is wanted, a range is
   *   requested, and the response may be 416.
   */
  async open(
    path: string,
    options: {
      readonly method?: 'HEAD';
      readonly from?: number;
      readonly to?: number;
      readonly signal: AbortSignal;
    },
  ): Promise<Answer> {
    const { signal, from = 0, to, method = 'GET' } = options;
    throwIfAborted(signal);
    // `AbortSignal.any` exists in Safari only since version 17.4.
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
        ...(from > 0 || to !== undefined
          ? { headers: { Range: `bytes=${from}-${to === undefined ? '' : to - 1}` } }
          : {}),
        signal: ending.signal,
        // For privacy, and because the Hub refuses some referrers.
        referrerPolicy: 'no-referrer',
        credentials: 'omit',
        cache: 'no-store',
      });
    } catch (thrown) {
      // The browser reports a violation of the policy in a later task.
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

  /** Repeats `attempt` after temporary failures, as often as `patience` allows. */
  async persist<T>(
    signal: AbortSignal,
    attempt: () => Promise<T>,
    hasProgressed: () => boolean = () => false,
  ): Promise<T> {
    const { attempts, backoffMs, maxWaitMs } = this.patience;
    for (let failures = 1; ; failures++) {
      try {
        return await attempt();
      } catch (error) {
        throwIfAborted(signal);
        if (!(error instanceof Passing)) throw error;
        if (hasProgressed()) failures = 1;
        const backoff = error.slowness * backoffMs * 2 ** (failures - 1);
        const waitMs = error.waitMs ?? backoff * (0.5 + Math.random() / 2);
        if (failures >= attempts || waitMs > maxWaitMs) throw error.final;
        await pause(waitMs, signal);
      }
    }
  }

  private refusal({ status, headers }: Response): MynahError | Passing {
    if (status === 401 || status === 403) {
      // Without a login, the Hub answers 401 for a private repository and for one that doesn't exist.
      const isMissing = headers.get('X-Error-Code') === 'RepoNotFound' && status !== 401;
      return this.error(isMissing ? 'not-found' : 'private', { status });
    }
    if (status === 429) {
      const seconds = retryAfterSeconds(headers.get('Retry-After'));
      const details = seconds === null ? {} : { retryAfterSeconds: seconds };
      const final = this.error('rate-limited', { status, ...details });
      // Browsers hide `Retry-After` unless the server exposes it, which the Hub doesn't.
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
    // If reading ends early, the rest isn't needed. A broken stream has nothing to cancel.
    await reader?.cancel().catch(() => {});
  }
}

/** Calls `bark` if it isn't restarted or stopped in time. */
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

/** Notes whether the page's Content-Security-Policy blocks an address, which `fetch` reports as a network error. */
function noteBlocked(): { isBlocked: () => boolean; stop: () => void } {
  let isBlocked = false;
  const note = () => {
    isBlocked = true;
  };
  globalThis.addEventListener('securitypolicyviolation', note);
  const stop = () => globalThis.removeEventListener('securitypolicyviolation', note);
  return { isBlocked: () => isBlocked, stop };
}

/** Parses seconds or a date, as in RFC 9110. Returns null for anything else. */
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
