/** The page's one connection to the engine, which runs in a worker and can be started again. */
import workerUrl from '../../workers/engine.worker.ts?worker&url';
import { type MynahError, mynahError } from '../core/errors.ts';
import type { Calls, Method } from '../protocol/calls.ts';
import { type CallOptions, type Client, connect } from '../protocol/client.ts';
import { scriptUrl } from './trusted-urls.ts';

let client: Client | null = null;
let tellLost: (error: MynahError) => void = () => undefined;

/** Who hears of an engine that died, even when no call was waiting for it. */
export function onEngineLost(listener: (error: MynahError) => void): void {
  tellLost = listener;
}

function spawn(): Client {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'mynah-engine' });
  const spawned = connect(worker);
  void spawned.lost.then((error) => {
    // One that was thrown away on purpose is no loss.
    if (client === spawned) tellLost(error);
  });
  return spawned;
}

/** Calls the engine, starting it first where it isn't running. Rejects with `MynahError` only. */
export async function callEngine<M extends Method>(
  method: M,
  params: Calls[M]['params'],
  options?: CallOptions<M>,
): Promise<Calls[M]['result']> {
  try {
    client ??= spawn();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw mynahError('worker-lost', { reason: 'not-loaded', detail }, error);
  }
  return client.call(method, params, options);
}

/** Throws the worker away; the next call starts a fresh one. */
export function dropEngine(): void {
  const dropped = client;
  client = null;
  dropped?.terminate();
}
