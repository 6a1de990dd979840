/** Turns the browser's storage failures into errors with a code. No other file does. */
import { type ErrorDetails, mynahError } from '../core/errors.ts';
import { estimatedRoom } from './quota.ts';

type BlockedReason = ErrorDetails['storage-blocked']['reason'];

/**
 * Failures of the database itself, by the name of the browser's exception. Here an `AbortError` never
 * means that the user cancelled: the browser has aborted a transaction.
 */
const BLOCKED: ReadonlyMap<string, BlockedReason> = new Map([
  ['AbortError', 'failed'],
  ['InvalidStateError', 'failed'],
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['TimeoutError', 'failed'],
  ['TransactionInactiveError', 'failed'],
  ['UnknownError', 'failed'],
  ['VersionError', 'newer-version'],
]);

/** The browser has lost the bytes of a value. Chromium stores large values in separate files. */
const LOST_VALUE_NAMES: ReadonlySet<string> = new Set(['DataError', 'NotReadableError']);

export function isLostValue(error: unknown): boolean {
  return error instanceof DOMException && LOST_VALUE_NAMES.has(error.name);
}

/**
 * Returns the error to throw instead: `storage-quota` with the needed and available bytes as far as
 * they are known, `storage-blocked`, or the same error if it isn't about storage.
 *
 * @param neededBytes The minimum number of bytes that had to be free.
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

/** The browser's own words, which are only shown. */
export function detailOf({ name, message }: DOMException): string {
  return `${name}: ${message}`;
}

async function quotaDetails(neededBytes?: number): Promise<ErrorDetails['storage-quota']> {
  if (neededBytes === undefined) return {};
  const availableBytes = await estimatedRoom();
  // If more is free than needed, the estimate is wrong: see quota.ts.
  return availableBytes !== null && availableBytes < neededBytes
    ? { neededBytes, availableBytes }
    : { neededBytes };
}
