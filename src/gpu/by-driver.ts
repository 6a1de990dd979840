/** Calls of the graphics driver, which may throw anything at any time. */

import { MynahError, mynahError } from '../core/errors.ts';

/** Throws `device-lost` if the driver throws, because nothing can be relied on that it does afterwards. */
export function byDriver<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw driverError(error);
  }
}

/** What the driver has thrown, or what its promise was rejected with, as `device-lost`. */
export function driverError(error: unknown): unknown {
  // A device that is lost rejects what waits for it, and then says why.
  const isOurs = error instanceof MynahError;
  if (isOurs || (error instanceof DOMException && error.name === 'AbortError')) return error;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return mynahError('device-lost', { reason: 'failed', detail }, error);
}
