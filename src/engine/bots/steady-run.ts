/** Reading what a run has learned, which a training of it may replace meanwhile. */

import { hasCode, mynahError } from '../../core/errors.ts';
import type { Storage } from '../../storage/chunks.ts';
import { getRun, type RunRecord } from '../../storage/runs.ts';

/**
 * Gives a stored run to `work`. Throws `not-found` when there is none; `busy` where
 * `work` could not read what it needs and a training has saved since: that is gone then, not damaged.
 * Else what `work` throws.
 */
export async function withSteadyRun<T>(
  storage: Storage,
  runId: string,
  work: (run: RunRecord) => Promise<T>,
): Promise<T> {
  const run = await getRun(storage, runId);
  if (run === null) throw mynahError('not-found', { what: 'run', id: runId });
  try {
    return await work(run);
  } catch (error) {
    if (!hasCode(error, 'stored-data-damaged', 'not-found')) throw error;
    const now = await getRun(storage, runId);
    if (now === null || now.checkpointId === run.checkpointId) throw error;
    throw mynahError('busy', { reason: 'training' }, error);
  }
}
