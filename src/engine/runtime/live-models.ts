/**
 * Opens base models, and loads models onto the device as the live model: a stored base model, or the
 * weights of a run.
 */

import type { ModelDescription } from '../../bots/read-model.ts';
import { STARTER_ID } from '../../domain/identifiers.ts';
import { GPT2 } from '../../model/gpt2.ts';
import { createAdapter, initialAdapter } from '../../model/lora.ts';
import type { Ops } from '../../ops/ops.ts';
import type { PlanProgress } from '../../protocol/training.ts';
import { isWeight } from '../../storage/checkpoint-manifest.ts';
import { type Checkpoint, readCheckpoint } from '../../storage/read-checkpoint.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { restoreAdapter, restoreWeights } from '../../train/optimizer-state.ts';
import { weightPrecision } from '../../train/recipe.ts';
import type { Recipe, TrainingMode } from '../../domain/recipe.ts';
import { loadBaseWeights, readModelFiles, requireModel } from './open-base-model.ts';
import type { EngineContext } from './context.ts';
import type { LiveModel } from './runtime.ts';

/** A stored base model, which is read but not necessarily on the device. */
export interface BaseModel extends Pick<ModelDescription, 'config' | 'tokenizer'> {
  readonly id: string;
  /** Makes it the live model, as a run of this mode and seed begins with it. */
  load(
    start: Pick<Recipe, 'mode' | 'seed'>,
    signal: AbortSignal,
    report: (progress: PlanProgress) => void,
  ): Promise<LiveModel>;
}

/**
 * Opens a base model by the page's name for it, without putting it on the device. Throws `not-found`,
 * `stored-data-damaged`, and what fetching the starter throws.
 */
export async function openBase(
  context: EngineContext,
  baseModelId: string,
  signal: AbortSignal,
): Promise<BaseModel> {
  const storage = await context.storage();
  const id =
    baseModelId === STARTER_ID
      ? await context.starter.ensure(storage, signal)
      : (await requireModel(storage, baseModelId)).id;
  if (context.openedBase?.id !== id) {
    const { config, tokenizer } = await describe(context, id, signal);
    const load: BaseModel['load'] = async ({ mode, seed }, signal, report) => {
      const onLoaded = (part: PlanProgress['part']) => report({ phase: 'loading-model', part });
      const live = await loadBase(context, id, mode, signal, onLoaded);
      putFreshAdapter(context.runtime.ops, live.model, mode, seed);
      return live;
    };
    context.openedBase = { id, config, tokenizer, load };
  }
  return context.openedBase;
}

async function describe(
  context: EngineContext,
  modelId: string,
  signal: AbortSignal,
): Promise<ModelDescription> {
  const storage = await context.storage();
  const read = () => readModelFiles(storage, modelId);
  return context.starter.repairing(storage, modelId, signal, read);
}

/** Loads the weights of a stored base model in the precision that the mode needs, without an adapter. */
export async function loadBase(
  context: EngineContext,
  modelId: string,
  mode: TrainingMode,
  signal: AbortSignal,
  report: (part: PlanProgress['part']) => void = () => {},
): Promise<LiveModel> {
  const { runtime, starter } = context;
  const isHalf = mode.kind === 'lora' && mode.isBaseHalf;
  const key = `base ${modelId}${isHalf ? ' half' : ''}`;
  const found = runtime.find(key);
  if (found) {
    found.model.setAdapter(null);
    return found;
  }
  const storage = await context.storage();
  runtime.release();
  const fence = runtime.fence();
  return starter.repairing(storage, modelId, signal, async () => {
    const { config, tokenizer } = await readModelFiles(storage, modelId);
    const model = await loadBaseWeights(runtime.ops, storage, modelId, config, {
      signal,
      precisionOf: (shape) => weightPrecision(mode, shape),
      onProgress: (done, count) => report({ done, count }),
    });
    fence();
    return runtime.keep({ key, model, tokenizer });
  });
}

/** Gives the model the adapter with which a run of this mode and seed begins; none for full training. */
export function putFreshAdapter(ops: Ops, model: GPT2, mode: TrainingMode, seed: number): void {
  if (mode.kind === 'full') return;
  const values = initialAdapter(model.config, mode, seed);
  model.setAdapter(createAdapter(ops, model.config, mode, values));
}

/**
 * Loads the weights of a run as a checkpoint has them or, without a checkpoint, as they were at its
 * start: all weights, or the base model with the run's adapter. Throws `not-found`,
 * `stored-data-damaged`.
 */
export async function loadLearned(
  context: EngineContext,
  run: RunRecord,
  checkpointId: string | null,
  signal: AbortSignal,
  key: string,
): Promise<LiveModel> {
  const { recipe, modelId } = run;
  const storage = await context.storage();
  const checkpoint = checkpointId === null ? null : await readCheckpoint(storage, checkpointId);
  if (recipe.mode.kind === 'full' && checkpoint !== null) {
    return loadWeights(context, modelId, checkpoint, signal, key);
  }
  const live = await loadBase(context, modelId, recipe.mode, signal);
  await putAdapter(context, live.model, recipe, checkpoint);
  return context.runtime.keep({ ...live, key });
}

async function putAdapter(
  context: EngineContext,
  model: GPT2,
  { mode, seed }: Recipe,
  checkpoint: Checkpoint | null,
): Promise<void> {
  if (mode.kind === 'full') return;
  const { ops } = context.runtime;
  if (checkpoint === null) return putFreshAdapter(ops, model, mode, seed);
  const tensors = checkpoint.tensors(isWeight);
  const { id } = checkpoint.manifest;
  model.setAdapter(await restoreAdapter(ops, model.config, mode, tensors, id));
}

async function loadWeights(
  context: EngineContext,
  modelId: string,
  checkpoint: Checkpoint,
  signal: AbortSignal,
  key: string,
): Promise<LiveModel> {
  const { runtime } = context;
  const { config, tokenizer } = await describe(context, modelId, signal);
  runtime.release();
  const tensors = checkpoint.tensors(isWeight);
  const weights = await restoreWeights(runtime.ops, config, tensors, checkpoint.manifest.id);
  return runtime.keep({ key, model: new GPT2(runtime.ops, config, weights), tokenizer });
}
