/**
 * Makes the plan of a training from what the user wants and how fast this machine is:
 * it chooses a way to train that fits in memory (`choices.ts`), has the engine load the model accordingly
 * and measure its speed, divides a step into micro-batches that fit (`probe.ts`), and creates the recipe.
 */

import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import type { RecipeOverrides } from '../domain/training-options.ts';
import type { GPT2Config } from '../model/config.ts';
import { adapterParameterCount } from '../model/lora.ts';
import { parameterCount } from '../model/weights.ts';
import type { TrainingNeeds, TrainingPlan, TrainParams } from '../protocol/calls.ts';
import { type AccountDocuments, splitAccounts, TrainingStream } from '../train/batches.ts';
import {
  type BatchShape,
  createRecipe,
  type Recipe,
  tokensPerStep,
  VALIDATION_SHARE,
} from '../train/recipe.ts';
import { layouts, minShape, sketchRecipe, waysToTrain } from './choices.ts';
import { type Fit, fitOnDevice, type MemoryModel, type MemoryPlan } from './memory-model.ts';
import { stepShape } from './probe.ts';

/** Micro-batches are made as large as fits, but no larger than this limit for activations allows. */
const MAX_WORKING_BYTES = 512 * 2 ** 20;

/** What the engine measures once it has loaded the model. */
export interface Measured {
  readonly tokensPerSecond: number;
  /** The tokenized texts. */
  readonly accounts: readonly AccountDocuments[];
}

export interface PlannedTraining<M extends Measured> {
  readonly recipe: Recipe;
  readonly plan: TrainingPlan;
  readonly measured: M;
}

/**
 * @param measure Loads the model and measures its speed. It gets the overrides with everything set that
 *   decides how the model is loaded, and is called again with others if the device had no room after all.
 * @throws `out-of-memory` with what would fit instead, and what `measure` throws.
 */
export async function planTraining<M extends Measured>(
  { preset, overrides }: Pick<TrainParams, 'preset' | 'overrides'>,
  config: GPT2Config,
  seed: number,
  memory: MemoryModel,
  measure: (choice: RecipeOverrides) => Promise<M>,
): Promise<PlannedTraining<M>> {
  const choice = await chooseWay(config, overrides, memory);
  const measured = await measure(choice);
  const { tokensPerSecond, accounts } = measured;
  const shape = stepShape(tokensPerSecond, config.blockSize, choice.blockLength);
  const layout = await layOut(config, choice, shape, memory);
  if (layout === null) {
    // The memory model remembers that the device had no room, so another way is chosen now.
    return planTraining({ preset, overrides }, config, seed, memory, measure);
  }

  const { training } = splitAccounts(accounts, VALIDATION_SHARE, seed);
  const { epochTokens } = new TrainingStream(training, config.endOfTextId, seed);
  const draft = { config, shape: layout.shape, seed, preset, overrides: choice };
  const recipe = createRecipe({ ...draft, epochTokens });
  const { mode, totalSteps, epochs, learningRate, checkpointing } = recipe;
  const parameters = parameterCount(config);
  const plan: TrainingPlan = {
    steps: totalSteps,
    epochs,
    ...layout.shape,
    learningRate,
    datasetTokens: countTokens(accounts),
    parameters,
    mode: mode.kind,
    trainedParameters: mode.kind === 'lora' ? adapterParameterCount(config, mode) : parameters,
    checkpointing,
    tokensPerSecond,
    estimatedSeconds: (totalSteps * tokensPerStep(recipe)) / tokensPerSecond,
    estimatedBytes: layout.memory.expectedBytes,
    memory: layout.memory.parts,
  };
  return { recipe, plan, measured };
}

/**
 * Returns the overrides of the best way to train that fits. Throws `out-of-memory` if none fits, with what
 * would fit if the user gave up some choices.
 */
export async function chooseWay(
  config: GPT2Config,
  overrides: RecipeOverrides,
  memory: MemoryModel,
): Promise<RecipeOverrides> {
  const isThere = (recipe: Recipe) => fitOnDevice(memory, config, recipe);
  const found = await firstThatFits(config, overrides, isThere);
  if (found.plan !== null) return found.choice;
  const { mode: _, checkpointing: __, blockLength: ___, ...rest } = overrides;
  const other = await firstThatFits(config, rest, isThere);
  const instead =
    other.plan === null ? null : { ...methodOf(other.choice), neededBytes: other.plan.neededBytes };
  throw mynahError('out-of-memory', {
    ...found.shortage,
    requested: methodOf(found.choice),
    instead,
  });
}

/** Returns the first way to train that fits or, if none does, the first of all and its shortage. */
async function firstThatFits(
  config: GPT2Config,
  overrides: RecipeOverrides,
  fitOf: (recipe: Recipe) => Promise<Fit>,
): Promise<Fit & { readonly choice: RecipeOverrides }> {
  let first: (Fit & { readonly choice: RecipeOverrides }) | null = null;
  for (const choice of waysToTrain(config, overrides)) {
    const fit = await fitOf(sketchRecipe(config, choice, minShape(config, choice)));
    if (fit.plan !== null) return { ...fit, choice };
    first ??= { ...fit, choice };
  }
  return must(first, 'a way to train');
}

/**
 * Divides a step into the largest micro-batches that fit, and returns them with their memory plan. Null if
 * not even one block at a time fits.
 */
export async function layOut(
  config: GPT2Config,
  choice: RecipeOverrides,
  shape: BatchShape,
  memory: MemoryModel,
): Promise<{ readonly shape: BatchShape; readonly memory: MemoryPlan } | null> {
  for (const layout of layouts(shape)) {
    const recipe = sketchRecipe(config, choice, layout);
    const fit = await memory.fit(config, recipe);
    if (fit.plan === null) continue;
    if (layout.microBatch > 1 && fit.plan.parts.workingBytes > MAX_WORKING_BYTES) continue;
    if (await memory.hasRoomFor(fit.plan)) return { shape: layout, memory: fit.plan };
  }
  return null;
}

/**
 * Returns what training a model of this config needs with default options, by limits and budget and
 * without asking the device. Null if nothing fits.
 */
export async function estimateNeeds(
  config: GPT2Config,
  memory: MemoryModel,
): Promise<TrainingNeeds | null> {
  const { choice, plan } = await firstThatFits(config, {}, (recipe) => memory.fit(config, recipe));
  return plan === null ? null : { ...methodOf(choice), bytes: plan.expectedBytes };
}

function methodOf({ mode = 'full', checkpointing = false }: RecipeOverrides) {
  return { mode, checkpointing };
}

/** The number of tokens in all texts, including separators. */
function countTokens(accounts: readonly AccountDocuments[]): number {
  const documents = accounts.flatMap((account) => account.documents);
  return documents.reduce((sum, { length }) => sum + length + 1, 0);
}
