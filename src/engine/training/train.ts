/** Plans, starts and stops runs. */

import { must } from '../../core/assert.ts';
import { mynahError, throwIfAborted, toErrorData } from '../../core/errors.ts';
import { drawSeed } from '../../core/random.ts';
import { compileKernels } from '../../planning/compile-kernels.ts';
import { planTraining, tokensOfStep } from '../../planning/plan-training.ts';
import { measureSpeed, type TimedStep } from '../../planning/probe.ts';
import { SpeedBook } from '../../planning/speed-book.ts';
import { chooseWays, type Way, waysToTrain } from '../../planning/ways-to-train.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type {
  PlanProgress,
  ResumeParams,
  TrainingPlan,
  TrainParams,
} from '../../protocol/training.ts';
import { mergeTrainProgress, throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import { newId } from '../../storage/chunks.ts';
import { createRun, deleteRun, type RunRecord, updateRun } from '../../storage/runs.ts';
import { runSummary } from '../../storage/run-summary.ts';
import { noteSpeed, readSpeed } from '../../storage/speeds.ts';
import { ensureSnapshot } from '../../storage/snapshots.ts';
import { packedLength, type TrainingData, trainingData } from '../../train/batches.ts';
import { validationShare } from '../../train/recipe.ts';
import { splitTexts } from '../../train/split-texts.ts';
import type { Recipe } from '../../domain/recipe.ts';
import { Trainer } from '../../train/trainer.ts';
import { nextTrial, planTrials } from '../../train/trials.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import { documentsOf, type Texts, textsOfDataset, type TokenCache } from '../datasets/texts.ts';
import { chooseBackend } from '../runtime/choose-backend.ts';
import type { EngineContext } from '../runtime/context.ts';
import { type BaseModel, openBase } from '../runtime/live-models.ts';
import { baseOf, requireModel } from '../runtime/open-base-model.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { runKey } from '../runtime/stored-run.ts';
import { versions } from '../runtime/versions.ts';
import { checkDevice } from './check-device.ts';
import { resumeRun } from './resume-run.ts';
import { tryRates } from './try-rates.ts';
import { beforeFirstStep, type Report, RunLoop, type Session } from './run-loop.ts';
import { tuneForModel } from '../runtime/tune.ts';

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

interface Prepared {
  readonly base: BaseModel;
  readonly texts: Texts;
  readonly learned: readonly string[];
  readonly data: TrainingData;
  readonly recipe: Recipe;
  readonly plan: TrainingPlan;
}

export class Training {
  private readonly context: EngineContext;
  private readonly desk: DatasetDesk;
  private readonly tokens: TokenCache;
  /** The `train` call that is running; null if there is none. */
  private current: TrainCall | null = null;
  private readonly speeds: SpeedBook;

  constructor(context: EngineContext, desk: DatasetDesk, tokens: TokenCache) {
    this.context = context;
    this.desk = desk;
    this.tokens = tokens;
    this.speeds = new SpeedBook({
      read: async (key) => readSpeed(await context.storage(), key),
      note: async (speed) => noteSpeed(await context.storage(), speed),
    });
  }

  readonly plan: Handler<'planTraining'> = (params, { signal, report }) =>
    this.context.planning(signal, async (ofPlan) => {
      const progress = throttleProgress(report);
      try {
        return (await this.prepare(params, ofPlan, progress.report)).plan;
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
    await this.speeds.note(this.speedKey(run.modelId, recipe), run.tokensPerSecond);
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
    const { base, texts, learned, data, recipe, plan } = await this.prepare(
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

  /**
   * Loads the model, tokenizes the texts, times a few steps like those of the run, and makes a plan.
   * Throws what planning, loading and reading throw, and `cancelled`.
   */
  private async prepare(
    { datasetId, baseModelId, preset, overrides }: TrainParams,
    signal: AbortSignal,
    report: (progress: PlanProgress) => void,
  ): Promise<Prepared> {
    report({ phase: 'loading-model' });
    // The config is read first, because the weights may not fit.
    const base = await openBase(this.context, baseModelId, signal);
    const { config, tokenizer } = base;
    const seed = overrides.seed ?? drawSeed();
    const usual = must(waysToTrain(config, preset, overrides)[0], 'a way to train');
    const steps = { ...usual, seed, tokensPerStep: tokensOfStep(preset, overrides, config) };
    await chooseBackend(this.context, base, steps, signal, report);
    throwIfAborted(signal);
    const { memory } = this.context.runtime;
    const ways = await chooseWays(config, preset, overrides, memory);
    const way = must(ways[0], 'a way to train');
    const live = await base.load({ mode: way.mode, seed }, signal, report);
    throwIfAborted(signal);

    report({ phase: 'tokenizing' });
    const texts = await textsOfDataset(this.desk, datasetId);
    const accounts = await this.tokens.of(texts, base.id, tokenizer, signal);
    const documents = documentsOf(accounts).flat();
    const split = { validationShare: validationShare(documents.length), seed };
    const data = {
      ...trainingData(accounts, config.endOfTextId, split),
      byteLength: (id: number) => tokenizer.byteLength(id),
    };
    const datasetTokens = packedLength(documents);

    const { ops, status, cardIdentity: card } = this.context.runtime;
    const storage = await this.context.storage();
    if (ops.tuning !== null) report({ phase: 'timing' });
    await tuneForModel({ ops, storage, card }, config.nEmbd);
    throwIfAborted(signal);
    await compileKernels(ops, config, way, (done, count) =>
      report({ phase: 'compiling', part: { done, count } }),
    );
    throwIfAborted(signal);
    report({ phase: 'timing' });
    const { epochTokens } = data.stream;
    const { isSoftware } = status;
    const length = { epochTokens, datasetTokens };
    const hasHeldOut = data.heldOut.length > 0;
    const request = { config, preset, overrides, ...split, ...length, isSoftware, hasHeldOut };
    const speedOf = async (step: Way & TimedStep) => {
      const tokensPerSecond = await this.speedOf(live, base.id, step, signal);
      throwIfAborted(signal);
      return tokensPerSecond;
    };
    const { recipe, plan } = await planTraining(request, ways, speedOf, memory);
    const learned = splitTexts(documentsOf(texts.accounts), documentsOf(accounts), split).training;
    return { base, texts, learned, data, recipe, plan };
  }

  private async speedOf(
    { model }: LiveModel,
    modelId: string,
    step: Way & TimedStep,
    signal: AbortSignal,
  ): Promise<number> {
    const { ops } = this.context.runtime;
    return this.speeds.speedOf(this.speedKey(modelId, step), () =>
      measureSpeed(ops, model, step, signal),
    );
  }

  /** Two steps with the same key take equally long: they do the same work with the same model on the same device. */
  private speedKey(modelId: string, step: Way & TimedStep): string {
    const { backend, adapter } = this.context.runtime.status;
    const { mode, checkpointing, blockLength, dropout, attention, microBatch } = step;
    // Not the object, because the fields of one that was stored are in another order.
    const trained =
      mode.kind === 'full'
        ? 'full'
        : ['lora', mode.isBaseHalf, mode.rank, mode.dropout, mode.targets];
    const work = [trained, checkpointing, blockLength, dropout, attention, microBatch];
    return JSON.stringify([modelId, backend, adapter, work]);
  }
}

/**
 * Whether a run still has learning rates to try. One that was ended while it tried them has a rate, with which it
 * learns on.
 */
function hasTrialsLeft({ trials = [], recipe }: RunRecord): boolean {
  return recipe.startStep === 0 && nextTrial(trials) !== null;
}
