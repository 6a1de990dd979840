/**
 * The engine's side of the protocol: {@link serve} answers calls with handlers.
 *
 * It doesn't know what the methods do, and it suppresses no errors: an error outside a handler, or a rejection
 * that nothing handles, stays uncaught and appears on the console. An uncaught error also reaches the page as
 * `worker-lost`.
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
  /** Aborted when the page cancels the call. A handler that respects it throws `cancelled`. */
  readonly signal: AbortSignal;
  /** Posts every report immediately; see `throttleProgress`. Does nothing after the call has ended. */
  readonly report: (progress: Calls[M]['progress']) => void;
}

/** Handles the calls of one method. Whatever it throws becomes the error of the call, by `toErrorData`. */
export type Handler<M extends Method> = (
  params: Calls[M]['params'],
  context: CallContext<M>,
) => Promise<Calls[M]['result']> | Calls[M]['result'];

export type Handlers = { readonly [M in Method]: Handler<M> };

/**
 * Answers the page's calls until the returned function is called. Calls run concurrently: a handler that
 * can't run beside others throws `busy` itself.
 *
 * Call this synchronously when the worker's script starts, without a top-level await before it, because
 * messages that arrive earlier are lost.
 */
export function serve(scope: MessageTarget, handlers: Handlers): () => void {
  const active = new Map<number, AbortController>();

  async function run<M extends Method>({ id, method, params }: CallMessage<M>): Promise<void> {
    const controller = new AbortController();
    active.set(id, controller);
    const report = (progress: Calls[M]['progress']): void => {
      // Ignores late reports of a call that has ended, or whose id a later call has taken.
      if (active.get(id) !== controller) return;
      const message: ProgressMessage<M> = { kind: 'progress', id, method, progress };
      scope.postMessage(message);
    };
    try {
      const handler: Handler<M> = handlers[method];
      const result = await handler(params, { signal: controller.signal, report });
      active.delete(id);
      const message: ResultMessage<M> = { kind: 'result', id, method, result };
      // This is inside the try because a result that can't be cloned throws here, which must end the call.
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
      // This never rejects, since everything that a handler throws is caught and an error message is plain
      // data. If posting it fails nevertheless, the unhandled rejection is visible on the console.
      void run(message);
    }
  }

  scope.addEventListener('message', onMessage);
  return () => scope.removeEventListener('message', onMessage);
}

function isCancel(message: unknown): message is CancelMessage {
  return isObject(message) && message.kind === 'cancel' && typeof message.id === 'number';
}

/** Checks only the envelope: the parameters come from the page's own code, where TypeScript checks them. */
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
