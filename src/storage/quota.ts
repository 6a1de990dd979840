/**
 * How much the origin may store, and whether the browser may throw it away.
 *
 * The quota is the browser's own estimate and no promise: to keep disks from telling users apart,
 * Chromium reports 10 GiB more than is used, whatever is really free (seen in version 156, with an
 * enforced quota of 5 MB). Only a write that fails tells the truth.
 */
import type { StorageInfo } from '../protocol/calls.ts';

/** Zeros where the browser has no StorageManager (a page that isn't served securely). */
export async function storageInfo(): Promise<StorageInfo> {
  const manager = storageManager();
  if (manager === undefined) return { usageBytes: 0, quotaBytes: 0, persisted: false };
  const { usage = 0, quota = 0 } = await manager.estimate();
  return { usageBytes: usage, quotaBytes: quota, persisted: await manager.persisted() };
}

function storageManager(): StorageManager | undefined {
  // Typed as always there; it's missing outside secure contexts.
  return 'storage' in navigator ? navigator.storage : undefined;
}
