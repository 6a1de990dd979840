/**
 * What crosses between page and engine, as types derived from {@link Calls}: one discriminant
 * (`kind`, then `method`) fixes the payload, so neither side casts.
 *
 * Each mapped type is indexed by its own parameter (`{ [K in M]: … }[M]`): written so, TypeScript
 * keeps method and payload correlated inside a function generic over `M`.
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

/** Asks a call to end early. The call still ends by the engine's own answer. */
export interface CancelMessage {
  readonly kind: 'cancel';
  readonly id: number;
}

export type RequestMessage = CallMessage | CancelMessage;

/* ---------------------------------------------------------- engine → page */

export type ProgressMessage<M extends Method = Method> = {
  [K in M]: {
    readonly kind: 'progress';
    readonly id: number;
    readonly method: K;
    readonly progress: Calls[K]['progress'];
  };
}[M];

export type ResultMessage<M extends Method = Method> = {
  [K in M]: {
    readonly kind: 'result';
    readonly id: number;
    readonly method: K;
    readonly result: Calls[K]['result'];
  };
}[M];

export type ErrorMessage<M extends Method = Method> = {
  [K in M]: {
    readonly kind: 'error';
    readonly id: number;
    readonly method: K;
    readonly error: ErrorData;
  };
}[M];

export type ResponseMessage<M extends Method = Method> =
  | ProgressMessage<M>
  | ResultMessage<M>
  | ErrorMessage<M>;

/** The least that both sides need from an event: `Worker`, a worker's scope and a port all fit. */
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
