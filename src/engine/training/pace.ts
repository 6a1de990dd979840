/** How fast a run goes, and how long it still takes, from what its parts have taken so far. */

import type { Recipe } from '../../domain/recipe.ts';
import {
  evaluationsOf,
  expectedMixingMs,
  expectedValidationMs,
  maxSampleMs,
} from '../../planning/run-seconds.ts';
import { tokensPerStep } from '../../train/recipe.ts';
import { MAX_TIME_SHARE, MIN_INTERVAL_MS } from './checkpoint-schedule.ts';

/** The present speed is the mean over this many steps. */
const PRESENT_STEPS = 10;
/**
 * If something takes longer than a minute and than this many times its usual time, the computer slept meanwhile. It counts
 * as if it had taken the usual time.
 */
const ASLEEP_MS = 60_000;
const ASLEEP_TIMES = 20;

export class Pace {
  private readonly recipe: Recipe;
  private readonly speedBefore: number;
  private readonly steps: number[] = [];
  /** Of all steps together. */
  private allStepsMs = 0;
  private readonly validations: number[] = [];
  private readonly rests: number[] = [];
  private readonly saves: number[] = [];
  /** The share of the time in which nothing is computed. */
  private restShare = 0;
  /** Whether an evaluation has followed the last step. */
  private isEvaluated = false;

  /** @param speedBefore Tokens per second, which is taken for the speed until a step has been measured. */
  constructor(recipe: Recipe, speedBefore: number) {
    this.recipe = recipe;
    this.speedBefore = speedBefore;
  }

  /** One more step was made. @param ms Until the next one could be given to the device. */
  stepped(ms: number): void {
    this.addStep(ms);
    this.isEvaluated = false;
  }

  /** The host has waited for the loss of the last step, which the device was still computing: that is part of the step. */
  waited(ms: number): void {
    const last = this.steps.pop();
    if (last === undefined) return;
    this.allStepsMs -= last;
    this.addStep(last + ms);
  }

  /** @param restMs What followed the validation loss: the copy of the best weights, and the samples. */
  evaluated(validationMs: number, restMs: number): void {
    this.validations.push(awake(validationMs, mean(this.validations)));
    this.rests.push(awake(restMs, mean(this.rests)));
    this.isEvaluated = true;
  }

  /** A checkpoint was saved. @param ms How long the training waited for it. */
  saved(ms: number): void {
    this.saves.push(awake(ms, mean(this.saves)));
  }

  /** Milliseconds per step at present; zero before the first one. */
  get stepMs(): number {
    return mean(this.steps.slice(-PRESENT_STEPS)) ?? 0;
  }

  /**
   * How many milliseconds to rest between two steps.
   *
   * @param share Of the time, less than 1.
   */
  restBetween(share: number): number {
    this.restShare = share;
    return (this.stepMs * share) / (1 - share);
  }

  get tokensPerSecond(): number {
    if (this.steps.length === 0) return this.speedBefore;
    // A browser's clock may be so coarse that a step takes no time.
    return (tokensPerStep(this.recipe) * 1000) / Math.max(0.1, this.stepMs);
  }

  /** How many milliseconds the samples of an evaluation may take. */
  get sampleMs(): number {
    return maxSampleMs(this.recipe, this.stepMs);
  }

  /**
   * The seconds until the run is finished and saved, if it isn't ended before its last step. Null before the
   * first step.
   */
  secondsLeft(completedSteps: number): number | null {
    const { recipe } = this;
    const { totalSteps, evaluateEvery } = recipe;
    if (this.steps.length === 0) return null;
    const stepMs = this.steadyStepMs();
    const validationMs = mean(this.validations) ?? expectedValidationMs(recipe, stepMs);
    const saveMs = mean(withoutFirst(this.saves)) ?? 0;
    // The first samples take longer than later ones, because they wait for kernels to be compiled. Until there are some,
    // they are expected to take as long as the validation loss.
    const maxRestMs = maxSampleMs(recipe, stepMs) + saveMs;
    const [firstMs = validationMs + saveMs] = this.rests;
    const restMs = mean(this.rests.slice(1)) ?? Math.min(maxRestMs, firstMs);
    const isDue = completedSteps % evaluateEvery === 0 && !this.isEvaluated;
    const evaluated = Math.floor(completedSteps / evaluateEvery) - (isDue ? 1 : 0);
    const evaluations = evaluationsOf(recipe) - evaluated;
    // The last evaluation is followed by mixing, and not by samples.
    const evaluatingMs = evaluations * validationMs + Math.max(0, evaluations - 1) * restMs;
    const settlingMs = expectedMixingMs(recipe, validationMs);
    const savingShare = Math.min(MAX_TIME_SHARE, saveMs / MIN_INTERVAL_MS);
    const steppingMs = ((totalSteps - completedSteps) * stepMs) / (1 - this.restShare);
    const workMs = steppingMs + evaluatingMs;
    return (workMs * (1 + savingShare) + settlingMs + saveMs) / 1000;
  }

  private addStep(ms: number): void {
    const counted = awake(ms, this.steps.length === 0 ? null : this.steadyStepMs());
    this.steps.push(counted);
    this.allStepsMs += counted;
  }

  /**
   * The mean of all steps but the first, in which buffers are allocated and threads started. Other programs come and
   * go, so that the last steps say less about the rest than all of them (`tests/fixtures/run-times.jsonl`).
   */
  private steadyStepMs(): number {
    const { length } = this.steps;
    const [first = 0] = this.steps;
    return length > 1 ? (this.allStepsMs - first) / (length - 1) : first;
  }
}

/** @param usualMs What it took before, if that is known. */
function awake(ms: number, usualMs: number | null): number {
  return usualMs !== null && ms > Math.max(ASLEEP_MS, ASLEEP_TIMES * usualMs) ? usualMs : ms;
}

/** All but the first value, where there are others. */
function withoutFirst(values: readonly number[]): readonly number[] {
  return values.length > 1 ? values.slice(1) : values;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
