/** A second bot with everything the first one has learned. */
import { must } from '../core/assert.ts';
import type { CheckpointManifest } from './checkpoint-manifest.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { newId, requireChunks, type Storage } from './chunks.ts';
import { readBlob } from './read-blob.ts';
import { getRun, type RunRecord } from './runs.ts';
import { mynahError } from '../core/errors.ts';
import { withNewBlobs } from './write-blob.ts';

/**
 * Copies a run with its last checkpoint and its versions, under a new id and name.
 *
 * @throws `not-found`, `stored-data-damaged`, `storage-quota`, `storage-blocked`, `cancelled`; then
 *   nothing has changed.
 */
export async function copyRun(
  storage: Storage,
  runId: string,
  name: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<RunRecord> {
  const run = await getRun(storage, runId);
  if (run === null) throw mynahError('not-found', { what: 'run', id: runId });
  return withNewBlobs(storage, async (writeBlob) => {
    const copyId = newId();
    const copies = new Map<string, CheckpointManifest>();
    for (const id of [run.checkpointId, ...run.history.map(({ checkpointId }) => checkpointId)]) {
      if (id === null || copies.has(id)) continue;
      const { manifest } = await readCheckpoint(storage, id);
      const { byteLength: expectedBytes } = manifest.blob;
      const bytes = readBlob(storage, manifest.blob, { what: 'checkpoint', id });
      const blob = await writeBlob(bytes, { ...options, expectedBytes });
      copies.set(id, { ...manifest, id: newId(), runId: copyId, blob });
    }
    const copyOf = (id: string | null) => id && must(copies.get(id), 'the copy').id;
    const nowMs = Date.now();
    const copy: RunRecord = {
      ...run,
      id: copyId,
      name,
      // What is being trained is the other one.
      status: run.status === 'running' ? 'paused' : run.status,
      createdAt: nowMs,
      updatedAt: nowMs,
      checkpointId: copyOf(run.checkpointId),
      best: null,
      history: run.history.map((version) => ({
        ...version,
        checkpointId: copyOf(version.checkpointId),
      })),
    };
    await storage.transact('readwrite', ['runs', 'checkpoints', 'chunks'], async (tx) => {
      for (const manifest of copies.values()) {
        await requireChunks(tx, manifest.blob);
        await tx.objectStore('checkpoints').put(manifest);
      }
      await tx.objectStore('runs').add(copy);
    });
    return copy;
  });
}
