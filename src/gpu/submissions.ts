/**
 * Gives work to a device's queue in small submissions.
 *
 * A system resets a graphics card that works on one submission for seconds (Windows after two), and the
 * desktop stands still meanwhile. So a submission holds at most what takes about {@link SUBMISSION_MS} at
 * the speed of earlier ones, and only two of them are with the device at any time, or a few more where the
 * browser tells late what is finished; the others wait here, in order. How work is divided among
 * submissions never changes what is computed.
 *
 * Work is counted in floating-point operations when it is encoded. A kernel that is bound by memory counts
 * as the operations that would take as long.
 */

import { Watch, WORK_MS } from './answer.ts';
import { byDriver } from './by-driver.ts';

/** What a submission should take at most, in milliseconds. */
export const SUBMISSION_MS = 50;
/** Submissions that the device has and hasn't finished. */
const MAX_IN_FLIGHT = 2;
/** The limit where a browser tells late what is finished (Firefox every 100 ms): the device would wait. */
const MAX_IN_FLIGHT_LATE = 8;
/** The speed that is assumed before anything was measured: 80 GFLOPS. */
const FIRST_FLOPS_PER_MS = 8e7;
/** Reports this close to each other were made at once. */
const AT_ONCE_MS = 1;
/**
 * The speed is measured over this time at least. Reports come late and in groups, so single ones say little.
 */
const MIN_WINDOW_MS = 20;
/** By how much a measurement may raise the speed, because a report that comes too early is no proof. */
const MAX_RAISE = 2;
/** How much a new measurement counts against those before it. */
const MEASUREMENT_WEIGHT = 0.5;

/** A call of the queue that waits for its turn. */
interface Waiting {
  readonly run: () => void;
  readonly isSubmission: boolean;
  /** Whether {@link Submissions.dropDraft} drops it. */
  readonly isDraft: boolean;
}

export interface SubmissionOptions {
  /** What a submission should take at most, {@link SUBMISSION_MS} by default. */
  readonly ms?: number | undefined;
  /** The device's speed where it isn't to be measured. */
  readonly flopsPerMs?: number | undefined;
  /** Called if the device is at work for {@link WORK_MS} and tells of nothing that it has finished. */
  readonly onSilence?: (() => void) | undefined;
  readonly silenceMs?: number | undefined;
  /** Hears what a call of the queue throws that had to wait. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export class Submissions {
  private readonly queue: GPUQueue;
  private readonly targetMs: number;
  private readonly isMeasuring: boolean;
  private readonly onError: (error: unknown) => void;
  private readonly waiting: Waiting[] = [];
  private readonly watch: Watch;
  private flopsPerMs: number;
  private inFlight = 0;
  private maxInFlight = MAX_IN_FLIGHT;
  private lastReportMs = -Infinity;
  /** The time over which the speed is being measured, and what was finished in it. */
  private windowStartMs = 0;
  private windowFlops = 0;
  /** Whether what is submitted now may be dropped as long as it waits. */
  isDraft = false;

  constructor(queue: GPUQueue, options: SubmissionOptions = {}) {
    const { ms = SUBMISSION_MS, flopsPerMs, onError = () => {} } = options;
    const { silenceMs = WORK_MS, onSilence = () => {} } = options;
    this.watch = new Watch(silenceMs, onSilence);
    this.queue = queue;
    this.targetMs = ms;
    this.isMeasuring = flopsPerMs === undefined;
    this.flopsPerMs = flopsPerMs ?? FIRST_FLOPS_PER_MS;
    this.onError = onError;
  }

  /** The most operations that a submission may hold, unless a single dispatch takes more. */
  get budgetFlops(): number {
    return this.flopsPerMs * this.targetMs;
  }

  /** Submits when it is its turn, after `prepare`, which writes what the commands read. */
  submit(commands: GPUCommandBuffer, flops: number, prepare: () => void): void {
    const run = () => {
      prepare();
      this.queue.submit([commands]);
      this.track(flops);
    };
    this.waiting.push({ run, isSubmission: true, isDraft: this.isDraft });
    this.pump();
  }

  /** Whether something waits here, so that what is to happen after it has to wait too. */
  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Does something else in the order of the queue: a write, or the destruction of a buffer. */
  inOrder(run: () => void): void {
    this.waiting.push({ run, isSubmission: false, isDraft: false });
    this.pump();
  }

  /** Resolves when the device has everything that was submitted before. It may not have finished it. */
  drained(): Promise<void> {
    return new Promise((resolve) => this.inOrder(resolve));
  }

  /** Never submits what waits and was submitted while {@link isDraft} was set. The rest keeps its order. */
  dropDraft(): void {
    const kept = this.waiting.filter(({ isDraft }) => !isDraft);
    this.waiting.splice(0, this.waiting.length, ...kept);
    this.pump();
  }

  /** Never submits what waits. What else was to be done in order is done now. */
  dispose(): void {
    this.watch.end();
    for (const { run, isSubmission } of this.waiting.splice(0)) if (!isSubmission) run();
  }

  private pump(): void {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      if (next.isSubmission && this.inFlight >= this.maxInFlight) return;
      this.waiting.shift();
      byDriver(next.run);
    }
  }

  private track(flops: number): void {
    if (this.inFlight === 0) {
      this.startWindow(performance.now());
      this.watch.begin();
    }
    this.inFlight++;
    const finished = () => this.finished(flops);
    // The promise is rejected, too, when the device is lost.
    this.queue.onSubmittedWorkDone().then(finished, finished);
  }

  private finished(flops: number): void {
    this.inFlight--;
    if (this.inFlight === 0) this.watch.end();
    else this.watch.heard();
    const nowMs = performance.now();
    // The device has finished two large submissions before this was told of one, and had nothing to do.
    const isLate = nowMs - this.lastReportMs < AT_ONCE_MS && flops >= this.budgetFlops / 2;
    if (isLate && this.isWaiting) {
      this.maxInFlight = Math.min(this.maxInFlight + 1, MAX_IN_FLIGHT_LATE);
    }
    this.lastReportMs = nowMs;
    this.windowFlops += flops;
    if (nowMs - this.windowStartMs >= MIN_WINDOW_MS || this.inFlight === 0) this.measure(nowMs);
    while (this.isWaiting) {
      try {
        this.pump();
        return;
      } catch (error) {
        this.onError(error);
      }
    }
  }

  private measure(nowMs: number): void {
    const { windowFlops, flopsPerMs: before } = this;
    const ms = Math.max(nowMs - this.windowStartMs, 0.1);
    this.startWindow(nowMs);
    // How long little work takes is mostly the time until the browser tells.
    if (!this.isMeasuring || windowFlops < this.budgetFlops / 4) return;
    const measured = Math.min(windowFlops / ms, MAX_RAISE * before);
    this.flopsPerMs = before + MEASUREMENT_WEIGHT * (measured - before);
  }

  private startWindow(nowMs: number): void {
    this.windowStartMs = nowMs;
    this.windowFlops = 0;
  }
}
