/**
 * One step of training at a time: reads blocks, accumulates gradients, updates the parameters, and
 * computes the validation loss. It returns what happened and posts no messages.
 *
 * The loss of a step is read back while the next one runs, so that the device never waits for the host.
 * `settle` waits for the last one before a checkpoint is saved.
 */

import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { Gradients, GPT2 } from '../model/gpt2.ts';
import type { Ops, Tensor, TokenBatch } from '../ops/ops.ts';
import type { MetricPoint } from '../protocol/training.ts';
import { AdamW } from './adamw.ts';
import {
  type Block,
  documentStarts,
  stackBlocks,
  type TrainingData,
  type TrainingStream,
  validationBlocks,
  wholeDocumentBlocks,
} from './batches.ts';
import { tokensPerStep } from './recipe.ts';
import type { Recipe } from '../domain/recipe.ts';
import { cosineLearningRate } from './learning-rate.ts';

interface PendingStep {
  readonly stepIndex: number;
  readonly learningRate: number;
  /** The loss, and the norm of the gradients; null if the parameters were not updated. */
  readonly outcome: Promise<readonly [number, number | null]>;
}

export class Trainer {
  readonly model: GPT2;
  readonly optimizer: AdamW;
  private readonly ops: Ops;
  private readonly recipe: Recipe;
  private readonly stream: TrainingStream;
  private readonly heldOut: readonly Block[];
  private pending: PendingStep | null = null;
  /** Allocated in the first step, and overwritten in every step after it. */
  private gradients: Gradients | null = null;

  /**
   * Trains `model.trainable` as it is now: all parameters, or those of the adapter that is on.
   *
   * The caller still owns the model. The trainer owns gradients and moments until {@link dispose}.
   */
  constructor(ops: Ops, model: GPT2, recipe: Recipe, { stream, heldOut }: TrainingData) {
    this.ops = ops;
    this.model = model;
    this.recipe = recipe;
    this.stream = stream;
    const { blockLength, validationBlocks: maxBlocks } = recipe;
    const blocksOf = recipe.attention === 'document' ? wholeDocumentBlocks : validationBlocks;
    this.heldOut = blocksOf(heldOut, model.config.endOfTextId, blockLength, maxBlocks);
    this.optimizer = new AdamW(ops, model.trainable, recipe.adamw, recipe.startStep);
  }

  get completedSteps(): number {
    return this.optimizer.completedSteps;
  }

  get isFinished(): boolean {
    return this.completedSteps >= this.recipe.totalSteps;
  }

  /**
   * Runs one step and returns the metrics of the step before it, null for the first one. If `isUnwanted`
   * becomes true between two micro-batches, the step is given up: it changes nothing and isn't counted.
   *
   * @throws `loss-not-finite` with the step in which the loss became NaN or infinite, and what the
   *   device throws.
   */
  async step(isUnwanted: () => boolean = () => false): Promise<MetricPoint | null> {
    const stepIndex = this.completedSteps;
    const { recipe } = this;
    const { startStep, totalSteps, learningRate: peak, warmup } = recipe;
    const steps = totalSteps - startStep;
    const learningRate = cosineLearningRate(stepIndex - startStep, steps, peak, warmup);
    const accumulated = await this.accumulate(stepIndex, isUnwanted);
    if (accumulated === null) return null;
    const { loss, gradients } = accumulated;
    const gradientNorm = this.optimizer.step(gradients, learningRate);
    const read = this.ops.read(loss).then((values) => {
      loss.dispose();
      return (values[0] as number) / recipe.accumulation;
    });
    const before = this.pending;
    const outcome = Promise.all([read, gradientNorm]);
    // If the device fails, a run ends without waiting for it.
    outcome.catch(() => {});
    this.pending = { stepIndex, learningRate, outcome };
    const point = before === null ? null : await this.point(before);
    await yieldToMessages();
    return point;
  }

  /**
   * Waits for the loss of the last step and returns its metrics; null if they have been returned. Call it
   * before saving and at the end. Throws as {@link step}.
   */
  async settle(): Promise<MetricPoint | null> {
    const last = this.pending;
    this.pending = null;
    return last === null ? null : this.point(last);
  }

  /**
   * The mean cross-entropy per held-out token, without dropout; undefined if nothing is held out. Throws
   * `loss-not-finite`.
   */
  async validationLoss(): Promise<number | undefined> {
    if (this.heldOut.length === 0) return undefined;
    let sum = 0;
    let counted = 0;
    for (const block of this.heldOut) {
      const { tokens, targets } = this.batch([block]);
      const loss = this.model.loss(tokens, targets);
      const here = targets.reduce((n, target) => n + (target >= 0 ? 1 : 0), 0);
      sum += ((await this.ops.read(loss))[0] as number) * here;
      counted += here;
      loss.dispose();
      await yieldToMessages();
    }
    const mean = sum / counted;
    if (!Number.isFinite(mean)) throw mynahError('loss-not-finite', { step: this.completedSteps });
    return mean;
  }

  /** Whether the validation loss is to be computed after the last step. */
  get isEvaluationDue(): boolean {
    return this.completedSteps % this.recipe.evaluateEvery === 0 || this.isFinished;
  }

  dispose(): void {
    this.optimizer.dispose();
    for (const gradient of this.gradients?.values() ?? []) gradient.dispose();
    this.gradients = null;
    this.ops.trim();
  }

  /**
   * Returns the gradients of the mean loss over all micro-batches, and the sum of their losses; null if the
   * step is given up.
   */
  private async accumulate(
    stepIndex: number,
    isUnwanted: () => boolean,
  ): Promise<{ loss: Tensor; gradients: Gradients } | null> {
    const {
      blockLength,
      microBatch,
      accumulation,
      dropout: rate,
      seed,
      checkpointing,
      textsFromStep,
    } = this.recipe;
    let sum: Tensor | null = null;
    let computed: Promise<void> = Promise.resolve();
    for (let micro = 0; micro < accumulation; micro++) {
      if (micro > 0) {
        // While one micro-batch is computed, the next is encoded, and no more: a step could not be given up.
        await computed;
        computed = this.ops.finish();
        // It is waited for after the next micro-batch was encoded, and may fail before.
        computed.catch(() => {});
        await yieldToMessages();
        if (isUnwanted()) {
          sum?.dispose();
          return null;
        }
      }
      const microStep = stepIndex * accumulation + micro;
      const microStepOfTexts = microStep - textsFromStep * accumulation;
      const blocks = Array.from({ length: microBatch }, (_, b) =>
        this.stream.block(microStepOfTexts * microBatch + b, blockLength),
      );
      const { tokens, targets } = this.batch(blocks);
      const { loss, gradients } = this.model.lossAndGradients(tokens, targets, {
        scale: 1 / accumulation,
        dropout: { rate, seed, microStep },
        into: this.gradients ?? undefined,
        accumulate: micro > 0,
        checkpointing,
      });
      this.gradients = gradients;
      if (sum === null) {
        sum = loss;
      } else {
        const total = this.ops.add(sum, loss);
        sum.dispose();
        loss.dispose();
        sum = total;
      }
    }
    return { loss: must(sum, 'a micro-batch'), gradients: must(this.gradients, 'gradients') };
  }

  /** A micro-batch of blocks, and where their documents begin if attention ends there. */
  private batch(blocks: readonly Block[]): { tokens: TokenBatch; targets: Int32Array } {
    const { ids, targets, B, T } = stackBlocks(blocks);
    if (this.recipe.attention === 'block') return { tokens: { ids, B, T }, targets };
    const { endOfTextId, blockSize } = this.model.config;
    const starts = documentStarts(ids, T, endOfTextId, blockSize);
    return { tokens: { ids, B, T, starts }, targets };
  }

  private async point({ stepIndex, learningRate, outcome }: PendingStep): Promise<MetricPoint> {
    const step = stepIndex + 1;
    const [loss, gradientNorm] = await outcome;
    if (!Number.isFinite(loss)) throw mynahError('loss-not-finite', { step });
    const stepsOfTexts = step - this.recipe.textsFromStep;
    const epoch = (stepsOfTexts * tokensPerStep(this.recipe)) / this.stream.epochTokens;
    const isSkipped = gradientNorm === null;
    return { step, loss, learningRate, epoch, ...(isSkipped ? { isSkipped } : { gradientNorm }) };
  }
}
