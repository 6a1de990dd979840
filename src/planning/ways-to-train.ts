/**
 * The ways to train, and which of them fit in memory. Keeping activations as float16 comes first, which takes hardly
 * any time and changes losses by less than a thousandth, then recomputing them, which takes a quarter more time, then
 * shorter blocks, then training an adapter instead of the whole model. What the user has set never changes.
 */

import { must } from '../core/assert.ts';
import { mynahError, type TrainingMethod } from '../core/errors.ts';
import { divisorUpTo, MIN_BLOCK } from '../domain/option-conflicts.ts';
import { MODE_NAMES, type Preset, type RecipeOverrides } from '../domain/training-options.ts';
import type { GPT2Config } from '../model/config.ts';
import { parameterCount } from '../model/weights.ts';
import { defaultLora, loraDefaults, recipeDefaults } from '../train/recipe.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { Fit, MemoryModel, PlannedStep } from './memory-model.ts';

const SHORTER_BLOCKS = [64, 32];
/** Larger models are trained with an adapter, because full training would take too long. */
const MAX_FULLY_TRAINED_PARAMETERS = 200e6;

/** What decides how a model is loaded and how fast it trains. Blocks may be shorter, but not longer. */
export type Way = Pick<
  Recipe,
  'mode' | 'checkpointing' | 'hasHalfActivations' | 'blockLength' | 'dropout' | 'attention'
>;

/** How much of the activations is saved, from nothing to all of them. */
const SAVINGS = ['nothing', 'halves', 'activations'] as const;
type Saving = (typeof SAVINGS)[number];

/** All ways that the user's choices allow, the best one first. */
export function waysToTrain(
  config: GPT2Config,
  preset: Preset,
  overrides: RecipeOverrides,
): readonly Way[] {
  const usual = recipeDefaults(preset, config);
  const { attention } = usual;
  const dropout = overrides.dropout ?? usual.dropout;
  const isTooLarge = parameterCount(config) > MAX_FULLY_TRAINED_PARAMETERS;
  const automatic = isTooLarge ? (['lora'] as const) : MODE_NAMES;
  const {
    checkpointing: chosen,
    blockLength: requested,
    tokensPerStep,
    loraRank: rank = loraDefaults(config).rank,
  } = overrides;
  // If the user has set the tokens of a step, the length of a block divides them. What can't be used as it is set has
  // been refused by now (`domain/option-conflicts.ts`).
  const upTo = (max: number) =>
    tokensPerStep === undefined ? max : divisorUpTo(tokensPerStep, max);
  const longest =
    requested === undefined
      ? upTo(usual.blockLength)
      : Math.min(requested, config.blockSize, tokensPerStep ?? Infinity);
  const isFixed = requested !== undefined || preset === 'huggingtweets';
  const shorter = isFixed
    ? []
    : SHORTER_BLOCKS.map(upTo).filter((T) => T < longest && T >= MIN_BLOCK);
  return (overrides.mode === undefined ? automatic : [overrides.mode]).flatMap((name) => {
    const way = (saving: Saving, blockLength: number): Way => {
      const isBaseHalf = saving !== 'nothing';
      const lora = { ...defaultLora, isBaseHalf, rank, alpha: 2 * rank };
      const mode = name === 'full' ? { kind: name } : { ...lora, kind: name };
      const checkpointing = saving === 'activations';
      const halves = saving === 'halves' ? { hasHalfActivations: true } : {};
      return { mode, checkpointing, ...halves, blockLength, dropout, attention };
    };
    const savings = SAVINGS.filter(
      (saving) => chosen === undefined || chosen === (saving === 'activations'),
    );
    return [
      ...savings.map((saving) => way(saving, longest)),
      ...shorter.map((blockLength) => way(must(savings.at(-1), 'a way'), blockLength)),
    ];
  });
}

/**
 * Returns the best way to train that fits and all that are worse. Throws `out-of-memory` if none fits,
 * with what would fit if the user gave up some choices.
 */
export async function chooseWays(
  config: GPT2Config,
  preset: Preset,
  overrides: RecipeOverrides,
  memory: MemoryModel,
): Promise<readonly Way[]> {
  const fitOf = async (step: PlannedStep): Promise<Fit> => {
    const fit = await memory.fit(config, step);
    if (fit.plan === null || (await memory.hasRoomFor(fit.plan))) return fit;
    const { neededBytes } = fit.plan;
    return { plan: null, shortage: { neededBytes, reason: 'no-room' } };
  };
  const ways = waysToTrain(config, preset, overrides);
  const found = await firstThatFits(ways, fitOf);
  if (found.plan !== null) return ways.slice(ways.indexOf(found.way));
  const { mode: _, checkpointing: __, blockLength: ___, ...rest } = overrides;
  const other = await firstThatFits(waysToTrain(config, preset, rest), fitOf);
  const instead =
    other.plan === null ? null : { ...methodOf(other.way), neededBytes: other.plan.neededBytes };
  throw mynahError('out-of-memory', { ...found.shortage, requested: methodOf(found.way), instead });
}

/**
 * Returns the first way that fits with one block at a time or, if none does, the first of all and its
 * shortage.
 */
export async function firstThatFits(
  ways: readonly Way[],
  fitOf: (step: PlannedStep) => Promise<Fit>,
): Promise<Fit & { readonly way: Way }> {
  let first: (Fit & { readonly way: Way }) | null = null;
  for (const way of ways) {
    const fit = await fitOf({ ...way, microBatch: 1, accumulation: 2 });
    if (fit.plan !== null) return { ...fit, way };
    first ??= { ...fit, way };
  }
  return must(first, 'a way to train');
}

export function methodOf({ mode, checkpointing }: Way): TrainingMethod {
  return { mode: mode.kind, checkpointing };
}
