/** Which weights a run ends with: those that predict held-out tweets best. */

import { hasCode } from '../../core/errors.ts';
import type { MetricPoint } from '../../protocol/training.ts';
import { readCheckpoint } from '../../storage/read-checkpoint.ts';
import type { BestCheckpoint } from '../../storage/run-record.ts';
import { getRun } from '../../storage/runs.ts';
import type { KeptWeights } from '../../storage/write-checkpoint.ts';
import { adapterBase, settleWeights, type StoredValues } from '../../train/mixing.ts';
import type { EngineContext } from '../runtime/context.ts';
import { weightValues } from '../runtime/open-base-model.ts';
import type { Session } from './run-loop.ts';

/**
 * Puts the weights into the live model that the run ends with, and says what they are: of the step with the
 * lowest validation loss, and mixed with the base model's where the recipe does so and held-out tweets gain by
 * it. The trainer can't step afterwards. If what is stored can't be read, the weights stay as they are.
 */
export async function settleRun(
  context: EngineContext,
  { run, recipe, live, trainer }: Session,
  points: readonly MetricPoint[],
  onPart: (done: number, count: number) => void,
): Promise<KeptWeights> {
  const last = points.at(-1);
  const asTrained: KeptWeights = {
    completedSteps: trainer.completedSteps,
    loss: last?.loss ?? null,
    validationLoss: last?.validationLoss ?? null,
    trainedShare: 1,
  };
  const best = await bestSoFar(context, run.id);
  const isBestEarlier =
    best !== null && best.validationLoss < (asTrained.validationLoss ?? Infinity);
  const kept = isBestEarlier ? { ...asTrained, ...ofBest(best, points) } : asTrained;
  const { validationLoss } = kept;
  if (validationLoss === null) return kept;
  try {
    const settled = await settleWeights(context.runtime.ops, trainer, {
      trained: isBestEarlier ? await checkpointValues(context, best.checkpointId) : null,
      base: recipe.mixesWithBase ? await baseValues(context, run.modelId, live) : null,
      validationLoss,
      onPart,
    });
    return { ...kept, validationLoss: settled.validationLoss, trainedShare: settled.share };
  } catch (error) {
    const isLost = hasCode(error, 'not-found', 'stored-data-damaged', 'storage-blocked');
    if (!isLost && !hasCode(error, 'model-corrupt')) throw error;
    return asTrained;
  }
}

/** Null if nothing was kept, or if it is no longer stored. */
async function bestSoFar(context: EngineContext, runId: string): Promise<BestCheckpoint | null> {
  try {
    return (await getRun(await context.storage(), runId))?.best ?? null;
  } catch (error) {
    if (!hasCode(error, 'stored-data-damaged', 'storage-blocked')) throw error;
    return null;
  }
}

function ofBest(
  { completedSteps, validationLoss }: BestCheckpoint,
  points: readonly MetricPoint[],
) {
  const loss = points.find(({ step }) => step === completedSteps)?.loss ?? null;
  return { completedSteps, validationLoss, loss };
}

async function checkpointValues(context: EngineContext, id: string): Promise<StoredValues> {
  const checkpoint = await readCheckpoint(await context.storage(), id);
  return async function* (name) {
    for await (const { buffer } of checkpoint.tensor(name).pieces) yield new Float32Array(buffer);
  };
}

/** Of the model that the run began with: its weights, or those of a new adapter. */
async function baseValues(
  context: EngineContext,
  modelId: string,
  { model }: Session['live'],
): Promise<StoredValues> {
  if (model.adapter !== null) {
    return adapterBase(new Map([...model.trainable].map(([name, { shape }]) => [name, shape])));
  }
  return weightValues(await context.storage(), modelId, model.config);
}
