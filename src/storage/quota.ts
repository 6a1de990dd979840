/**
 * How much the origin may store, and whether the browser may throw it away.
 *
 * The quota is only the browser's estimate. So that the size of a disk doesn't identify its user,
 * Chromium reports 10 GiB more than is used, whatever is really free (seen in version 156 with an
 * enforced quota of 5 MB). Only a write that fails shows that the disk is full.
 */
import type { StorageInfo } from '../protocol/engine.ts';

/** Zeros if the browser has no StorageManager, as on a page that isn't served securely. */
export async function storageInfo(): Promise<StorageInfo> {
  const manager = storageManager();
  if (manager === undefined) return { usageBytes: 0, quotaBytes: 0, persisted: false };
  const { usage = 0, quota = 0 } = await manager.estimate();
  return { usageBytes: usage, quotaBytes: quota, persisted: await manager.persisted() };
}

function storageManager(): StorageManager | undefined {
  // TypeScript says that it always exists, but outside of secure contexts it doesn't.
  return 'storage' in navigator ? navigator.storage : undefined;
}
