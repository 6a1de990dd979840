/**
 * Checkpoints: the tensors of a run at one step, in one blob with a table.
 *
 * A run continues from its last checkpoint. A new one is written beside the old one, and then one
 * transaction stores its manifest, updates the run record, and deletes the old manifest and its chunks.
 * If the page is killed at any moment, one complete checkpoint and the run record that belongs to it
 * are left. The price is room on the disk for two checkpoints.
 *
 * A run also keeps the best weights so far, and the weights of its finished versions.
 */
import { assert } from '../core/assert.ts';
import { createXxHash64 } from '../hashing/hash.ts';
import { newId, requireChunks, type Storage } from './chunks.ts';
import {
  type CheckpointManifest,
  type CheckpointTensor,
  endOfWeights,
  type TensorEntry,
  tensorBytes,
} from './checkpoint-manifest.ts';
import type { Transaction } from './database.ts';
import { keepOnlyNeeded } from './needed-checkpoints.ts';
import type { RunRecord, RunUpdate, StoredVersion } from './run-record.ts';
import { changeRun, readRun } from './runs.ts';
import { withNewBlobs } from './write-blob.ts';

/** What is said of the weights that a training ends with. They may be those of an earlier step. */
export type KeptWeights = Pick<
  StoredVersion,
  'completedSteps' | 'loss' | 'validationLoss' | 'trainedShare'
>;

export interface NewCheckpoint {
  readonly completedSteps: number;
  /** Tensors and their pieces are read one at a time, and each is copied before the next is read. */
  readonly tensors: Iterable<CheckpointTensor>;
  /** The fields of the run that change in the same transaction, such as its status and its points. */
  readonly runUpdate?: Omit<RunUpdate, 'completedSteps'>;
  /** Given when a training ends: these weights become a version of the bot. */
  readonly finishes?: KeptWeights | undefined;
  /** The number of bytes of all tensors, if it is known, for the error when the disk is full. */
  readonly expectedBytes?: number | undefined;
  /** Checked between pieces. When it is aborted, the previous checkpoint stays. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Saves a checkpoint as the run's last one, and deletes the one that it replaces. Resolves with the id
 * once the checkpoint is on disk. The weights must come first among the tensors.
 *
 * @throws `storage-quota`, `storage-blocked`, `cancelled`, `not-found` when there is no such run, or
 *   what reading the tensors throws. Then the run and its previous checkpoint are unchanged.
 */
export async function saveCheckpoint(
  storage: Storage,
  runId: string,
  checkpoint: NewCheckpoint,
): Promise<string> {
  const { completedSteps, runUpdate, finishes } = checkpoint;
  return writeCheckpoint(storage, runId, checkpoint, async (tx, manifest) => {
    const history = finishes && withVersion(await readRun(tx, runId), manifest, finishes);
    return changeRun(tx, runId, {
      ...runUpdate,
      completedSteps,
      checkpointId: manifest.id,
      checkpointBytes: manifest.blob.byteLength,
      ...(history && { history, best: null, writesWith: null }),
    });
  });
}

/**
 * Saves the weights of the step with the lowest validation loss so far, in place of those that were
 * the best before. Throws as {@link saveCheckpoint}.
 */
export async function saveBest(
  storage: Storage,
  runId: string,
  best: Pick<NewCheckpoint, 'completedSteps' | 'tensors' | 'expectedBytes' | 'signal'> & {
    readonly validationLoss: number;
  },
): Promise<void> {
  const { completedSteps, validationLoss } = best;
  await writeCheckpoint(storage, runId, best, (tx, manifest) => {
    const { id: checkpointId, blob } = manifest;
    const bytes = blob.byteLength;
    return changeRun(tx, runId, { best: { checkpointId, completedSteps, validationLoss, bytes } });
  });
}

async function writeCheckpoint(
  storage: Storage,
  runId: string,
  { completedSteps, tensors, expectedBytes, signal }: NewCheckpoint,
  commit: (tx: Transaction<'readwrite'>, manifest: CheckpointManifest) => Promise<RunRecord>,
): Promise<string> {
  const hasher = await createXxHash64();
  return withNewBlobs(storage, async (writeBlob) => {
    const table = new Map<string, TensorEntry>();
    const blob = await writeBlob(contiguous(tensors, table), { expectedBytes, signal });
    const manifest: CheckpointManifest = {
      id: newId(),
      runId,
      completedSteps,
      createdAt: Date.now(),
      blob,
      tensors: [...table.values()],
    };
    await storage.transact('readwrite', ['runs', 'checkpoints', 'chunks'], async (tx) => {
      await requireChunks(tx, blob);
      await tx.objectStore('checkpoints').put(manifest);
      await keepOnlyNeeded(tx, await commit(tx, manifest), hasher);
    });
    return manifest.id;
  });
}

/** The weights that a training ends with, as one more version. */
function withVersion(
  { history }: RunRecord,
  manifest: CheckpointManifest,
  kept: KeptWeights,
): readonly StoredVersion[] {
  const number = 1 + history.reduce((max, version) => Math.max(max, version.number), 0);
  const { id: checkpointId } = manifest;
  const bytes = endOfWeights(manifest);
  return [...history, { number, checkpointId, ...kept, bytes, createdAt: Date.now() }];
}

/** The tensors' bytes one after the other; their places go into `table`. */
async function* contiguous(
  tensors: NewCheckpoint['tensors'],
  table: Map<string, TensorEntry>,
): AsyncGenerator<Uint8Array> {
  let byteOffset = 0;
  for (const { name, shape, dtype, pieces } of tensors) {
    assert(!table.has(name), `tensor ${name} saved once`);
    const byteLength = tensorBytes(shape);
    table.set(name, { name, shape: [...shape], dtype, byteOffset, byteLength });
    const end = byteOffset + byteLength;
    for await (const piece of pieces) {
      byteOffset += piece.byteLength;
      yield piece;
    }
    assert(byteOffset === end, `bytes of tensor ${name} fit its shape`);
  }
}
