/** Opening the store: the database, ready and swept. */
import { assert } from '../core/assert.ts';
import { blobIdsIn, deleteChunks, MAX_CHUNK_BYTES, type Storage } from './chunks.ts';
import { type Database, openDatabase } from './db.ts';
import { deleteUnusedSnapshots } from './snapshots.ts';
import { deleteAbandonedDownloads } from './downloads.ts';
import { deleteTrashedRuns } from './runs.ts';

export interface StorageOptions {
  /** Name of the database; tests use their own. */
  readonly name?: string;
  /** Size of new chunks, at most 16 MiB; tests take less to have many. */
  readonly chunkBytes?: number;
}

/**
 * Opens the store and sweeps what an earlier writer left unfinished. The caller disposes.
 *
 * Only one engine may write at a time (it holds the origin's Web Lock): the sweep would take a
 * second writer's chunks for orphans. Should that happen all the same, the second writer's commit
 * notices and fails; nothing complete is lost.
 *
 * @throws `storage-blocked`, `storage-quota`.
 */
export async function createStorage({
  name = 'mynah',
  chunkBytes = MAX_CHUNK_BYTES,
}: StorageOptions = {}): Promise<Storage> {
  assert(chunkBytes > 0 && chunkBytes <= MAX_CHUNK_BYTES, 'chunks of at most 16 MiB');
  const database = await openDatabase(name);
  try {
    await deleteAbandonedDownloads(database);
    await deleteTrashedRuns(database);
    await database.transact('readwrite', ['runs', 'snapshots', 'chunks'], deleteUnusedSnapshots);
    await sweepOrphans(database);
  } catch (error) {
    database.dispose();
    throw error;
  }
  return { ...database, chunkBytes };
}

/** Removes the chunks that no manifest names; returns how many blobs that were. */
async function sweepOrphans(database: Database): Promise<number> {
  const manifests = ['models', 'datasets', 'snapshots', 'checkpoints', 'downloads'] as const;
  return database.transact('readwrite', [...manifests, 'chunks'], async (tx) => {
    const orphans = new Set<string>();
    for (const [blobId] of await tx.objectStore('chunks').getAllKeys()) orphans.add(blobId);
    if (orphans.size === 0) return 0;
    for (const store of manifests) {
      // Raw records, parsed or not: what this version can't read, it must not delete from under.
      const named = blobIdsIn(await tx.objectStore(store).getAll());
      for (const blobId of named) orphans.delete(blobId);
    }
    for (const blobId of orphans) await deleteChunks(tx, blobId);
    return orphans.size;
  });
}
