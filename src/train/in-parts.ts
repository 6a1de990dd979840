/** Work that can be given up in the middle. */

import type { Parts } from '../core/parts.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { Ops } from '../ops/ops.ts';

/** Resolves like the promise, or as soon as the signal is aborted. Rejects like the promise. */
export async function unlessAborted(
  work: Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal === undefined) return work;
  if (signal.aborted) return;
  let stop = (): void => {};
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
  });
  signal.addEventListener('abort', stop);
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Does work in parts and listens for messages between them. Null if the signal is aborted meanwhile. */
export async function inParts<T>(
  parts: Parts<T>,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  for (;;) {
    const part = signal?.aborted ? parts.return(null) : parts.next();
    if (part.done) return part.value;
    await yieldToMessages();
  }
}

/**
 * Has work encoded that the device may not be given any more once the signal is aborted. Then, or if the work
 * returns null or throws, what the device hasn't been given is dropped.
 *
 * @returns What the work returns; null if it was given up, after `discard` has disposed what it had returned.
 */
export async function inDraft<T>(
  ops: Ops,
  signal: AbortSignal | undefined,
  work: () => Promise<T | null>,
  discard: (result: T) => void,
): Promise<T | null> {
  ops.beginDraft();
  let isGiven = false;
  try {
    const result = await work();
    if (result !== null && !signal?.aborted) await unlessAborted(ops.endDraft(), signal);
    isGiven = result !== null && !signal?.aborted;
    if (result !== null && !isGiven) discard(result);
    return isGiven ? result : null;
  } finally {
    if (!isGiven) ops.dropDraft();
  }
}
