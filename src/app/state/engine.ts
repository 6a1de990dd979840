/** Whether the engine runs, on what, and what to do when it doesn't. */
import { computed, signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import type {
  BackendWish,
  Calls,
  EngineStatus,
  Method,
  StorageInfo,
} from '../../protocol/calls.ts';
import type { CallOptions } from '../../protocol/client.ts';
import { callEngine, dropEngine, onEngineLost } from '../engine-client.ts';
import { backendWish } from './settings.ts';

export type EnginePhase =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  /** The wished backend isn't there; tweets and bots can still be looked at. */
  | { readonly kind: 'unavailable'; readonly error: ErrorData }
  /** Another tab of this origin has the engine. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'lost'; readonly error: ErrorData };

export const enginePhase = signal<EnginePhase>({ kind: 'starting' });
export const engineStatus = signal<EngineStatus | null>(null);
export const storageInfo = signal<StorageInfo | null>(null);
export const isEngineReady = computed(() => enginePhase.value.kind === 'ready');

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

/** Resolves to whether the engine can be asked for stored data now. */
export async function startEngine(): Promise<boolean> {
  enginePhase.value = { kind: 'starting' };
  try {
    engineStatus.value = await call('start', { backend: backendWish.value });
    enginePhase.value = { kind: 'ready' };
    return true;
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (error.code === 'webgpu-unavailable') {
      enginePhase.value = { kind: 'unavailable', error };
      return true;
    }
    // `call` has noted the ones that end the engine; anything else ends its start as well.
    if (enginePhase.value.kind === 'starting') enginePhase.value = { kind: 'lost', error };
    return false;
  }
}

/** Moves the engine to another backend, or says why it can't. */
export async function chooseBackend(wish: BackendWish): Promise<void> {
  backendWish.value = wish;
  await startEngine();
}

export function endEngine(): void {
  dropEngine();
  engineStatus.value = null;
}

/** Usage is a courtesy in the footer: where the browser won't tell, it isn't shown. */
export async function refreshStorage(): Promise<void> {
  storageInfo.value = await call('storageInfo', {}).catch(() => null);
}
