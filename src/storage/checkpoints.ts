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
import { createXxHash64, type Hasher } from '../hashing/hash.ts';
import { assert } from '../core/assert.ts';
import {
  type BlobRef,
  deleteBlobsOf,
  newId,
  parseBlobRef,
  requireChunks,
  type Storage,
  truncateBlob,
} from './chunks.ts';
import type { Transaction } from './database.ts';
import { mynahError } from '../core/errors.ts';
import {
  arrayOf,
  objectOf,
  oneOf,
  ParseError,
  type Parser,
  parseCount,
  parseNumber,
  parseString,
} from '../core/parse.ts';
import { openBlob } from './read-blob.ts';
import { changeRun, readRun, type RunRecord, type RunUpdate, type StoredVersion } from './runs.ts';
import { damaged, parseRecord } from './parse.ts';
import { withNewBlobs } from './write-blob.ts';

export interface CheckpointTensor {
  /** Any name that is unique in the checkpoint: `h.0.attn.c_attn.weight`, `adam.m.h.0…`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Little-endian float32 in row-major order, which takes 4 bytes × the product of `shape`. */
  readonly dtype: 'F32';
  /** The bytes in order; a piece may end anywhere. */
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** The pieces are whole floats of at most 4 MiB. They belong to the caller and can be read only once. */
export interface StoredTensor extends CheckpointTensor {
  readonly pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

export interface TensorEntry extends Omit<CheckpointTensor, 'pieces'> {
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
  /** Tensors and their pieces are read one at a time, and each is copied before the next is read. */
  readonly tensors: Iterable<CheckpointTensor>;
  /** The fields of the run that change in the same transaction, such as its status and its points. */
  readonly runUpdate?: Omit<RunUpdate, 'completedSteps'>;
  /** Given when a training ends: its best weights become a version of the bot. */
  readonly finishes?: Pick<StoredVersion, 'loss' | 'validationLoss'> | undefined;
  /** The number of bytes of all tensors, if it is known, for the error when the disk is full. */
  readonly expectedBytes?: number | undefined;
  /** Checked between pieces. When it is aborted, the previous checkpoint stays. */
  readonly signal?: AbortSignal | undefined;
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

const FLOAT_BYTES = 4;
/** A multiple of `FLOAT_BYTES`. */
const PIECE_BYTES = 4 * 2 ** 20;

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

/** Whether a tensor is needed to write tweets. All others are needed only to continue the training. */
export function isWeight(name: string): boolean {
  return !name.startsWith('adam.');
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

/**
 * Deletes one of several versions.
 *
 * @throws `not-found` for the run or the version, `stored-data-damaged`, `storage-blocked`.
 */
export async function deleteVersion(
  storage: Storage,
  runId: string,
  number: number,
): Promise<RunRecord> {
  const hasher = await createXxHash64();
  return storage.transact('readwrite', ['runs', 'checkpoints', 'chunks'], async (tx) => {
    const { history, writesWith } = await readRun(tx, runId);
    if (!history.some((version) => version.number === number)) {
      throw mynahError('not-found', { what: 'version', id: String(number) });
    }
    assert(history.length > 1, 'the last version is deleted with its bot');
    const run = await changeRun(tx, runId, {
      history: history.filter((version) => version.number !== number),
      writesWith: writesWith === number ? null : writesWith,
    });
    await keepOnlyNeeded(tx, run, hasher);
    return run;
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

/** The best weights of the training that ends, as one more version. */
function withVersion(
  run: RunRecord,
  last: CheckpointManifest,
  finishes: Pick<StoredVersion, 'loss' | 'validationLoss'>,
): readonly StoredVersion[] {
  const { best, history } = run;
  const isBestEarlier =
    best !== null &&
    (finishes.validationLoss === null || best.validationLoss < finishes.validationLoss);
  const number = 1 + history.reduce((max, version) => Math.max(max, version.number), 0);
  const weights = isBestEarlier
    ? {
        checkpointId: best.checkpointId,
        completedSteps: best.completedSteps,
        loss: run.points.find(({ step }) => step === best.completedSteps)?.loss ?? finishes.loss,
        validationLoss: best.validationLoss,
        bytes: best.bytes,
      }
    : {
        checkpointId: last.id,
        completedSteps: last.completedSteps,
        ...finishes,
        bytes: endOfWeights(last),
      };
  return [...history, { number, ...weights, createdAt: Date.now() }];
}

function endOfWeights({ tensors }: CheckpointManifest): number {
  return tensors
    .filter(({ name }) => isWeight(name))
    .reduce((end, { byteOffset, byteLength }) => Math.max(end, byteOffset + byteLength), 0);
}

/** Deletes the checkpoints that the run doesn't name, and of those it only writes with all but the weights. */
async function keepOnlyNeeded(
  tx: Transaction<'readwrite'>,
  run: RunRecord,
  hasher: Hasher,
): Promise<void> {
  const needed = new Set<unknown>([run.checkpointId, run.best?.checkpointId]);
  for (const { checkpointId } of run.history) needed.add(checkpointId);
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
      throw damaged(owner, `${name} is missing`);
    },
    *tensors(isWanted = () => true) {
      for (const entry of manifest.tensors) if (isWanted(entry.name)) yield open(entry);
    },
  };
}
