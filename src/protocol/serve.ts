/**
 * The engine's side of the protocol: {@link serve} answers calls with handlers.
 *
 * It knows nothing of what the methods do, and it swallows nothing: an error outside a handler,
 * or a rejection nobody awaits, stays uncaught and reaches the console (and, for an error, the
 * page as `worker-lost`).
 */
import { toErrorData } from '../core/errors.ts';
import type { Calls, Method } from './calls.ts';
import {
  type CallMessage,
  type CancelMessage,
  type ErrorMessage,
  isObject,
  type MessageTarget,
  messageData,
  type ProgressMessage,
  type ResultMessage,
} from './messages.ts';

export interface CallContext<M extends Method> {
  /** Aborted when the page cancels. A handler that heeds it throws `cancelled`. */
  readonly signal: AbortSignal;
  /** Posts at once, as often as it's called: see `throttleProgress`. Ignored after the end. */
  readonly report: (progress: Calls[M]['progress']) => void;
}

/** A handler that throws anything ends its call in an error, by `toErrorData`. */
export type Handler<M extends Method> = (
  params: Calls[M]['params'],
  context: CallContext<M>,
) => Promise<Calls[M]['result']> | Calls[M]['result'];

export type Handlers = { readonly [M in Method]: Handler<M> };

/**
 * Answers the page's calls until the returned function is called. Calls run concurrently: a
 * handler that must be alone throws `busy` itself.
 *
 * Call it synchronously when the worker's script starts (no top-level await before it): messages
 * that arrive while nobody listens are lost.
 */
export function serve(scope: MessageTarget, handlers: Handlers): () => void {
  const active = new Map<number, AbortController>();

  async function run<M extends Method>({ id, method, params }: CallMessage<M>): Promise<void> {
    const controller = new AbortController();
    active.set(id, controller);
    const report = (progress: Calls[M]['progress']): void => {
      // A late report of a call that ended, or whose id a later call took over.
      if (active.get(id) !== controller) return;
      const message: ProgressMessage<M> = { kind: 'progress', id, method, progress };
      scope.postMessage(message);
    };
    try {
      const handler: Handler<M> = handlers[method];
      const result = await handler(params, { signal: controller.signal, report });
      active.delete(id);
      const message: ResultMessage<M> = { kind: 'result', id, method, result };
      // Inside the try: a result that can't be cloned throws here and must still end the call.
      scope.postMessage(message);
    } catch (error) {
      active.delete(id);
      const message: ErrorMessage<M> = { kind: 'error', id, method, error: toErrorData(error) };
      scope.postMessage(message);
    }
  }

  function onMessage(event: Event): void {
    const message = messageData(event);
    if (isCancel(message)) {
      active.get(message.id)?.abort();
    } else if (isCall(message, handlers) && !active.has(message.id)) {
      // Never rejects: everything a handler can throw is caught, and an error message is plain
      // data. Should posting it fail all the same, the rejection is left for all to see.
      void run(message);
    }
  }

  scope.addEventListener('message', onMessage);
  return () => scope.removeEventListener('message', onMessage);
}

function isCancel(message: unknown): message is CancelMessage {
  return isObject(message) && message.kind === 'cancel' && typeof message.id === 'number';
}

/** The envelope only: parameters come from the page's own code, typed at the call. */
function isCall(message: unknown, handlers: Handlers): message is CallMessage {
  return (
    isObject(message) &&
    message.kind === 'call' &&
    typeof message.id === 'number' &&
    typeof message.method === 'string' &&
    Object.hasOwn(handlers, message.method) &&
    isObject(message.params)
  );
}
