/**
 * From what the user wants, and how fast this machine is, to one plan: first a way to train that fits
 * (`choices.ts`, held against a memory model), then the speed, which the engine measures with the model
 * loaded that way, then how a step's tokens are laid out (`probe.ts`), then the recipe.
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

/** Where there is a choice, activations and the like may take this much. */
const MAX_WORKING_BYTES = 512 * 2 ** 20;

/** What the engine knows once the model is loaded in the chosen way. */
export interface Measured {
  readonly tokensPerSecond: number;
  /** The texts to learn from as tokens. */
  readonly accounts: readonly AccountDocuments[];
}

export interface PlannedTraining<M extends Measured> {
  readonly recipe: Recipe;
  readonly plan: TrainingPlan;
  readonly measured: M;
}

/**
 * `measure` gets the user's choices with everything settled that decides what is loaded, and may be
 * called again with others where the device had no room after all. Throws `out-of-memory` with what
 * would fit instead, and what `measure` throws.
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
    // The device had no room after all for what was chosen. The memory model remembers that.
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
 * The best way to train that fits, with everything settled that the user left open. Throws
 * `out-of-memory` with what would fit instead.
 */
export async function chooseWay(
  config: GPT2Config,
  wished: RecipeOverrides,
  memory: MemoryModel,
): Promise<RecipeOverrides> {
  const isThere = (recipe: Recipe) => fitOnDevice(memory, config, recipe);
  const found = await firstThatFits(config, wished, isThere);
  if (found.plan !== null) return found.choice;
  const { mode: _, checkpointing: __, blockLength: ___, ...rest } = wished;
  const other = await firstThatFits(config, rest, isThere);
  const instead =
    other.plan === null ? null : { ...methodOf(other.choice), neededBytes: other.plan.neededBytes };
  throw mynahError('out-of-memory', { ...found.shortage, wish: methodOf(found.choice), instead });
}

/** The first way to train that fits; where none does, the first of all and what it is short of. */
async function firstThatFits(
  config: GPT2Config,
  wished: RecipeOverrides,
  fitOf: (recipe: Recipe) => Promise<Fit>,
): Promise<Fit & { readonly choice: RecipeOverrides }> {
  let first: (Fit & { readonly choice: RecipeOverrides }) | null = null;
  for (const choice of waysToTrain(config, wished)) {
    const fit = await fitOf(sketchRecipe(config, choice, minShape(config, choice)));
    if (fit.plan !== null) return { ...fit, choice };
    first ??= { ...fit, choice };
  }
  return must(first, 'a way to train');
}

/**
 * How the tokens of a step are laid out so that they fit, with as many on the device at once as may be;
 * and what that takes. Null when none fits.
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
 * What a training of such a model needs here, when the user leaves everything open: by the limits and
 * the budget, without asking the device. Null when nothing fits.
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

/** Tokens of all texts once, separators included. */
function countTokens(accounts: readonly AccountDocuments[]): number {
  const documents = accounts.flatMap((account) => account.documents);
  return documents.reduce((sum, { length }) => sum + length + 1, 0);
}
