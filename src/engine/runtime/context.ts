/** What the engine's rooms share: storage, what computes, and who is using the model. */

import { mynahError } from '../../core/errors.ts';
import { ENGINE_LOCK } from '../../domain/identifiers.ts';
import type { BackendPreference, EngineStatus } from '../../protocol/calls.ts';
import type { Storage } from '../../storage/chunks.ts';
import { createStorage } from '../../storage/storage.ts';
import { Starter } from '../models/starter.ts';
import type { Runtime } from './runtime.ts';
import { type Activity, Schedule } from './schedule.ts';

/** A reloaded page's old worker gives its lock up a moment after the new one asks. */
const lockPatienceMs = 3000;

export class EngineContext {
  readonly runtime: Runtime;
  readonly starter: Starter;
  readonly schedule = new Schedule();
  /** Ids of models whose bot isn't there yet: a bot from a file is made once its model is stored. */
  readonly arrivingModels = new Set<string>();
  private lock: Promise<void> | null = null;
  private opened: Promise<Storage> | null = null;

  /** `site` is where the page and its `models/` are served from. */
  constructor(runtime: Runtime, site: URL) {
    this.runtime = runtime;
    this.starter = new Starter(new URL('models/starter/', site));
  }

  /**
   * The store, opened at the first use and again after the browser closed it. One engine an origin
   * may write: throws `busy` while another tab holds it.
   */
  async storage(): Promise<Storage> {
    this.lock ??= holdLock();
    try {
      await this.lock;
    } catch (error) {
      // The next call tries again: the other tab may be closed by then.
      this.lock = null;
      throw error;
    }
    this.opened ??= createStorage();
    try {
      const storage = await this.opened;
      if (!storage.isClosed()) return storage;
    } catch (error) {
      this.opened = null;
      throw error;
    }
    this.opened = null;
    return this.storage();
  }

  /** Changes what computes. Throws `busy` while a bot trains or writes, `backend-unavailable`. */
  select(preference: BackendPreference): Promise<EngineStatus> {
    return this.schedule.exclusive('loading', () => this.runtime.start(preference));
  }

  /** {@link Schedule.exclusive} on a device that is there. */
  exclusive<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    return this.schedule.exclusive(activity, () => this.onDevice(work));
  }

  /** {@link Schedule.planning} on a device that is there. */
  planning<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.schedule.planning(signal, (ofPlan) => this.onDevice(() => work(ofPlan)));
  }

  private async onDevice<T>(work: () => Promise<T>): Promise<T> {
    await this.runtime.ready();
    return this.runtime.guard(work());
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
      .request(ENGINE_LOCK, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // Never settles: the lock lasts as long as the worker.
        return lock === null ? undefined : new Promise<never>(() => {});
      })
      .catch(reject);
  });
}
