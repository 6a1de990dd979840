/** What a run needs before its first step: model on the device, tweets as tokens, a plan that fits. */

import { throwIfAborted, mynahError } from '../core/errors.ts';
import { drawSeed } from '../core/random.ts';
import { yieldToMessages } from '../core/yield.ts';
import { adapterCount } from '../model/lora.ts';
import { parameterCount } from '../model/weights.ts';
import type { PlanProgress, TrainingPlan, TrainParams } from '../protocol/calls.ts';
import { getDatasetSummary, readDocuments } from '../storage/datasets.ts';
import type { TextTokenizer } from '../tokenizer/tokenizer.ts';
import { type Split, splitDocuments } from '../train/batches.ts';
import { activationBytesPerToken, type ProbeResult, probe } from '../train/probe.ts';
import { createRecipe, type Recipe, tokensPerStep, validationShare } from '../train/recipe.ts';
import { loadBaseWeights, readModelFiles, requireModel } from './base-model.ts';
import type { EngineContext } from './context.ts';
import type { LiveModel } from './runtime.ts';
import { starterId } from './starter.ts';

export interface Prepared {
  readonly live: LiveModel;
  /** The stored model behind `baseModelId`. */
  readonly modelId: string;
  readonly documents: readonly Int32Array[];
  readonly recipe: Recipe;
  readonly plan: TrainingPlan;
}

/** Tokenising and timing are kept for the run that usually follows its plan. */
export class Preparation {
  private readonly context: EngineContext;
  private tokens: { readonly key: string; readonly documents: readonly Int32Array[] } | null = null;
  private timing: { readonly key: string; readonly result: ProbeResult } | null = null;

  constructor(context: EngineContext) {
    this.context = context;
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
    const live = await this.loadBase(modelId, signal, (loaded) =>
      report({ phase: 'loading-model', loaded }),
    );
    throwIfAborted(signal);

    report({ phase: 'tokenizing' });
    const documents = await this.tokenize(params.datasetId, modelId, live.tokenizer, signal);

    report({ phase: 'timing' });
    const { blockLength } = params.overrides;
    const key = [modelId, runtime.status.backend, runtime.status.adapter, blockLength].join(' ');
    if (this.timing?.key !== key) {
      this.timing = { key, result: await probe(runtime.ops, live.model, { blockLength }, signal) };
    }
    throwIfAborted(signal);
    const { shape, tokensPerSecond } = this.timing.result;

    const { config } = live.model;
    const seed = params.overrides.seed ?? drawSeed();
    const datasetTokens = countTokens(documents);
    const draft = { config, shape, seed, preset: params.preset, overrides: params.overrides };
    const { training } = splitDocuments(documents, validationShare, seed);
    const recipe = createRecipe({ ...draft, epochTokens: countTokens(training) });
    const parameters = parameterCount(config);
    const { mode, checkpointing } = recipe;
    const trainedParameters = mode.kind === 'lora' ? adapterCount(config, mode) : parameters;
    const activations =
      activationBytesPerToken(live.model, shape.blockLength) * shape.blockLength * shape.microBatch;
    const plan: TrainingPlan = {
      steps: recipe.totalSteps,
      epochs: recipe.epochs,
      ...shape,
      learningRate: recipe.learningRate,
      datasetTokens,
      parameters,
      mode: mode.kind,
      trainedParameters,
      checkpointing,
      tokensPerSecond,
      estimatedSeconds: (recipe.totalSteps * tokensPerStep(recipe)) / tokensPerSecond,
      // Weights, gradients and two moments, each float32.
      estimatedBytes: 16 * parameters + activations,
    };
    return { live, modelId, documents, recipe, plan };
  }

  /** The stored model behind what the page calls it. */
  private async baseModelId(name: string, signal: AbortSignal): Promise<string> {
    const storage = await this.context.storage();
    if (name === starterId) return this.context.starter.ensure(storage, signal);
    return (await requireModel(storage, name)).id;
  }

  /** The base weights of a stored model on the device, as the live model. */
  async loadBase(
    modelId: string,
    signal: AbortSignal,
    report: (loaded: PlanProgress['loaded']) => void = () => {},
  ): Promise<LiveModel> {
    const { runtime, starter } = this.context;
    const key = `base ${modelId}`;
    const found = runtime.find(key);
    if (found) return found;
    const storage = await this.context.storage();
    runtime.release();
    const fence = runtime.fence();
    return starter.repairing(storage, modelId, signal, async () => {
      const { config, tokenizer } = await readModelFiles(storage, modelId);
      const model = await loadBaseWeights(runtime.ops, storage, modelId, config, {
        signal,
        onProgress: (bytes, totalBytes) => report({ bytes, totalBytes }),
      });
      fence();
      return runtime.keep({ key, model, tokenizer });
    });
  }

  /** The kept tweets of a dataset as ids. */
  async tokenize(
    datasetId: string,
    modelId: string,
    tokenizer: TextTokenizer,
    signal: AbortSignal,
  ): Promise<readonly Int32Array[]> {
    const storage = await this.context.storage();
    const summary = await getDatasetSummary(storage, datasetId);
    const key = `${modelId} ${datasetId} ${summary?.contentHash}`;
    if (this.tokens?.key === key) return this.tokens.documents;
    const texts = await readDocuments(storage, datasetId);
    if (texts === null) throw mynahError('checkpoint-incompatible', { reason: 'no such dataset' });
    const documents: Int32Array[] = [];
    for (const [index, text] of texts.entries()) {
      documents.push(tokenizer.encode(text));
      if (index % 500 === 499) {
        await yieldToMessages();
        throwIfAborted(signal);
      }
    }
    this.tokens = { key, documents };
    return documents;
  }
}

export function split(recipe: Recipe, documents: readonly Int32Array[]): Split {
  return splitDocuments(documents, recipe.validationShare, recipe.seed);
}

/** Tokens of one epoch, separators included. */
function countTokens(documents: readonly Int32Array[]): number {
  return documents.reduce((sum, { length }) => sum + length + 1, 0);
}
