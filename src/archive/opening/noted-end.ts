/** Telling a stream that is cut off from one that is damaged. */

export interface NotedEnd {
  readonly stream: ReadableStream<Uint8Array>;
  /** Whether whoever reads the stream has asked for more than there is. */
  hasEnded(): boolean;
}

/**
 * Passes a stream on chunk by chunk, and only when it is asked for one. A reader that fails once the
 * stream has ended misses bytes; one that fails before has met bytes it can't read. What parsers say in
 * words differs from one to the next, and isn't looked at.
 */
export function noteEnd(source: ReadableStream<Uint8Array>): NotedEnd {
  const reader = source.getReader();
  let hasEnded = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await reader.read();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        hasEnded = true;
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { stream, hasEnded: () => hasEnded };
}
