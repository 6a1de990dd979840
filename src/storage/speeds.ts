/** How fast models train on this machine, so that the next plan says the same as the last one. */
import { numberFrom, objectOf, parseString } from '../core/parse.ts';
import type { Database } from './database.ts';

export interface StoredSpeed {
  /** Identifies the model, the way to train it, and what computes. */
  readonly key: string;
  readonly tokensPerSecond: number;
  /** When it was measured, in milliseconds since 1970. */
  readonly atMs: number;
}

const parseSpeed = objectOf<StoredSpeed>({
  key: parseString,
  tokensPerSecond: numberFrom(Number.MIN_VALUE),
  atMs: numberFrom(0),
});

/** Null if there is none, or if it can't be read. */
export async function readSpeed(storage: Database, key: string): Promise<StoredSpeed | null> {
  try {
    const found: unknown = await storage.transact('readonly', ['speeds'], (tx) =>
      tx.objectStore('speeds').get(key),
    );
    return found === undefined ? null : parseSpeed(found, key);
  } catch {
    return null;
  }
}

/** If it can't be stored, it is measured again next time. */
export async function noteSpeed(storage: Database, speed: StoredSpeed): Promise<void> {
  try {
    await storage.transact('readwrite', ['speeds'], (tx) => tx.objectStore('speeds').put(speed));
  } catch {
    // A full disk is reported when something of the user's has to be stored.
  }
}
