/** Reads what a run has learned, while a training may be replacing it. */

import { hasCode, mynahError } from '../../core/errors.ts';
import type { Storage } from '../../storage/chunks.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { getRun } from '../../storage/runs.ts';

/**
 * Calls `work` with a stored run. Throws `not-found` if there is no such run. Throws `busy` if `work`
 * can't read something because a training has replaced it in the meantime, so that it is neither lost
 * nor damaged. Otherwise throws what `work` throws.
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
