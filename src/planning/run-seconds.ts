/** What a run does beside its steps, and how long that takes as far as it is known before it is measured. */

import type { Recipe } from '../domain/recipe.ts';
import { tokensPerStep } from '../train/recipe.ts';

/** A validation loss is computed by a forward pass, which is about a third of a step for as many tokens. */
const FORWARD_SHARE = 1 / 3;
/** How many shares of the training are usually tried when weights are mixed at the end (`train/mixing.ts`). */
const USUAL_MIXTURES = 2;
/** The share of the time between two evaluations that samples may take, and what they may take in any case. */
const SAMPLE_SHARE = 0.2;
const MIN_SAMPLE_MS = 400;

/** How many milliseconds a validation loss takes in a run whose steps take `stepMs`. */
export function expectedValidationMs(recipe: Recipe, stepMs: number): number {
  const { validationBlocks, blockLength } = recipe;
  return (FORWARD_SHARE * stepMs * validationBlocks * blockLength) / tokensPerStep(recipe);
}

/** How long the samples of an evaluation may take. */
export function maxSampleMs({ evaluateEvery }: Recipe, stepMs: number): number {
  return Math.max(MIN_SAMPLE_MS, evaluateEvery * stepMs * SAMPLE_SHARE);
}

/** What follows the last step: the weights are mixed with those of the base model. */
export function expectedMixingMs({ mixesWithBase }: Recipe, validationMs: number): number {
  return mixesWithBase ? USUAL_MIXTURES * validationMs : 0;
}

/** How many validation losses a run computes. All but the last are followed by samples. */
export function evaluationsOf({ totalSteps, evaluateEvery }: Recipe): number {
  return Math.ceil(totalSteps / evaluateEvery);
}

/** The seconds that a run takes if it isn't ended before its last step, at a speed in tokens per second. */
export function runSeconds(recipe: Recipe, tokensPerSecond: number): number {
  const stepMs = (tokensPerStep(recipe) * 1000) / tokensPerSecond;
  const validationMs = expectedValidationMs(recipe, stepMs);
  const evaluations = evaluationsOf(recipe);
  // Samples usually take as long as the validation loss.
  const samplesMs = (evaluations - 1) * Math.min(validationMs, maxSampleMs(recipe, stepMs));
  const mixingMs = expectedMixingMs(recipe, validationMs);
  return (recipe.totalSteps * stepMs + evaluations * validationMs + samplesMs + mixingMs) / 1000;
}
