/** Starts and stops runs. */

import { mynahError, throwIfAborted, toErrorData } from '../../core/errors.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { PlanProgress, ResumeParams, TrainParams } from '../../protocol/training.ts';
import { mergeTrainProgress, throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import { newId } from '../../storage/chunks.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { createRun, deleteRun, updateRun } from '../../storage/runs.ts';
import { runSummary } from '../../storage/run-summary.ts';
import { ensureSnapshot } from '../../storage/snapshots.ts';
import { Trainer } from '../../train/trainer.ts';
import { nextTrial, planTrials } from '../../train/trials.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import type { TokenCache } from '../datasets/texts.ts';
import type { EngineContext } from '../runtime/context.ts';
import { baseOf, requireModel } from '../runtime/open-base-model.ts';
import { runKey } from '../runtime/stored-run.ts';
import { versions } from '../runtime/versions.ts';
import { checkDevice } from './check-device.ts';
import { RunPlanner } from './plan-run.ts';
import { resumeRun } from './resume-run.ts';
import { tryRates } from './try-rates.ts';
import { beforeFirstStep, type Report, RunLoop, type Session } from './run-loop.ts';

/** The speed of a training of fewer steps isn't kept, because it says little. */
const MIN_STEPS_FOR_SPEED = 20;

interface TrainCall {
  /** Null until the first step. */
  loop: RunLoop | null;
  stopAs: 'paused' | 'finished' | null;
  /** The share of the time in which it is to rest. */
  restShare: number;
  /** Aborted when it is to end in any way. */
  readonly ending: AbortController;
}

export class Training {
  private readonly context: EngineContext;
  private readonly desk: DatasetDesk;
  private readonly tokens: TokenCache;
  private readonly planner: RunPlanner;
  /** The `train` call that is running; null if there is none. */
  private current: TrainCall | null = null;

  constructor(context: EngineContext, desk: DatasetDesk, tokens: TokenCache) {
    this.context = context;
    this.desk = desk;
    this.tokens = tokens;
    this.planner = new RunPlanner(context, desk, tokens);
  }

  readonly plan: Handler<'planTraining'> = (params, { signal, report }) =>
    this.context.planning(signal, async (ofPlan) => {
      const progress = throttleProgress(report);
      try {
        return (await this.planner.plan(params, ofPlan, progress.report)).plan;
      } finally {
        progress.flush();
      }
    });

  readonly stop: Handler<'stopTraining'> = ({ as }) => {
    if (this.current !== null) {
      this.current.stopAs = as;
      this.current.ending.abort();
    }
    return {};
  };

  readonly saveSoon: Handler<'saveSoon'> = () => {
    this.current?.loop?.saveSoon();
    return {};
  };

  readonly restBetweenSteps: Handler<'restBetweenSteps'> = ({ share }) => {
    if (this.current !== null) this.current.restShare = share;
    return {};
  };

  readonly train: Handler<'train'> = async (params, { signal, report }) => {
    if (this.current !== null) throw mynahError('busy', { reason: 'training' });
    // Set before anything is awaited, because a stop may arrive right after the call.
    const current: TrainCall = {
      ...{ stopAs: null, restShare: 0, loop: null },
      ending: new AbortController(),
    };
    this.current = current;
    signal.addEventListener('abort', () => current.ending.abort());
    const progress = throttleProgress(report, mergeTrainProgress);
    const endWish = () => current.stopAs ?? (signal.aborted ? 'paused' : null);
    const throwIfUnwanted = () => {
      if (endWish() !== null) throw mynahError('cancelled', {});
    };
    try {
      let next: TrainParams | ResumeParams = params;
      return await this.context.exclusive('training', async (): Promise<RunSummary> => {
        // On a device that was lost, the loop may never end. What it had read is still being written.
        await current.loop?.idle();
        const resume = (resumed: ResumeParams) =>
          resumeRun(this.context, this.desk, this.tokens, resumed, signal, progress.report);
        let session =
          'resumeRunId' in next
            ? await resume(next)
            : await this.begin(next, current.ending.signal, progress.report, throwIfUnwanted);
        // If the device is lost, this run goes on from its last checkpoint.
        next = { resumeRunId: session.run.id };
        try {
          if (hasTrialsLeft(session.run)) {
            session.trainer.dispose();
            const wish = { as: endWish, signal: current.ending.signal };
            const run = await tryRates(this.context, session, wish, progress.report);
            if (endWish() === 'paused') return runSummary(await this.pause(run));
            session = await resume(next);
          }
          current.loop = new RunLoop(this.context, this.desk, session, progress.report);
          const run = await current.loop.run({
            as: endWish,
            signal: current.ending.signal,
            restShare: () => current.restShare,
          });
          await this.noteSpeedOf(session, run);
          throwIfAborted(signal);
          return runSummary(run);
        } catch (error) {
          await current.loop?.idle();
          await this.noteFailure(session.run.id, error);
          throw error;
        } finally {
          session.trainer.dispose();
        }
      });
    } finally {
      this.current = null;
      progress.flush();
    }
  };

  private async pause({ id }: RunRecord): Promise<RunRecord> {
    return updateRun(await this.context.storage(), id, { status: 'paused' });
  }

  /** The next plan goes by the speed that a training had, if it was long enough to tell. */
  private async noteSpeedOf({ run: before, recipe }: Session, run: RunRecord): Promise<void> {
    if (run.completedSteps - before.completedSteps < MIN_STEPS_FOR_SPEED) return;
    if (this.context.runtime.status.backend !== run.backend) return;
    await this.planner.noteSpeed(run.modelId, recipe, run.tokensPerSecond);
  }

  /** Writes down what ended a run, if it can be written: the error itself says more. */
  private async noteFailure(runId: string, error: unknown): Promise<void> {
    const { code } = toErrorData(error);
    if (code === 'cancelled') return;
    const note = async () =>
      updateRun(await this.context.storage(), runId, { outcome: { kind: 'failed', code } });
    await note().catch(() => undefined);
  }

  /** Creates a run. Throws `cancelled` if it is stopped before its first step; then nothing is stored. */
  private async begin(
    params: TrainParams,
    signal: AbortSignal,
    report: Report,
    throwIfUnwanted: () => void,
  ): Promise<Session> {
    const { runtime } = this.context;
    const storage = await this.context.storage();
    const onPhase = ({ phase, part }: PlanProgress) =>
      report({ ...beforeFirstStep(phase, '', 0, 0), part });
    const { base, texts, learned, data, recipe, plan } = await this.planner.plan(
      params,
      signal,
      onPhase,
    );
    const { dataset } = texts;
    throwIfUnwanted();
    // It is the live one already, unless the plan had to give up the way that was timed.
    const live = await base.load(recipe, signal, onPhase);
    await checkDevice(runtime, live, recipe, onPhase, throwIfUnwanted);
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
      modelId: base.id,
      base: baseOf(await requireModel(storage, base.id)),
      request: { preset: params.preset, overrides: params.overrides },
      recipe,
      ...(plan.trialSteps === undefined ? {} : { trials: planTrials(recipe) }),
      versions,
      kernelShapes: runtime.ops.tuning?.shapes ?? null,
      snapshotId,
    });
    try {
      throwIfUnwanted();
      // Training changes the weights, so they are no longer those that the old key stands for.
      const renamed = runtime.keep({ ...live, key: runKey(run.id, null) });
      const trainer = new Trainer(runtime.ops, renamed.model, recipe, data);
      return { run, recipe, live: renamed, trainer, data, texts, learned };
    } catch (error) {
      // The run has learned nothing, so nothing of it is kept.
      await deleteRun(storage, run.id);
      throw error;
    }
  }
}

/**
 * Whether a run still has learning rates to try. One that was ended while it tried them has a rate, with which it
 * learns on.
 */
function hasTrialsLeft({ trials = [], recipe }: RunRecord): boolean {
  return recipe.startStep === 0 && nextTrial(trials) !== null;
}
