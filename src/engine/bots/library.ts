/** The library of bots: lists, edits, copies, deletes and restores them. */

import { hasCode } from '../../core/errors.ts';
import type { Handlers } from '../../protocol/serve.ts';
import type { Storage } from '../../storage/chunks.ts';
import { deleteVersion } from '../../storage/needed-checkpoints.ts';
import { copyCheckpoint, copyRun } from '../../storage/copy-run.ts';
import { deleteModel, listModels } from '../../storage/models.ts';
import { deleteRun, editRun, listRuns } from '../../storage/runs.ts';
import { runSummary } from '../../storage/run-summary.ts';
import type { EngineContext } from '../runtime/context.ts';
import { withSteadyRun } from './steady-run.ts';

type LibraryMethod =
  | 'listRuns'
  | 'editRun'
  | 'duplicateRun'
  | 'botOfCheckpoint'
  | 'deleteVersion'
  | 'deleteRun'
  | 'restoreRun';

export function libraryHandlers(context: EngineContext): Pick<Handlers, LibraryMethod> {
  return {
    listRuns: async () => {
      const runs = await listRuns(await context.storage());
      return runs.filter(({ deletedAt }) => deletedAt === null).map(runSummary);
    },
    editRun: async ({ runId, ...edit }) =>
      runSummary(await editRun(await context.storage(), runId, edit)),
    duplicateRun: async ({ runId, name }, { signal }) => {
      const storage = await context.storage();
      const copy = () => copyRun(storage, runId, name, { signal });
      return runSummary(await withSteadyRun(storage, runId, copy));
    },
    botOfCheckpoint: async ({ runId, checkpointId, name, notes }, { signal }) => {
      const storage = await context.storage();
      return runSummary(
        await withSteadyRun(storage, runId, (run) =>
          copyCheckpoint(storage, run, checkpointId, { name, notes }, { signal }),
        ),
      );
    },
    deleteVersion: async ({ runId, number }) =>
      runSummary(await deleteVersion(await context.storage(), runId, number)),
    deleteRun: async ({ runId, canRestore }) => {
      const storage = await context.storage();
      const isHidden = canRestore && (await hide(storage, runId));
      if (!isHidden) await deleteRun(storage, runId);
      await deleteModelsOfGoneBots(context);
      return { canRestore: isHidden };
    },
    restoreRun: async ({ runId }) =>
      runSummary(await editRun(await context.storage(), runId, { deletedAt: null })),
  };
}

/** Marks a bot as deleted. False if the disk is too full to write that down. */
async function hide(storage: Storage, runId: string): Promise<boolean> {
  try {
    await editRun(storage, runId, { deletedAt: Date.now() });
    return true;
  } catch (error) {
    if (!hasCode(error, 'storage-quota')) throw error;
    return false;
  }
}

/** Deletes the models of bots from files once neither the bot nor a copy of it needs them. */
export async function deleteModelsOfGoneBots(context: EngineContext): Promise<void> {
  const storage = await context.storage();
  const models = await listModels(storage);
  // The models being imported are read before the runs: if an import ends in between, its run is listed.
  const needed = new Set(context.arrivingModels);
  for (const { modelId } of await listRuns(storage)) needed.add(modelId);
  for (const { id, origin } of models) {
    if (origin.source === 'bot' && !needed.has(id)) await deleteModel(storage, id);
  }
}
