/** Gradient clipping and AdamW in plain tfjs operations. */

import * as tf from '@tensorflow/tfjs-core';
import type { AdamWSlot, AdamWStep } from './ops.ts';
import type { PortableConstants } from './portable-constants.ts';
import { asTf, sumSquares } from './portable-tensors.ts';

/** min(1, maxNorm / (norm + 1e-6)), the norm over all gradients. */
export function clipScale(
  gradients: readonly tf.Tensor[],
  maxNorm: number,
  constants: PortableConstants,
): tf.Tensor {
  return tf.tidy(() => {
    const squares = gradients.map((g) => sumSquares(g));
    const norm = tf.sqrt(tf.sum(tf.stack(squares)));
    const scale = tf.div(constants.scalar(maxNorm), tf.add(norm, constants.scalar(1e-6)));
    return tf.minimum(scale, constants.scalar(1));
  });
}

/** One update; replaces the slot's tensors. */
export function update(
  slot: AdamWSlot,
  gradientScale: tf.Tensor,
  step: AdamWStep,
  c: PortableConstants,
): void {
  const { beta1, beta2 } = step;
  const [stepSize, rootCorrection] = c.stepScalars(
    step.learningRate / (1 - beta1 ** step.t),
    1 / Math.sqrt(1 - beta2 ** step.t),
  );
  const next = tf.tidy(() => {
    const g = tf.mul(asTf(slot.gradient), gradientScale);
    const m = tf.add(tf.mul(asTf(slot.m), c.scalar(beta1)), tf.mul(g, c.scalar(1 - beta1)));
    const v = tf.add(
      tf.mul(asTf(slot.v), c.scalar(beta2)),
      tf.mul(tf.square(g), c.scalar(1 - beta2)),
    );
    const denominator = tf.add(tf.mul(tf.sqrt(v), rootCorrection), c.scalar(step.epsilon));
    const change = tf.mul(tf.div(m, denominator), stepSize);
    const decayed =
      slot.weightDecay === 0
        ? asTf(slot.value)
        : tf.mul(asTf(slot.value), 1 - step.learningRate * slot.weightDecay);
    return { value: tf.sub(decayed, change), m, v };
  });
  slot.value.dispose();
  slot.m.dispose();
  slot.v.dispose();
  slot.value = next.value;
  slot.m = next.m;
  slot.v = next.v;
}
