/** Plans a run: from what the user chose to a recipe and its plan, with the model and the data that it needs. */

import { must } from '../../core/assert.ts';
import { throwIfAborted } from '../../core/errors.ts';
import { drawSeed } from '../../core/random.ts';
import { compileKernels } from '../../planning/compile-kernels.ts';
import { planTraining, tokensOfStep } from '../../planning/plan-training.ts';
import { measureSpeed, type TimedStep } from '../../planning/probe.ts';
import { SpeedBook } from '../../planning/speed-book.ts';
import { chooseWays, type Way, waysToTrain } from '../../planning/ways-to-train.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { PlanProgress, TrainingPlan, TrainParams } from '../../protocol/training.ts';
import { noteSpeed, readSpeed } from '../../storage/speeds.ts';
import type { TrainingData } from '../../train/batches.ts';
import { packedLength } from '../../train/packing.ts';
import { validationShare } from '../../train/recipe.ts';
import { splitTexts } from '../../train/split-texts.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import { documentsOf, type Texts, textsOfDataset, type TokenCache } from '../datasets/texts.ts';
import { chooseBackend } from '../runtime/choose-backend.ts';
import type { EngineContext } from '../runtime/context.ts';
import { type BaseModel, openBase } from '../runtime/live-models.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { tuneForModel } from '../runtime/tune.ts';
import { dataOf } from './training-data.ts';

/** A run that could begin. */
export interface PlannedRun {
  readonly base: BaseModel;
  readonly texts: Texts;
  /** The texts that it learns from, without the held-out ones. */
  readonly learned: readonly string[];
  readonly data: TrainingData;
  readonly recipe: Recipe;
  readonly plan: TrainingPlan;
}

export class RunPlanner {
  private readonly context: EngineContext;
  private readonly desk: DatasetDesk;
  private readonly tokens: TokenCache;
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

  /**
   * Loads the model, tokenizes the texts, times a few steps like those of the run, and makes a plan.
   * Throws what planning, loading and reading throw, and `cancelled`.
   */
  async plan(
    { datasetId, baseModelId, preset, overrides }: TrainParams,
    signal: AbortSignal,
    report: (progress: PlanProgress) => void,
  ): Promise<PlannedRun> {
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
    const hasAnswers = accounts.some(({ answers }) => answers.size > 0);
    const replyContext = hasAnswers && overrides.replyContext;
    const data = dataOf(accounts, tokenizer, { ...split, replyContext });
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
    const own = { ...overrides, replyContext };
    const request = { config, preset, overrides: own, ...split, ...length, isSoftware, hasHeldOut };
    const speedOf = async (step: Way & TimedStep) => {
      const tokensPerSecond = await this.speedOf(live, base.id, step, signal);
      throwIfAborted(signal);
      return tokensPerSecond;
    };
    const { recipe, plan } = await planTraining(request, ways, speedOf, memory);
    const learned = splitTexts(documentsOf(texts.accounts), accounts, split).training;
    return { base, texts, learned, data, recipe, plan };
  }

  /** Keeps the speed that a training had, by which the next plans of such steps go. */
  async noteSpeed(modelId: string, step: Way & TimedStep, tokensPerSecond: number): Promise<void> {
    await this.speeds.note(this.speedKey(modelId, step), tokensPerSecond);
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
    const { mode, checkpointing, hasHalfActivations = false } = step;
    const { blockLength, dropout, attention, microBatch } = step;
    // Not the object, because the fields of one that was stored are in another order.
    const trained =
      mode.kind === 'full'
        ? 'full'
        : ['lora', mode.isBaseHalf, mode.rank, mode.dropout, mode.targets];
    const kept = [checkpointing, hasHalfActivations];
    const work = [trained, kept, blockLength, dropout, attention, microBatch];
    return JSON.stringify([modelId, backend, adapter, work]);
  }
}
