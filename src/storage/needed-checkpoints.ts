/**
 * Which checkpoints of a run stay, and how much of each. The others are deleted in the transaction that makes
 * them useless.
 */
import { assert } from '../core/assert.ts';
import { hasCode, mynahError } from '../core/errors.ts';
import { createXxHash64, type Hasher } from '../hashing/hash.ts';
import { deleteBlobsOf, type Storage, truncateBlob } from './chunks.ts';
import { endOfWeights, isWeight, parseManifest } from './checkpoint-manifest.ts';
import type { Transaction } from './database.ts';
import { parseRecord } from './parse.ts';
import type { RunRecord } from './run-record.ts';
import { changeRun, readRun } from './runs.ts';

/**
 * Deletes one of several versions, also where the disk is full.
 *
 * @throws `not-found` for the run or the version, `stored-data-damaged`, `storage-blocked`.
 */
export async function deleteVersion(
  storage: Storage,
  runId: string,
  number: number,
): Promise<RunRecord> {
  const hasher = await createXxHash64();
  try {
    return await storage.transact('readwrite', ['runs', 'checkpoints', 'chunks'], async (tx) => {
      const { history, writesWith } = await withoutVersion(tx, runId, number);
      const run = await changeRun(tx, runId, { history, writesWith });
      await keepOnlyNeeded(tx, run, hasher);
      return run;
    });
  } catch (error) {
    if (!hasCode(error, 'storage-quota')) throw error;
    return deleteWeightsOnly(storage, runId, number);
  }
}

/** The run as it is without one of its versions. */
async function withoutVersion(
  tx: Transaction<'readwrite'>,
  runId: string,
  number: number,
): Promise<RunRecord> {
  const run = await readRun(tx, runId);
  if (!run.history.some((version) => version.number === number)) {
    throw mynahError('not-found', { what: 'version', id: String(number) });
  }
  assert(run.history.length > 1, 'the last version is deleted with its bot');
  return {
    ...run,
    history: run.history.filter((version) => version.number !== number),
    writesWith: run.writesWith === number ? null : run.writesWith,
  };
}

/**
 * A full disk takes no record, however short. A version whose weights are gone counts as deleted, though
 * (`runs.ts`), and deleting them needs no space.
 */
async function deleteWeightsOnly(
  storage: Storage,
  runId: string,
  number: number,
): Promise<RunRecord> {
  return storage.transact('readwrite', ['runs', 'checkpoints', 'chunks'], async (tx) => {
    const run = await withoutVersion(tx, runId, number);
    const { history } = await readRun(tx, runId);
    const id = history.find((version) => version.number === number)?.checkpointId ?? null;
    if (id === null || neededCheckpoints(run).has(id)) throw mynahError('storage-quota', {});
    const checkpoints = tx.objectStore('checkpoints');
    await deleteBlobsOf(tx, await checkpoints.get(id));
    await checkpoints.delete(id);
    return run;
  });
}

function neededCheckpoints({ checkpointId, best, history }: RunRecord): Set<unknown> {
  return new Set([checkpointId, best?.checkpointId, ...history.map((each) => each.checkpointId)]);
}

/**
 * Deletes the checkpoints that the run doesn't name. Of those that it names only to write with, all but the
 * weights is deleted.
 */
export async function keepOnlyNeeded(
  tx: Transaction<'readwrite'>,
  run: RunRecord,
  hasher: Hasher,
): Promise<void> {
  const needed = neededCheckpoints(run);
  const checkpoints = tx.objectStore('checkpoints');
  for (const id of await checkpoints.index('runId').getAllKeys(run.id)) {
    if (!needed.has(id)) {
      await deleteBlobsOf(tx, await checkpoints.get(id));
      await checkpoints.delete(id);
    } else if (id !== run.checkpointId) await shrinkToWeights(tx, id, hasher);
  }
}

/** Cuts a checkpoint off behind its weights. */
async function shrinkToWeights(
  tx: Transaction<'readwrite'>,
  id: string,
  hasher: Hasher,
): Promise<void> {
  const checkpoints = tx.objectStore('checkpoints');
  const manifest = parseRecord(
    { what: 'checkpoint', id },
    await checkpoints.get(id),
    parseManifest,
  );
  if (manifest === null) return;
  const byteLength = endOfWeights(manifest);
  if (byteLength === manifest.blob.byteLength) return;
  const blob = await truncateBlob(tx, manifest.blob, byteLength, hasher);
  const tensors = manifest.tensors.filter(({ name }) => isWeight(name));
  await checkpoints.put({ ...manifest, blob, tensors });
}
