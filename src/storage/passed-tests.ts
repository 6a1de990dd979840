/** Which adapters have passed the engine's self-test here, for a while. */
import type { Storage } from './chunks.ts';
import { objectOf, parseNumber, parseString } from '../core/parse.ts';

interface PassedTest {
  /** Whatever tells one from another, versions included. */
  readonly adapter: string;
  readonly passedAt: number;
}

/** The driver's version is nowhere to be seen, so that a pass doesn't hold for ever. */
const VALID_MS = 7 * 24 * 3600 * 1000;

const parsePassedTest = objectOf<PassedTest>({ adapter: parseString, passedAt: parseNumber });

/** Storage that can't be read is no reason not to test: then nothing has passed. */
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

/** A pass that can't be stored is tested again the next time, which costs a moment. */
export async function notePassed(storage: Storage, adapter: string): Promise<void> {
  const record: PassedTest = { adapter, passedAt: Date.now() };
  try {
    await storage.transact('readwrite', ['passedTests'], (tx) =>
      tx.objectStore('passedTests').put(record),
    );
  } catch {
    // A full disk is said where something of the user's is to be stored.
  }
}
