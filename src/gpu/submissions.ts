/**
 * Gives work to a device's queue in small submissions.
 *
 * A system resets a graphics card that works on one submission for seconds (Windows after two), and the
 * desktop stands still meanwhile. So a submission holds at most what takes about {@link SUBMISSION_MS} at
 * the speed of earlier ones, and only two of them are with the device at any time; the others wait here,
 * in order. How work is divided among submissions never changes what is computed.
 *
 * Work is counted in floating-point operations when it is encoded. A kernel that is bound by memory counts
 * as the operations that would take as long.
 */

/** What a submission should take at most, in milliseconds. */
export const SUBMISSION_MS = 50;
/** Submissions that the device has and hasn't finished. */
const MAX_IN_FLIGHT = 2;
/** The limit where a browser tells so late what is finished (Firefox looks every 100 ms) that the device waits. */
const MAX_IN_FLIGHT_LATE = 8;
/** The speed that is assumed before anything was measured: 80 GFLOPS. */
const FIRST_FLOPS_PER_MS = 8e7;
/** Shorter times say more about the browser than about the device. */
const MIN_MEASURED_MS = 5;
/** How much a new measurement counts against those before it. */
const MEASUREMENT_WEIGHT = 0.25;

/** A call of the queue that waits for its turn. */
interface Waiting {
  readonly run: () => void;
  readonly isSubmission: boolean;
}

export interface SubmissionOptions {
  /** What a submission should take at most, 50 by default. */
  readonly ms?: number | undefined;
  /** The device's speed where it isn't to be measured. */
  readonly flopsPerMs?: number | undefined;
}

export class Submissions {
  /** The most operations that a submission may hold, unless a single dispatch takes more. */
  budgetFlops: number;
  private readonly queue: GPUQueue;
  private readonly targetMs: number;
  private readonly isMeasuring: boolean;
  private waiting: Waiting[] = [];
  private inFlight = 0;
  private maxInFlight = MAX_IN_FLIGHT;
  private lastFinishedMs = 0;
  private flopsPerMs: number | null = null;
  private onDrained: (() => void)[] = [];

  constructor(queue: GPUQueue, { ms = SUBMISSION_MS, flopsPerMs }: SubmissionOptions = {}) {
    this.queue = queue;
    this.targetMs = ms;
    this.isMeasuring = flopsPerMs === undefined;
    this.budgetFlops = (flopsPerMs ?? FIRST_FLOPS_PER_MS) * ms;
  }

  /** Submits when it is its turn, after `prepare`, which writes what the commands read. */
  submit(commands: GPUCommandBuffer, flops: number, prepare: () => void): void {
    const run = () => {
      prepare();
      this.queue.submit([commands]);
      this.track(flops);
    };
    this.waiting.push({ run, isSubmission: true });
    this.pump();
  }

  /** Whether something waits here, so that what is to happen after it has to wait too. */
  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Does something else in the order of the queue: a write, or the destruction of a buffer. */
  inOrder(run: () => void): void {
    this.waiting.push({ run, isSubmission: false });
    this.pump();
  }

  /** Resolves when the device has everything that was submitted so far. It may not have finished it. */
  async drained(): Promise<void> {
    if (!this.isWaiting) return;
    await new Promise<void>((resolve) => this.onDrained.push(resolve));
  }

  /** Forgets what waits; it is never computed. */
  dispose(): void {
    this.waiting = [];
    this.resolveDrained();
  }

  private pump(): void {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      if (next.isSubmission && this.inFlight >= this.maxInFlight) return;
      this.waiting.shift();
      next.run();
    }
    this.resolveDrained();
  }

  private resolveDrained(): void {
    const resolvers = this.onDrained;
    this.onDrained = [];
    for (const resolve of resolvers) resolve();
  }

  private track(flops: number): void {
    this.inFlight++;
    const startedMs = performance.now();
    const finished = () => this.finished(flops, startedMs);
    // The promise is rejected, too, when the device is lost.
    this.queue.onSubmittedWorkDone().then(finished, finished);
  }

  private finished(flops: number, startedMs: number): void {
    this.inFlight--;
    const nowMs = performance.now();
    const ms = nowMs - Math.max(startedMs, this.lastFinishedMs);
    this.lastFinishedMs = nowMs;
    // How long a small submission takes is mostly the time until the browser tells.
    if (this.isMeasuring && flops >= this.budgetFlops / 4)
      this.measured(flops / Math.max(ms, MIN_MEASURED_MS));
    // The device had nothing to do although something waited for it.
    if (this.inFlight === 0 && this.isWaiting) {
      this.maxInFlight = Math.min(this.maxInFlight + 1, MAX_IN_FLIGHT_LATE);
    }
    this.pump();
  }

  private measured(flopsPerMs: number): void {
    const before = this.flopsPerMs ?? flopsPerMs;
    this.flopsPerMs = before + MEASUREMENT_WEIGHT * (flopsPerMs - before);
    this.budgetFlops = this.flopsPerMs * this.targetMs;
  }
}
