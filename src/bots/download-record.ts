/** The record with which a download begins or goes on, and the room that it needs. */

import { mynahError } from '../core/errors.ts';
import type { Storage } from '../storage/chunks.ts';
import { type DownloadFile, type DownloadRecord, emptyBlob } from '../storage/downloads.ts';
import { estimatedRoom } from '../storage/quota.ts';
import type { HubListing } from './hub-listing.ts';
import { isAsKept } from './store-model.ts';

/** The record for this list of files, with the stored chunks that are still valid. */
export function reconcile(
  storage: Storage,
  stored: DownloadRecord | null,
  { commit, files }: HubListing,
  by: { readonly hubUrl: string; readonly repository: string; readonly changed: string | null },
): DownloadRecord {
  const isSameCommit = commit !== null && stored?.commit === commit;
  const isSameHub = stored?.hubUrl === by.hubUrl;
  return {
    id: by.repository,
    hubUrl: by.hubUrl,
    commit,
    updatedAt: Date.now(),
    files: files.map((file): DownloadFile => {
      const before = stored?.files.find(({ name }) => name === file.name);
      const isSameHash = file.sha256 !== null && before?.sha256 === file.sha256;
      const isSameSize = before?.expectedBytes === file.expectedBytes;
      // Without a commit and a hash, the ETag of the next response must be the same.
      const mayBeSame = isSameCommit || (commit === null && isSameHub && before?.etag !== null);
      if (before !== undefined && (isSameHash || (mayBeSame && isSameSize))) {
        if (file.name !== by.changed) return { ...before, ...file };
        // The hash says that it is the same file, although the ETag has changed.
        if (isSameHash) return { ...before, ...file, etag: null };
      }
      return { ...file, etag: null, isComplete: false, blob: emptyBlob(storage) };
    }),
  };
}

/** Throws `storage-quota` if there is no room for the rest of the download and for the rewritten model. */
export async function requireSpace({ files }: DownloadRecord): Promise<void> {
  const isWrittenAnew = !isAsKept(files.map(({ name }) => name));
  const neededBytes = files.reduce((sum, { expectedBytes, blob }) => {
    const wholeBytes = expectedBytes ?? 0;
    const missingBytes = Math.max(0, wholeBytes - blob.byteLength);
    return sum + missingBytes + (isWrittenAnew ? wholeBytes : 0);
  }, 0);
  const availableBytes = await estimatedRoom();
  if (availableBytes !== null && neededBytes > availableBytes) {
    throw mynahError('storage-quota', { neededBytes, availableBytes });
  }
}
