/** Runs: everything a training run records, checkpoints apart. */
import type { BotVersion, RunSummary } from '../protocol/calls.ts';
import { deleteBlobsOf, type Storage } from './chunks.ts';
import type { Database, Transaction } from './db.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  oneOf,
  ParseError,
  type Parser,
  parseCount,
  parseNumber,
  parseOpaqueObject,
  parseString,
  recordOf,
} from '../core/parse.ts';
import { parseMetricPoint, parseTrainingPlan } from './parse-calls.ts';
import { parseDatasetSummary } from './parse-dataset.ts';
import { deleteUnusedSnapshots } from './snapshots.ts';
import { mynahError } from '../core/errors.ts';
import { parseRepository } from '../domain/hub-name.ts';
import { parseReadable, parseRecord } from './parse.ts';

/** A finished model of a bot. */
export interface StoredVersion extends BotVersion {
  /** Its weights; null for those of the run's own base model, which a bot from a file has. */
  readonly checkpointId: string | null;
}

/** A base model, for people and for the Hub. */
export interface BaseOfBot {
  /** `Starter`, `gpt2`, a folder's name. */
  readonly name: string;
  /** `owner/name` on the Hub; null for a model that didn't come from there. */
  readonly repo: string | null;
  readonly revision: string | null;
}

/** The weights that did best on the held-out tweets of the present training. */
export interface BestCheckpoint {
  readonly checkpointId: string;
  readonly completedSteps: number;
  readonly validationLoss: number;
  readonly bytes: number;
}

/** What a summary says of a run that follows from its record. */
type Derived = 'status' | 'canGenerate' | 'hasAdapter' | 'storedBytes';

export interface RunRecord extends Omit<RunSummary, Derived> {
  /** `running` that an engine finds at its start was interrupted. */
  readonly status: 'running' | 'paused' | 'finished';
  /** The stored base model: its tokenizer and shapes are the bot's. */
  readonly modelId: string;
  /** What a bot from a file was trained from, as its stored model is the bot itself. Null for others. */
  readonly base: BaseOfBot | null;
  /** Opaque here; must survive structured clone. The engine parses what it gets back. */
  readonly recipe: object;
  /** Library → version, as of the run's last start. */
  readonly versions: Readonly<Record<string, string>>;
  /** The last complete checkpoint; null until the first. Only `saveCheckpoint` changes it. */
  readonly checkpointId: string | null;
  /** The texts it learns from; null where they aren't here: forgotten, or a bot from a file. */
  readonly snapshotId: string | null;
  /** Only `saveBest` sets it. */
  readonly best: BestCheckpoint | null;
  readonly history: readonly StoredVersion[];
  /** When the user deleted it; it can be had back until the next start. */
  readonly deletedAt: number | null;
}

/** What a new run may leave out: nothing learned yet, nothing chosen. */
type Fresh = 'base' | 'snapshotId' | 'best' | 'history' | 'writesWith' | 'emoji' | 'deletedAt';
type NewRun = Omit<RunRecord, 'checkpointId' | 'checkpointBytes' | 'updatedAt' | Fresh> &
  Partial<Pick<RunRecord, Fresh>>;

/** What may change in a run. Given fields replace, arrays whole. */
export type RunUpdate = Partial<
  Omit<
    RunRecord,
    'id' | 'createdAt' | 'updatedAt' | 'checkpointId' | 'checkpointBytes' | 'best' | 'history'
  >
>;

const parseVersion = objectOf<StoredVersion>({
  number: parseCount,
  checkpointId: nullable(parseString),
  completedSteps: parseCount,
  loss: nullable(parseNumber),
  validationLoss: nullable(parseNumber),
  createdAt: parseNumber,
  bytes: parseCount,
});

/** The name on the Hub becomes an address on the bot's card. */
const parseRepo: Parser<string> = (value, path) => {
  const repo = parseString(value, path);
  if (parseRepository(repo) !== repo) throw new ParseError(path, 'a name on the Hub');
  return repo;
};

export const parseBaseOfBot = objectOf<BaseOfBot>({
  name: parseString,
  repo: nullable(parseRepo),
  revision: nullable(parseString),
});

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
  modelId: parseString,
  base: nullable(parseBaseOfBot),
  recipe: parseOpaqueObject,
  versions: recordOf(parseString),
  checkpointId: nullable(parseString),
  snapshotId: nullable(parseString),
  checkpointBytes: parseCount,
  best: nullable(
    objectOf<BestCheckpoint>({
      checkpointId: parseString,
      completedSteps: parseCount,
      validationLoss: parseNumber,
      bytes: parseCount,
    }),
  ),
  history: arrayOf(parseVersion),
  writesWith: nullable(parseCount),
  emoji: nullable(parseString),
  deletedAt: nullable(parseNumber),
});

/** What the page sees of a run. One that is `running` reads as interrupted: the page knows its own. */
export function runSummary(run: RunRecord): RunSummary {
  const { recipe: _recipe, modelId: _modelId, base: _base, versions: _versions, ...shown } = run;
  const { checkpointId, best, snapshotId: _snapshotId, deletedAt: _deletedAt, ...rest } = shown;
  const status = run.status === 'running' ? 'interrupted' : run.status;
  const history = run.history.map(({ checkpointId: _id, ...version }) => version);
  const canGenerate = checkpointId !== null || history.length > 0;
  // A bot from a file writes with whole weights, until it has learned on.
  const hasAdapter =
    run.plan.mode === 'lora' && typeof writingWeights(run)?.checkpointId === 'string';
  let storedBytes = run.checkpointBytes + (best?.bytes ?? 0);
  for (const version of run.history) {
    const isApart =
      version.checkpointId !== checkpointId && version.checkpointId !== best?.checkpointId;
    if (isApart) storedBytes += version.bytes;
  }
  return { ...rest, history, status, canGenerate, hasAdapter, storedBytes };
}

/**
 * Which weights a bot writes with: those of the version that was chosen, else of its last one, else
 * of the checkpoint it has reached. `checkpointId` is null for the base model's own; null altogether
 * when nothing has been learned yet.
 */
export function writingWeights(run: RunRecord): { readonly checkpointId: string | null } | null {
  const chosen = run.history.find(({ number }) => number === run.writesWith);
  if (chosen !== undefined) return chosen;
  const last = run.history.at(-1);
  if (run.status === 'finished' && last !== undefined) return last;
  if (run.checkpointId !== null) return { checkpointId: run.checkpointId };
  return last ?? null;
}

/** Stores a new run, without a checkpoint. @throws `storage-quota`, `storage-blocked`. */
export async function createRun(storage: Storage, run: NewRun): Promise<RunRecord> {
  const record: RunRecord = {
    base: null,
    snapshotId: null,
    best: null,
    history: [],
    writesWith: null,
    emoji: null,
    deletedAt: null,
    ...run,
    updatedAt: run.createdAt,
    checkpointId: null,
    checkpointBytes: 0,
  };
  await storage.transact('readwrite', ['runs'], (tx) => tx.objectStore('runs').add(record));
  return record;
}

/** Null when there is none. @throws `stored-data-damaged` when the record doesn't parse. */
export async function getRun(storage: Storage, id: string): Promise<RunRecord | null> {
  const raw = await storage.transact('readonly', ['runs'], (tx) => tx.objectStore('runs').get(id));
  return parseRecord({ what: 'run', id }, raw, parseRun);
}

/** Every run whose record parses, newest first; deleted ones as long as they can be had back. */
export async function listRuns(storage: Database): Promise<readonly RunRecord[]> {
  const raws = await storage.transact('readonly', ['runs'], (tx) =>
    tx.objectStore('runs').getAll(),
  );
  return parseReadable(raws, parseRun).sort((a, b) => b.createdAt - a.createdAt);
}

/** For the start: what the user deleted and nobody can have back any more. */
export async function deleteTrashedRuns(database: Database): Promise<void> {
  for (const { id, deletedAt } of await listRuns(database)) {
    if (deletedAt !== null) await deleteRun(database, id);
  }
}

/**
 * Changes a run between checkpoints: its name, its status, points to show. What a resume depends
 * on (`completedSteps`) belongs into `saveCheckpoint`, with the tensors it goes with.
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
 * Changes what the user calls a bot, or which version writes: not what it is, so its date stays.
 * Throws as {@link updateRun}.
 */
export async function editRun(
  storage: Storage,
  id: string,
  edit: Partial<Pick<RunRecord, 'name' | 'emoji' | 'writesWith' | 'deletedAt'>>,
): Promise<RunRecord> {
  return storage.transact('readwrite', ['runs'], async (tx) => {
    const edited: RunRecord = { ...(await readRun(tx, id)), ...edit };
    await tx.objectStore('runs').put(edited);
    return edited;
  });
}

/** {@link updateRun} inside a transaction that includes `runs`. */
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

/** A run inside a transaction that includes `runs`. @throws `not-found`, `stored-data-damaged`. */
export async function readRun(tx: Transaction<'readwrite'>, id: string): Promise<RunRecord> {
  const raw: unknown = await tx.objectStore('runs').get(id);
  const run = parseRecord({ what: 'run', id }, raw, parseRun);
  if (run === null) throw mynahError('not-found', { what: 'run', id });
  return run;
}

/** Deletes a run, readable or not, with its checkpoints, and with its texts unless others need them. */
export async function deleteRun(storage: Database, id: string): Promise<void> {
  const stores = ['runs', 'checkpoints', 'snapshots', 'chunks'] as const;
  await storage.transact('readwrite', stores, async (tx) => {
    const checkpoints = tx.objectStore('checkpoints');
    for (const checkpointId of await checkpoints.index('runId').getAllKeys(id)) {
      await deleteBlobsOf(tx, await checkpoints.get(checkpointId));
      await checkpoints.delete(checkpointId);
    }
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
