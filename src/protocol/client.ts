/**
 * The page's side of the protocol: {@link connect} to a worker and call its methods.
 *
 * Every call ends with exactly one result or one error. When the worker dies (by an uncaught error, an
 * unreadable message, or `terminate`), all pending calls end with `worker-lost`.
 */
import {
  type ErrorData,
  type ErrorDetails,
  MynahError,
  mynahError,
  toErrorData,
} from '../core/errors.ts';
import type { Calls, Method } from './calls.ts';
import {
  type CallMessage,
  type ErrorMessage,
  isObject,
  type MessageTarget,
  messageData,
  type ProgressMessage,
  type RequestMessage,
  type ResponseMessage,
  type ResultMessage,
} from './messages.ts';

/** The part of `Worker` that {@link connect} needs. */
export interface WorkerLike extends MessageTarget {
  terminate(): void;
}

export interface CallOptions<M extends Method> {
  /**
   * Asks the engine to stop. Cancelling is cooperative: the promise settles when the engine answers, usually
   * with the error `cancelled`, or with the result if the call was already done. If the signal is already
   * aborted, the call fails with `cancelled` and nothing is posted.
   */
  readonly signal?: AbortSignal | undefined;
  /** Called at most about ten times per second, and never after the call has ended. */
  readonly onProgress?: ((progress: Calls[M]['progress']) => void) | undefined;
}

export interface Client {
  /** Calls a method. Rejects only with {@link MynahError}. */
  call<M extends Method>(
    method: M,
    params: Calls[M]['params'],
    options?: CallOptions<M>,
  ): Promise<Calls[M]['result']>;
  /** Resolves with the error `worker-lost` when the worker dies. Never rejects. */
  readonly lost: Promise<MynahError>;
  /** Kills the worker, as a last resort. Pending and later calls reject with `worker-lost`. */
  terminate(): void;
}

interface Pending<M extends Method> {
  readonly resolve: (result: Calls[M]['result']) => void;
  readonly reject: (error: MynahError) => void;
  readonly onProgress: ((progress: Calls[M]['progress']) => void) | undefined;
  /** Stops listening to the caller's signal. */
  readonly release: () => void;
}

type PendingByMethod = { [M in Method]?: Map<number, Pending<M>> };

/**
 * Connects to a worker that runs `serve`. The client owns the worker from now on, and terminates it after a
 * fatal error, so that a broken engine doesn't keep its locks and its memory.
 */
export function connect(worker: WorkerLike): Client {
  // Without a prototype, a message whose method is `constructor` finds nothing.
  const pending: PendingByMethod = Object.create(null);
  let lastId = 0;
  let lostError: MynahError | null = null;
  let announceLost: (error: MynahError) => void;
  const lost = new Promise<MynahError>((resolve) => {
    announceLost = resolve;
  });

  function post(message: RequestMessage): void {
    worker.postMessage(message);
  }

  function callsOf<M extends Method>(method: M): Map<number, Pending<M>> {
    pending[method] ??= new Map();
    return pending[method];
  }

  /** Returns the pending call and removes it, so that it can't be settled twice. */
  function take<M extends Method>(method: M, id: number): Pending<M> | undefined {
    const calls = callsOf(method);
    const call = calls.get(id);
    calls.delete(id);
    call?.release();
    return call;
  }

  function onProgressMessage<M extends Method>(message: ProgressMessage<M>): void {
    callsOf<M>(message.method).get(message.id)?.onProgress?.(message.progress);
  }

  function onResultMessage<M extends Method>(message: ResultMessage<M>): void {
    take<M>(message.method, message.id)?.resolve(message.result);
  }

  function onErrorMessage<M extends Method>(message: ErrorMessage<M>): void {
    take<M>(message.method, message.id)?.reject(new MynahError(message.error));
  }

  function lose(details: ErrorDetails['worker-lost']): void {
    if (lostError !== null) return;
    lostError = mynahError('worker-lost', details);
    worker.removeEventListener('message', onMessage);
    worker.removeEventListener('error', onError);
    worker.removeEventListener('messageerror', onMessageError);
    worker.terminate();
    for (const calls of Object.values(pending)) {
      for (const call of calls.values()) {
        call.release();
        // Each call gets its own error object, because callers may change its stack.
        call.reject(mynahError('worker-lost', details));
      }
      calls.clear();
    }
    announceLost(lostError);
  }

  function onMessage(event: Event): void {
    const message = messageData(event);
    if (!isResponse(message)) return;
    if (message.kind === 'progress') onProgressMessage(message);
    else if (message.kind === 'result') onResultMessage(message);
    else onErrorMessage(message);
  }

  function onError(event: Event): void {
    // A script that fails to load fires a plain Event; an uncaught error in the worker fires an ErrorEvent.
    const detail = 'message' in event && event.message ? String(event.message) : null;
    lose(detail === null ? { reason: 'not-loaded' } : { reason: 'crashed', detail });
  }

  function onMessageError(): void {
    lose({ reason: 'unreadable-message' });
  }

  worker.addEventListener('message', onMessage);
  worker.addEventListener('error', onError);
  worker.addEventListener('messageerror', onMessageError);

  function call<M extends Method>(
    method: M,
    params: Calls[M]['params'],
    { signal, onProgress }: CallOptions<M> = {},
  ): Promise<Calls[M]['result']> {
    if (lostError !== null) return Promise.reject(new MynahError(lostError.data));
    if (signal?.aborted) return Promise.reject(mynahError('cancelled', {}));

    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const cancel = () => post({ kind: 'cancel', id });
      const release = () => signal?.removeEventListener('abort', cancel);
      const message: CallMessage<M> = { kind: 'call', id, method, params };
      try {
        worker.postMessage(message);
      } catch (error) {
        // The parameters can't be cloned, which is a bug of the caller. Nothing was sent.
        reject(new MynahError(toErrorData(error), { cause: error }));
        return;
      }
      signal?.addEventListener('abort', cancel, { once: true });
      callsOf(method).set(id, { resolve, reject, onProgress, release });
    });
  }

  return { call, lost, terminate: () => lose({ reason: 'terminated' }) };
}

/**
 * Whether this is one of the engine's messages, since other scripts in the worker may post messages, too.
 * Only the envelope is checked, because the engine is our own code from the same build.
 */
function isResponse(message: unknown): message is ResponseMessage {
  if (!isObject(message) || typeof message.id !== 'number') return false;
  if (typeof message.method !== 'string') return false;
  if (message.kind === 'progress') return 'progress' in message;
  if (message.kind === 'result') return 'result' in message;
  return message.kind === 'error' && isErrorData(message.error);
}

function isErrorData(error: unknown): error is ErrorData {
  return isObject(error) && typeof error.code === 'string' && isObject(error.details);
}
