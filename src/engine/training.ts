/** Runs: planned, started, stopped, and continued from their last checkpoint. */

import { must } from '../core/assert.ts';
import { mynahError, throwIfAborted } from '../core/errors.ts';
import { writeTweets } from '../generate/write.ts';
import type {
  MetricPoint,
  PlanProgress,
  RunSummary,
  TrainParams,
  TrainProgress,
} from '../protocol/calls.ts';
import { mergeTrainProgress, throttleProgress } from '../protocol/progress.ts';
import type { Handler } from '../protocol/serve.ts';
import { readCheckpoint, saveCheckpoint } from '../storage/checkpoints.ts';
import { getDatasetSummary } from '../storage/datasets.ts';
import { createRun, getRun, type RunRecord, runSummary, updateRun } from '../storage/runs.ts';
import { TrainingStream, validationBlocks } from '../train/batches.ts';
import {
  checkpointBytes,
  checkpointTensors,
  isWeight,
  restoreOptimizer,
  restoreWeights,
} from '../train/checkpoint.ts';
import { parseRecipe, type Recipe, tokensPerStep } from '../train/recipe.ts';
import { Trainer } from '../train/trainer.ts';
import { readModelFiles } from './base-model.ts';
import type { EngineContext } from './context.ts';
import { GPT2 } from '../model/gpt2.ts';
import { parseRunState, type RunState, runKey } from './run-state.ts';
import { type Preparation, split } from './prepare.ts';
import type { LiveModel } from './runtime.ts';
import { versions } from './versions.ts';

/** How much work a kill may cost: as little as keeps saving under a twentieth of the time. */
const checkpointIntervalMs = (saveMs: number) => Math.min(30_000, Math.max(3_000, 20 * saveMs));
/** Share of the time between two evaluations that a sample tweet may take. */
const sampleShare = 0.2;
const leastSampleMs = 400;

type Report = (progress: TrainProgress) => void;

/** A run that is going on. */
interface Session {
  readonly run: RunRecord;
  readonly recipe: Recipe;
  readonly live: LiveModel;
  readonly trainer: Trainer;
}

export class Training {
  private readonly context: EngineContext;
  private readonly preparation: Preparation;
  private stopAs: 'paused' | 'finished' | null = null;

  constructor(context: EngineContext, preparation: Preparation) {
    this.context = context;
    this.preparation = preparation;
  }

  readonly plan: Handler<'planTraining'> = (params, { signal, report }) =>
    this.context.exclusive('loading', async () => {
      const { plan } = await this.preparation.prepare(params, signal, report);
      return plan;
    });

  readonly stop: Handler<'stopTraining'> = ({ as }) => {
    this.stopAs = as;
    return {};
  };

  readonly train: Handler<'train'> = (params, { signal, report }) =>
    this.context.exclusive('training', async () => {
      this.stopAs = null;
      const progress = throttleProgress(report, mergeTrainProgress);
      try {
        const session =
          'resumeRunId' in params
            ? await this.resume(params.resumeRunId, signal, progress.report)
            : await this.begin(params, signal, progress.report);
        try {
          return await this.run(session, signal, progress.report);
        } finally {
          session.trainer.dispose();
        }
      } finally {
        progress.flush();
      }
    });

  private async begin(params: TrainParams, signal: AbortSignal, report: Report): Promise<Session> {
    const { runtime } = this.context;
    const storage = await this.context.storage();
    const dataset = await getDatasetSummary(storage, params.datasetId);
    if (dataset === null)
      throw mynahError('checkpoint-incompatible', { reason: 'no such dataset' });
    const onPhase = ({ phase }: PlanProgress) => report(idle(phase, '', 0, 0));
    const { live, modelId, documents, recipe, plan } = await this.preparation.prepare(
      params,
      signal,
      onPhase,
    );
    const { backend, adapter } = runtime.status;
    const state: RunState = { modelId };
    const run = await createRun(storage, {
      id: crypto.randomUUID(),
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
      recipe,
      state,
      versions,
    });
    // The base weights are about to change under this model.
    const renamed = runtime.keep({ ...live, key: runKey(run.id, null) });
    return { run, recipe, live: renamed, trainer: this.trainer(renamed, recipe, documents) };
  }

  /** Throws `checkpoint-incompatible` when the run, its tweets or its weights are gone. */
  private async resume(runId: string, signal: AbortSignal, report: Report): Promise<Session> {
    const { runtime } = this.context;
    const storage = await this.context.storage();
    const stored = await getRun(storage, runId);
    if (stored === null) throw mynahError('checkpoint-incompatible', { reason: 'no such run' });
    report(idle('loading-model', runId, stored.completedSteps, stored.totalSteps));
    const recipe = parseRecipe(stored.recipe);
    const { modelId } = parseRunState(stored.state);
    if (stored.checkpointId === null) {
      // Killed before the first checkpoint: the base weights are where it was.
      const { live } = await this.preparation.baseModel(stored.baseModelId, signal);
      const started = runtime.keep({ ...live, key: runKey(runId, null) });
      const documents = await this.documents(stored, modelId, started, signal, report);
      const run = await updateRun(storage, runId, { status: 'running', points: [], samples: [] });
      return { run, recipe, live: started, trainer: this.trainer(started, recipe, documents) };
    }
    const { config, tokenizer } = await readModelFiles(storage, modelId);
    const checkpoint = await readCheckpoint(storage, stored.checkpointId);
    runtime.release();
    const weights = await restoreWeights(runtime.ops, config, checkpoint.tensors(isWeight));
    const model = new GPT2(runtime.ops, config, weights);
    const live = runtime.keep({ key: runKey(runId, null), model, tokenizer });
    const documents = await this.documents(stored, modelId, live, signal, report);
    const trainer = this.trainer(live, recipe, documents);
    const { completedSteps } = checkpoint.manifest;
    const isMoment = (name: string) => !isWeight(name);
    await restoreOptimizer(runtime.ops, trainer, completedSteps, checkpoint.tensors(isMoment));
    const run = await updateRun(storage, runId, { status: 'running' });
    return { run, recipe, live, trainer };
  }

  private async documents(
    run: RunRecord,
    modelId: string,
    live: LiveModel,
    signal: AbortSignal,
    report: Report,
  ): Promise<readonly Int32Array[]> {
    report(idle('tokenizing', run.id, run.completedSteps, run.totalSteps));
    return this.preparation.tokenize(run.datasetId, modelId, live.tokenizer, signal);
  }

  private trainer(live: LiveModel, recipe: Recipe, documents: readonly Int32Array[]): Trainer {
    const { training, validation } = split(recipe, documents);
    const { endOfTextId } = live.tokenizer;
    const heldOut = validationBlocks(
      validation,
      endOfTextId,
      recipe.blockLength,
      recipe.validationBlocks,
    );
    const stream = new TrainingStream(training, endOfTextId, recipe.seed);
    return new Trainer(this.context.runtime.ops, live.model, recipe, stream, heldOut);
  }

  /** Steps until the end or until somebody stops it; what was learned is always saved. */
  private async run(session: Session, signal: AbortSignal, report: Report): Promise<RunSummary> {
    const { run, recipe, trainer } = session;
    const points = [...run.points];
    const samples = [...run.samples];
    let { tokensPerSecond } = run;
    let nextSaveMs = performance.now(); // the first step is saved at once
    let evaluationMs = 0;
    const stepMs = new RecentMean();

    const tell = (
      phase: TrainProgress['phase'],
      news: readonly MetricPoint[],
      sample: TrainProgress['sample'] = null,
    ) => {
      const left = recipe.totalSteps - trainer.completedSteps;
      const evaluations = left / recipe.evaluateEvery;
      report({
        runId: run.id,
        phase,
        completedSteps: trainer.completedSteps,
        totalSteps: recipe.totalSteps,
        points: news,
        tokensPerSecond,
        secondsLeft: stepMs.isEmpty
          ? null
          : (left * stepMs.mean + evaluations * evaluationMs) / 1000,
        sample,
      });
    };
    const record = (point: MetricPoint | null) => {
      if (point === null) return;
      points.push(point);
      tell('training', [point]);
    };
    const save = async (status: RunRecord['status']) => {
      tell('saving', []);
      record(await trainer.settle());
      const update = { status, points, samples, tokensPerSecond, ...this.where() };
      const startedMs = performance.now();
      const saved = await this.save(session, update);
      nextSaveMs = performance.now() + checkpointIntervalMs(performance.now() - startedMs);
      return saved;
    };

    tell('training', []);
    while (!trainer.isFinished && this.stopAs === null && !signal.aborted) {
      const startedMs = performance.now();
      record(await trainer.step());
      stepMs.add(performance.now() - startedMs);
      tokensPerSecond = (tokensPerStep(recipe) * 1000) / stepMs.mean;
      if (trainer.isEvaluationDue) {
        const startedEvaluationMs = performance.now();
        const last = await trainer.settle();
        if (last) record({ ...last, validationLoss: await trainer.validationLoss() });
        const sample = await this.sample(session, recipe.evaluateEvery * stepMs.mean);
        if (sample !== null) {
          const here = { step: trainer.completedSteps, text: sample };
          samples.push(here);
          tell('training', [], here);
        }
        evaluationMs = performance.now() - startedEvaluationMs;
      }
      const isDue = performance.now() > nextSaveMs;
      if (isDue && !trainer.isFinished && this.stopAs === null) await save('running');
    }
    const isDone = trainer.isFinished || this.stopAs === 'finished';
    const finished = await save(isDone ? 'finished' : 'paused');
    throwIfAborted(signal);
    return runSummary(finished);
  }

  /** What computes may differ from what computed before a reload. */
  private where(): Pick<RunRecord, 'backend' | 'adapter'> {
    const { backend, adapter } = this.context.runtime.status;
    return { backend, adapter };
  }

  private async save(
    { run, live, trainer }: Session,
    runUpdate: Parameters<typeof updateRun>[2],
  ): Promise<RunRecord> {
    const { runtime } = this.context;
    const storage = await this.context.storage();
    let elements = 0;
    for (const { shape } of live.model.parameters.values()) {
      elements += shape.reduce((product, n) => product * n, 1);
    }
    const checkpointId = await saveCheckpoint(storage, run.id, {
      completedSteps: trainer.completedSteps,
      tensors: checkpointTensors(runtime.ops, trainer),
      runUpdate,
      expectedBytes: checkpointBytes(elements),
    });
    runtime.keep({ ...live, key: runKey(run.id, checkpointId) });
    return must(await getRun(storage, run.id), 'the run just saved');
  }

  /** A tweet the bot would write now; null when there is no time for one. */
  private async sample(
    { recipe, live, trainer }: Session,
    sinceLastMs: number,
  ): Promise<string | null> {
    const budgetMs = Math.max(leastSampleMs, sinceLastMs * sampleShare);
    const deadline = performance.now() + budgetMs;
    const drafts = writeTweets(this.context.runtime.ops, live.model, live.tokenizer, {
      prompt: '',
      count: 1,
      temperature: 1,
      topK: 50,
      topP: 0.95,
      maxTokens: 64,
      minTokens: 10,
      seed: recipe.seed + trainer.completedSteps,
    });
    for await (const [draft] of drafts) {
      if (draft?.isDone) return draft.text.trim();
      if (performance.now() > deadline) return null;
    }
    return null;
  }
}

/** A report before or between steps. */
function idle(
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

/** Mean of the last few values: speed as it is now, not as it was while shaders compiled. */
class RecentMean {
  private readonly values: number[] = [];

  get isEmpty(): boolean {
    return this.values.length === 0;
  }

  get mean(): number {
    return this.values.reduce((sum, value) => sum + value, 0) / Math.max(1, this.values.length);
  }

  add(value: number): void {
    this.values.push(value);
    if (this.values.length > 10) this.values.shift();
  }
}
