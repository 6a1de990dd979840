/**
 * The messages between page and engine, as types derived from {@link Calls}. `kind` and `method` together
 * determine the type of the payload, so neither side needs casts.
 *
 * Each mapped type is indexed by its own parameter (`{ [K in M]: … }[M]`), because then TypeScript keeps
 * method and payload correlated within a function that is generic over `M`.
 */
import type { ErrorData } from '../core/errors.ts';
import type { Calls, Method } from './calls.ts';

/* ---------------------------------------------------------- page → engine */

export type CallMessage<M extends Method = Method> = {
  [K in M]: {
    readonly kind: 'call';
    /** Unique among the calls of one client. */
    readonly id: number;
    readonly method: K;
    readonly params: Calls[K]['params'];
  };
}[M];

/** Asks the engine to end a call early. The call still ends with the engine's own answer. */
export interface CancelMessage {
  readonly kind: 'cancel';
  readonly id: number;
}

export type RequestMessage = CallMessage | CancelMessage;

/* ---------------------------------------------------------- engine → page */

interface Answer<Kind, M extends Method> {
  readonly kind: Kind;
  readonly id: number;
  readonly method: M;
}

export type ProgressMessage<M extends Method = Method> = {
  [K in M]: Answer<'progress', K> & { readonly progress: Calls[K]['progress'] };
}[M];

export type ResultMessage<M extends Method = Method> = {
  [K in M]: Answer<'result', K> & { readonly result: Calls[K]['result'] };
}[M];

export type ErrorMessage<M extends Method = Method> = {
  [K in M]: Answer<'error', K> & { readonly error: ErrorData };
}[M];

export type ResponseMessage<M extends Method = Method> =
  | ProgressMessage<M>
  | ResultMessage<M>
  | ErrorMessage<M>;

/**
 * What both sides need to exchange messages. A `Worker`, a worker's global scope and a `MessagePort`
 * have it.
 */
export interface MessageTarget {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
}

/** The payload of a `message` event; undefined for any other event. */
export function messageData(event: Event): unknown {
  return 'data' in event ? event.data : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
