/** Work that is done one part at a time, so that a thread that computes can listen in between. */

import { must } from './assert.ts';

/** Work in parts, after each of which it can be given up by returning null to it. */
export type Parts<T> = Generator<void, T | null>;

/** Does all of the work at once. */
export function complete<T>(parts: Parts<T>): T {
  for (;;) {
    const part = parts.next();
    if (part.done) return must(part.value, 'work that nobody gave up');
  }
}

/** Work that can't be divided, as a single part. */
export function* inOnePart<T>(work: () => T): Parts<T> {
  yield* [];
  return work();
}
