/** Stores, lists, changes and deletes the records of runs. */

import { deleteBlobsOf, type Storage } from './chunks.ts';
import type { Database, Transaction } from './database.ts';
import { deleteUnusedSnapshots } from './snapshots.ts';
import { deleteAllWritten } from './written.ts';
import { mynahError } from '../core/errors.ts';
import { parseReadable, parseRecord } from './parse.ts';

import {
  type NewRun,
  parseRun,
  type RunRecord,
  type RunUpdate,
  type StoredVersion,
} from './run-record.ts';

/** Stores a new run that has no checkpoint yet. @throws `storage-quota`, `storage-blocked`. */
export async function createRun(storage: Storage, run: NewRun): Promise<RunRecord> {
  const record: RunRecord = {
    base: null,
    snapshotId: null,
    best: null,
    history: [],
    writesWith: null,
    emoji: null,
    deletedAt: null,
    request: null,
    outcome: null,
    kernelShapes: null,
    notes: '',
    quizzes: [],
    isRecordOnly: false,
    ...run,
    updatedAt: run.createdAt,
    checkpointId: null,
    checkpointBytes: 0,
  };
  await storage.transact('readwrite', ['runs'], (tx) => tx.objectStore('runs').add(record));
  return record;
}

/**
 * Stores the records of runs that were trained elsewhere. One that was stored in this way before is
 * replaced; a run of this browser stays as it is. Returns the ids of those that were stored.
 *
 * @throws `storage-quota`, `storage-blocked`; then nothing has changed.
 */
export async function putRecordsOnly(
  storage: Database,
  records: readonly RunRecord[],
): Promise<ReadonlySet<string>> {
  const stored = new Set<string>();
  await storage.transact('readwrite', ['runs'], async (tx) => {
    const runs = tx.objectStore('runs');
    for (const record of records) {
      const there = await runs.get(record.id);
      const isOurs = there !== undefined && !isRecordOnly(there);
      if (isOurs) continue;
      await runs.put(record);
      stored.add(record.id);
    }
  });
  return stored;
}

function isRecordOnly(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'isRecordOnly' in raw && !!raw.isRecordOnly;
}

/** Null if there is no such run. @throws `stored-data-damaged` when its record doesn't parse. */
export async function getRun(storage: Storage, id: string): Promise<RunRecord | null> {
  const [raw, stored] = await storage.transact('readonly', ['runs', 'checkpoints'], async (tx) => [
    await tx.objectStore('runs').get(id),
    await tx.objectStore('checkpoints').index('runId').getAllKeys(id),
  ]);
  const run = parseRecord({ what: 'run', id }, raw, parseRun);
  return run && withStoredVersions(run, stored);
}

/** All runs whose record parses, the newest first, including deleted ones that can be restored. */
export async function listRuns(storage: Database): Promise<readonly RunRecord[]> {
  const [raws, stored] = await storage.transact('readonly', ['runs', 'checkpoints'], async (tx) => [
    await tx.objectStore('runs').getAll(),
    await tx.objectStore('checkpoints').getAllKeys(),
  ]);
  return parseReadable(raws, parseRun)
    .map((run) => withStoredVersions(run, stored))
    .sort((a, b) => b.createdAt - a.createdAt);
}

/**
 * Where the disk was full, a version was deleted without its entry in the record (`needed-checkpoints.ts`). If
 * the weights of all versions are gone, they weren't deleted, and the bot says that they are missing.
 */
function withStoredVersions(run: RunRecord, stored: readonly unknown[]): RunRecord {
  const isStored = ({ checkpointId }: StoredVersion) =>
    checkpointId === null || stored.includes(checkpointId);
  const history = run.history.filter(isStored);
  if (history.length === 0 || history.length === run.history.length) return run;
  const writes = history.some(({ number }) => number === run.writesWith);
  return { ...run, history, writesWith: writes ? run.writesWith : null };
}

/** Called at the start: deletes for good what the user had deleted. */
export async function deleteTrashedRuns(database: Database): Promise<void> {
  for (const { id, deletedAt } of await listRuns(database)) {
    if (deletedAt !== null) await deleteRun(database, id);
  }
}

/**
 * Changes a run between checkpoints, for example its name, its status, or the points of its chart.
 * `completedSteps` must change together with the tensors, in `saveCheckpoint`.
 *
 * @throws `not-found`, `stored-data-damaged`, `storage-quota`, `storage-blocked`.
 */
export async function updateRun(
  storage: Storage,
  id: string,
  update: RunUpdate,
): Promise<RunRecord> {
  return storage.transact('readwrite', ['runs'], (tx) => changeRun(tx, id, update));
}

/**
 * Changes what the user calls a bot or notes about it, or which version writes. The date of its last change stays the
 * same, because the bot itself doesn't change. Throws as {@link updateRun}.
 */
export async function editRun(
  storage: Storage,
  id: string,
  edit: Partial<Pick<RunRecord, 'name' | 'emoji' | 'writesWith' | 'deletedAt' | 'notes'>>,
): Promise<RunRecord> {
  return storage.transact('readwrite', ['runs'], async (tx) => {
    const edited: RunRecord = { ...(await readRun(tx, id)), ...edit };
    await tx.objectStore('runs').put(edited);
    return edited;
  });
}

/** As {@link updateRun}, inside a transaction that includes `runs`. */
export async function changeRun(
  tx: Transaction<'readwrite'>,
  id: string,
  update: RunUpdate &
    Partial<Pick<RunRecord, 'checkpointId' | 'checkpointBytes' | 'best' | 'history'>>,
): Promise<RunRecord> {
  const changed: RunRecord = { ...(await readRun(tx, id)), ...update, updatedAt: Date.now() };
  await tx.objectStore('runs').put(changed);
  return changed;
}

/** Reads a run inside a transaction that includes `runs`. @throws `not-found`, `stored-data-damaged`. */
export async function readRun(tx: Transaction<'readwrite'>, id: string): Promise<RunRecord> {
  const raw: unknown = await tx.objectStore('runs').get(id);
  const run = parseRecord({ what: 'run', id }, raw, parseRun);
  if (run === null) throw mynahError('not-found', { what: 'run', id });
  return run;
}

/**
 * Deletes a run, even a damaged one, with its checkpoints and all that it wrote, and with its texts if no other
 * run needs them.
 */
export async function deleteRun(storage: Database, id: string): Promise<void> {
  const stores = ['runs', 'checkpoints', 'snapshots', 'written', 'chunks'] as const;
  await storage.transact('readwrite', stores, async (tx) => {
    const checkpoints = tx.objectStore('checkpoints');
    for (const checkpointId of await checkpoints.index('runId').getAllKeys(id)) {
      await deleteBlobsOf(tx, await checkpoints.get(checkpointId));
      await checkpoints.delete(checkpointId);
    }
    await tx.objectStore('runs').delete(id);
    await deleteAllWritten(tx, id);
    await deleteUnusedSnapshots(tx);
  });
}

/**
 * Makes every run on a dataset forget the texts that it learned from, even runs whose record doesn't
 * parse. The transaction must include `runs`, `snapshots` and `chunks`.
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
