/**
 * Checkpoints: the tensors of a run at one step, in one blob with a table.
 *
 * A run has at most one. Saving writes the new one beside the old, then switches over in a single
 * transaction: new manifest, run record, old manifest and chunks gone. A kill at any instant leaves
 * one complete checkpoint and the run record that goes with it. The price is disk for two.
 */
import { assert } from '../core/assert.ts';
import { type BlobRef, newId, parseBlobRef, requireChunks, type Storage } from './chunks.ts';
import {
  arrayOf,
  objectOf,
  oneOf,
  ParseError,
  type Parser,
  parseCount,
  parseNumber,
  parseString,
} from './parse.ts';
import { openBlob } from './read-blob.ts';
import { changeRun, deleteCheckpointsOf, type RunUpdate } from './runs.ts';
import { parseRecord, unreadable } from './storage-error.ts';
import { withNewBlobs } from './write-blob.ts';

export interface CheckpointTensor {
  /** Unique in the checkpoint; free otherwise (`h.0.attn.c_attn.weight`, `adam.m.h.0…`). */
  readonly name: string;
  readonly shape: readonly number[];
  /** Little-endian float32, row-major: 4 bytes × the product of `shape`. */
  readonly dtype: 'F32';
  readonly bytes: Uint8Array;
}

export interface TensorEntry extends Omit<CheckpointTensor, 'bytes'> {
  readonly byteOffset: number;
  readonly byteLength: number;
}

export interface CheckpointManifest {
  readonly id: string;
  readonly runId: string;
  readonly completedSteps: number;
  readonly createdAt: number;
  readonly blob: BlobRef;
  readonly tensors: readonly TensorEntry[];
}

export interface NewCheckpoint {
  readonly completedSteps: number;
  /** Taken one at a time; `bytes` is copied before the next is asked for. */
  readonly tensors: Iterable<CheckpointTensor> | AsyncIterable<CheckpointTensor>;
  /** What changes in the run together with the checkpoint: state, points, status, … */
  readonly runUpdate?: Omit<RunUpdate, 'completedSteps'>;
  /** Bytes of all tensors, where known, for the message of a full disk. */
  readonly expectedBytes?: number | undefined;
  /** Gives up between pieces: `cancelled`, and the previous checkpoint stays. */
  readonly signal?: AbortSignal | undefined;
}

export interface Checkpoint {
  readonly manifest: CheckpointManifest;
  /**
   * The tensors in the order they were saved, or those that `isWanted` picks by name; at most one
   * chunk and one tensor in memory. Each tensor's bytes belong to the caller.
   *
   * @throws While iterating: `weights-corrupt`, `storage-blocked`.
   */
  tensors(isWanted?: (name: string) => boolean): AsyncGenerator<CheckpointTensor>;
}

const FLOAT_BYTES = 4;

function tensorBytes(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, FLOAT_BYTES);
}

const parseManifestFields = objectOf<CheckpointManifest>({
  id: parseString,
  runId: parseString,
  completedSteps: parseCount,
  createdAt: parseNumber,
  blob: parseBlobRef,
  tensors: arrayOf(
    objectOf<TensorEntry>({
      name: parseString,
      shape: arrayOf(parseCount),
      dtype: oneOf('F32'),
      byteOffset: parseCount,
      byteLength: parseCount,
    }),
  ),
});

const parseManifest: Parser<CheckpointManifest> = (value, path) => {
  const manifest = parseManifestFields(value, path);
  for (const [i, { shape, byteOffset, byteLength }] of manifest.tensors.entries()) {
    const at = `${path}.tensors[${i}]`;
    if (byteLength !== tensorBytes(shape)) throw new ParseError(at, 'a length that fits its shape');
    if (byteOffset + byteLength > manifest.blob.byteLength) {
      throw new ParseError(at, 'a tensor inside the blob');
    }
  }
  return manifest;
};

/**
 * Saves a checkpoint, makes it the run's, and deletes the one before; resolves with its id once it
 * is on disk.
 *
 * @throws `storage-quota`, `storage-blocked`, `cancelled`, `checkpoint-incompatible` (no such run),
 *   or what the source of tensors throws; then the run and its previous checkpoint are unchanged.
 */
export async function saveCheckpoint(
  storage: Storage,
  runId: string,
  { completedSteps, tensors, runUpdate, expectedBytes, signal }: NewCheckpoint,
): Promise<string> {
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
    const update = {
      ...runUpdate,
      completedSteps,
      checkpointId: manifest.id,
      checkpointBytes: blob.byteLength,
    };
    await storage.transact('readwrite', ['runs', 'checkpoints', 'chunks'], async (tx) => {
      await requireChunks(tx, blob);
      await changeRun(tx, runId, update);
      await deleteCheckpointsOf(tx, runId);
      await tx.objectStore('checkpoints').put(manifest);
    });
    return manifest.id;
  });
}

/** The tensors' bytes one after the other; their places go into `table`. */
async function* contiguous(
  tensors: NewCheckpoint['tensors'],
  table: Map<string, TensorEntry>,
): AsyncGenerator<Uint8Array> {
  let byteOffset = 0;
  for await (const { name, shape, dtype, bytes } of tensors) {
    const { byteLength } = bytes;
    assert(!table.has(name), `tensor ${name} saved once`);
    assert(byteLength === tensorBytes(shape), `bytes of tensor ${name} fit its shape`);
    table.set(name, { name, shape: [...shape], dtype, byteOffset, byteLength });
    byteOffset += byteLength;
    yield bytes;
  }
}

/**
 * Opens a checkpoint by its id (`run.checkpointId`). A later `saveCheckpoint` of the same run
 * deletes it: reading on then ends in `weights-corrupt`.
 *
 * @throws `checkpoint-incompatible` when there is none or its manifest doesn't parse.
 */
export async function readCheckpoint(storage: Storage, id: string): Promise<Checkpoint> {
  const raw = await storage.transact('readonly', ['checkpoints'], (tx) =>
    tx.objectStore('checkpoints').get(id),
  );
  const manifest = parseRecord(`checkpoint ${id}`, raw, parseManifest);
  if (manifest === null) throw unreadable(`checkpoint ${id}`, 'not stored');
  const file = `checkpoint ${id}`;
  return {
    manifest,
    async *tensors(isWanted = () => true) {
      const reader = openBlob(storage, manifest.blob, file);
      for (const { name, shape, dtype, byteOffset, byteLength } of manifest.tensors) {
        if (!isWanted(name)) continue;
        yield { name, shape, dtype, bytes: await reader.read(byteOffset, byteLength) };
      }
    },
  };
}
