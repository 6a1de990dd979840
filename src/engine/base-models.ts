/** The base models a bot can be trained from: listed, added, deleted. */

import { mynahError } from '../core/errors.ts';
import type { BaseModelSummary } from '../protocol/calls.ts';
import type { Handler } from '../protocol/serve.ts';
import type { Storage } from '../storage/chunks.ts';
import { deleteModel, listModels } from '../storage/models.ts';
import { listRuns } from '../storage/runs.ts';
import { requireModel } from './base-model.ts';
import type { EngineContext } from './context.ts';
import { storedSummary } from './model-summary.ts';
import { neededModel } from './run-state.ts';

/**
 * The starter first, then what was added, by name. A stored model whose config can't be read is left
 * out, so that it can't hide all the others.
 */
export function listBaseModels(context: EngineContext): Handler<'listBaseModels'> {
  return async (_params, { signal }): Promise<readonly BaseModelSummary[]> => {
    const storage = await context.storage();
    const summaries = [await context.starter.summary(storage, signal)];
    for (const record of await listModels(storage)) {
      const isStarter = (record.origin?.source ?? 'starter') === 'starter';
      if (!isStarter) summaries.push(await storedSummary(storage, record).catch(() => null));
    }
    return summaries.filter((summary) => summary !== null);
  };
}

export function importBaseModel(_context: EngineContext): Handler<'importBaseModel'> {
  return () => {
    throw mynahError('internal', { message: 'adding models is being built' });
  };
}

export function deleteBaseModel(context: EngineContext): Handler<'deleteBaseModel'> {
  return ({ modelId }) =>
    context.exclusive('loading', async () => {
      const storage = await context.storage();
      const bots = await botsOf(storage, modelId);
      if (bots.length > 0) throw mynahError('model-needed', { bots });
      await requireModel(storage, modelId);
      // It may be the one that is loaded.
      context.runtime.release();
      await deleteModel(storage, modelId);
      return {};
    });
}

/** Names of the bots that were trained from a stored model. */
async function botsOf(storage: Storage, modelId: string): Promise<readonly string[]> {
  const runs = await listRuns(storage);
  return runs.filter(({ state }) => neededModel(state) === modelId).map(({ name }) => name);
}
