/** What the capabilities of the engine share: the storage, the backend, and the schedule. */

import { type ErrorData, hasCode, mynahError, toErrorData } from '../../core/errors.ts';
import { ENGINE_LOCK } from '../../domain/identifiers.ts';
import type { BackendPreference, EngineStatus, Keeping } from '../../protocol/engine.ts';
import type { Storage } from '../../storage/chunks.ts';
import { createMemoryStorage, createStorage } from '../../storage/storage.ts';
import type { Speeds } from './choose-backend.ts';
import type { BaseModel } from './live-models.ts';
import { Starter } from './starter.ts';
import type { Runtime } from './runtime.ts';
import { type Activity, Schedule } from './schedule.ts';

/** When a page is reloaded, its old worker releases the lock a moment after the new one asks for it. */
const LOCK_PATIENCE_MS = 3000;

export class EngineContext {
  readonly runtime: Runtime;
  /** The address of the page, below which `models/` and `sample/` are served. */
  readonly site: URL;
  readonly starter: Starter;
  readonly schedule = new Schedule();
  /** The base model that was opened last. It takes a moment to read a large tokenizer. */
  openedBase: BaseModel | null = null;
  /** How fast card and processor train small models, by card and model (`choose-backend.ts`). */
  readonly stepSpeeds = new Map<string, Speeds>();
  /** Models that are being stored for a bot from a file. The bot itself is stored after them. */
  readonly arrivingModels = new Set<string>();
  private lock: Promise<boolean> | null = null;
  private opened: Promise<Storage> | null = null;
  /** Once something may have been stored, it must not be taken for lost because storage fails for a while. */
  private hasKept = false;
  private notKept: Keeping['notKept'] = null;

  constructor(runtime: Runtime, site: URL) {
    this.runtime = runtime;
    this.site = site;
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
    this.opened ??= this.open();
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

  /** Where the browser keeps nothing, everything is in memory, and the page says so. */
  private async open(): Promise<Storage> {
    try {
      const storage = await createStorage();
      this.hasKept = true;
      return storage;
    } catch (error) {
      const why = toErrorData(error);
      if (this.hasKept || !isWithoutStorage(why)) throw error;
      this.notKept = why;
      return createMemoryStorage();
    }
  }

  /** How safely this engine keeps what is made. Opens the storage. */
  async keeping(): Promise<Keeping> {
    await this.storage();
    const isLocked = await this.lock;
    return { notKept: this.notKept, oneTabAssumed: this.notKept === null && isLocked === false };
  }

  /** Changes the backend. Throws `busy` while a bot trains or writes, `backend-unavailable`. */
  select(preference: BackendPreference): Promise<EngineStatus> {
    return this.schedule.briefly(() => this.runtime.start(preference));
  }

  /** {@link Schedule.exclusive}, after a lost device has been replaced. */
  exclusive<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    return this.schedule.exclusive(activity, () => this.onDevice(work));
  }

  /** {@link Schedule.briefly}, after a lost device has been replaced. */
  briefly<T>(work: () => Promise<T>): Promise<T> {
    return this.schedule.briefly(() => this.onDevice(work));
  }

  /** {@link Schedule.planning}, after a lost device has been replaced. */
  planning<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.schedule.planning(signal, (ofPlan) => this.onDevice(() => work(ofPlan)));
  }

  /**
   * If the device is lost under the work, the work begins again: on a new device, and if that is lost as
   * well, on the processor. What has been lost already ends at its next {@link Runtime.fence}.
   */
  private async onDevice<T>(work: () => Promise<T>): Promise<T> {
    const { runtime } = this;
    for (;;) {
      await runtime.ready();
      try {
        const result = await runtime.guard(work());
        runtime.achieved();
        return result;
      } catch (error) {
        if (!hasCode(error, 'device-lost') || error.data.details.reason === 'replaced') throw error;
      }
    }
  }
}

/** Whether the browser keeps nothing, for as long as this page is open. */
function isWithoutStorage(error: ErrorData): error is NonNullable<Keeping['notKept']> {
  if (error.code !== 'storage-blocked') return error.code === 'storage-quota';
  // An older tab gives the storage back when it is closed, and cleared site data can be stored anew.
  return !['older-tab', 'closed', 'vanished'].includes(error.details.reason);
}

/**
 * Takes the lock and holds it until the worker ends. The browser releases it even if the tab crashes.
 * Resolves to false where the browser has no locks or refuses them.
 */
async function holdLock(): Promise<boolean> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const isHeld = await tryLock();
    if (isHeld !== false) return isHeld ?? false;
    if (performance.now() > deadline) throw mynahError('busy', { reason: 'another-tab' });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Null where there are no locks: old browsers don't have them, and strict settings refuse them. */
function tryLock(): Promise<boolean | null> {
  return new Promise((resolve) => {
    const take = async () => {
      await navigator.locks.request(ENGINE_LOCK, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // A promise that never settles, so the lock is held for as long as the worker lives.
        return lock === null ? undefined : new Promise<never>(() => {});
      });
    };
    take().catch(() => resolve(null));
  });
}
