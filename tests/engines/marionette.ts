/**
 * A connection that speaks Marionette, Firefox's own form of WebDriver:
 * https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html. Not WebDriver BiDi: while its sessions
 * watch workers, Firefox ESR 153 hangs in one of three starts of WebAssembly's threads, which without it wasn't seen.
 */

import { connect } from 'node:net';
import { ANSWER_MS, type Json } from './protocol.ts';

/** What a command is answered with: a type, the command's number, an error or null, and the result. */
type Answer = readonly [1, number, { error: string; message: string } | null, Json];

export interface Marionette {
  /** @throws with the protocol's words if the command fails or isn't answered. */
  send(command: string, parameters?: object): Promise<Json>;
  close(): void;
}

/** `lastWords` says what the browser printed, for the error when the connection ends. */
export async function connectMarionette(
  port: number,
  lastWords: () => string,
): Promise<Marionette> {
  const socket = connect(port, '127.0.0.1');
  const pending = new Map<number, (error: string | null, result: Json) => void>();
  let unread: Buffer = Buffer.alloc(0);
  /** Each message is its length in bytes, a colon, and JSON. The first is a greeting, not an answer. */
  socket.on('data', (data: Buffer) => {
    unread = Buffer.concat([unread, data]);
    for (;;) {
      const colon = unread.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(unread.subarray(0, colon).toString());
      if (unread.length < end) return;
      const message = JSON.parse(unread.subarray(colon + 1, end).toString()) as Json;
      unread = unread.subarray(end);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message as unknown as Answer;
      pending.get(id)?.(error === null ? null : `${error.error} ${error.message}`, result);
    }
  });
  socket.on('close', () => {
    for (const settle of pending.values()) settle(lastWords(), null);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let nextId = 1;
  const send = (command: string, parameters: object = {}) =>
    new Promise<Json>((resolve, reject) => {
      const id = nextId++;
      const fail = (why: string) => reject(new Error(`${command}: ${why}`));
      const timer = setTimeout(() => fail('no answer'), ANSWER_MS);
      pending.set(id, (error, result) => {
        clearTimeout(timer);
        pending.delete(id);
        if (error === null) resolve(result);
        else fail(error);
      });
      const text = JSON.stringify([0, id, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  return { send, close: () => socket.destroy() };
}
