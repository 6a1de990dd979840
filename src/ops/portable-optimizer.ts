/** Gradient clipping and AdamW in plain tfjs operations. */

import * as tf from '@tensorflow/tfjs-core';
import type { Parts } from '../core/parts.ts';
import type { AdamWSlot, AdamWStep, MixSlot } from './operands.ts';
import type { Ops } from './ops.ts';
import type { PortableConstants } from './portable-constants.ts';
import { asTf, Held } from './portable-tensors.ts';

const MAX_FLOAT32 = 3.4028234663852886e38;

/**
 * How many elements the operations between two parts go through. One on a larger tensor is a part by itself: on GPT-2's
 * embedding table, of 39 million, a thread takes a few hundredths of a second for it.
 */
export const PART_ELEMENTS = 2 ** 25;

/** Runs operations one after the other, in parts. Their results are held until something has used them up. */
class Operations extends Held {
  private readonly partElements: number;
  /** Elements that were gone through since the last part. */
  private elements = 0;

  constructor(partElements: number) {
    super();
    this.partElements = partElements;
  }

  /** Runs an operation on tensors of a size, after which those that it has used up are freed. */
  *run<T extends tf.Tensor>(
    size: number,
    operation: () => T,
    ...usedUp: readonly tf.Tensor[]
  ): Generator<void, T> {
    if (this.elements > 0 && this.elements + size > this.partElements) {
      this.elements = 0;
      yield;
    }
    this.elements += size;
    const result = this.add(operation());
    this.drop(...usedUp);
    return result;
  }
}

/** See {@link Ops.clipScale}; the norm is that of all gradients together. */
export function* clipScale(
  gradients: readonly tf.Tensor[],
  maxNorm: number,
  constants: PortableConstants,
  partElements = PART_ELEMENTS,
): Parts<tf.Tensor> {
  const operations = new Operations(partElements);
  try {
    const sums: tf.Tensor[] = [];
    for (const gradient of gradients) {
      const squares = yield* operations.run(gradient.size, () => tf.square(gradient));
      sums.push(
        yield* operations.run(gradient.size, () => tf.tidy(() => sumOfAll(squares)), squares),
      );
    }
    return tf.tidy(() => {
      const norm = tf.sqrt(tf.sum(tf.stack(sums)));
      const scale = tf.div(constants.scalar(maxNorm), tf.add(norm, constants.scalar(1e-6)));
      const hasNorm = tf.lessEqual(norm, constants.scalar(MAX_FLOAT32));
      const [clipped, none] = [tf.minimum(scale, constants.scalar(1)), constants.scalar(-1)];
      const factor = tf.where(hasNorm, clipped, none);
      return tf.stack([factor, tf.where(hasNorm, norm, constants.scalar(0))]);
    });
  } finally {
    operations.dispose();
  }
}

/** Σ x, a scalar. Sums in two steps, so that no single workgroup has to sum a whole embedding table. */
function sumOfAll(x: tf.Tensor): tf.Scalar {
  return tf.sum(x.rank < 2 ? x : tf.sum(x, -1));
}

/**
 * Whether a scale asks for an update. The processor's backends give a number at once. tfjs's WebGPU backend,
 * which only tests use, doesn't.
 */
function isUpdate(scale: tf.Tensor): boolean {
  return tf.getBackend() === 'webgpu' || (scale.dataSync()[0] as number) >= 0;
}

/**
 * One AdamW step for each slot, whose tensors it replaces one by one. Intermediate tensors are freed as early as
 * possible: together, those of GPT-2's embedding table (154 MB) would be ten times as large, and WASM has
 * only 4 GB.
 */
export function* adamwUpdate(
  slots: readonly AdamWSlot[],
  gradientScale: tf.Tensor,
  step: AdamWStep,
  c: PortableConstants,
  partElements = PART_ELEMENTS,
): Parts<readonly AdamWSlot[]> {
  if (!isUpdate(gradientScale)) return slots;
  const { beta1, beta2, epsilon, learningRate, t } = step;
  const operations = new Operations(partElements);
  try {
    const [stepSize, rootCorrection] = c.stepScalars(
      learningRate / (1 - beta1 ** t),
      1 / Math.sqrt(1 - beta2 ** t),
    );
    const factor = tf.tidy(() => tf.reshape(tf.slice(gradientScale, 0, 1), []));
    const ofGradient = operations.add(tf.mul(factor, 1 - beta1));
    const ofSquare = operations.add(tf.tidy(() => tf.mul(tf.square(factor), 1 - beta2)));
    factor.dispose();
    for (const slot of slots) {
      const gradient = asTf(slot.gradient);
      const run = (operation: () => tf.Tensor, ...usedUp: readonly tf.Tensor[]) =>
        operations.run(gradient.size, operation, ...usedUp);

      const oldM = asTf(slot.m);
      const keptM = yield* run(() => tf.mul(oldM, c.scalar(beta1)));
      const newM = yield* run(() => tf.mul(gradient, ofGradient));
      const m = yield* run(() => tf.add(keptM, newM), keptM, newM);
      operations.release(m);
      slot.m = m;
      oldM.dispose();

      const oldV = asTf(slot.v);
      const squares = yield* run(() => tf.square(gradient));
      const newV = yield* run(() => tf.mul(squares, ofSquare), squares);
      const keptV = yield* run(() => tf.mul(oldV, c.scalar(beta2)));
      const v = yield* run(() => tf.add(keptV, newV), keptV, newV);
      operations.release(v);
      slot.v = v;
      oldV.dispose();

      const root = yield* run(() => tf.sqrt(v));
      const corrected = yield* run(() => tf.mul(root, rootCorrection), root);
      const divisor = yield* run(() => tf.add(corrected, c.scalar(epsilon)), corrected);
      const direction = yield* run(() => tf.div(m, divisor), divisor);
      const change = yield* run(() => tf.mul(direction, stepSize), direction);
      const oldValue = asTf(slot.value);
      const decay = learningRate * slot.weightDecay;
      const decayed = decay === 0 ? null : yield* run(() => tf.mul(oldValue, 1 - decay));
      const value = yield* run(() => tf.sub(decayed ?? oldValue, change), change);
      if (decayed !== null) operations.drop(decayed);
      operations.release(value);
      slot.value = value;
      oldValue.dispose();
    }
  } finally {
    operations.dispose();
  }
  return slots;
}

/** See {@link Ops.mix}: replaces each value. */
export function mixWeights(slots: readonly MixSlot[], share: number): void {
  for (const slot of slots) {
    const base = asTf(slot.base);
    const mixed = tf.tidy(() =>
      tf.add(
        base,
        tf.tidy(() => tf.mul(tf.sub(asTf(slot.trained), base), share)),
      ),
    );
    slot.value.dispose();
    slot.value = mixed;
  }
}
