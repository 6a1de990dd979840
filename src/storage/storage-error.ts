/** The one place where the browser's storage failures become errors with a code. */
import { type ErrorDetails, type MynahError, mynahError } from '../core/errors.ts';
import { type Parser, ParseError } from './parse.ts';
import { storageInfo } from './quota.ts';

/**
 * Failures of the database as such: closed under us, version taken over, disk unreadable.
 * `AbortError` is among them because here it's never the user's cancel: a transaction was aborted
 * by the browser.
 */
const blockedNames: ReadonlySet<string> = new Set([
  'AbortError',
  'InvalidStateError',
  'NotAllowedError',
  'SecurityError',
  'UnknownError',
  'VersionError',
]);

/** Reads of a value whose bytes the browser lost (Chromium keeps large values in files beside). */
const lostValueNames: ReadonlySet<string> = new Set(['DataError', 'NotReadableError']);

export function isLostValue(error: unknown): boolean {
  return error instanceof DOMException && lostValueNames.has(error.name);
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
  if (blockedNames.has(error.name)) {
    return mynahError('storage-blocked', { reason: `${error.name}: ${error.message}` }, error);
  }
  return error;
}

async function quotaDetails(neededBytes?: number): Promise<ErrorDetails['storage-quota']> {
  if (neededBytes === undefined) return {};
  const { quotaBytes, usageBytes } = await storageInfo();
  const availableBytes = Math.max(0, quotaBytes - usageBytes);
  // More free than needed contradicts the failure: see the estimate's limits in quota.ts.
  return availableBytes < neededBytes ? { neededBytes, availableBytes } : { neededBytes };
}

export function unreadable(what: string, error: unknown): MynahError {
  const reason = error instanceof Error ? error.message : String(error);
  return mynahError('checkpoint-incompatible', { reason: `${what}: ${reason}` }, error);
}

/** A record by its id: null when there is none, `checkpoint-incompatible` when it doesn't parse. */
export function parseRecord<T>(what: string, raw: unknown, parse: Parser<T>): T | null {
  if (raw === undefined) return null;
  try {
    return parse(raw, 'record');
  } catch (error) {
    throw error instanceof ParseError ? unreadable(what, error) : error;
  }
}

/** The records that parse. One that doesn't is left out, so that it can't hide all the others. */
export function parseReadable<T>(raws: readonly unknown[], parse: Parser<T>): T[] {
  return raws.flatMap((raw) => {
    try {
      return [parse(raw, 'record')];
    } catch (error) {
      if (error instanceof ParseError) return [];
      throw error;
    }
  });
}
