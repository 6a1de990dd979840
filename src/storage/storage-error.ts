/** The one place where the browser's storage failures become errors with a code. */
import { type ErrorDetails, mynahError } from '../core/errors.ts';
import { storageInfo } from './quota.ts';

type BlockedReason = ErrorDetails['storage-blocked']['reason'];

/**
 * Failures of the database as such, by the name of the browser's exception. `AbortError` is among
 * them because here it is never the user's cancel: a transaction was aborted by the browser.
 */
const BLOCKED: ReadonlyMap<string, BlockedReason> = new Map([
  ['AbortError', 'failed'],
  ['InvalidStateError', 'failed'],
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['UnknownError', 'failed'],
  ['VersionError', 'newer-version'],
]);

/** Reads of a value whose bytes the browser lost (Chromium keeps large values in files beside). */
const LOST_VALUE_NAMES: ReadonlySet<string> = new Set(['DataError', 'NotReadableError']);

export function isLostValue(error: unknown): boolean {
  return error instanceof DOMException && LOST_VALUE_NAMES.has(error.name);
}

/**
 * The error to throw instead: `storage-quota` with what is known of needed and available bytes,
 * `storage-blocked`, or the error itself when it isn't about storage.
 *
 * @param neededBytes At least so many bytes had to be free.
 */
export async function toStorageError(error: unknown, neededBytes?: number): Promise<unknown> {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') {
    return mynahError('storage-quota', await quotaDetails(neededBytes), error);
  }
  const reason = BLOCKED.get(error.name);
  if (reason === undefined) return error;
  return mynahError('storage-blocked', { reason, detail: detailOf(error) }, error);
}

/** The browser's own words, to be shown only. */
export function detailOf({ name, message }: DOMException): string {
  return `${name}: ${message}`;
}

async function quotaDetails(neededBytes?: number): Promise<ErrorDetails['storage-quota']> {
  if (neededBytes === undefined) return {};
  const { quotaBytes, usageBytes } = await storageInfo();
  const availableBytes = Math.max(0, quotaBytes - usageBytes);
  // More free than needed contradicts the failure: see the estimate's limits in quota.ts.
  return availableBytes < neededBytes ? { neededBytes, availableBytes } : { neededBytes };
}
