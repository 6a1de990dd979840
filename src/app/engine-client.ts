/** The page's one connection to the engine, which runs in a worker and can be started again. */
import workerUrl from '../../workers/engine.worker.ts?worker&url';
import { type MynahError, mynahError } from '../core/errors.ts';
import type { Calls, Method } from '../protocol/calls.ts';
import { type CallOptions, type Client, connect } from '../protocol/client.ts';
import { workerUrl as trustedUrl } from './trusted-urls.ts';

let client: Promise<Client> | null = null;
let tellLost: (error: MynahError) => void = () => undefined;

/** Who hears of an engine that died, even when no call was waiting for it. */
export function onEngineLost(listener: (error: MynahError) => void): void {
  tellLost = listener;
}

async function spawn(): Promise<Client> {
  const url = await trustedUrl(workerUrl);
  return connect(new Worker(url, { type: 'module', name: 'mynah-engine' }));
}

/** Tells when the engine is lost, unless it was dropped on purpose. */
async function watch(spawning: Promise<Client>): Promise<void> {
  const error = await (await spawning).lost;
  if (client === spawning) tellLost(error);
}

/** Calls the engine, starting it first where it isn't running. Rejects with `MynahError` only. */
export async function callEngine<M extends Method>(
  method: M,
  params: Calls[M]['params'],
  options?: CallOptions<M>,
): Promise<Calls[M]['result']> {
  if (client === null) {
    client = spawn();
    watch(client).catch(() => undefined);
  }
  const spawning = client;
  let spawned: Client;
  try {
    spawned = await spawning;
  } catch (error) {
    // By now another one may have been spawned.
    if (client === spawning) client = null;
    const detail = error instanceof Error ? error.message : String(error);
    throw mynahError('worker-lost', { reason: 'not-loaded', detail }, error);
  }
  return spawned.call(method, params, options);
}

/** Throws the worker away; the next call starts a fresh one. */
export function dropEngine(): void {
  const dropped = client;
  client = null;
  dropped?.then((engine) => engine.terminate()).catch(() => undefined);
}
