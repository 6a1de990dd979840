/** From nothing to a page that shows what is stored; again after the engine was lost. */
import { signal } from '@preact/signals';
import { toErrorData } from '../../core/errors.ts';
import { refreshDatasets } from './datasets.ts';
import { endEngine, enginePhase, refreshStorage, startEngine } from './engine.ts';
import { refreshRuns, selectedRun, selectRun } from './runs.ts';

/** False until the stored tweets and bots are known. */
export const isLoaded = signal(false);

export async function boot(): Promise<void> {
  if (!(await startEngine())) return;
  try {
    await Promise.all([refreshDatasets(), refreshRuns()]);
    const run = selectedRun.value;
    if (run !== null) selectRun(run);
    isLoaded.value = true;
  } catch (thrown) {
    const { kind } = enginePhase.value;
    if (kind === 'ready' || kind === 'unavailable') {
      enginePhase.value = { kind: 'lost', error: toErrorData(thrown) };
    }
    return;
  }
  await refreshStorage();
}

export async function restartEngine(): Promise<void> {
  endEngine();
  await boot();
}
