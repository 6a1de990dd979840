/** Which adapters have passed the engine's self-test in this browser. A pass is valid for a week. */
import type { Storage } from './chunks.ts';
import { objectOf, parseNumber, parseString } from '../core/parse.ts';

interface PassedTest {
  /** Identifies the adapter, the browser's version and the kernels. */
  readonly adapter: string;
  readonly passedAt: number;
}

/** A pass expires, because browsers don't tell when the driver changes. */
const VALID_MS = 7 * 24 * 3600 * 1000;

const parsePassedTest = objectOf<PassedTest>({ adapter: parseString, passedAt: parseNumber });

/** False if the storage can't be read, so that the adapter is tested again. */
export async function hasPassed(storage: Storage, adapter: string): Promise<boolean> {
  try {
    const found: unknown = await storage.transact('readonly', ['passedTests'], (tx) =>
      tx.objectStore('passedTests').get(adapter),
    );
    if (found === undefined) return false;
    const ageMs = Date.now() - parsePassedTest(found, adapter).passedAt;
    return ageMs >= 0 && ageMs < VALID_MS;
  } catch {
    return false;
  }
}

/** If the pass can't be stored, the adapter is tested again next time. */
export async function notePassed(storage: Storage, adapter: string): Promise<void> {
  const record: PassedTest = { adapter, passedAt: Date.now() };
  try {
    await storage.transact('readwrite', ['passedTests'], (tx) =>
      tx.objectStore('passedTests').put(record),
    );
  } catch {
    // A full disk is reported when something of the user's has to be stored.
  }
}
