/** Which adapters have passed the engine's self-test in this browser. A pass is valid for a week. */
import type { SelfTestReport } from '../protocol/engine.ts';
import type { Storage } from './chunks.ts';
import { objectOf, parseNumber, parseString } from '../core/parse.ts';

interface PassedTest {
  /** Identifies the adapter, the browser's version and the kernels. */
  readonly adapter: string;
  readonly passedAt: number;
  readonly report: SelfTestReport;
}

/** A pass expires, because browsers don't tell when the driver changes. */
const VALID_MS = 7 * 24 * 3600 * 1000;

const parsePassedTest = objectOf<PassedTest>({
  adapter: parseString,
  passedAt: parseNumber,
  report: objectOf<SelfTestReport>({
    ms: parseNumber,
    dispatches: parseNumber,
    gflop: parseNumber,
  }),
});

/**
 * The report of a pass that is still valid. Null also if the storage can't be read, so that the adapter is
 * tested again.
 */
export async function passOf(storage: Storage, adapter: string): Promise<SelfTestReport | null> {
  try {
    const found: unknown = await storage.transact('readonly', ['passedTests'], (tx) =>
      tx.objectStore('passedTests').get(adapter),
    );
    if (found === undefined) return null;
    const { passedAt, report } = parsePassedTest(found, adapter);
    const ageMs = Date.now() - passedAt;
    return ageMs >= 0 && ageMs < VALID_MS ? report : null;
  } catch {
    return null;
  }
}

/** If the pass can't be stored, the adapter is tested again next time. */
export async function notePassed(
  storage: Storage,
  adapter: string,
  report: SelfTestReport,
): Promise<void> {
  const record: PassedTest = { adapter, passedAt: Date.now(), report };
  try {
    await storage.transact('readwrite', ['passedTests'], (tx) =>
      tx.objectStore('passedTests').put(record),
    );
  } catch {
    // A full disk is reported when something of the user's has to be stored.
  }
}
