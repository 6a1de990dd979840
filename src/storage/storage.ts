/** Opens the database, and deletes what an earlier writer left unfinished. */
import { assert } from '../core/assert.ts';
import { blobIdsIn, deleteChunks, MAX_CHUNK_BYTES, type Storage } from './chunks.ts';
import type { Database } from './database.ts';
import { openDatabase } from './db.ts';
import { createMemoryDatabase } from './memory-db.ts';
import { deleteUnusedSnapshots } from './snapshots.ts';
import { deleteAbandonedDownloads } from './downloads.ts';
import { deleteTrashedRuns } from './runs.ts';

export interface StorageOptions {
  /** The name of the database. Tests use names of their own. */
  readonly name?: string;
  /** The size of new chunks, at most 16 MiB. Tests use small chunks, so that they have many. */
  readonly chunkBytes?: number;
}

/**
 * Opens the database and deletes what an earlier writer left unfinished. The caller disposes it.
 *
 * Only one engine may write at a time, and it holds a Web Lock of the origin: the chunks of a second
 * writer would be deleted as orphans here. If that happens nevertheless, the commit of the second
 * writer notices it and fails, and nothing complete is lost.
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

/** A storage that ends with the page, where the browser lets the page keep nothing. */
export function createMemoryStorage(): Storage {
  return { ...createMemoryDatabase(), chunkBytes: MAX_CHUNK_BYTES };
}

/** Deletes the chunks that no manifest names. Returns the number of deleted blobs. */
async function sweepOrphans(database: Database): Promise<number> {
  const manifests = ['models', 'datasets', 'snapshots', 'checkpoints', 'downloads'] as const;
  return database.transact('readwrite', [...manifests, 'chunks'], async (tx) => {
    const orphans = new Set<string>();
    for (const [blobId] of await tx.objectStore('chunks').getAllKeys()) orphans.add(blobId);
    if (orphans.size === 0) return 0;
    for (const store of manifests) {
      // Unparsed records, because the chunks of a damaged record must not be deleted.
      const named = blobIdsIn(await tx.objectStore(store).getAll());
      for (const blobId of named) orphans.delete(blobId);
    }
    for (const blobId of orphans) await deleteChunks(tx, blobId);
    return orphans.size;
  });
}
