/** Reads the tensors of a checkpoint, with at most one chunk and one piece of it in memory. */
import { mynahError } from '../core/errors.ts';
import type { Storage } from './chunks.ts';
import {
  type CheckpointManifest,
  type CheckpointTensor,
  parseManifest,
  type TensorEntry,
} from './checkpoint-manifest.ts';
import { damaged, parseRecord } from './parse.ts';
import { openBlob } from './read-blob.ts';

/** The pieces are whole floats of at most 4 MiB. They belong to the caller and can be read only once. */
export interface StoredTensor extends CheckpointTensor {
  readonly pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

export interface Checkpoint {
  readonly manifest: CheckpointManifest;
  /**
   * The tensors that `isWanted` accepts by name, or all of them, in the order in which they were
   * saved. At most one chunk and one piece are in memory.
   *
   * @throws While iterating over pieces: `stored-data-damaged`, `storage-blocked`.
   */
  tensors(isWanted?: (name: string) => boolean): Generator<StoredTensor>;
  /** One tensor by name. Throws what reading its pieces throws. */
  tensor(name: string): StoredTensor;
}

/** Whole floats. */
const PIECE_BYTES = 4 * 2 ** 20;

/**
 * Opens a checkpoint by its id (`run.checkpointId`). A later `saveCheckpoint` of the same run
 * deletes it: reading on then ends in `stored-data-damaged`.
 *
 * @throws `not-found`, `stored-data-damaged` when its manifest doesn't parse.
 */
export async function readCheckpoint(storage: Storage, id: string): Promise<Checkpoint> {
  const raw = await storage.transact('readonly', ['checkpoints'], (tx) =>
    tx.objectStore('checkpoints').get(id),
  );
  const owner = { what: 'checkpoint', id } as const;
  const manifest = parseRecord(owner, raw, parseManifest);
  if (manifest === null) throw mynahError('not-found', owner);
  const reader = openBlob(storage, manifest.blob, owner);
  async function* read({ byteOffset, byteLength }: TensorEntry) {
    for (let done = 0; done < byteLength; done += PIECE_BYTES) {
      yield await reader.read(byteOffset + done, Math.min(PIECE_BYTES, byteLength - done));
    }
  }
  const open = (entry: TensorEntry): StoredTensor => {
    const { name, shape, dtype } = entry;
    return { name, shape, dtype, pieces: read(entry) };
  };
  return {
    manifest,
    tensor(name) {
      const entry = manifest.tensors.find((candidate) => candidate.name === name);
      if (entry !== undefined) return open(entry);
      throw damaged(owner, { what: 'missing', at: name });
    },
    *tensors(isWanted = () => true) {
      for (const entry of manifest.tensors) if (isWanted(entry.name)) yield open(entry);
    },
  };
}
