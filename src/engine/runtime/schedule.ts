/**
 * Who has the model. Training and writing have it to themselves, and refuse each other with `busy`.
 * Work that takes a moment waits for its like. Planning gives way to all of these, and begins again once
 * they have ended.
 */

import { mynahError } from '../../core/errors.ts';

export type Activity = 'training' | 'generating' | 'loading';

export class Schedule {
  /** What has the model to itself. */
  private current: { readonly activity: Activity; readonly ended: Promise<void> } | null = null;
  /** Resolve when what planning has to wait for has ended. */
  private readonly holds = new Set<Promise<void>>();
  private attempt: { readonly interrupt: () => void; readonly ended: Promise<void> } | null = null;
  /** Ends the newest plan for good. */
  private giveUpPlan = (): void => {};

  /** Work for which nothing else may use the model. Throws `busy` with what it is used for. */
  async exclusive<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    while (this.current?.activity === 'loading') await this.current.ended;
    if (this.current !== null) throw mynahError('busy', { reason: this.current.activity });
    const result = this.withoutPlanning(work);
    this.current = { activity, ended: settled(result) };
    try {
      return await result;
    } finally {
      this.current = null;
    }
  }

  /** Interrupts a plan that is being made, and lets none begin until the work has ended. */
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
   * Makes a plan as soon as nothing else needs the model, and from the beginning again where something
   * interrupted it. Throws `cancelled` when the signal is aborted or a newer plan is asked for.
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

/** Resolves when the other does or rejects. */
function settled(promise: Promise<unknown>): Promise<void> {
  return promise.then(
    () => {},
    () => {},
  );
}
