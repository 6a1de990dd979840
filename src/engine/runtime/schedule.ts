/**
 * Decides which call may use the live model. Training and writing use it exclusively and refuse other
 * calls with `busy`. Short work, such as changing the backend, is waited for. Planning is interrupted by
 * all of these and starts again when they have ended.
 */

import { mynahError } from '../../core/errors.ts';

export type Activity = 'training' | 'generating';

export class Schedule {
  /** What uses the model and refuses other calls. */
  private activity: Activity | null = null;
  /** Resolves when the short work that uses the model has ended; null if there is none. */
  private short: Promise<void> | null = null;
  /** One promise for each call that planning has to wait for. It resolves when the call has ended. */
  private readonly holds = new Set<Promise<void>>();
  private attempt: { readonly interrupt: () => void; readonly ended: Promise<void> } | null = null;
  /** Cancels the newest plan. */
  private giveUpPlan = (): void => {};

  /** Runs long work that needs the model for itself. Throws `busy` while other such work is running. */
  async exclusive<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    while (this.short !== null) await this.short;
    this.throwIfBusy();
    this.activity = activity;
    try {
      return await this.withoutPlanning(work);
    } finally {
      this.activity = null;
    }
  }

  /** Runs short work that needs the model for itself; other calls wait for it. Throws `busy` as above. */
  async briefly<T>(work: () => Promise<T>): Promise<T> {
    while (this.short !== null) await this.short;
    this.throwIfBusy();
    const result = this.withoutPlanning(work);
    this.short = settled(result);
    try {
      return await result;
    } finally {
      this.short = null;
    }
  }

  private throwIfBusy(): void {
    if (this.activity !== null) throw mynahError('busy', { reason: this.activity });
  }

  /** Interrupts planning until the work has ended. */
  async withoutPlanning<T>(work: () => Promise<T>): Promise<T> {
    let release = (): void => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.holds.add(hold);
    try {
      this.attempt?.interrupt();
      await this.attempt?.ended;
      return await work();
    } finally {
      this.holds.delete(hold);
      release();
    }
  }

  /**
   * Runs work that makes a plan as soon as no other call needs the model, and restarts it whenever
   * another call has interrupted it. Throws `cancelled` when the signal is aborted or a newer plan is
   * asked for.
   */
  async planning<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    let isWanted = !signal.aborted;
    let controller = new AbortController();
    let giveUp = (): void => {};
    const givenUp = new Promise<void>((resolve) => {
      giveUp = () => {
        isWanted = false;
        controller.abort();
        resolve();
      };
    });
    this.giveUpPlan();
    this.giveUpPlan = giveUp;
    signal.addEventListener('abort', giveUp);
    try {
      for (;;) {
        while (isWanted && (this.holds.size > 0 || this.attempt !== null)) {
          const before = this.attempt === null ? [] : [this.attempt.ended];
          await Promise.race([givenUp, ...before, ...this.holds]);
        }
        if (!isWanted) throw mynahError('cancelled', {});
        controller = new AbortController();
        const { signal: interrupted } = controller;
        const result = work(interrupted);
        const interrupt = () => controller.abort();
        this.attempt = { interrupt, ended: settled(result) };
        try {
          return await result;
        } catch (error) {
          if (!isWanted || !interrupted.aborted) throw error;
        } finally {
          this.attempt = null;
        }
      }
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }
}

/** Resolves when the promise is settled. */
function settled(promise: Promise<unknown>): Promise<void> {
  return promise.then(
    () => {},
    () => {},
  );
}
