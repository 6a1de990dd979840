/**
 * One step of training at a time: reads blocks, accumulates gradients, updates the parameters, and
 * computes the validation loss. It returns what happened and posts no messages.
 *
 * The loss of a step is read back while the next one runs, so that the device never waits for the host.
 * `settle` waits for the last one before a checkpoint is saved.
 */

import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { elementCount } from '../core/shape.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { Gradients } from '../model/gradient-sink.ts';
import type { Tensor, TokenBatch } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import type { MetricPoint } from '../protocol/training.ts';
import { AdamW } from './adamw.ts';
import {
  documentStarts,
  stackBlocks,
  type TrainingData,
  validationBlocks,
  wholeDocumentBlocks,
} from './batches.ts';
import type { Block } from './packing.ts';
import type { TrainingStream } from './training-stream.ts';
import { tokensPerStep } from './recipe.ts';
import type { Recipe } from '../domain/recipe.ts';
import { inDraft, inParts, unlessAborted } from './in-parts.ts';
import { cosineLearningRate } from './learning-rate.ts';

interface PendingStep {
  readonly stepIndex: number;
  readonly learningRate: number;
  /** The loss, and the norm of the gradients; null if the parameters were not updated. */
  readonly outcome: Promise<readonly [number, number | null]>;
}

export interface StepOptions {
  /** Aborted when the step is no longer wanted. */
  readonly signal?: AbortSignal | undefined;
  /** Hears how many micro-batches of the step are done, after each but the last. */
  readonly onMicroBatch?: (done: number) => void;
}

export class Trainer {
  readonly model: GPT2;
  readonly optimizer: AdamW;
  private readonly ops: Ops;
  private readonly recipe: Recipe;
  private readonly stream: TrainingStream;
  private readonly heldOut: readonly Block[];
  /** What a validation loss is multiplied by, to have it in bits per byte; undefined if that isn't known. */
  private readonly bitsPerNat: number | undefined;
  private pending: PendingStep | null = null;
  /** Allocated in the first step, and overwritten in every step after it. */
  private gradients: Gradients | null = null;

  /**
   * Trains `model.trainable` as it is now: all parameters, or those of the adapter that is on.
   *
   * The caller still owns the model. The trainer owns gradients and moments until {@link dispose}.
   */
  constructor(ops: Ops, model: GPT2, recipe: Recipe, data: TrainingData) {
    const { stream, heldOut, byteLength } = data;
    this.ops = ops;
    this.model = model;
    this.recipe = recipe;
    this.stream = stream;
    const { blockLength, validationBlocks: maxBlocks } = recipe;
    const blocksOf = recipe.attention === 'document' ? wholeDocumentBlocks : validationBlocks;
    this.heldOut = blocksOf(heldOut, model.config.endOfTextId, blockLength, maxBlocks);
    this.bitsPerNat = byteLength === undefined ? undefined : bitsPerNat(this.heldOut, byteLength);
    this.optimizer = new AdamW(ops, model.trainable, recipe.adamw, recipe.startStep);
  }

  get completedSteps(): number {
    return this.optimizer.completedSteps;
  }

  get isFinished(): boolean {
    return this.completedSteps >= this.recipe.totalSteps;
  }

  /**
   * Runs one step and returns the metrics of the step before it, null for the first one. If the signal is
   * aborted before the device has been given all of the work on the gradients, the step is given up: it changes
   * nothing and isn't counted. Then the device has a tenth of a second of work left at most.
   *
   * @throws `loss-not-finite` with the step in which the loss became NaN or infinite, and what the
   *   device throws.
   */
  async step(options: StepOptions = {}): Promise<MetricPoint | null> {
    const stepIndex = this.completedSteps;
    const { recipe } = this;
    const { startStep, totalSteps, learningRate: peak, warmup, finalRate } = recipe;
    const steps = totalSteps - startStep;
    const learningRate = cosineLearningRate(stepIndex - startStep, steps, peak, warmup, finalRate);
    const accumulated = await this.accumulate(stepIndex, options);
    if (accumulated === null) return null;
    const { loss, gradients } = accumulated;
    const update = await inParts(this.optimizer.stepInParts(gradients, learningRate), undefined);
    const { gradientNorm } = must(update, 'an update that nobody gave up');
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
   * The mean cross-entropy per held-out token, without dropout; undefined if nothing is held out, or if the
   * signal is aborted meanwhile. Throws `loss-not-finite`.
   *
   * @param onBlock Is told after each block of held-out texts.
   */
  async validationLoss(
    signal?: AbortSignal,
    onBlock?: (done: number, count: number) => void,
  ): Promise<number | undefined> {
    if (this.heldOut.length === 0) return undefined;
    let sum = 0;
    let counted = 0;
    for (const [i, block] of this.heldOut.entries()) {
      const { tokens, targets } = this.batch([block]);
      const loss = await inDraft(
        this.ops,
        signal,
        () => inParts(this.model.lossInParts(tokens, targets), signal),
        (unread) => unread.dispose(),
      );
      if (loss === null) return undefined;
      const here = targets.reduce((n, target) => n + (target >= 0 ? 1 : 0), 0);
      sum += ((await this.ops.read(loss))[0] as number) * here;
      counted += here;
      loss.dispose();
      onBlock?.(i + 1, this.heldOut.length);
      await yieldToMessages();
    }
    const mean = sum / counted;
    if (!Number.isFinite(mean)) throw mynahError('loss-not-finite', { step: this.completedSteps });
    return mean;
  }

  /**
   * A validation loss, in nats per token, as bits per byte of the held-out texts, which can be compared between
   * tokenizers. The end of each text counts among the bits, but is no byte. Undefined if there is no loss, or if the
   * data doesn't say how long its tokens are.
   */
  bitsPerByte(validationLoss: number | undefined): number | undefined {
    if (validationLoss === undefined || this.bitsPerNat === undefined) return undefined;
    return validationLoss * this.bitsPerNat;
  }

  /** The number of trained parameters, counted one by one. */
  get trainedElements(): number {
    let elements = 0;
    for (const { shape } of this.model.trainable.values()) elements += elementCount(shape);
    return elements;
  }

  /** Whether the validation loss is to be computed after the last step. */
  get isEvaluationDue(): boolean {
    return this.completedSteps % this.recipe.evaluateEvery === 0 || this.isFinished;
  }

  dispose(): void {
    this.optimizer.dispose();
    this.disposeGradients();
    this.ops.trim();
  }

  /**
   * Returns the gradients of the mean loss over all micro-batches, and the sum of their losses; null if the
   * step is given up.
   */
  private async accumulate(
    stepIndex: number,
    options: StepOptions,
  ): Promise<{ loss: Tensor; gradients: Gradients } | null> {
    const hadGradients = this.gradients !== null;
    const loss = await inDraft(
      this.ops,
      options.signal,
      () => this.microBatches(stepIndex, options),
      (sum) => sum.dispose(),
    );
    if (loss !== null) return { loss, gradients: must(this.gradients, 'gradients') };
    // That they were cleared between their rows may have been dropped.
    if (!hadGradients) this.disposeGradients();
    return null;
  }

  /** Encodes the gradients of all micro-batches, and returns the sum of their losses; null if it is given up. */
  private async microBatches(
    stepIndex: number,
    { signal, onMicroBatch }: StepOptions,
  ): Promise<Tensor | null> {
    const { accumulation, dropout: rate, seed, checkpointing, hasHalfActivations } = this.recipe;
    let sum: Tensor | null = null;
    let computed: Promise<void> = Promise.resolve();
    for (let micro = 0; micro < accumulation && !signal?.aborted; micro++) {
      if (micro > 0) {
        // While one micro-batch is computed, the next is encoded, and no more.
        await unlessAborted(computed, signal);
        computed = this.ops.finish();
        // It is waited for after the next micro-batch was encoded, and may fail before.
        computed.catch(() => {});
        await yieldToMessages();
        onMicroBatch?.(micro);
      }
      const microStep = stepIndex * accumulation + micro;
      const { tokens, targets } = this.microBatch(microStep);
      const parts = this.model.lossAndGradientsInParts(tokens, targets, {
        scale: 1 / accumulation,
        dropout: { rate, seed, microStep },
        into: this.gradients ?? undefined,
        accumulate: micro > 0,
        checkpointing,
        hasHalfActivations,
      });
      const result = await inParts(parts, signal);
      if (result === null) {
        sum?.dispose();
        return null;
      }
      const { loss, gradients } = result;
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
    return sum;
  }

  private disposeGradients(): void {
    for (const gradient of this.gradients?.values() ?? []) gradient.dispose();
    this.gradients = null;
  }

  private microBatch(microStep: number): { tokens: TokenBatch; targets: Int32Array } {
    const { blockLength, microBatch, accumulation, textsFromStep } = this.recipe;
    const first = (microStep - textsFromStep * accumulation) * microBatch;
    return this.batch(
      Array.from({ length: microBatch }, (_, b) => this.stream.block(first + b, blockLength)),
    );
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

/** Bits per byte of a mean loss of one nat per token, over the targets of these blocks that count. */
function bitsPerNat(
  blocks: readonly Block[],
  byteLength: (id: number) => number,
): number | undefined {
  let tokens = 0;
  let bytes = 0;
  for (const { targets } of blocks) {
    for (const target of targets) {
      if (target < 0) continue;
      tokens++;
      bytes += byteLength(target);
    }
  }
  return bytes === 0 ? undefined : tokens / Math.LN2 / bytes;
}
