/** A connection that speaks WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/. */

import { WebSocket } from 'ws';
import { ANSWER_MS, type Json } from './protocol.ts';

const MAX_MESSAGE_BYTES = 64 * 1024 ** 2;

type Parameters = Readonly<Record<string, unknown>>;

interface Answer {
  readonly id?: number | null;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: Record<string, Json>;
  readonly error?: string;
  readonly message?: string;
  readonly method?: string;
  readonly params?: Record<string, Json>;
}

export interface BiDi {
  /** @throws with the protocol's words if the command fails or isn't answered. */
  send(method: string, params: Parameters): Promise<Record<string, Json>>;
  on(method: string, listener: (params: Record<string, Json>) => void): void;
  close(): void;
}

/** `lastWords` says what the browser printed, for the error when the connection ends. */
export async function connectBiDi(url: string, lastWords: () => string): Promise<BiDi> {
  const socket = new WebSocket(url, { maxPayload: MAX_MESSAGE_BYTES });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  let nextId = 1;
  const pending = new Map<number, (answer: Answer) => void>();
  const listeners = new Map<string, (params: Record<string, Json>) => void>();
  socket.on('message', (data) => {
    const answer = JSON.parse(data.toString()) as Answer;
    if (answer.type === 'event') {
      listeners.get(answer.method ?? '')?.(answer.params ?? {});
    } else {
      pending.get(answer.id ?? 0)?.(answer);
    }
  });
  socket.on('close', () => {
    for (const settle of pending.values()) settle({ type: 'error', error: lastWords() });
  });
  const send = (method: string, params: Parameters) =>
    new Promise<Record<string, Json>>((resolve, reject) => {
      const id = nextId++;
      const fail = (why: string) => reject(new Error(`${method}: ${why}`));
      const timer = setTimeout(() => fail('no answer'), ANSWER_MS);
      pending.set(id, ({ type, result, error, message }) => {
        clearTimeout(timer);
        pending.delete(id);
        if (type === 'success') resolve(result ?? {});
        else fail(`${error} ${message ?? ''}`);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    send,
    on: (method, listener) => void listeners.set(method, listener),
    close: () => socket.close(),
  };
}
