/** The loop of a run: it trains, computes validation losses, writes sample tweets and saves checkpoints. */

import { must } from '../../core/assert.ts';
import { hasCode } from '../../core/errors.ts';
import type { RunOutcome } from '../../protocol/bots.ts';
import type { MetricPoint, SampleTweet, TrainProgress } from '../../protocol/training.ts';
import type { Storage } from '../../storage/chunks.ts';
import { type KeptWeights, saveBest, saveCheckpoint } from '../../storage/write-checkpoint.ts';
import { getRun, type RunRecord, type RunUpdate } from '../../storage/runs.ts';
import {
  checkpointBytes,
  checkpointTensors,
  weightBytes,
  weightTensors,
} from '../../train/optimizer-state.ts';
import type { Recipe } from '../../domain/recipe.ts';
import { hasStoppedLearning } from '../../train/early-stopping.ts';
import type { TrainingData } from '../../train/batches.ts';
import type { Trainer } from '../../train/trainer.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import type { Texts } from '../datasets/texts.ts';
import type { EngineContext } from '../runtime/context.ts';
import { runKey } from '../runtime/stored-run.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { CheckpointSchedule } from './checkpoint-schedule.ts';
import { settleRun } from './finish-run.ts';
import { LearnedByHeart } from './learned-by-heart.ts';
import { Pace } from './pace.ts';
import { sampleTweets } from './sample-tweets.ts';
import { isGone, storeAnew } from './store-anew.ts';

export interface Session {
  readonly run: RunRecord;
  readonly recipe: Recipe;
  readonly live: LiveModel;
  readonly trainer: Trainer;
  readonly data: TrainingData;
  /** What it learns from, in case the stored texts are lost while it trains. */
  readonly texts: Texts;
  /** Those of the texts that aren't held out. */
  readonly learned: readonly string[];
}

export type Report = (progress: TrainProgress) => void;

/** The progress of a run before its first step. */
export function beforeFirstStep(
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
    isStoredAnew: false,
  };
}

/** Whether the run is to end, and how. */
export interface EndWish {
  /** Null if it is to go on. */
  readonly as: () => 'paused' | 'finished' | null;
  /** Aborted as soon as it is to end. */
  readonly signal: AbortSignal;
}

export class RunLoop {
  private readonly context: EngineContext;
  private readonly session: Session;
  private readonly report: Report;
  /** Throws if the device was replaced during this run, whose model is then no longer the live one. */
  private readonly fence: () => void;
  private readonly desk: DatasetDesk;
  private readonly points: MetricPoint[];
  private readonly samples: SampleTweet[];
  private readonly pace: Pace;
  /** The validation loss of the best weights that were saved; null before the first. */
  private best: number | null;
  /** Whether the site's data were cleared while it trained. */
  private isStoredAnew = false;
  private readonly schedule = new CheckpointSchedule();
  private readonly byHeart: LearnedByHeart;

  constructor(context: EngineContext, desk: DatasetDesk, session: Session, report: Report) {
    this.context = context;
    this.desk = desk;
    this.session = session;
    this.report = report;
    this.fence = context.runtime.fence();
    this.pace = new Pace(session.recipe, session.run.tokensPerSecond);
    this.byHeart = new LearnedByHeart(session.learned);
    this.best = session.run.best?.validationLoss ?? null;
    this.points = [...session.run.points];
    this.samples = [...session.run.samples];
  }

  /**
   * Trains until the recipe's last step, until held-out tweets say that it learns no more, or until the run
   * is to end, and always saves what was learned.
   */
  async run({ as: endWish, signal }: EndWish): Promise<RunRecord> {
    const { trainer, recipe } = this.session;
    const { startStep, patience } = recipe;
    this.tell('training', []);
    while (!trainer.isFinished && endWish() === null) {
      const before = trainer.completedSteps;
      await this.step(signal);
      if (trainer.completedSteps > before && trainer.isEvaluationDue) {
        await this.evaluate(signal);
        const isEnough = hasStoppedLearning(this.points, startStep, patience);
        if (isEnough) return this.finish({ kind: 'learned-enough' });
      }
      const isDue = this.schedule.isDue(performance.now());
      if (isDue && !trainer.isFinished && endWish() === null) await this.save('running');
    }
    const isDone = trainer.isFinished || endWish() === 'finished';
    if (!isDone) return this.save('paused');
    // A run that ends early is compared with the best weights so far, too.
    const last = this.points.at(-1);
    const isMeasured = last?.step === trainer.completedSteps && last.validationLoss !== undefined;
    if (!isMeasured) await this.evaluate();
    return this.finish({ kind: trainer.isFinished ? 'completed' : 'stopped' });
  }

  /** The tab has been hidden, and the browser may end it: saves after the present step. */
  saveSoon(): void {
    this.schedule.hurry();
  }

  private async finish(outcome: RunOutcome): Promise<RunRecord> {
    this.tell('settling', []);
    const kept = await settleRun(this.context, this.session, this.points);
    return this.save('finished', outcome, kept);
  }

  /**
   * Computes a validation loss, saves weights that are the best so far, and writes a sample. With the signal,
   * none of it goes on when the run is to end; without it, this is the run's last evaluation.
   */
  private async evaluate(signal?: AbortSignal): Promise<void> {
    const { trainer } = this.session;
    const settled = await this.settle();
    const startedMs = performance.now();
    const validationLoss = await trainer.validationLoss(trainer.isFinished ? undefined : signal);
    const validationMs = performance.now() - startedMs;
    // The step may have been recorded before: when it was saved, or when its evaluation was given up.
    const last = settled ?? this.points.at(-1);
    if (last?.step === trainer.completedSteps) {
      this.record({ ...last, validationLoss, bitsPerByte: trainer.bitsPerByte(validationLoss) });
    }
    if (signal === undefined || trainer.isFinished) return;
    if (validationLoss !== undefined) await this.keepBest(validationLoss);
    await this.writeSamples(signal);
    this.pace.evaluated(validationMs, performance.now() - startedMs - validationMs);
  }

  private async step(signal: AbortSignal): Promise<void> {
    const { trainer, recipe } = this.session;
    const before = trainer.completedSteps;
    const startedMs = performance.now();
    const onMicroBatch = (done: number) =>
      this.tell('training', [], null, { done, count: recipe.accumulation });
    const point = await trainer.step({ signal, onMicroBatch });
    if (trainer.completedSteps > before) this.pace.stepped(performance.now() - startedMs);
    if (point !== null) this.record(point);
  }

  /** Waits for the loss of the last step. */
  private async settle(): Promise<MetricPoint | null> {
    const startedMs = performance.now();
    const point = await this.session.trainer.settle();
    if (point !== null) this.pace.waited(performance.now() - startedMs);
    return point;
  }

  private record(measured: MetricPoint): void {
    const { tokensPerSecond } = this.pace;
    const point = { tokensPerSecond, atMs: Date.now(), ...measured };
    if (this.points.at(-1)?.step === point.step) this.points.pop();
    this.points.push(point);
    this.tell('training', [point]);
  }

  /**
   * Saves the weights if they have the lowest validation loss so far, because later ones may be worse. If
   * there is no space for them, the run goes on without, and the bot will write with the last weights.
   */
  private async keepBest(validationLoss: number): Promise<void> {
    const { run, trainer } = this.session;
    if (this.best !== null && this.best <= validationLoss) return;
    this.fence();
    const startedMs = performance.now();
    const bytes = weightBytes(trainer.trainedElements);
    try {
      await this.store((storage) =>
        saveBest(storage, run.id, {
          completedSteps: trainer.completedSteps,
          validationLoss,
          tensors: weightTensors(this.context.runtime.ops, trainer),
        }),
      );
      this.best = validationLoss;
      this.schedule.add({ startedMs, endedMs: performance.now(), bytes });
    } catch (error) {
      if (!hasCode(error, 'storage-quota')) throw error;
    }
  }

  private tell(
    phase: TrainProgress['phase'],
    points: readonly MetricPoint[],
    sample: TrainProgress['sample'] = null,
    part?: TrainProgress['part'],
  ): void {
    const { run, recipe, trainer } = this.session;
    this.report({
      runId: run.id,
      phase,
      part,
      completedSteps: trainer.completedSteps,
      totalSteps: recipe.totalSteps,
      points,
      tokensPerSecond: this.pace.tokensPerSecond,
      secondsLeft: this.pace.secondsLeft(trainer.completedSteps),
      sample,
      isStoredAnew: this.isStoredAnew,
    });
  }

  /** Saves. Where the run is no longer stored, stores it again first: everything of it is in memory. */
  private async store<T>(save: (storage: Storage) => Promise<T>): Promise<T> {
    try {
      return await save(await this.context.storage());
    } catch (error) {
      const { run } = this.session;
      const isLost = hasCode(error, 'storage-blocked', 'not-found', 'stored-data-damaged');
      if (!isLost || !(await isGone(this.context, run.id))) throw error;
      await storeAnew(this.context, this.desk, this.session);
      this.best = null;
      this.isStoredAnew = true;
      this.tell('saving', []);
      return save(await this.context.storage());
    }
  }

  /** @param kept Given when the run ends: its weights are saved, and nothing to train on from. */
  private async save(
    status: RunRecord['status'],
    outcome: RunOutcome | null = null,
    kept?: KeptWeights,
  ): Promise<RunRecord> {
    const { run, live, trainer } = this.session;
    const { runtime } = this.context;
    this.tell('saving', []);
    const point = await this.settle();
    if (point !== null) this.record(point);
    this.fence();
    const startedMs = performance.now();
    const bytes = (kept ? weightBytes : checkpointBytes)(trainer.trainedElements);
    const { backend, adapter } = runtime.status;
    const { points, samples } = this;
    const { tokensPerSecond } = this.pace;
    const learned = { points, samples, tokensPerSecond };
    const runUpdate: RunUpdate = { status, outcome, ...learned, backend, adapter };
    const checkpointId = await this.store((storage) =>
      saveCheckpoint(storage, run.id, {
        completedSteps: trainer.completedSteps,
        tensors: (kept ? weightTensors : checkpointTensors)(runtime.ops, trainer),
        runUpdate,
        finishes: kept,
        expectedBytes: bytes,
      }),
    );
    this.fence();
    runtime.achieved();
    runtime.keep({ ...live, key: runKey(run.id, checkpointId) });
    const endedMs = performance.now();
    this.pace.saved(endedMs - startedMs);
    this.schedule.add({ startedMs, endedMs, bytes });
    this.schedule.saved(endedMs);
    return must(await getRun(await this.context.storage(), run.id), 'the run just saved');
  }

  /** Writes a tweet from each prompt with the present weights, as far as there is time. */
  private async writeSamples(signal: AbortSignal): Promise<void> {
    const { trainer } = this.session;
    const deadlineMs = performance.now() + this.pace.sampleMs;
    for await (const tweet of sampleTweets(this.context, this.session, deadlineMs, signal)) {
      const { text, prompt } = tweet;
      const learned = await this.byHeart.in({ text, promptLength: prompt.length });
      const sample = { step: trainer.completedSteps, ...tweet, learned };
      this.samples.push(sample);
      this.tell('training', [], sample);
    }
  }
}
