/** Gradient clipping and AdamW in plain tfjs operations. */

import * as tf from '@tensorflow/tfjs-core';
import type { AdamWSlot, AdamWStep, MixSlot } from './operands.ts';
import type { Ops } from './ops.ts';
import type { PortableConstants } from './portable-constants.ts';
import { asTf, sumSquares } from './portable-tensors.ts';

const MAX_FLOAT32 = 3.4028234663852886e38;

/** See {@link Ops.clipScale}; the norm is that of all gradients together. */
export function clipScale(
  gradients: readonly tf.Tensor[],
  maxNorm: number,
  constants: PortableConstants,
): tf.Tensor {
  return tf.tidy(() => {
    const squares = gradients.map((g) => sumSquares(g));
    const norm = tf.sqrt(tf.sum(tf.stack(squares)));
    const scale = tf.div(constants.scalar(maxNorm), tf.add(norm, constants.scalar(1e-6)));
    const hasNorm = tf.lessEqual(norm, constants.scalar(MAX_FLOAT32));
    const factor = tf.where(hasNorm, tf.minimum(scale, constants.scalar(1)), constants.scalar(-1));
    return tf.stack([factor, tf.where(hasNorm, norm, constants.scalar(0))]);
  });
}

/**
 * Whether a scale asks for an update. The processor's backends give a number at once. tfjs's WebGPU backend,
 * which only tests use, doesn't.
 */
function isUpdate(scale: tf.Tensor): boolean {
  return tf.getBackend() === 'webgpu' || (scale.dataSync()[0] as number) >= 0;
}

/**
 * One AdamW step for each slot, whose tensors it replaces. Intermediate tensors are freed as early as
 * possible: together, those of GPT-2's embedding table (154 MB) would be ten times as large, and WASM has
 * only 4 GB.
 */
export function adamwUpdate(
  slots: readonly AdamWSlot[],
  gradientScale: tf.Tensor,
  step: AdamWStep,
  c: PortableConstants,
): void {
  if (!isUpdate(gradientScale)) return;
  const { beta1, beta2, epsilon, learningRate, t } = step;
  const [stepSize, rootCorrection] = c.stepScalars(
    learningRate / (1 - beta1 ** t),
    1 / Math.sqrt(1 - beta2 ** t),
  );
  const factor = tf.tidy(() => tf.reshape(tf.slice(gradientScale, 0, 1), []));
  const [ofGradient, ofSquare] = [
    tf.mul(factor, 1 - beta1),
    tf.tidy(() => tf.mul(tf.square(factor), 1 - beta2)),
  ];
  factor.dispose();
  for (const slot of slots) {
    const { gradient, m: oldM, v: oldV, value: oldValue } = slot;
    const m = tf.tidy(() =>
      tf.add(tf.mul(asTf(oldM), c.scalar(beta1)), tf.mul(asTf(gradient), ofGradient)),
    );
    oldM.dispose();
    const v = tf.tidy(() => {
      const squares = tf.tidy(() => tf.mul(tf.square(asTf(gradient)), ofSquare));
      return tf.add(tf.mul(asTf(oldV), c.scalar(beta2)), squares);
    });
    oldV.dispose();
    const change = tf.tidy(() => {
      const root = tf.tidy(() => tf.mul(tf.sqrt(v), rootCorrection));
      const direction = tf.tidy(() => tf.div(m, tf.add(root, c.scalar(epsilon))));
      root.dispose();
      return tf.mul(direction, stepSize);
    });
    const decay = learningRate * slot.weightDecay;
    const value = tf.tidy(() =>
      tf.sub(decay === 0 ? asTf(oldValue) : tf.mul(asTf(oldValue), 1 - decay), change),
    );
    change.dispose();
    oldValue.dispose();
    slot.m = m;
    slot.v = v;
    slot.value = value;
  }
  ofGradient.dispose();
  ofSquare.dispose();
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
