/**
 * Makes the plan of a training from what the user wants, the ways to train that fit (`ways-to-train.ts`),
 * and how fast this machine is (`probe.ts`): it chooses how many tokens a step takes, divides them into
 * micro-batches that fit, asks for the speed of such steps, and creates the recipe.
 */

import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import type { Preset, RecipeOverrides } from '../domain/training-options.ts';
import type { GPT2Config } from '../model/config.ts';
import { adapterParameterCount } from '../model/lora.ts';
import { parameterCount } from '../model/weights.ts';
import type { TrainingPlan } from '../protocol/training.ts';
import { type BatchShape, createRecipe, recipeDefaults, tokensPerStep } from '../train/recipe.ts';
import { extraSteps, planTrials, triesRates } from '../train/trials.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { MemoryModel, MemoryPlan } from './memory-model.ts';
import { runSeconds } from './run-seconds.ts';
import { methodOf, type Way } from './ways-to-train.ts';

/**
 * The maximum number of operations in a micro-batch on the processor: about two seconds on a core, because progress is
 * reported between two micro-batches. It isn't a measured time, so that a plan doesn't depend on what else the machine
 * does.
 */
const MAX_SOFTWARE_FLOPS = 20e9;
/** Micro-batches are made as large as fits, but no larger than this limit for activations allows. */
const MAX_WORKING_BYTES = 512 * 2 ** 20;

/** What is to be trained, how, and on how much. */
export interface TrainingRequest {
  readonly config: GPT2Config;
  readonly preset: Preset;
  readonly overrides: RecipeOverrides;
  readonly seed: number;
  readonly validationShare?: number;
  /** The number of tokens per epoch, including separators. */
  readonly epochTokens: number;
  /** The number of tokens in all texts, including those that are held out. */
  readonly datasetTokens: number;
  /** Whether there are tweets to compare learning rates on. */
  readonly hasHeldOut?: boolean;
  /** Whether the processor computes, itself or as a simulated graphics card. */
  readonly isSoftware: boolean;
}

/** The part of it that decides how a step is divided. */
type StepRequest = Pick<TrainingRequest, 'config' | 'preset' | 'overrides' | 'isSoftware'>;

/**
 * @param ways Those that fit, the best first.
 * @param speedOf Returns the speed, in tokens per second, of steps of the first way in micro-batches of this size. It
 *   is also used for another way if the device turns out to have no room for the first after all.
 * @throws `out-of-memory` if the device has room for none of them any more, and what `speedOf` throws.
 */
export async function planTraining(
  request: TrainingRequest,
  ways: readonly Way[],
  speedOf: (step: Way & Pick<BatchShape, 'microBatch'>) => Promise<number>,
  memory: MemoryModel,
): Promise<{ readonly recipe: Recipe; readonly plan: TrainingPlan }> {
  const { config, datasetTokens } = request;
  const layoutOf = (way: Way) => layOut(config, way, shapeOfStep(request, way), memory);
  const first = must(ways[0], 'a way to train');
  const firstLayout = await layoutOf(first);
  const tokensPerSecond = await speedOf({
    ...first,
    microBatch: firstLayout?.shape.microBatch ?? 1,
  });
  for (const way of ways) {
    const layout = way === first ? firstLayout : await layoutOf(way);
    if (layout === null) continue;
    const { memory: needs } = layout;
    const recipe = createRecipe({ ...request, way, shape: layout.shape });
    const { mode, totalSteps, epochs, learningRate, checkpointing, hasHalfActivations } = recipe;
    const parameters = parameterCount(config);
    const isTrying = request.hasHeldOut === true && triesRates(request.preset, request.overrides);
    const trials = isTrying ? planTrials(recipe) : [];
    const trialTokens = extraSteps(trials) * tokensPerStep(recipe);
    const plan: TrainingPlan = {
      steps: totalSteps,
      epochs,
      ...layout.shape,
      learningRate,
      datasetTokens,
      parameters,
      mode: mode.kind,
      trainedParameters: mode.kind === 'lora' ? adapterParameterCount(config, mode) : parameters,
      checkpointing,
      ...(hasHalfActivations ? { hasHalfActivations } : {}),
      tokensPerSecond,
      ...(trials.length === 0 ? {} : { trialSteps: extraSteps(trials) }),
      estimatedSeconds: runSeconds(recipe, tokensPerSecond) + trialTokens / tokensPerSecond,
      estimatedBytes: needs.expectedBytes,
      memory: needs.parts,
    };
    return { recipe, plan };
  }
  const requested = methodOf(first);
  throw mynahError('out-of-memory', { reason: 'no-room', requested, instead: null });
}

/** How a step is divided if memory doesn't matter. */
export function shapeOfStep(request: StepRequest, way: Way): BatchShape {
  const { config, preset, overrides } = request;
  const perStep = tokensOfStep(preset, overrides, config);
  return stepShape(tokensAtOnce(request), perStep, way.blockLength);
}

/** The maximum number of tokens in a micro-batch, by how long it may take. */
function tokensAtOnce({ config, isSoftware }: StepRequest): number {
  return isSoftware ? MAX_SOFTWARE_FLOPS / (6 * parameterCount(config)) : Infinity;
}

/** Whether the processor makes such a step in one micro-batch. A graphics card may take longer for it. */
export function isSmallStep(config: GPT2Config, tokens: number): boolean {
  return 6 * parameterCount(config) * tokens <= MAX_SOFTWARE_FLOPS;
}

export function tokensOfStep(
  preset: Preset,
  overrides: RecipeOverrides,
  config: GPT2Config,
): number {
  return overrides.tokensPerStep ?? recipeDefaults(preset, config).tokensPerStep;
}

/**
 * Divides the tokens of a step into blocks, and the blocks into micro-batches of at most `maxTokens`. The number of
 * micro-batches changes which elements dropout drops and the order of sums, so it depends on no measured speed.
 */
export function stepShape(maxTokens: number, perStep: number, blockLength: number): BatchShape {
  const blocks = Math.max(1, Math.round(perStep / blockLength));
  const all = layouts({ blockLength, microBatch: blocks, accumulation: 1 });
  const affordable = [...all].find(({ microBatch }) => microBatch * blockLength <= maxTokens);
  return affordable ?? { blockLength, microBatch: 1, accumulation: blocks };
}

/**
 * Divides a step into the largest micro-batches that fit, and returns them with their memory plan. Null if
 * not even one block at a time fits.
 */
export async function layOut(
  config: GPT2Config,
  way: Way,
  shape: BatchShape,
  memory: MemoryModel,
): Promise<{ readonly shape: BatchShape; readonly memory: MemoryPlan } | null> {
  for (const layout of layouts(shape)) {
    const { plan } = await memory.fit(config, { ...way, ...layout });
    if (plan === null) continue;
    if (layout.microBatch > 1 && plan.parts.workingBytes > MAX_WORKING_BYTES) continue;
    if (await memory.hasRoomFor(plan)) return { shape: layout, memory: plan };
  }
  return null;
}

/** Yields shapes with the same number of tokens per step and progressively fewer of them on the device at once. */
export function* layouts({
  blockLength,
  microBatch,
  accumulation,
}: BatchShape): Generator<BatchShape> {
  const blocks = microBatch * accumulation;
  for (let each = microBatch; each >= 1; each--) {
    // Only divisors of the number of blocks keep the number of tokens per step.
    if (blocks % each === 0) yield { blockLength, microBatch: each, accumulation: blocks / each };
  }
}
