/** What is still in memory of a bot in training is stored again after its site's data were cleared. */

import { hasCode } from '../../core/errors.ts';
import { createRun, getRun } from '../../storage/runs.ts';
import { ensureSnapshot } from '../../storage/snapshots.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { Session } from './run-loop.ts';

/** A browser that clears a site's data tells its pages a moment later. */
const LOOKS = 5;
const LOOK_EVERY_MS = 200;

/** Whether the run is no longer stored. Throws what reading it throws, if that doesn't pass. */
export async function isGone(context: EngineContext, runId: string): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    try {
      return (await getRun(await context.storage(), runId)) === null;
    } catch (error) {
      if (look === LOOKS || !hasCode(error, 'storage-blocked')) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

/**
 * Stores the run again with its texts and its tweets, but without a checkpoint. A starter model that is gone
 * is fetched when it is next needed.
 */
export async function storeAnew(
  context: EngineContext,
  desk: DatasetDesk,
  { run, texts }: Session,
): Promise<void> {
  const storage = await context.storage();
  await desk.storeAnew(run.datasetId);
  if (run.snapshotId !== null) await ensureSnapshot(storage, run.snapshotId, texts.accounts);
  const { checkpointId: _checkpointId, checkpointBytes: _bytes, updatedAt: _at, ...record } = run;
  await createRun(storage, { ...record, best: null, history: [], writesWith: null });
}
