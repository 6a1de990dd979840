/** Plans, starts and stops runs, and continues them from their last checkpoint. */

import { mynahError, throwIfAborted } from '../../core/errors.ts';
import type {
  PlanProgress,
  ResumeParams,
  RunSummary,
  TrainParams,
  TrainProgress,
} from '../../protocol/calls.ts';
import { mergeTrainProgress, throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import { isWeight, readCheckpoint } from '../../storage/checkpoints.ts';
import { newId } from '../../storage/chunks.ts';
import {
  createRun,
  deleteRun,
  getRun,
  type RunRecord,
  runSummary,
  updateRun,
} from '../../storage/runs.ts';
import { ensureSnapshot } from '../../storage/snapshots.ts';
import {
  type AccountDocuments,
  splitAccounts,
  TrainingStream,
  validationBlocks,
} from '../../train/batches.ts';
import { restoreOptimizer } from '../../train/optimizer-state.ts';
import { extendRecipe, type Recipe } from '../../train/recipe.ts';
import { Trainer } from '../../train/trainer.ts';
import type { EngineContext } from '../runtime/context.ts';
import { loadLearned } from '../runtime/live-models.ts';
import type { Preparation } from './prepare.ts';
import { type Report, RunLoop, type Session } from './run-loop.ts';
import { recipeOf, runKey } from '../runtime/stored-run.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import { textsOfDataset, textsOfRun } from '../datasets/texts.ts';
import { versions } from '../runtime/versions.ts';

interface TrainCall {
  stopAs: 'paused' | 'finished' | null;
}

export class Training {
  private readonly context: EngineContext;
  private readonly desk: DatasetDesk;
  private readonly preparation: Preparation;
  /** The `train` call that is running; null if there is none. */
  private current: TrainCall | null = null;

  constructor(context: EngineContext, desk: DatasetDesk, preparation: Preparation) {
    this.context = context;
    this.desk = desk;
    this.preparation = preparation;
  }

  readonly plan: Handler<'planTraining'> = (params, { signal, report }) =>
    this.context.planning(signal, async (ofPlan) => {
      const progress = throttleProgress(report);
      try {
        return (await this.preparation.prepare(params, ofPlan, progress.report)).plan;
      } finally {
        progress.flush();
      }
    });

  readonly stop: Handler<'stopTraining'> = ({ as }) => {
    if (this.current !== null) this.current.stopAs = as;
    return {};
  };

  readonly train: Handler<'train'> = async (params, { signal, report }) => {
    if (this.current !== null) throw mynahError('busy', { reason: 'training' });
    // Set before anything is awaited, because a stop may arrive right after the call.
    const current: TrainCall = { stopAs: null };
    this.current = current;
    const progress = throttleProgress(report, mergeTrainProgress);
    const endWish = () => current.stopAs ?? (signal.aborted ? 'paused' : null);
    const throwIfUnwanted = () => {
      if (endWish() !== null) throw mynahError('cancelled', {});
    };
    try {
      return await this.context.exclusive('training', async (): Promise<RunSummary> => {
        const session =
          'resumeRunId' in params
            ? await this.resume(params, signal, progress.report)
            : await this.begin(params, signal, progress.report, throwIfUnwanted);
        try {
          const run = await new RunLoop(this.context, session, progress.report).run(endWish);
          throwIfAborted(signal);
          return runSummary(run);
        } finally {
          session.trainer.dispose();
        }
      });
    } finally {
      this.current = null;
      progress.flush();
    }
  };

  /** Creates a run. Throws `cancelled` if it is stopped before its first step; then nothing is stored. */
  private async begin(
    params: TrainParams,
    signal: AbortSignal,
    report: Report,
    throwIfUnwanted: () => void,
  ): Promise<Session> {
    const { runtime } = this.context;
    const storage = await this.context.storage();
    const onPhase = ({ phase, loaded }: PlanProgress) =>
      report({ ...before(phase, '', 0, 0), loaded });
    const prepared = await this.preparation.prepare(params, signal, onPhase);
    const { live, modelId, texts, accounts, recipe, plan } = prepared;
    const { dataset } = texts;
    throwIfUnwanted();
    // If the filters change from here on, the run still learns from these texts.
    const snapshotId = dataset.contentHash;
    await ensureSnapshot(storage, snapshotId, texts.accounts, { signal });
    const { backend, adapter } = runtime.status;
    const run = await createRun(storage, {
      id: newId(),
      name: dataset.name,
      status: 'running',
      baseModelId: params.baseModelId,
      datasetId: params.datasetId,
      dataset,
      completedSteps: 0,
      totalSteps: recipe.totalSteps,
      points: [],
      samples: [],
      backend,
      adapter,
      tokensPerSecond: plan.tokensPerSecond,
      seed: recipe.seed,
      plan,
      createdAt: Date.now(),
      modelId,
      recipe,
      versions,
      snapshotId,
    });
    try {
      throwIfUnwanted();
      // Training changes the weights, so they are no longer those that the old key stands for.
      const renamed = runtime.keep({ ...live, key: runKey(run.id, null) });
      return { run, recipe, live: renamed, trainer: this.trainer(renamed, recipe, accounts) };
    } catch (error) {
      // The run has learned nothing, so nothing of it is kept.
      await deleteRun(storage, run.id);
      throw error;
    }
  }

  /**
   * Loads an unfinished run, or a finished one that is to be trained for more epochs. Throws `not-found`
   * if the run, its texts or its weights are gone, `stored-data-damaged`, and `dataset-too-small` if too
   * little is kept of the dataset that it is to be trained on from now on.
   */
  private async resume(
    { resumeRunId: runId, moreEpochs, withNewTweets = false }: ResumeParams,
    signal: AbortSignal,
    report: Report,
  ): Promise<Session> {
    const storage = await this.context.storage();
    const stored = await getRun(storage, runId);
    if (stored === null) throw mynahError('not-found', { what: 'run', id: runId });
    const { completedSteps, totalSteps, modelId } = stored;
    report(before('loading-model', runId, completedSteps, totalSteps));
    const { checkpointId } = stored;
    const key = runKey(runId, null);
    const live = await loadLearned(this.context, stored, checkpointId, signal, key);
    report(before('tokenizing', runId, completedSteps, totalSteps));
    const hasNewTexts = withNewTweets && moreEpochs !== undefined;
    const texts = hasNewTexts
      ? await textsOfDataset(this.desk, stored.datasetId)
      : await textsOfRun(this.context, stored);
    const accounts = await this.preparation.tokenize(texts, modelId, live.tokenizer, signal);
    const isFresh = stored.checkpointId === null;
    const learnsOn = moreEpochs === undefined ? null : { epochs: moreEpochs, hasNewTexts };
    const recipe = this.recipeFor(stored, learnsOn, isFresh ? 0 : completedSteps, live, accounts);
    const trainer = this.trainer(live, recipe, accounts);
    try {
      await this.restoreMoments(stored, trainer);
      const { dataset } = texts;
      const snapshotId = dataset.contentHash;
      if (hasNewTexts) await ensureSnapshot(storage, snapshotId, texts.accounts, { signal });
      const run = await updateRun(storage, runId, {
        status: 'running',
        versions,
        recipe,
        totalSteps: recipe.totalSteps,
        ...(hasNewTexts ? { dataset, snapshotId } : {}),
        ...(isFresh ? { points: [], samples: [] } : {}),
      });
      return { run, recipe, live, trainer };
    } catch (error) {
      trainer.dispose();
      throw error;
    }
  }

  private async restoreMoments(run: RunRecord, trainer: Trainer): Promise<void> {
    if (run.checkpointId === null) return;
    const checkpoint = await readCheckpoint(await this.context.storage(), run.checkpointId);
    const { completedSteps } = checkpoint.manifest;
    const moments = checkpoint.tensors((name) => !isWeight(name));
    await restoreOptimizer(trainer, completedSteps, moments, run.checkpointId);
  }

  /** The stored recipe, extended if more epochs are asked for. */
  private recipeFor(
    run: RunRecord,
    learnsOn: { readonly epochs: number; readonly hasNewTexts: boolean } | null,
    completedSteps: number,
    { tokenizer }: LiveModel,
    accounts: readonly AccountDocuments[],
  ): Recipe {
    const recipe = recipeOf(run);
    if (learnsOn === null) return recipe;
    const { training } = splitAccounts(accounts, recipe.validationShare, recipe.seed);
    const { epochTokens } = new TrainingStream(training, tokenizer.endOfTextId, recipe.seed);
    const { epochs, hasNewTexts } = learnsOn;
    return extendRecipe(recipe, completedSteps, epochs, epochTokens, hasNewTexts);
  }

  private trainer(live: LiveModel, recipe: Recipe, accounts: readonly AccountDocuments[]): Trainer {
    const { blockLength, seed, validationBlocks: maxBlocks } = recipe;
    const { training, validation } = splitAccounts(accounts, recipe.validationShare, seed);
    const { endOfTextId } = live.tokenizer;
    const heldOut = validationBlocks(validation, endOfTextId, blockLength, maxBlocks);
    const stream = new TrainingStream(training, endOfTextId, recipe.seed);
    return new Trainer(this.context.runtime.ops, live.model, recipe, stream, heldOut);
  }
}

/** The progress of a run before its first step. */
function before(
  phase: TrainProgress['phase'],
  runId: string,
  completedSteps: number,
  totalSteps: number,
): TrainProgress {
  return {
    runId,
    phase,
    completedSteps,
    totalSteps,
    points: [],
    tokensPerSecond: 0,
    secondsLeft: null,
    sample: null,
  };
}
