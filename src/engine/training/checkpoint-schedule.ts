/** Decides when a run saves its next checkpoint, so that saving costs little time and wears no disk out. */

/** The share of a run's time that saving may take. */
export const MAX_SAVING_SHARE = 0.02;
/** Bytes that a run may write in an hour. */
const MAX_BYTES_PER_HOUR = 20e9;
/** The least time between two checkpoints, however small a model is. */
export const MIN_SAVING_INTERVAL_MS = 3000;
/** If at least this much work isn't saved when the tab is hidden, it is saved at once: the browser may end a hidden tab. */
const MIN_HIDDEN_MS = 1000;

const HOUR_MS = 3_600_000;

export class CheckpointSchedule {
  /** Zero, so that the first step is saved at once: then a run can always be continued. */
  private nextMs = 0;
  private savedMs = 0;
  private isUrgent = false;

  /** Counts what a checkpoint, or the copy of the best weights, has cost, and puts the next one off for it. */
  add(cost: {
    readonly startedMs: number;
    readonly endedMs: number;
    readonly bytes: number;
  }): void {
    const { startedMs, endedMs, bytes } = cost;
    const forTime = (endedMs - startedMs) / MAX_SAVING_SHARE;
    const forDisk = (bytes / MAX_BYTES_PER_HOUR) * HOUR_MS;
    const from = Math.max(endedMs, this.nextMs);
    this.nextMs = from + Math.max(MIN_SAVING_INTERVAL_MS, forTime, forDisk);
  }

  /** A checkpoint is complete. */
  saved(nowMs: number): void {
    this.savedMs = nowMs;
    this.isUrgent = false;
  }

  /** The tab has been hidden: the next step is followed by a checkpoint. */
  hurry(): void {
    this.isUrgent = true;
  }

  isDue(nowMs: number): boolean {
    return nowMs >= this.nextMs || (this.isUrgent && nowMs - this.savedMs >= MIN_HIDDEN_MS);
  }
}
