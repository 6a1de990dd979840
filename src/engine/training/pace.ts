/** How fast a run goes, and how long it still takes, from what its parts have taken so far. */

import type { Recipe } from '../../domain/recipe.ts';
import { tokensPerStep } from '../../train/recipe.ts';
import { MAX_SAVING_SHARE, MIN_SAVING_INTERVAL_MS } from './checkpoint-schedule.ts';

/** The present speed is the mean over this many steps. */
const PRESENT_STEPS = 10;
/** The time that is left is estimated from the last steps: from this share of all, and at least from this many. */
const SHARE_OF_STEPS = 0.5;
const MIN_STEPS = 20;
/** A validation loss is computed by a forward pass, which is about a third of a step for as many tokens. */
const FORWARD_SHARE = 1 / 3;
/** How many shares of the training are usually tried when weights are mixed at the end (`train/mixing.ts`). */
const USUAL_MIXTURES = 2;

/** The share of the time between two evaluations that samples may take, and how long they may take in any case. */
const SAMPLE_SHARE = 0.2;
const MIN_SAMPLE_MS = 400;

export class Pace {
  private readonly recipe: Recipe;
  private readonly speedBefore: number;
  private readonly steps: number[] = [];
  private readonly validations: number[] = [];
  private readonly rests: number[] = [];
  private readonly saves: number[] = [];
  /** Whether an evaluation has followed the last step. */
  private isEvaluated = false;

  /** @param speedBefore Tokens per second, which is taken for the speed until a step has been measured. */
  constructor(recipe: Recipe, speedBefore: number) {
    this.recipe = recipe;
    this.speedBefore = speedBefore;
  }

  /** One more step was made. @param ms Until the next one could be given to the device. */
  stepped(ms: number): void {
    this.steps.push(ms);
    this.isEvaluated = false;
  }

  /** The host has waited for the loss of the last step, which the device was still computing: that is part of the step. */
  waited(ms: number): void {
    const last = this.steps.pop();
    if (last !== undefined) this.steps.push(last + ms);
  }

  /** @param restMs What followed the validation loss: the copy of the best weights, and the samples. */
  evaluated(validationMs: number, restMs: number): void {
    this.validations.push(validationMs);
    this.rests.push(restMs);
    this.isEvaluated = true;
  }

  /** A checkpoint was saved. */
  saved(ms: number): void {
    this.saves.push(ms);
  }

  /** Milliseconds per step at present; zero before the first one. */
  get stepMs(): number {
    return mean(this.steps.slice(-PRESENT_STEPS)) ?? 0;
  }

  get tokensPerSecond(): number {
    if (this.steps.length === 0) return this.speedBefore;
    // A browser's clock may be so coarse that a step takes no time.
    return (tokensPerStep(this.recipe) * 1000) / Math.max(0.1, this.stepMs);
  }

  /** How many milliseconds the samples of an evaluation may take. */
  get sampleMs(): number {
    return this.sampleMsAt(this.stepMs);
  }

  /**
   * The seconds until the run is finished and saved, if it isn't ended before its last step. Null before the
   * first step.
   */
  secondsLeft(completedSteps: number): number | null {
    const { totalSteps, evaluateEvery, mixesWithBase } = this.recipe;
    if (this.steps.length === 0) return null;
    const stepMs = this.steadyStepMs();
    const validationMs = mean(this.validations) ?? this.expectedValidationMs(stepMs);
    const saveMs = mean(withoutFirst(this.saves)) ?? 0;
    // The first samples take longer than later ones, because they wait for kernels to be compiled. Until there are some,
    // they are expected to take as long as the validation loss.
    const maxRestMs = this.sampleMsAt(stepMs) + saveMs;
    const [firstMs = validationMs + saveMs] = this.rests;
    const restMs = mean(this.rests.slice(1)) ?? Math.min(maxRestMs, firstMs);
    const isDue = completedSteps % evaluateEvery === 0 && !this.isEvaluated;
    const evaluated = Math.floor(completedSteps / evaluateEvery) - (isDue ? 1 : 0);
    const evaluations = Math.ceil(totalSteps / evaluateEvery) - evaluated;
    // The last evaluation is followed by mixing, and not by samples.
    const evaluatingMs = evaluations * validationMs + Math.max(0, evaluations - 1) * restMs;
    const settlingMs = mixesWithBase ? USUAL_MIXTURES * validationMs : 0;
    const savingShare = Math.min(MAX_SAVING_SHARE, saveMs / MIN_SAVING_INTERVAL_MS);
    const workMs = (totalSteps - completedSteps) * stepMs + evaluatingMs;
    return (workMs * (1 + savingShare) + settlingMs + saveMs) / 1000;
  }

  private sampleMsAt(stepMs: number): number {
    return Math.max(MIN_SAMPLE_MS, this.recipe.evaluateEvery * stepMs * SAMPLE_SHARE);
  }

  private steadyStepMs(): number {
    // The first step takes longer, because buffers are allocated and threads started in it.
    const steady = withoutFirst(this.steps);
    const count = Math.max(MIN_STEPS, Math.ceil(SHARE_OF_STEPS * steady.length));
    return mean(steady.slice(-count)) ?? 0;
  }

  private expectedValidationMs(stepMs: number): number {
    const { validationBlocks, blockLength } = this.recipe;
    return (FORWARD_SHARE * stepMs * validationBlocks * blockLength) / tokensPerStep(this.recipe);
  }
}

/** All but the first value, where there are others. */
function withoutFirst(values: readonly number[]): readonly number[] {
  return values.length > 1 ? values.slice(1) : values;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
