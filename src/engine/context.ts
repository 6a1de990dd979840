/** What the engine's rooms share: storage, what computes, and who is using the model. */

import { assert } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { createStorage } from '../storage/storage.ts';
import type { Storage } from '../storage/chunks.ts';
import type { BackendWish, EngineStatus } from '../protocol/calls.ts';
import type { Runtime } from './runtime.ts';

type Activity = 'training' | 'generating' | 'loading';

const lockName = 'mynah-engine';
/** A reloaded page's old worker gives its lock up a moment after the new one asks. */
const lockPatienceMs = 3000;

export class EngineContext {
  readonly runtime: Runtime;
  /** Where `models/` and the page itself are served from. */
  readonly site: URL;
  private opened: Promise<Storage> | null = null;
  private activity: Activity | null = null;

  constructor(runtime: Runtime, site: URL) {
    this.runtime = runtime;
    this.site = site;
  }

  /**
   * The store, opened at the first use. One engine an origin may write: throws `busy` when another
   * tab holds it.
   */
  storage(): Promise<Storage> {
    this.opened ??= this.open();
    return this.opened;
  }

  private async open(): Promise<Storage> {
    try {
      await holdLock();
      return await createStorage();
    } catch (error) {
      // The next call tries again: the other tab may be closed by then.
      this.opened = null;
      throw error;
    }
  }

  /** Changes what computes. Throws `busy` while it computes, `webgpu-unavailable`. */
  async select(wish: BackendWish): Promise<EngineStatus> {
    if (this.activity !== null) throw mynahError('busy', { reason: this.activity });
    return this.runtime.start(wish);
  }

  /** The one live model is used by one call at a time. Throws `busy` with what it is used for. */
  async exclusive<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    if (this.activity !== null) throw mynahError('busy', { reason: this.activity });
    this.activity = activity;
    try {
      await this.runtime.ready();
      return await this.runtime.guard(work());
    } finally {
      assert(this.activity === activity, 'activities do not overlap');
      this.activity = null;
    }
  }
}

/** Held until the worker ends: the platform frees it even when the tab crashes. */
async function holdLock(): Promise<void> {
  const deadline = performance.now() + lockPatienceMs;
  while (!(await tryLock())) {
    if (performance.now() > deadline) throw mynahError('busy', { reason: 'another-tab' });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function tryLock(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(lockName, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // Never settles: the lock lasts as long as the worker.
        return lock === null ? undefined : new Promise<never>(() => {});
      })
      .catch(reject);
  });
}
