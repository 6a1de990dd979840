/**
 * Connects a page's `Worker` and a worker's global scope by a real `MessageChannel`. Messages are structured-cloned
 * as between threads, but there is no second thread (tests/browser/protocol has real workers).
 */
import type { WorkerLike } from '../../../src/protocol/client.ts';
import type { MessageTarget } from '../../../src/protocol/messages.ts';

class ChannelWorker extends EventTarget implements WorkerLike {
  readonly #port: MessagePort;
  isTerminated = false;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.addEventListener('message', ({ data }) => {
      this.dispatchEvent(new MessageEvent('message', { data }));
    });
    port.start();
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port.close();
  }

  /** Fires the event that a real worker fires for an uncaught error. */
  fail(message: string): void {
    const event = new Event('error');
    Object.defineProperty(event, 'message', { value: message });
    this.dispatchEvent(event);
  }
}

export interface Pair {
  readonly worker: ChannelWorker;
  readonly scope: MessageTarget;
  /** All messages from the worker's side, in order. */
  readonly posted: unknown[];
}

export function createPair(): Pair {
  const { port1, port2 } = new MessageChannel();
  const posted: unknown[] = [];
  port2.start();
  const scope: MessageTarget = {
    postMessage(message) {
      port2.postMessage(message);
      posted.push(structuredClone(message));
    },
    addEventListener: (type, listener) => port2.addEventListener(type, listener),
    removeEventListener: (type, listener) => port2.removeEventListener(type, listener),
  };
  return { worker: new ChannelWorker(port1), scope, posted };
}
