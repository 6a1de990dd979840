/** Low-rank updates of linear layers (LoRA, Hu et al., arXiv:2106.09685) in plain tfjs operations. */

import * as tf from '@tensorflow/tfjs-core';
import type { DropoutSite, LowRank, LowRankBackward, LowRankTerm } from './operands.ts';
import { dropoutMask } from './portable-dropout.ts';
import { asTf, writeGradient, tensor2d, transpose2d } from './portable-tensors.ts';

function applyDropout(x: tf.Tensor2D, dropout: DropoutSite | undefined): tf.Tensor2D {
  return dropout ? tf.mul(x, dropoutMask(x.shape, dropout)) : x;
}

/** dropout(x) · aᵀ; x [N, in] → [N, r]. */
export function lowRankDown(x: tf.Tensor2D, { a, dropout }: LowRank): tf.Tensor2D {
  return tf.tidy(() => tf.matMul(applyDropout(x, dropout), transpose2d(a)));
}

/** y + scale · low · bᵀ; y [N, out] → [N, out]. Without an update it returns y itself. */
export function addLowRank(y: tf.Tensor, update: LowRankTerm | undefined): tf.Tensor {
  if (update === undefined) return y;
  const { low, b, scale } = update;
  return tf.add(y, tf.mul(tf.matMul(tensor2d(low), transpose2d(b)), scale));
}

/**
 * The gradients of both matrices of an update. If dx [N, in] is given, the update's part is added to it:
 * the sum is returned, and dx is disposed.
 */
export function lowRankBackward(
  dy: tf.Tensor2D,
  x: tf.Tensor2D,
  { a, b, low, scale, dropout, da, db }: LowRankBackward,
  dx: tf.Tensor | null,
): tf.Tensor | null {
  const scaled = tf.tidy(() => tf.mul(dy, scale)) as tf.Tensor2D;
  const dLow = tf.tidy(() => tf.matMul(scaled, tensor2d(b))); // [N, r]
  writeGradient(db, () => tf.matMul(tf.transpose(scaled), tensor2d(low)));
  writeGradient(da, () => tf.matMul(tf.transpose(dLow), applyDropout(x, dropout)));
  const sum = dx && tf.tidy(() => tf.add(dx, applyDropout(tf.matMul(dLow, tensor2d(a)), dropout)));
  scaled.dispose();
  dLow.dispose();
  dx?.dispose();
  return sum;
}

/** w + scale · (b · a)ᵀ; w [in, out] → a new [in, out]. */
export function mergeLowRank(w: tf.Tensor, { a, b, scale }: LowRank): tf.Tensor {
  return tf.tidy(() => tf.add(w, tf.mul(tf.matMul(transpose2d(asTf(a)), transpose2d(b)), scale)));
}
