/** Prepares a run: loads its model, tokenizes its tweets, measures the speed, and asks for a plan. */

import type { ModelDescription } from '../../bots/read-model.ts';
import { must } from '../../core/assert.ts';
import { throwIfAborted } from '../../core/errors.ts';
import { drawSeed } from '../../core/random.ts';
import { yieldToMessages } from '../../core/yield.ts';
import { STARTER_ID } from '../../domain/identifiers.ts';
import type { RecipeOverrides } from '../../domain/training-options.ts';
import { planTraining } from '../../planning/plan-training.ts';
import { measureSpeed } from '../../planning/probe.ts';
import type { PlanProgress, TrainingPlan, TrainParams } from '../../protocol/calls.ts';
import type { TextTokenizer } from '../../tokenizer/tokenizer.ts';
import type { AccountDocuments } from '../../train/batches.ts';
import { chooseMode, type Recipe, type TrainingMode } from '../../train/recipe.ts';
import type { DatasetDesk } from '../datasets/dataset-desk.ts';
import { type Texts, textsOfDataset } from '../datasets/texts.ts';
import type { EngineContext } from '../runtime/context.ts';
import { loadBase, putFreshAdapter } from '../runtime/live-models.ts';
import { readModelFiles, requireModel } from '../runtime/open-base-model.ts';
import type { LiveModel } from '../runtime/runtime.ts';

export interface Prepared {
  readonly live: LiveModel;
  /** The stored model behind `baseModelId`. */
  readonly modelId: string;
  readonly texts: Texts;
  readonly accounts: readonly AccountDocuments[];
  readonly recipe: Recipe;
  readonly plan: TrainingPlan;
}

type Description = Pick<ModelDescription, 'config' | 'tokenizer'>;

/** Keeps tokens and speed, because a plan is usually followed by the run itself. */
export class Preparation {
  private readonly context: EngineContext;
  private readonly desk: DatasetDesk;
  /** The tokens of the last texts. When a filter changes, many texts stay the same. */
  private tokens: {
    readonly modelId: string;
    readonly ids: ReadonlyMap<string, Int32Array>;
  } | null = null;
  private description: (Description & { readonly modelId: string }) | null = null;
  private speed: { readonly key: string; readonly tokensPerSecond: number } | null = null;

  constructor(context: EngineContext, desk: DatasetDesk) {
    this.context = context;
    this.desk = desk;
  }

  /** Throws what planning, loading and reading throw, and `cancelled`. */
  async prepare(
    params: TrainParams,
    signal: AbortSignal,
    report: (progress: PlanProgress) => void,
  ): Promise<Prepared> {
    report({ phase: 'loading-model' });
    const modelId = await this.modelId(params.baseModelId, signal);
    // The config is read first, because the weights may not fit.
    const { config } = await this.describe(modelId, signal);
    const seed = params.overrides.seed ?? drawSeed();
    const { memory } = this.context.runtime;
    const { recipe, plan, measured } = await planTraining(params, config, seed, memory, (choice) =>
      this.measure(params.datasetId, modelId, choice, seed, signal, report),
    );
    return { modelId, recipe, plan, ...measured };
  }

  /** Loads the model, tokenizes the texts, and times a few steps like those of the run. */
  private async measure(
    datasetId: string,
    modelId: string,
    choice: RecipeOverrides,
    seed: number,
    signal: AbortSignal,
    report: (progress: PlanProgress) => void,
  ) {
    const mode = chooseMode(choice);
    const onLoaded = (loaded: PlanProgress['loaded']) => report({ phase: 'loading-model', loaded });
    const live = await loadBase(this.context, modelId, mode, signal, onLoaded);
    throwIfAborted(signal);

    report({ phase: 'tokenizing' });
    const texts = await textsOfDataset(this.desk, datasetId);
    const accounts = await this.tokenize(texts, modelId, live.tokenizer, signal);

    report({ phase: 'timing' });
    putFreshAdapter(this.context, live.model, mode, seed);
    const tokensPerSecond = await this.speedOf(live, modelId, mode, choice, signal);
    throwIfAborted(signal);
    return { live, texts, accounts, tokensPerSecond };
  }

  private async speedOf(
    { model }: LiveModel,
    modelId: string,
    mode: TrainingMode,
    { blockLength, checkpointing }: RecipeOverrides,
    signal: AbortSignal,
  ): Promise<number> {
    const { ops, status } = this.context.runtime;
    const { backend, adapter } = status;
    const key = JSON.stringify([modelId, backend, adapter, blockLength, checkpointing, mode]);
    if (this.speed?.key !== key) {
      const timed = { blockLength, checkpointing };
      this.speed = { key, tokensPerSecond: await measureSpeed(ops, model, timed, signal) };
    }
    return this.speed.tokensPerSecond;
  }

  /** The id of the stored model. */
  private async modelId(name: string, signal: AbortSignal): Promise<string> {
    const storage = await this.context.storage();
    if (name === STARTER_ID) return this.context.starter.ensure(storage, signal);
    return (await requireModel(storage, name)).id;
  }

  private async describe(modelId: string, signal: AbortSignal): Promise<Description> {
    if (this.description?.modelId !== modelId) {
      const storage = await this.context.storage();
      const read = () => readModelFiles(storage, modelId);
      const { config, tokenizer } = await this.context.starter.repairing(
        storage,
        modelId,
        signal,
        read,
      );
      this.description = { modelId, config, tokenizer };
    }
    return this.description;
  }

  /** The tokenizer of a base model, without putting the model on the device. */
  async tokenizerOf(baseModelId: string, signal: AbortSignal): Promise<TextTokenizer> {
    return (await this.describe(await this.modelId(baseModelId, signal), signal)).tokenizer;
  }

  /** Tokenizes texts, by account. Throws `cancelled`. */
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

  /** Forgets the tokens: the tweets can be read from them. */
  forgetTokens(): void {
    this.tokens = null;
  }
}
