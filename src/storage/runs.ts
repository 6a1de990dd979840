/** Runs: everything that is recorded of a training, except its checkpoints. */
import type { BotVersion, RunSummary } from '../protocol/bots.ts';
import { deleteBlobsOf, type Storage } from './chunks.ts';
import type { Database, Transaction } from './database.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  oneOf,
  ParseError,
  type Parser,
  parseCount,
  parseNumber,
  parseString,
  recordOf,
} from '../core/parse.ts';
import { parseMetricPoint, parseTrainingPlan } from './parse-training.ts';
import { parseDatasetSummary } from './parse-dataset.ts';
import { deleteUnusedSnapshots } from './snapshots.ts';
import { mynahError } from '../core/errors.ts';
import { parseRepository } from '../domain/hub-name.ts';
import { parseRecipe, type Recipe } from '../domain/recipe.ts';
import { parseReadable, parseRecord } from './parse.ts';

/** A finished version of a bot. */
export interface StoredVersion extends BotVersion {
  /** Null if the weights are those of the run's base model, as in a bot from a file. */
  readonly checkpointId: string | null;
}

/** The base model of a bot, as people and the Hub name it. */
export interface BaseOfBot {
  /** For example `Starter`, `gpt2`, or the name of a folder. */
  readonly name: string;
  /** `owner/name` on the Hub, or null for a model that didn't come from there. */
  readonly repo: string | null;
  readonly revision: string | null;
}

/** The weights with the lowest validation loss of the current training. */
export interface BestCheckpoint {
  readonly checkpointId: string;
  readonly completedSteps: number;
  readonly validationLoss: number;
  readonly bytes: number;
}

/** Fields of a summary that are computed from the record. */
type Derived = 'status' | 'canGenerate' | 'hasAdapter' | 'storedBytes';

export interface RunRecord extends Omit<RunSummary, Derived> {
  /** A run that is `running` when the engine starts was interrupted. */
  readonly status: 'running' | 'paused' | 'finished';
  /** The stored base model, whose tokenizer and shapes the bot uses. */
  readonly modelId: string;
  /** The base model of a bot from a file, whose stored model is the bot itself. Null for other bots. */
  readonly base: BaseOfBot | null;
  readonly recipe: Recipe;
  /** The version of each library when the run was started last. */
  readonly versions: Readonly<Record<string, string>>;
  /** The last complete checkpoint, or null before the first. Only `saveCheckpoint` changes it. */
  readonly checkpointId: string | null;
  /** The texts that it learns from. Null after they were deleted, and in most bots from a file. */
  readonly snapshotId: string | null;
  /** Only `saveBest` sets it. */
  readonly best: BestCheckpoint | null;
  readonly history: readonly StoredVersion[];
  /** When the user deleted it, or null. Until the next start it can be restored. */
  readonly deletedAt: number | null;
}

/** Fields that a new run may leave out, because nothing is learned or chosen yet. */
type Fresh = 'base' | 'snapshotId' | 'best' | 'history' | 'writesWith' | 'emoji' | 'deletedAt';
type NewRun = Omit<RunRecord, 'checkpointId' | 'checkpointBytes' | 'updatedAt' | Fresh> &
  Partial<Pick<RunRecord, Fresh>>;

/** Fields that may change in a run. A given array replaces the whole array. */
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

/** The name becomes an address on the bot's card, so only names that the Hub allows are accepted. */
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
  recipe: parseRecipe,
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

/** What the page is told of a run. A `running` run is told as interrupted, because the page knows its own. */
export function runSummary(run: RunRecord): RunSummary {
  const { recipe: _recipe, modelId: _modelId, base: _base, versions: _versions, ...shown } = run;
  const { checkpointId, best, snapshotId: _snapshotId, deletedAt: _deletedAt, ...rest } = shown;
  const status = run.status === 'running' ? 'interrupted' : run.status;
  const history = run.history.map(({ checkpointId: _id, ...version }) => version);
  const canGenerate = checkpointId !== null || history.length > 0;
  // A bot from a file has whole weights until it is trained further.
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
 * Returns the weights that a bot writes with: those of the version that the user chose, otherwise of
 * its last version if it is finished, otherwise of its last checkpoint. `checkpointId` is null for the
 * weights of the base model. Returns null if nothing has been learned yet.
 */
export function writingWeights(run: RunRecord): { readonly checkpointId: string | null } | null {
  const chosen = run.history.find(({ number }) => number === run.writesWith);
  if (chosen !== undefined) return chosen;
  const last = run.history.at(-1);
  if (run.status === 'finished' && last !== undefined) return last;
  if (run.checkpointId !== null) return { checkpointId: run.checkpointId };
  return last ?? null;
}

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
    ...run,
    updatedAt: run.createdAt,
    checkpointId: null,
    checkpointBytes: 0,
  };
  await storage.transact('readwrite', ['runs'], (tx) => tx.objectStore('runs').add(record));
  return record;
}

/** Null if there is no such run. @throws `stored-data-damaged` when its record doesn't parse. */
export async function getRun(storage: Storage, id: string): Promise<RunRecord | null> {
  const raw = await storage.transact('readonly', ['runs'], (tx) => tx.objectStore('runs').get(id));
  return parseRecord({ what: 'run', id }, raw, parseRun);
}

/** All runs whose record parses, the newest first, including deleted ones that can be restored. */
export async function listRuns(storage: Database): Promise<readonly RunRecord[]> {
  const raws = await storage.transact('readonly', ['runs'], (tx) =>
    tx.objectStore('runs').getAll(),
  );
  return parseReadable(raws, parseRun).sort((a, b) => b.createdAt - a.createdAt);
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
 * Changes what the user calls a bot, or which version writes. The date of its last change stays the
 * same, because the bot itself doesn't change. Throws as {@link updateRun}.
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

/** Deletes a run, even a damaged one, with its checkpoints, and with its texts if no other run needs them. */
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
