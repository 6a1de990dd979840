/**
 * How much the origin may store, and whether the browser may throw it away.
 *
 * The quota is only the browser's estimate. So that the size of a disk doesn't identify its user,
 * Chromium reports 10 GiB more than is used, whatever is really free (seen in version 156 with an
 * enforced quota of 5 MB). Only a write that fails shows that the disk is full.
 */
import type { StorageInfo } from '../protocol/engine.ts';

/** How long the browser may take to say how much is stored. */
const ANSWER_MS = 5000;

/** WebKitGTK has no StorageManager, and a page that isn't served securely has none either. */
export async function storageInfo(): Promise<StorageInfo> {
  const manager = storageManager();
  if (manager === undefined) return { estimate: null, persisted: false };
  // Safari has had the rest of it two years longer than the estimate.
  const { usage, quota } = await told<StorageEstimate>(async () => manager.estimate?.() ?? {}, {});
  const isTold = usage !== undefined && quota !== undefined && quota > 0;
  const estimate = isTold ? { usageBytes: usage, quotaBytes: quota } : null;
  return { estimate, persisted: await told(() => manager.persisted(), false) };
}

/** What the browser answers; what it is to be taken for if it throws or goes silent, as a full disk may make it. */
async function told<T>(ask: () => Promise<T>, untold: T): Promise<T> {
  const silence = new Promise<T>((resolve) => setTimeout(resolve, ANSWER_MS, untold));
  try {
    return await Promise.race([ask(), silence]);
  } catch {
    return untold;
  }
}

/** How many more bytes may be stored by the browser's estimate; null where it doesn't say. */
export async function estimatedRoom(): Promise<number | null> {
  const { estimate } = await storageInfo();
  return estimate === null ? null : Math.max(0, estimate.quotaBytes - estimate.usageBytes);
}

function storageManager():
  | (Partial<StorageManager> & Pick<StorageManager, 'persisted'>)
  | undefined {
  // TypeScript says that it always exists.
  return 'storage' in navigator ? navigator.storage : undefined;
}
