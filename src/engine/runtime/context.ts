/** What the capabilities of the engine share: the storage, the backend, and the schedule. */

import { mynahError } from '../../core/errors.ts';
import { ENGINE_LOCK } from '../../domain/identifiers.ts';
import type { BackendPreference, EngineStatus } from '../../protocol/calls.ts';
import type { Storage } from '../../storage/chunks.ts';
import { createStorage } from '../../storage/storage.ts';
import { Starter } from './starter.ts';
import type { Runtime } from './runtime.ts';
import { type Activity, Schedule } from './schedule.ts';

/** When a page is reloaded, its old worker releases the lock a moment after the new one asks for it. */
const LOCK_PATIENCE_MS = 3000;

export class EngineContext {
  readonly runtime: Runtime;
  readonly starter: Starter;
  readonly schedule = new Schedule();
  /** Models that are being stored for a bot from a file. The bot itself is stored after them. */
  readonly arrivingModels = new Set<string>();
  private lock: Promise<void> | null = null;
  private opened: Promise<Storage> | null = null;

  /** @param site The address of the page, below which `models/` is served. */
  constructor(runtime: Runtime, site: URL) {
    this.runtime = runtime;
    this.starter = new Starter(new URL('models/starter/', site));
  }

  /**
   * Returns the storage, which is opened at the first use and again if the browser has closed it. Only one
   * engine per origin may write: throws `busy` while another tab has the lock.
   */
  async storage(): Promise<Storage> {
    this.lock ??= holdLock();
    try {
      await this.lock;
    } catch (error) {
      // The next call tries again, because the other tab may have been closed by then.
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

  /** Changes the backend. Throws `busy` while a bot trains or writes, `backend-unavailable`. */
  select(preference: BackendPreference): Promise<EngineStatus> {
    return this.schedule.briefly(() => this.runtime.start(preference));
  }

  /** {@link Schedule.exclusive}, after a lost device has been replaced. */
  exclusive<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    return this.schedule.exclusive(activity, () => this.onDevice(work));
  }

  /** {@link Schedule.planning}, after a lost device has been replaced. */
  planning<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.schedule.planning(signal, (ofPlan) => this.onDevice(() => work(ofPlan)));
  }

  private async onDevice<T>(work: () => Promise<T>): Promise<T> {
    await this.runtime.ready();
    return this.runtime.guard(work());
  }
}

/** Takes the lock and holds it until the worker ends. The browser releases it even if the tab crashes. */
async function holdLock(): Promise<void> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
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
        // A promise that never settles, so the lock is held for as long as the worker lives.
        return lock === null ? undefined : new Promise<never>(() => {});
      })
      .catch(reject);
  });
}
