/** Which shapes of kernels were the fastest on an adapter, so that they are timed once. */
import type { Database } from './database.ts';
import { objectOf, parseString, recordOf } from '../core/parse.ts';

export interface StoredTuning {
  /** Identifies the adapter, the browser's version, the kernels, and the model's width. */
  readonly adapter: string;
  readonly shapes: Readonly<Record<string, string>>;
}

const parseTuning = objectOf<StoredTuning>({ adapter: parseString, shapes: recordOf(parseString) });

/** Null if there is none, or if it can't be read. */
export async function readTuning(
  storage: Database,
  adapter: string,
): Promise<StoredTuning['shapes'] | null> {
  try {
    const found: unknown = await storage.transact('readonly', ['tunings'], (tx) =>
      tx.objectStore('tunings').get(adapter),
    );
    return found === undefined ? null : parseTuning(found, adapter).shapes;
  } catch {
    return null;
  }
}

/** If it can't be stored, the kernels are timed again next time. */
export async function noteTuning(storage: Database, record: StoredTuning): Promise<void> {
  try {
    await storage.transact('readwrite', ['tunings'], (tx) => tx.objectStore('tunings').put(record));
  } catch {
    // A full disk is reported when something of the user's has to be stored.
  }
}
