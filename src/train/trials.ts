/**
 * Learning rates that a training tries before it decides for one: each is followed for the first steps of the
 * training, and the one with the lowest loss on held-out tweets goes on. One round of successive halving (Jamieson
 * and Talwalkar, arXiv:1502.07943).
 */

import type { Recipe } from '../domain/recipe.ts';
import { type Preset, PRESETS, type RecipeOverrides } from '../domain/training-options.ts';
import type { Trial } from '../protocol/training.ts';

/** What the recipe's learning rate is multiplied by. The recipe's own is tried first. */
const FACTORS = [1, 2, 0.5];
/** The share of all steps that each is followed for. The best one goes on, so only the others are made in addition. */
const SHARE = PRESETS.best.triedShare / (FACTORS.length - 1);
/** After fewer steps, the losses say nothing about the rates. */
const MIN_STEPS = 3;

/** Whether a training of these choices tries rates. It needs held-out tweets for it. */
export function triesRates(preset: Preset, { learningRate }: RecipeOverrides): boolean {
  return preset === 'best' && learningRate === undefined;
}

/** What a new training tries. None if it is too short. */
export function planTrials({ learningRate, totalSteps }: Recipe): readonly Trial[] {
  const steps = Math.ceil(SHARE * totalSteps);
  if (steps < MIN_STEPS) return [];
  return FACTORS.map((factor) => ({
    learningRate: factor * learningRate,
    steps,
    validationLoss: null,
    hasDiverged: false,
  }));
}

/** How many steps trying takes beyond those of the training itself, which goes on from the best trial. */
export function extraSteps(trials: readonly Trial[]): number {
  return trials.slice(1).reduce((sum, { steps }) => sum + steps, 0);
}

/** The first one that isn't done; null if all are. */
export function nextTrial(trials: readonly Trial[]): number | null {
  const index = trials.findIndex(
    ({ validationLoss, hasDiverged }) => validationLoss === null && !hasDiverged,
  );
  return index === -1 ? null : index;
}

/** Whether the loss of this trial is the lowest so far. */
export function isBestTrial(trials: readonly Trial[], validationLoss: number): boolean {
  return trials.every((other) => validationLoss <= (other.validationLoss ?? Infinity));
}
