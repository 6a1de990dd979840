/**
 * What a run stores of itself: checkpoints to go on from, and the best weights so far. The device is read between two
 * steps; the training goes on while the disk writes.
 */

import { must } from '../../core/assert.ts';
import { hasCode } from '../../core/errors.ts';
import type { CheckpointTensor } from '../../storage/checkpoint-manifest.ts';
import type { Storage } from '../../storage/chunks.ts';
import { readAhead } from '../../storage/read-ahead.ts';
import type { RunRecord, RunUpdate } from '../../storage/run-record.ts';
import { getRun } from '../../storage/runs.ts';
import { type KeptWeights, saveBest, saveCheckpoint } from '../../storage/write-checkpoint.ts';
import {
  checkpointBytes,
  checkpointTensors,
  weightBytes,
  weightTensors,
} from '../../train/optimizer-state.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import type { EngineContext } from '../runtime/context.ts';
import { runKey } from '../runtime/stored-run.ts';
import { CheckpointSchedule } from './checkpoint-schedule.ts';
import type { Session } from './run-loop.ts';
import { isGone, storeAnew } from './store-anew.ts';

/** After how long what the browser couldn't write is tried again, as often as this. */
const RETRY_AFTER_MS: readonly number[] = [300, 1000, 3000];

/** Something to be stored of the present step. */
interface Write {
  readonly bytes: number;
  /** Called anew for each attempt. */
  readonly tensors: () => Iterable<CheckpointTensor>;
  readonly store: (storage: Storage, tensors: readonly CheckpointTensor[]) => Promise<void>;
}

/** What is stored together with the weights. */
export type Learned = Pick<
  RunRecord,
  'status' | 'outcome' | 'points' | 'samples' | 'tokensPerSecond'
>;

export class RunCheckpoints {
  private readonly context: EngineContext;
  private readonly desk: DatasetDesk;
  private readonly session: Session;
  /** Throws if the device was replaced during this run, whose model is then no longer the live one. */
  private readonly fence: () => void;
  private readonly schedule = new CheckpointSchedule();
  /** The validation loss of the best weights that were saved; null before the first. */
  private best: number | null;
  /** What is being written while the training goes on. It never rejects. */
  private writing: Promise<void> | null = null;
  /** What was last written to. */
  private storage: Storage | null = null;
  /** How many writes have failed since one succeeded. */
  private failures = 0;
  /** The error with which the last write failed; null if it didn't. */
  private failure: { readonly error: unknown } | null = null;
  /** Whether the site's data were cleared while it trained. */
  isStoredAnew = false;

  constructor(context: EngineContext, desk: DatasetDesk, session: Session) {
    this.context = context;
    this.desk = desk;
    this.session = session;
    this.fence = context.runtime.fence();
    this.best = session.run.best?.validationLoss ?? null;
  }

  /** Whether a checkpoint is to be saved. It waits for what is being written only if the tab is hidden. */
  get isDue(): boolean {
    const isFree = this.writing === null || this.schedule.isUrgent;
    return isFree && this.schedule.isDue(performance.now());
  }

  /** The tab has been hidden, and the browser may end it: the next step is followed by a checkpoint. */
  hurry(): void {
    this.schedule.hurry();
  }

  /** Resolves when nothing is being written any more, whatever came of it. */
  async idle(): Promise<void> {
    await this.writing;
  }

  /**
   * Throws what the last write threw, unless it may be tried again, or the run is no longer stored: then it is stored
   * anew. Call it between two steps.
   */
  async check(): Promise<void> {
    const { failure, storage } = this;
    this.failure = null;
    if (failure !== null) return this.recoverFrom(failure.error);
    // A browser that clears the site's data closes its database.
    if (storage === null || !storage.isClosed()) return;
    this.storage = null;
    // If storage fails now, the next checkpoint says so.
    if (await isGone(this.context, this.session.run.id).catch(() => false)) await this.storeAgain();
  }

  /** Waits for what is being written, and throws as {@link check}. */
  async written(): Promise<void> {
    await this.idle();
    await this.check();
  }

  /**
   * Saves the weights while the training goes on, if they have the lowest validation loss so far, because later
   * ones may be worse. If there is no space for them, the bot will write with the last weights.
   */
  async keepBest(validationLoss: number): Promise<void> {
    await this.written();
    if (this.best !== null && this.best <= validationLoss) return;
    const { run, trainer } = this.session;
    const { completedSteps } = trainer;
    await this.meanwhile({
      bytes: weightBytes(trainer.trainedElements),
      tensors: () => weightTensors(this.context.runtime.ops, trainer),
      store: async (storage, tensors) => {
        try {
          await saveBest(storage, run.id, { completedSteps, validationLoss, tensors });
          this.best = validationLoss;
        } catch (error) {
          if (!hasCode(error, 'storage-quota')) throw error;
        }
      },
    });
  }

  /**
   * Saves a checkpoint while the training goes on: resolves when it can. If the tab is hidden, resolves when the
   * checkpoint is on the disk.
   */
  async save(learned: Learned): Promise<void> {
    await this.written();
    const { isUrgent } = this.schedule;
    this.schedule.begun(performance.now());
    const { write } = this.checkpoint(learned);
    await (isUrgent ? this.now(write) : this.meanwhile(write));
  }

  /**
   * Saves the last checkpoint of this training, and resolves with the run once it is on the disk.
   *
   * @param kept Given when the run ends: its weights are saved, and nothing to train on from.
   */
  async saveLast(learned: Learned, kept?: KeptWeights): Promise<RunRecord> {
    await this.written();
    const { run, live } = this.session;
    const { write, id } = this.checkpoint(learned, kept);
    await this.now(write);
    this.fence();
    this.context.runtime.keep({ ...live, key: runKey(run.id, id()) });
    return must(await getRun(await this.context.storage(), run.id), 'the run just saved');
  }

  private checkpoint(learned: Learned, kept?: KeptWeights) {
    const { run, trainer } = this.session;
    const { runtime } = this.context;
    const { backend, adapter } = runtime.status;
    const { completedSteps } = trainer;
    const bytes = (kept ? weightBytes : checkpointBytes)(trainer.trainedElements);
    // The lists grow while they are being written.
    const points = [...learned.points];
    const samples = [...learned.samples];
    const runUpdate: RunUpdate = { ...learned, points, samples, backend, adapter };
    let id: string | null = null;
    const write: Write = {
      bytes,
      tensors: () => (kept ? weightTensors : checkpointTensors)(runtime.ops, trainer),
      store: async (storage, tensors) => {
        const what = { completedSteps, tensors, runUpdate, finishes: kept, expectedBytes: bytes };
        id = await saveCheckpoint(storage, run.id, what);
        runtime.achieved();
      },
    };
    return { write, id: () => must(id, 'a stored checkpoint') };
  }

  private async now(write: Write): Promise<void> {
    try {
      await (await this.start(write)).written;
    } catch (error) {
      await this.recoverFrom(error);
      await this.now(write);
    }
  }

  private async meanwhile(write: Write): Promise<void> {
    let started: { readonly written: Promise<void> };
    try {
      started = await this.start(write);
    } catch (error) {
      await this.recoverFrom(error);
      return this.meanwhile(write);
    }
    this.writing = started.written
      .catch((error: unknown) => {
        this.failure = { error };
      })
      .finally(() => {
        this.writing = null;
      });
  }

  /** Resolves when everything has been read. It is on the disk when `written` resolves. */
  private async start({ bytes, tensors, store }: Write): Promise<{ written: Promise<void> }> {
    this.fence();
    const storage = await this.context.storage();
    this.storage = storage;
    const startedMs = performance.now();
    const ahead = readAhead(tensors());
    const storing = store(storage, ahead.tensors);
    storing.catch(() => ahead.giveUp());
    await ahead.read;
    const readMs = performance.now();
    const written = storing.then(() => {
      this.failures = 0;
      this.schedule.add({ startedMs, readMs, endedMs: performance.now(), bytes });
    });
    // Whoever waits for it may do so later.
    written.catch(() => {});
    return { written };
  }

  /**
   * After a write has failed: if the run is no longer stored, stores it again, because everything of it is in
   * memory. If the browser couldn't write, which may pass, resolves after a while, when that may be tried again. Else
   * throws the error.
   */
  private async recoverFrom(error: unknown): Promise<void> {
    const isLost = hasCode(error, 'storage-blocked', 'not-found', 'stored-data-damaged');
    const isPassing = hasCode(error, 'storage-blocked');
    const waitMs = isPassing ? RETRY_AFTER_MS[this.failures] : undefined;
    this.failures += 1;
    // What can't be read for the same reason may be readable after a while as well.
    const isRunGone = async () =>
      isGone(this.context, this.session.run.id).catch((unread: unknown) => {
        if (waitMs === undefined) throw unread;
        return false;
      });
    if (isLost && (await isRunGone())) return this.storeAgain();
    if (waitMs === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    this.schedule.hurry();
  }

  /** Stores the run without a checkpoint, which is to follow at once. */
  private async storeAgain(): Promise<void> {
    await storeAnew(this.context, this.desk, this.session);
    this.best = null;
    this.isStoredAnew = true;
    this.schedule.hurry();
  }
}
