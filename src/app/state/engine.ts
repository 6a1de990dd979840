/** Whether the engine runs, on what, and what to do when it doesn't. */
import { computed, signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import { ENGINE_LOCK } from '../../domain/identifiers.ts';
import type { Calls, Method } from '../../protocol/calls.ts';
import type { EngineStatus, Keeping, StorageInfo } from '../../protocol/engine.ts';
import type { CallOptions } from '../../protocol/client.ts';
import { describeCompute, hasCardFailed } from '../training/describe-compute.ts';
import { announce } from './announce.ts';
import { callEngine, dropEngine, onEngineLost } from '../engine-client.ts';
import { backendPreference } from './settings.ts';

export type EnginePhase =
  /** Waiting: another tab has had the engine until now, so this one may not get it. */
  | { readonly kind: 'starting'; readonly isWaiting: boolean }
  | { readonly kind: 'ready' }
  /** The requested backend isn't there or not free; tweets and bots can still be looked at. */
  | { readonly kind: 'unavailable'; readonly error: ErrorData }
  /** Another tab of this origin has the engine. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'lost'; readonly error: ErrorData };

export const enginePhase = signal<EnginePhase>({ kind: 'starting', isWaiting: false });
export const engineStatus = signal<EngineStatus | null>(null);
/**
 * What computes, as a key: what was measured or estimated on it holds for nothing else. It stays the same while the
 * processor takes a card's place for one model.
 */
export const computer = computed(() => {
  const status = engineStatus.value;
  if (status === null) return '';
  const { backend, adapter, standsInFor } = status;
  return standsInFor === null ? `${backend} ${adapter}` : `webgpu ${standsInFor}`;
});
export const keeping = signal<Keeping>({ notKept: null, oneTabAssumed: false });
export const storageInfo = signal<StorageInfo | null>(null);
/** Whether it can compute: train, write, estimate. */
export const isEngineReady = computed(() => enginePhase.value.kind === 'ready');
/** Whether it can be asked for what is stored. What is asked while it starts waits for it. */
export const canAskEngine = computed(() => {
  const { kind } = enginePhase.value;
  return kind !== 'lost' && kind !== 'elsewhere';
});

/** A reloaded page's old engine is gone within a moment: that is no other tab. */
const OTHER_TAB_DELAY_MS = 400;

onEngineLost(({ data }) => {
  enginePhase.value = { kind: 'lost', error: data };
});

/** Every call goes through here, so that what ends the engine for all is noticed wherever it shows. */
export async function call<M extends Method>(
  method: M,
  params: Calls[M]['params'],
  options?: CallOptions<M>,
): Promise<Calls[M]['result']> {
  try {
    return await callEngine(method, params, options);
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (error.code === 'worker-lost' || error.code === 'device-lost') {
      enginePhase.value = { kind: 'lost', error };
    } else if (error.code === 'busy' && error.details.reason === 'another-tab') {
      enginePhase.value = { kind: 'elsewhere' };
    }
    throw thrown;
  }
}

/**
 * The error to show where it happened; null where there is nothing to say there: the user's own
 * cancel, and what ends the engine for the whole page, which says so at its top.
 */
export function localError(thrown: unknown): ErrorData | null {
  const error = toErrorData(thrown);
  const { kind } = enginePhase.value;
  const isSaidElsewhere = kind === 'lost' || kind === 'elsewhere';
  return error.code === 'cancelled' || isSaidElsewhere ? null : error;
}

let lastStart = 0;

/** Resolves to whether the engine can be asked for stored data now. */
export async function startEngine(): Promise<boolean> {
  lastStart += 1;
  const thisStart = lastStart;
  const wasElsewhere = enginePhase.value.kind === 'elsewhere';
  enginePhase.value = { kind: 'starting', isWaiting: wasElsewhere };
  try {
    const { notKept, oneTabAssumed, ...status } = await call('start', {
      backend: backendPreference.value,
    });
    // A newer request has been made meanwhile; its own start says how that went.
    if (thisStart !== lastStart) return false;
    engineStatus.value = status;
    keeping.value = { notKept, oneTabAssumed };
    enginePhase.value = { kind: 'ready' };
    void followStatus();
    return true;
  } catch (thrown) {
    if (thisStart !== lastStart) return false;
    const error = toErrorData(thrown);
    if (error.code === 'backend-unavailable' || isAtWork(error)) {
      enginePhase.value = { kind: 'unavailable', error };
      return true;
    }
    // `call` has noted the ones that end the engine; anything else ends its start as well.
    if (enginePhase.value.kind === 'starting') enginePhase.value = { kind: 'lost', error };
    return false;
  }
}

let isFollowing = false;

/** What computes changes by itself if a graphics card is lost. */
async function followStatus(): Promise<void> {
  if (isFollowing) return;
  isFollowing = true;
  try {
    await call(
      'watchStatus',
      {},
      {
        onProgress: (status) => {
          engineStatus.value = status;
          if (hasCardFailed(status)) announce(describeCompute(status));
        },
      },
    );
  } catch {
    // The engine has ended, which is said where that is noticed.
  } finally {
    isFollowing = false;
  }
}

function isAtWork(error: ErrorData): boolean {
  return error.code === 'busy' && error.details.reason !== 'another-tab';
}

/**
 * Notices that another tab has the engine, seconds before this page's own gives up waiting for it.
 * To be called before that one starts, so that the lock can't be its own.
 */
export async function watchForOtherTab(): Promise<void> {
  const before = await lockHolder();
  if (before === null) return;
  await new Promise((resolve) => setTimeout(resolve, OTHER_TAB_DELAY_MS));
  if ((await lockHolder()) !== before || enginePhase.value.kind !== 'starting') return;
  enginePhase.value = { kind: 'starting', isWaiting: true };
}

async function lockHolder(): Promise<string | null> {
  try {
    const { held = [] } = await navigator.locks.query();
    return held.find(({ name }) => name === ENGINE_LOCK)?.clientId ?? null;
  } catch {
    // Where locks can't be looked at, the engine's own answer comes a little later.
    return null;
  }
}

export function endEngine(): void {
  dropEngine();
  engineStatus.value = null;
}

/** Usage is a courtesy in the footer: where the browser won't tell, it isn't shown. */
export async function refreshStorage(): Promise<void> {
  storageInfo.value = await call('storageInfo', {}).catch(() => null);
}
