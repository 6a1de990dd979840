/** A second bot with everything the first one has learned, or with what it had learned at a checkpoint. */
import { must } from '../core/assert.ts';
import { type CheckpointManifest, endOfWeights } from './checkpoint-manifest.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { newId, requireChunks, type Storage } from './chunks.ts';
import { readBlob } from './read-blob.ts';
import { keptCheckpoints } from './run-summary.ts';
import type { RunRecord } from './run-record.ts';
import { getRun } from './runs.ts';
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
    await addCopy(storage, copy, [...copies.values()]);
    return copy;
  });
}

/**
 * Makes a finished bot of a checkpoint that a run keeps, with what was recorded up to there.
 *
 * @throws As {@link copyRun}; `not-found` if the run doesn't keep this checkpoint.
 */
export async function copyCheckpoint(
  storage: Storage,
  run: RunRecord,
  checkpointId: string,
  { name, notes }: Pick<RunRecord, 'name' | 'notes'>,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<RunRecord> {
  const kept = keptCheckpoints(run).find((each) => each.checkpointId === checkpointId);
  if (kept === undefined) throw mynahError('not-found', { what: 'checkpoint', id: checkpointId });
  const { completedSteps, validationLoss } = kept;
  const { manifest } = await readCheckpoint(storage, checkpointId);
  const { byteLength: expectedBytes } = manifest.blob;
  return withNewBlobs(storage, async (writeBlob) => {
    const bytes = readBlob(storage, manifest.blob, { what: 'checkpoint', id: checkpointId });
    const blob = await writeBlob(bytes, { ...options, expectedBytes });
    const copied: CheckpointManifest = { ...manifest, id: newId(), runId: newId(), blob };
    const nowMs = Date.now();
    const version = {
      ...{ number: 1, checkpointId: copied.id, completedSteps, validationLoss },
      loss: run.points.find(({ step }) => step === completedSteps)?.loss ?? null,
      trainedShare:
        run.history.find((version) => version.checkpointId === checkpointId)?.trainedShare ?? 1,
      ...{ createdAt: nowMs, bytes: endOfWeights(manifest) },
    };
    const copy: RunRecord = {
      ...run,
      ...{ id: copied.runId, name, status: 'finished', completedSteps, outcome: null },
      quizzes: [],
      notes,
      points: run.points.filter(({ step }) => step <= completedSteps),
      samples: run.samples.filter(({ step }) => step <= completedSteps),
      ...{ createdAt: nowMs, updatedAt: nowMs, best: null, history: [version], writesWith: null },
      ...{ checkpointId: copied.id, checkpointBytes: blob.byteLength },
    };
    await addCopy(storage, copy, [copied]);
    return copy;
  });
}

async function addCopy(
  storage: Storage,
  copy: RunRecord,
  manifests: readonly CheckpointManifest[],
): Promise<void> {
  await storage.transact('readwrite', ['runs', 'checkpoints', 'chunks'], async (tx) => {
    for (const manifest of manifests) {
      await requireChunks(tx, manifest.blob);
      await tx.objectStore('checkpoints').put(manifest);
    }
    await tx.objectStore('runs').add(copy);
  });
}
