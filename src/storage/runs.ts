/** Runs: everything a training run records, checkpoints apart. */
import type { RunSummary } from '../protocol/calls.ts';
import { deleteBlobsOf, type Storage } from './chunks.ts';
import type { Transaction } from './db.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  oneOf,
  parseCount,
  parseNumber,
  parseOpaqueObject,
  parseString,
  parseUnknown,
  recordOf,
  withDefault,
} from './parse.ts';
import { parseMetricPoint, parseTrainingPlan } from './parse-calls.ts';
import { parseDatasetSummary } from './parse-dataset.ts';
import { deleteUnusedSnapshots } from './snapshots.ts';
import { parseReadable, parseRecord, unreadable } from './storage-error.ts';

export interface RunRecord extends Omit<RunSummary, 'status' | 'canGenerate'> {
  /** `running` that an engine finds at its start was interrupted. */
  readonly status: 'running' | 'paused' | 'finished';
  /** Opaque here; must survive structured clone. The trainer parses what it gets back. */
  readonly recipe: object;
  /** The trainer's state at the last checkpoint, opaque here, by structured clone. */
  readonly state: unknown;
  /** Library → version, as of the run's last start. */
  readonly versions: Readonly<Record<string, string>>;
  /** The last complete checkpoint; null until the first. Only `saveCheckpoint` changes it. */
  readonly checkpointId: string | null;
  /** The texts it learns from; null once they are forgotten, and in runs of an earlier version. */
  readonly snapshotId: string | null;
}

type NewRun = Omit<RunRecord, 'checkpointId' | 'checkpointBytes' | 'updatedAt' | 'snapshotId'> &
  Partial<Pick<RunRecord, 'snapshotId'>>;

/** What may change in a run. Given fields replace, arrays whole. */
export type RunUpdate = Partial<
  Omit<RunRecord, 'id' | 'createdAt' | 'updatedAt' | 'checkpointId' | 'checkpointBytes'>
>;

const parseRun = objectOf<RunRecord>({
  id: parseString,
  name: parseString,
  status: oneOf('running', 'paused', 'finished'),
  baseModelId: parseString,
  datasetId: parseString,
  dataset: parseDatasetSummary,
  completedSteps: parseCount,
  totalSteps: parseCount,
  points: arrayOf(parseMetricPoint),
  samples: arrayOf(objectOf({ step: parseCount, text: parseString })),
  backend: oneOf('webgpu', 'wasm', 'cpu'),
  adapter: parseString,
  tokensPerSecond: parseNumber,
  seed: parseNumber,
  plan: parseTrainingPlan,
  createdAt: parseNumber,
  updatedAt: parseNumber,
  recipe: parseOpaqueObject,
  state: parseUnknown,
  versions: recordOf(parseString),
  checkpointId: nullable(parseString),
  snapshotId: withDefault(nullable(parseString), null),
  checkpointBytes: parseCount,
});

/** What the page sees of a run. One that is `running` reads as interrupted: the page knows its own. */
export function runSummary(run: RunRecord): RunSummary {
  const { recipe: _recipe, state: _state, versions: _versions, checkpointId, ...shown } = run;
  const { snapshotId: _snapshotId, ...rest } = shown;
  const status = run.status === 'running' ? 'interrupted' : run.status;
  return { ...rest, status, canGenerate: checkpointId !== null };
}

/** Stores a new run, without a checkpoint. @throws `storage-quota`, `storage-blocked`. */
export async function createRun(storage: Storage, run: NewRun): Promise<RunRecord> {
  const record: RunRecord = {
    snapshotId: null,
    ...run,
    updatedAt: run.createdAt,
    checkpointId: null,
    checkpointBytes: 0,
  };
  await storage.transact('readwrite', ['runs'], (tx) => tx.objectStore('runs').add(record));
  return record;
}

/** Null when there is none. @throws `checkpoint-incompatible` when the record doesn't parse. */
export async function getRun(storage: Storage, id: string): Promise<RunRecord | null> {
  const raw = await storage.transact('readonly', ['runs'], (tx) => tx.objectStore('runs').get(id));
  return parseRecord(`run ${id}`, raw, parseRun);
}

/** Every run whose record parses, newest first. */
export async function listRuns(storage: Storage): Promise<readonly RunRecord[]> {
  const raws = await storage.transact('readonly', ['runs'], (tx) =>
    tx.objectStore('runs').getAll(),
  );
  return parseReadable(raws, parseRun).sort((a, b) => b.createdAt - a.createdAt);
}

/**
 * Changes a run between checkpoints: its name, its status, points to show. What a resume depends
 * on (`state`, `completedSteps`) belongs into `saveCheckpoint`, with the tensors it goes with.
 *
 * @throws `checkpoint-incompatible` when there is no such run or its record doesn't parse;
 *   `storage-quota`, `storage-blocked`.
 */
export async function updateRun(
  storage: Storage,
  id: string,
  update: RunUpdate,
): Promise<RunRecord> {
  return storage.transact('readwrite', ['runs'], (tx) => changeRun(tx, id, update));
}

/** {@link updateRun} inside a transaction that includes `runs`. */
export async function changeRun(
  tx: Transaction<'readwrite'>,
  id: string,
  update: RunUpdate & Partial<Pick<RunRecord, 'checkpointId' | 'checkpointBytes'>>,
): Promise<RunRecord> {
  const runs = tx.objectStore('runs');
  const run = parseRecord(`run ${id}`, await runs.get(id), parseRun);
  if (run === null) throw unreadable(`run ${id}`, 'not stored');
  const changed: RunRecord = { ...run, ...update, updatedAt: Date.now() };
  await runs.put(changed);
  return changed;
}

/** Deletes a run, readable or not, with its checkpoints, and with its texts unless others need them. */
export async function deleteRun(storage: Storage, id: string): Promise<void> {
  const stores = ['runs', 'checkpoints', 'snapshots', 'chunks'] as const;
  await storage.transact('readwrite', stores, async (tx) => {
    await deleteCheckpointsOf(tx, id);
    await tx.objectStore('runs').delete(id);
    await deleteUnusedSnapshots(tx);
  });
}

/**
 * Makes every run on a dataset forget the texts it learned from. In a transaction that includes
 * `runs`, `snapshots` and `chunks`. Works on records that don't parse.
 */
export async function forgetTexts(tx: Transaction<'readwrite'>, datasetId: string): Promise<void> {
  const runs = tx.objectStore('runs');
  for (const run of await runs.getAll()) {
    if (typeof run !== 'object' || run === null) continue;
    const isOnIt = 'datasetId' in run && run.datasetId === datasetId;
    if (isOnIt) await runs.put({ ...run, snapshotId: null });
  }
  await deleteUnusedSnapshots(tx);
}

/** In a transaction that includes `checkpoints` and `chunks`. */
export async function deleteCheckpointsOf(
  tx: Transaction<'readwrite'>,
  runId: string,
): Promise<void> {
  const checkpoints = tx.objectStore('checkpoints');
  for (const id of await checkpoints.index('runId').getAllKeys(runId)) {
    await deleteBlobsOf(tx, await checkpoints.get(id));
    await checkpoints.delete(id);
  }
}
