/** Decides when a run saves its next checkpoint, so that saving costs little time and wears no disk out. */

/** The share of a run's time for which the training may wait for checkpoints. */
export const MAX_TIME_SHARE = 0.02;
/** The share of it in which something is being written, while the training goes on. */
const MAX_WRITING_SHARE = 0.1;
/** Bytes that a run may write in an hour. */
const MAX_BYTES_PER_HOUR = 20e9;
/** The minimum time between two checkpoints, even of the smallest model. The work of that time may be lost. */
export const MIN_INTERVAL_MS = 15_000;
/** A longer time counts as this long, because the computer may have slept meanwhile. */
const MAX_COST_MS = 60_000;
/** If at least this much work isn't saved when the tab is hidden, it is saved at once: the browser may end a hidden tab. */
const MIN_HIDDEN_MS = 1000;

const HOUR_MS = 3_600_000;

export class CheckpointSchedule {
  /** Zero, so that the first step is saved at once: then a run can always be continued. */
  private nextMs = 0;
  private begunMs = 0;
  private isHurried = false;

  /** Counts what a checkpoint, or the copy of the best weights, has cost, and puts the next one off for it. */
  add(cost: {
    readonly startedMs: number;
    /** When everything had been read. The training waited until then. */
    readonly readMs: number;
    /** When everything had been written. */
    readonly endedMs: number;
    readonly bytes: number;
  }): void {
    const { startedMs, readMs, endedMs, bytes } = cost;
    const forTime = Math.min(MAX_COST_MS, readMs - startedMs) / MAX_TIME_SHARE;
    const forWriting = Math.min(MAX_COST_MS, endedMs - readMs) / MAX_WRITING_SHARE;
    const forDisk = (bytes / MAX_BYTES_PER_HOUR) * HOUR_MS;
    const from = Math.max(endedMs, this.nextMs);
    this.nextMs = from + Math.max(MIN_INTERVAL_MS, forTime, forWriting, forDisk);
  }

  /** A checkpoint of the present step has been begun. */
  begun(nowMs: number): void {
    this.begunMs = nowMs;
    this.isHurried = false;
  }

  /** The tab has been hidden: the next step is followed by a checkpoint. */
  hurry(): void {
    this.isHurried = true;
  }

  /** Whether the tab has been hidden since the last checkpoint. */
  get isUrgent(): boolean {
    return this.isHurried;
  }

  isDue(nowMs: number): boolean {
    return nowMs >= this.nextMs || (this.isHurried && nowMs - this.begunMs >= MIN_HIDDEN_MS);
  }
}
