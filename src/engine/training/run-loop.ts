/** The loop of a run: it trains, computes validation losses, writes sample tweets and saves checkpoints. */

import type { RunOutcome } from '../../protocol/bots.ts';
import type { MetricPoint, SampleTweet, TrainProgress } from '../../protocol/training.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import type { Recipe } from '../../domain/recipe.ts';
import { hasStoppedLearning } from '../../train/early-stopping.ts';
import type { TrainingData } from '../../train/batches.ts';
import type { Trainer } from '../../train/trainer.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import type { Texts } from '../datasets/texts.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { settleRun } from './finish-run.ts';
import { LearnedByHeart } from './learned-by-heart.ts';
import { Pace } from './pace.ts';
import { restFor } from './rest.ts';
import { type Learned, RunCheckpoints } from './run-checkpoints.ts';
import { sampleTweets } from './sample-tweets.ts';

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

/** What the user and the device want of a run. */
export interface Wishes extends EndWish {
  /** The share of the time in which it is to rest, less than 1. */
  readonly restShare: () => number;
}

export class RunLoop {
  private readonly context: EngineContext;
  private readonly session: Session;
  private readonly report: Report;
  private readonly points: MetricPoint[];
  private readonly samples: SampleTweet[];
  private readonly pace: Pace;
  private readonly checkpoints: RunCheckpoints;
  private readonly byHeart: LearnedByHeart;

  constructor(context: EngineContext, desk: DatasetDesk, session: Session, report: Report) {
    this.context = context;
    this.session = session;
    this.report = report;
    this.checkpoints = new RunCheckpoints(context, desk, session);
    this.pace = new Pace(session.recipe, session.run.tokensPerSecond);
    this.byHeart = new LearnedByHeart(session.learned);
    this.points = [...session.run.points];
    this.samples = [...session.run.samples];
  }

  /**
   * Trains until the recipe's last step, until held-out tweets say that it learns no more, or until the run
   * is to end, and always saves what was learned.
   */
  async run({ as: endWish, signal, restShare }: Wishes): Promise<RunRecord> {
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
      await restFor(this.pace.restBetween(restShare()), signal);
      await this.checkpoints.check();
      const { isDue } = this.checkpoints;
      if (isDue && !trainer.isFinished && endWish() === null) await this.save();
    }
    const isDone = trainer.isFinished || endWish() === 'finished';
    if (!isDone) return this.checkpoints.saveLast(await this.learned('paused'));
    // A run that ends early is compared with the best weights so far, too.
    const last = this.points.at(-1);
    const isMeasured = last?.step === trainer.completedSteps && last.validationLoss !== undefined;
    if (!isMeasured) await this.evaluate();
    return this.finish({ kind: trainer.isFinished ? 'completed' : 'stopped' });
  }

  /** The tab has been hidden, and the browser may end it: saves after the present step. */
  saveSoon(): void {
    this.checkpoints.hurry();
  }

  /** Resolves when nothing of this run is being written any more, also after it has failed. */
  idle(): Promise<void> {
    return this.checkpoints.idle();
  }

  private async finish(outcome: RunOutcome): Promise<RunRecord> {
    this.tell('settling', []);
    await this.checkpoints.written();
    const onPart = (done: number, count: number) =>
      this.tell('settling', [], null, { done, count });
    const kept = await settleRun(this.context, this.session, this.points, onPart);
    return this.checkpoints.saveLast(await this.learned('finished', outcome), kept);
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
    if (validationLoss !== undefined) await this.checkpoints.keepBest(validationLoss);
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
      isStoredAnew: this.checkpoints.isStoredAnew,
    });
  }

  private async save(): Promise<void> {
    const learned = await this.learned('running');
    const startedMs = performance.now();
    await this.checkpoints.save(learned);
    this.pace.saved(performance.now() - startedMs);
    this.tell('training', []);
  }

  /** What is stored with the weights of the last step. */
  private async learned(
    status: RunRecord['status'],
    outcome: RunOutcome | null = null,
  ): Promise<Learned> {
    this.tell('saving', []);
    const point = await this.settle();
    if (point !== null) this.record(point);
    const { points, samples } = this;
    return { status, outcome, points, samples, tokensPerSecond: this.pace.tokensPerSecond };
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
