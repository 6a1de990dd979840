/**
 * Reads from the browser's performance timeline which requests the present thread has made. A page, a
 * worker and a service worker each have a timeline of their own.
 */

/** A request over the network, or one that a cache or the service worker has answered. */
export interface RecordedRequest {
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Null where the browser doesn't tell, as for other hosts that don't allow it. */
  readonly receivedBytes: number | null;
}

/** Browsers record 250 requests by default, and then no more. */
const MAX_RECORDED = 10_000;

/** To be called when the thread starts, so that no request is left out. */
export function recordAllRequests(): void {
  performance.setResourceTimingBufferSize(MAX_RECORDED);
}

/** The requests of this thread so far, in the order in which they began. */
export function recordedRequests(): RecordedRequest[] {
  const entries = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type));
  return entries.flatMap((entry) => {
    const { name, startTime, transferSize } = entry as PerformanceResourceTiming;
    // `blob:` and `data:` addresses are in this computer's memory.
    if (!/^(?:https?|wss?):/.test(name)) return [];
    const isOpaque = transferSize === 0 && new URL(name).origin !== self.location.origin;
    const receivedBytes = isOpaque ? null : transferSize;
    return [{ url: name, atMs: performance.timeOrigin + startTime, receivedBytes }];
  });
}
