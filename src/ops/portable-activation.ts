/** The activations of an MLP in plain tfjs operations, forward and backward. */

import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from './operands.ts';
import type { PortableConstants } from './portable-constants.ts';

const GELU_SCALE = 2 * Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

/** x [N, C] → y [N, C]. */
export function activated(x: tf.Tensor, kind: Activation, constants: PortableConstants): tf.Tensor {
  return tf.tidy(() => (kind === 'relu' ? tf.relu(x) : tf.mul(x, gate(x, kind, constants))));
}

/** dy → dx, where y = activated(x); all are [N, C]. */
export function activationBackward(
  dy: tf.Tensor,
  x: tf.Tensor,
  y: tf.Tensor,
  kind: Activation,
  constants: PortableConstants,
): tf.Tensor {
  return tf.tidy(() => {
    if (kind === 'relu') return tf.mul(dy, tf.step(x));
    const s = gate(x, kind, constants);
    if (kind === 'gelu-erf') {
      // d/dx x Φ(x) = Φ(x) + x φ(x) with the density φ
      const density = tf.exp(tf.mul(tf.square(x), constants.scalar(-0.5)));
      const slope = tf.mul(tf.mul(x, density), constants.scalar(1 / Math.sqrt(2 * Math.PI)));
      return tf.mul(dy, tf.add(s, slope));
    }
    // d/dx (x·s) = s + x·s·(1 − s)·du2 = s + (y − y·s)·du2,  du2 = 2√(2/π) (1 + 3 · 0.044715 x²)
    const du2 = tf.add(
      tf.mul(tf.square(x), constants.scalar(3 * GELU_CUBIC * GELU_SCALE)),
      constants.scalar(GELU_SCALE),
    );
    return tf.mul(dy, tf.add(s, tf.mul(tf.sub(y, tf.mul(y, s)), du2)));
  });
}

/**
 * What a GELU multiplies x by. 0.5 (1 + tanh u) equals sigmoid(2u), and sigmoid is the one activation that
 * every backend vectorizes.
 */
function gate(
  x: tf.Tensor,
  kind: 'gelu-tanh' | 'gelu-erf',
  constants: PortableConstants,
): tf.Tensor {
  if (kind === 'gelu-erf') {
    const erf = tf.erf(tf.mul(x, constants.scalar(Math.SQRT1_2)));
    return tf.add(tf.mul(erf, constants.scalar(0.5)), constants.scalar(0.5));
  }
  const inner = tf.add(
    tf.mul(tf.square(x), constants.scalar(GELU_CUBIC * GELU_SCALE)),
    constants.scalar(GELU_SCALE),
  );
  return tf.sigmoid(tf.mul(x, inner));
}
