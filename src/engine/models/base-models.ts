/** Lists, adds and deletes the base models that a bot can be trained from. */

import { openFolder } from '../../bots/open-folder.ts';
import type { ModelFiles } from '../../bots/model-files.ts';
import { modelFilesToStore } from '../../bots/store-model.ts';
import { mynahError } from '../../core/errors.ts';
import { STORED_MODEL_PREFIXES } from '../../domain/identifiers.ts';
import { yieldToMessages } from '../../core/yield.ts';
import { estimateNeeds } from '../../planning/estimate-needs.ts';
import type {
  BaseModelSummary,
  ModelImportFile,
  ModelImportProgress,
  TrainingNeeds,
} from '../../protocol/models.ts';
import { throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import { newId, type Storage } from '../../storage/chunks.ts';
import { deleteModel, listModels, type ModelRecord, writeModel } from '../../storage/models.ts';
import { listRuns } from '../../storage/runs.ts';
import { requireModel } from '../runtime/open-base-model.ts';
import type { EngineContext } from '../runtime/context.ts';
import { configOf, storedSummary } from '../runtime/model-summary.ts';

/**
 * The starter comes first, followed by the added models sorted by name. A stored model whose config
 * can't be read is left out, so that the others are still listed.
 */
export function listBaseModels(context: EngineContext): Handler<'listBaseModels'> {
  return async (_params, { signal }): Promise<readonly BaseModelSummary[]> => {
    const storage = await context.storage();
    const summaries = [await context.starter.summary(storage, signal)];
    for (const record of await listModels(storage)) {
      const { source } = record.origin;
      const isBase = source !== 'starter' && source !== 'bot';
      if (isBase) summaries.push(await storedSummary(storage, record).catch(() => null));
    }
    return summaries.filter((summary) => summary !== null);
  };
}

export function estimateNeedsOf({ runtime }: EngineContext): Handler<'estimateNeeds'> {
  return async ({ models }) => {
    const needs: (TrainingNeeds | null)[] = [];
    for (const model of models) {
      const { memory, isSoftware } = runtime.usual;
      needs.push(await estimateNeeds(configOf(model), memory, isSoftware));
      await yieldToMessages();
    }
    return needs;
  };
}

export function importBaseModel(context: EngineContext): Handler<'importBaseModel'> {
  return async ({ files }, { signal, report }): Promise<BaseModelSummary> => {
    const storage = await context.storage();
    const model = {
      id: `${STORED_MODEL_PREFIXES.files}${newId()}`,
      origin: { source: 'files' },
    } as const;
    const { record } = await storeModel(storage, files, model, signal, report);
    return storedSummary(storage, record);
  };
}

/** Stores a model from files. Throws what opening, checking and writing them throws. */
export async function storeModel(
  storage: Storage,
  dropped: readonly ModelImportFile[],
  { id, origin }: Pick<ModelRecord, 'id' | 'origin'>,
  signal: AbortSignal,
  report: (progress: ModelImportProgress) => void,
): Promise<{ readonly record: ModelRecord; readonly files: ModelFiles }> {
  const progress = throttleProgress(report);
  const at = { file: dropped[0]?.path ?? '', bytesDone: 0, bytesTotal: 0 };
  try {
    progress.report({ phase: 'opening', ...at });
    const { name, files } = await openFolder(dropped);
    progress.report({ phase: 'checking', ...at });
    const kept = await modelFilesToStore(files, {
      signal,
      onProgress: (file, bytesDone, bytesTotal) =>
        progress.report({ phase: 'saving', file, bytesDone, bytesTotal }),
    });
    const model = { id, name: name ?? 'GPT-2', origin };
    return { record: await writeModel(storage, model, kept, { signal }), files };
  } finally {
    progress.flush();
  }
}

export function deleteBaseModel(context: EngineContext): Handler<'deleteBaseModel'> {
  return ({ modelId }) =>
    context.schedule.briefly(async () => {
      const storage = await context.storage();
      const { bots, deletedBots } = await botsOf(storage, modelId);
      if (bots.length + deletedBots.length > 0) {
        throw mynahError('model-needed', { bots, deletedBots });
      }
      await requireModel(storage, modelId);
      // It may be the model that is loaded.
      context.runtime.release();
      await deleteModel(storage, modelId);
      return {};
    });
}

/** The names of the bots that need a stored model, and of deleted ones that can be restored. */
async function botsOf(storage: Storage, modelId: string): Promise<BotsOfModel> {
  const runs = (await listRuns(storage)).filter((run) => run.modelId === modelId);
  const namesOf = (some: typeof runs) => some.map(({ name }) => name);
  return {
    bots: namesOf(runs.filter(({ deletedAt }) => deletedAt === null)),
    deletedBots: namesOf(runs.filter(({ deletedAt }) => deletedAt !== null)),
  };
}

interface BotsOfModel {
  readonly bots: readonly string[];
  readonly deletedBots: readonly string[];
}
