/** Loads a run that is to be continued from its last checkpoint. */

import { mynahError, throwIfAborted } from '../../core/errors.ts';
import { compileKernels } from '../../planning/compile-kernels.ts';
import type { PlanProgress, ResumeParams } from '../../protocol/training.ts';
import { isWeight } from '../../storage/checkpoint-manifest.ts';
import { readCheckpoint } from '../../storage/read-checkpoint.ts';
import { writingWeights } from '../../storage/run-summary.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { getRun, updateRun } from '../../storage/runs.ts';
import { ensureSnapshot } from '../../storage/snapshots.ts';
import { restoreOptimizer } from '../../train/optimizer-state.ts';
import { extendRecipe, tokensPerStep, validationShare } from '../../train/recipe.ts';
import { splitTexts } from '../../train/split-texts.ts';
import { Trainer } from '../../train/trainer.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import { documentsOf, type TokenCache, textsOfDataset, textsOfRun } from '../datasets/texts.ts';
import { chooseBackend } from '../runtime/choose-backend.ts';
import type { EngineContext } from '../runtime/context.ts';
import { loadLearned, openBase } from '../runtime/live-models.ts';
import { runKey } from '../runtime/stored-run.ts';
import { versions } from '../runtime/versions.ts';
import { useShapesOf } from '../runtime/tune.ts';
import { checkDevice } from './check-device.ts';
import { beforeFirstStep, type Report, type Session } from './run-loop.ts';
import { dataOf } from './training-data.ts';

/**
 * Loads an unfinished run, or a finished one that is to be trained for more epochs. Throws `not-found`
 * if the run, its texts or its weights are gone, `stored-data-damaged`, and `dataset-too-small` if too
 * little is kept of the dataset that it is to be trained on from now on.
 */
export async function resumeRun(
  context: EngineContext,
  desk: DatasetDesk,
  tokens: TokenCache,
  { resumeRunId: runId, moreEpochs, withNewTweets = false }: ResumeParams,
  signal: AbortSignal,
  report: Report,
): Promise<Session> {
  const storage = await context.storage();
  const stored = await getRun(storage, runId);
  if (stored === null) throw mynahError('not-found', { what: 'run', id: runId });
  const { completedSteps, totalSteps, modelId, checkpointId } = stored;
  report(beforeFirstStep('loading-model', runId, completedSteps, totalSteps));
  const onPhase = ({ phase, part }: PlanProgress) =>
    report({ ...beforeFirstStep(phase, runId, completedSteps, totalSteps), part });
  const { runtime } = context;
  if (runtime.hasChoice) {
    const base = await openBase(context, modelId, signal);
    const steps = { ...stored.recipe, tokensPerStep: tokensPerStep(stored.recipe) };
    await chooseBackend(context, base, steps, signal, onPhase);
  }
  const learnsOn = beginsAnew(stored, moreEpochs);
  // A bot that was made of a checkpoint's weights goes on from them; a checkpoint with all it needs goes first.
  const lastId = checkpointId ?? stored.history.at(-1)?.checkpointId ?? null;
  const weightsId = learnsOn ? (writingWeights(stored)?.checkpointId ?? null) : lastId;
  const live = await loadLearned(context, stored, weightsId, signal, runKey(runId, null));
  report(beforeFirstStep('tokenizing', runId, completedSteps, totalSteps));
  const hasNewTexts = withNewTweets && moreEpochs !== undefined;
  const texts = hasNewTexts
    ? await textsOfDataset(desk, stored.datasetId)
    : await textsOfRun(context, stored);
  const accounts = await tokens.of(texts, modelId, live.tokenizer, signal);
  const documents = accounts.reduce((sum, account) => sum + account.documents.length, 0);
  const share = Math.min(stored.recipe.validationShare, validationShare(documents));
  const before = hasNewTexts ? { ...stored.recipe, validationShare: share } : stored.recipe;
  const data = dataOf(accounts, live.tokenizer, before);
  const { epochTokens } = data.stream;
  const trained = checkpointId === null ? 0 : completedSteps;
  const recipe =
    moreEpochs === undefined
      ? before
      : extendRecipe(before, trained, moreEpochs, epochTokens, hasNewTexts);
  useShapesOf(runtime, stored);
  await compileKernels(runtime.ops, live.model.config, recipe, (done, count) =>
    onPhase({ phase: 'compiling', part: { done, count } }),
  );
  await checkDevice(runtime, live, recipe, onPhase, () => throwIfAborted(signal));
  const trainer = new Trainer(runtime.ops, live.model, recipe, data);
  try {
    if (checkpointId !== null && !learnsOn) {
      const { manifest, tensors } = await readCheckpoint(storage, checkpointId);
      const moments = tensors((name) => !isWeight(name));
      await restoreOptimizer(trainer, manifest.completedSteps, moments, checkpointId);
    }
    const { dataset } = texts;
    const snapshotId = dataset.contentHash;
    if (hasNewTexts) await ensureSnapshot(storage, snapshotId, texts.accounts, { signal });
    const run = await updateRun(storage, runId, {
      status: 'running',
      outcome: null,
      versions,
      recipe,
      totalSteps: recipe.totalSteps,
      ...(hasNewTexts ? { dataset, snapshotId } : {}),
      ...(checkpointId === null ? { points: [], samples: [] } : {}),
    });
    const learned = splitTexts(documentsOf(texts.accounts), accounts, before).training;
    return { run, recipe, live, trainer, data, texts, learned };
  } catch (error) {
    trainer.dispose();
    throw error;
  }
}

/**
 * Whether a run begins to learn on, or has begun to and has not saved a step yet. It then starts from the
 * weights that the bot writes with, which may be mixed ones or those of an earlier step, and with new moments:
 * the learning rate rises once more.
 */
function beginsAnew(
  { completedSteps, recipe }: RunRecord,
  moreEpochs: number | undefined,
): boolean {
  return moreEpochs !== undefined || (recipe.startStep > 0 && completedSteps === recipe.startStep);
}
