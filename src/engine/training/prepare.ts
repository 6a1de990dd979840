/** What a run needs before its first step: model on the device, tweets as tokens, a plan that fits. */

import { must } from '../../core/assert.ts';
import { throwIfAborted, toErrorData } from '../../core/errors.ts';
import { drawSeed } from '../../core/random.ts';
import { yieldToMessages } from '../../core/yield.ts';
import type { GPT2Config } from '../../model/config.ts';
import { adapterParameterCount } from '../../model/lora.ts';
import { parameterCount } from '../../model/weights.ts';
import type {
  PlanProgress,
  RecipeOverrides,
  TrainingPlan,
  TrainParams,
} from '../../protocol/calls.ts';
import type { TextTokenizer } from '../../tokenizer/tokenizer.ts';
import { type AccountDocuments, splitAccounts, TrainingStream } from '../../train/batches.ts';
import { type ProbeResult, probe } from '../../train/probe.ts';
import {
  type BatchShape,
  chooseMode,
  createRecipe,
  type Recipe,
  tokensPerStep,
  validationShare,
} from '../../train/recipe.ts';
import { readModelFiles, requireModel } from '../runtime/open-base-model.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import { Fitting, type LaidOut } from './fitting.ts';
import { loadBase, putFreshAdapter } from '../runtime/live-models.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { starterId } from '../models/starter.ts';
import { type Texts, textsOfDataset } from '../datasets/texts.ts';

/** Chromium's hint, which others don't give; 8 stands for all that is more. */
function hostGiB(): number {
  return (navigator as { readonly deviceMemory?: number }).deviceMemory ?? 8;
}

export interface Prepared {
  readonly live: LiveModel;
  /** The stored model behind `baseModelId`. */
  readonly modelId: string;
  readonly texts: Texts;
  readonly accounts: readonly AccountDocuments[];
  readonly recipe: Recipe;
  readonly plan: TrainingPlan;
}

/** Tokenising and timing are kept for the run that usually follows its plan. */
export class Preparation {
  private readonly context: EngineContext;
  private readonly desk: DatasetDesk;
  /** Of the last texts: when a filter changes, most of them are the same. */
  private tokens: {
    readonly modelId: string;
    readonly ids: ReadonlyMap<string, Int32Array>;
  } | null = null;
  private tokenizer: { readonly modelId: string; readonly of: TextTokenizer } | null = null;
  private config: { readonly modelId: string; readonly of: GPT2Config } | null = null;
  private readonly fitting: Fitting;
  private timing: { readonly key: string; readonly result: ProbeResult } | null = null;

  constructor(context: EngineContext, desk: DatasetDesk) {
    this.context = context;
    this.desk = desk;
    this.fitting = new Fitting(context.runtime, hostGiB());
  }

  /** Throws what loading and reading throw, `cancelled`. */
  async prepare(
    params: TrainParams,
    signal: AbortSignal,
    report: (progress: PlanProgress) => void,
  ): Promise<Prepared> {
    const { runtime } = this.context;
    report({ phase: 'loading-model' });
    const modelId = await this.baseModelId(params.baseModelId, signal);
    const config = await this.configOf(modelId, signal);
    const overrides = await this.fitting.choose(config, params.overrides);
    const mode = chooseMode(overrides);
    const onLoaded = (loaded: PlanProgress['loaded']) => report({ phase: 'loading-model', loaded });
    const live = await loadBase(this.context, modelId, mode, signal, onLoaded);
    throwIfAborted(signal);

    report({ phase: 'tokenizing' });
    const texts = await textsOfDataset(this.context, this.desk, params.datasetId);
    const accounts = await this.tokenize(texts, modelId, live.tokenizer, signal);

    report({ phase: 'timing' });
    const seed = params.overrides.seed ?? drawSeed();
    putFreshAdapter(this.context, live.model, mode, seed);
    const { blockLength, checkpointing } = overrides;
    const { backend, adapter } = runtime.status;
    const key = JSON.stringify([modelId, backend, adapter, blockLength, checkpointing, mode]);
    if (this.timing?.key !== key) {
      const wished = { blockLength, checkpointing };
      this.timing = { key, result: await probe(runtime.ops, live.model, wished, signal) };
    }
    throwIfAborted(signal);
    const { tokensPerSecond } = this.timing.result;
    const laidOut = await this.layOut(config, overrides, this.timing.result.shape);
    // The device had no room after all for what was chosen: it remembers that, and chooses again.
    if (laidOut === null) return this.prepare(params, signal, report);
    const { shape, memory, bytes } = laidOut;

    const datasetTokens = countTokens(accounts);
    const draft = { config, shape, seed, preset: params.preset, overrides };
    const { training } = splitAccounts(accounts, validationShare, seed);
    const { epochTokens } = new TrainingStream(training, live.tokenizer.endOfTextId, seed);
    const recipe = createRecipe({ ...draft, epochTokens });
    const parameters = parameterCount(config);
    const trainedParameters =
      mode.kind === 'lora' ? adapterParameterCount(config, mode) : parameters;
    const plan: TrainingPlan = {
      steps: recipe.totalSteps,
      epochs: recipe.epochs,
      ...shape,
      learningRate: recipe.learningRate,
      datasetTokens,
      parameters,
      mode: mode.kind,
      trainedParameters,
      checkpointing: recipe.checkpointing,
      tokensPerSecond,
      estimatedSeconds: (recipe.totalSteps * tokensPerStep(recipe)) / tokensPerSecond,
      estimatedBytes: bytes,
      memory,
    };
    return { live, modelId, texts, accounts, recipe, plan };
  }

  private async layOut(
    config: GPT2Config,
    overrides: RecipeOverrides,
    shape: BatchShape,
  ): Promise<LaidOut | null> {
    try {
      return await this.fitting.layOut(config, overrides, shape);
    } catch (error) {
      if (toErrorData(error).code === 'out-of-memory') return null;
      throw error;
    }
  }

  /** Known before the weights are loaded, which may not fit. */
  private async configOf(modelId: string, signal: AbortSignal): Promise<GPT2Config> {
    if (this.config?.modelId !== modelId) {
      const storage = await this.context.storage();
      const { config } = await this.context.starter.repairing(storage, modelId, signal, () =>
        readModelFiles(storage, modelId),
      );
      this.config = { modelId, of: config };
    }
    return this.config.of;
  }

  /** The stored model behind what the page calls it. */
  private async baseModelId(name: string, signal: AbortSignal): Promise<string> {
    const storage = await this.context.storage();
    if (name === starterId) return this.context.starter.ensure(storage, signal);
    return (await requireModel(storage, name)).id;
  }

  /** Texts as ids, by account. */
  async tokenize(
    { accounts }: Texts,
    modelId: string,
    tokenizer: TextTokenizer,
    signal: AbortSignal,
  ): Promise<readonly AccountDocuments[]> {
    const known = this.tokens?.modelId === modelId ? this.tokens.ids : null;
    const ids = new Map<string, Int32Array>();
    let encoded = 0;
    for (const text of accounts.flatMap(({ documents }) => documents)) {
      if (ids.has(text)) continue;
      let found = known?.get(text);
      if (found === undefined) {
        found = tokenizer.encode(text);
        encoded++;
        if (encoded % 500 === 0) {
          await yieldToMessages();
          throwIfAborted(signal);
        }
      }
      ids.set(text, found);
    }
    this.tokens = { modelId, ids };
    return accounts.map(({ documents, ...account }) => ({
      ...account,
      documents: documents.map((text) => must(ids.get(text), 'ids')),
    }));
  }

  /** Of a base model, without putting the model on the device. */
  async tokenizerOf(baseModelId: string, signal: AbortSignal): Promise<TextTokenizer> {
    const modelId = await this.baseModelId(baseModelId, signal);
    if (this.tokenizer?.modelId !== modelId) {
      const storage = await this.context.storage();
      const { tokenizer } = await this.context.starter.repairing(storage, modelId, signal, () =>
        readModelFiles(storage, modelId),
      );
      this.tokenizer = { modelId, of: tokenizer };
    }
    return this.tokenizer.of;
  }

  /** Tweets as ids are tweets. */
  forgetTexts(): void {
    this.tokens = null;
  }
}

/** Tokens of all texts once, separators included. */
function countTokens(accounts: readonly AccountDocuments[]): number {
  const documents = accounts.flatMap((account) => account.documents);
  return documents.reduce((sum, { length }) => sum + length + 1, 0);
}
