/** What bots have written: lists it, edits it and deletes it. */

import type { Handlers } from '../../protocol/serve.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import type { Storage } from '../../storage/chunks.ts';
import { readSnapshot } from '../../storage/snapshots.ts';
import {
  deleteWritten,
  editWritten,
  listWritten,
  type WrittenRecord,
} from '../../storage/written.ts';
import type { EngineContext } from '../runtime/context.ts';

type WrittenMethod = 'listWritten' | 'editWritten' | 'deleteWritten';

export function writtenHandlers(context: EngineContext): Pick<Handlers, WrittenMethod> {
  return {
    listWritten: async ({ runId }) => {
      const storage = await context.storage();
      return withOriginals(storage, await listWritten(storage, runId));
    },
    editWritten: async ({ ids, edit }) => {
      await editWritten(await context.storage(), ids, edit);
      return {};
    },
    deleteWritten: async ({ ids }) => {
      await deleteWritten(await context.storage(), ids);
      return {};
    },
  };
}

/** The tweets with the training texts that they copy, as far as these are still stored. */
async function withOriginals(
  storage: Storage,
  records: readonly WrittenRecord[],
): Promise<WrittenTweet[]> {
  const snapshots = new Map<string, readonly string[]>();
  for (const { copy } of records) {
    if (!copy || snapshots.has(copy.snapshotId)) continue;
    const accounts = await readSnapshot(storage, copy.snapshotId).catch(() => []);
    snapshots.set(
      copy.snapshotId,
      accounts.flatMap(({ documents }) => documents),
    );
  }
  return records.map(({ copy, ...tweet }) => {
    if (!copy) return { ...tweet, copy };
    const { start, end, isWhole, snapshotId, document } = copy;
    return {
      ...tweet,
      copy: { start, end, isWhole, original: snapshots.get(snapshotId)?.[document] ?? null },
    };
  });
}
