/** Causal multi-head attention in plain tfjs operations: whole, backward, and one token at a time. */

import * as tf from '@tensorflow/tfjs-core';
import { must } from '../core/assert.ts';
import type { AttentionShape, DropoutSite, KeyValueCache, Saved } from './ops.ts';
import type { PortableConstants } from './portable-constants.ts';
import { dropoutMask } from './portable-dropout.ts';
import { asTf, batchMatMul } from './portable-tensors.ts';

/** Columns of qkv [N, 3C] as [B, T, H, D]: 0 is q, 1 is k, 2 is v. */
function part(qkv: tf.Tensor2D, index: 0 | 1 | 2, shape: AttentionShape): tf.Tensor4D {
  const { B, T, nHead } = shape;
  const C = qkv.shape[1] / 3;
  return tf.reshape(tf.slice(qkv, [0, index * C], [B * T, C]), [B, T, nHead, C / nHead]);
}

/** [B, T, H, D] → [B·H, T, D]. */
function heads(x: tf.Tensor4D): tf.Tensor3D {
  const [B, T, H, D] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [B * H, T, D]);
}

/** [B, T, H, D] → [B·H, D, T]. */
function headsTransposed(x: tf.Tensor4D): tf.Tensor3D {
  const [B, T, H, D] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 3, 1]), [B * H, D, T]);
}

/** [B·H, T, D] → [B·T, H·D]. */
function mergeHeads(x: tf.Tensor3D, shape: AttentionShape): tf.Tensor2D {
  const { B, T, nHead } = shape;
  const D = x.shape[2];
  const split = tf.reshape(x, [B, nHead, T, D]);
  return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [B * T, nHead * D]);
}

const swap = (x: tf.Tensor3D): tf.Tensor3D => tf.transpose(x, [0, 2, 1]);

/** Saves the probabilities [B·H, T, T] before dropout. */
export function attendForward(
  qkv: tf.Tensor2D,
  shape: AttentionShape,
  dropout: DropoutSite | undefined,
  constants: PortableConstants,
): { y: tf.Tensor; saved: Saved } {
  const { y, probabilities } = tf.tidy(() => {
    const q = part(qkv, 0, shape);
    const scale = constants.scalar(1 / Math.sqrt(q.shape[3]));
    const kT = headsTransposed(part(qkv, 1, shape));
    const scores = batchMatMul(tf.mul(heads(q), scale), kT); // [B·H, T, T]
    const probabilities = tf.softmax(tf.add(scores, constants.causalMask(shape.T)));
    const dropped = dropout
      ? tf.mul(probabilities, dropoutMask(probabilities.shape, dropout))
      : probabilities;
    const y = batchMatMul(dropped as tf.Tensor3D, heads(part(qkv, 2, shape)));
    return { y: mergeHeads(y, shape), probabilities };
  });
  return { y, saved: [probabilities] };
}

/** dy [N, C] → dqkv [N, 3C]. */
export function attendBackward(
  dy: tf.Tensor2D,
  qkv: tf.Tensor2D,
  saved: Saved,
  shape: AttentionShape,
  dropout: DropoutSite | undefined,
): tf.Tensor {
  const { B, T, nHead } = shape;
  const p = asTf(must(saved[0], 'the saved probabilities')) as tf.Tensor3D; // [B·H, T, T]
  return tf.tidy(() => {
    const D = dy.shape[1] / nHead;
    const scale = 1 / Math.sqrt(D);
    const dOut = heads(tf.reshape(dy, [B, T, nHead, D])); // [B·H, T, D]
    const mask = dropout ? dropoutMask(p.shape, dropout) : null;
    const dropped = (mask ? tf.mul(p, mask) : p) as tf.Tensor3D;
    const dv = batchMatMul(swap(dropped), dOut);
    const dDropped = batchMatMul(dOut, headsTransposed(part(qkv, 2, shape)));
    const dp = mask ? tf.mul(dDropped, mask) : dDropped;
    // Softmax: ds = p ∘ (dp − Σ p ∘ dp)
    const ds = tf.mul(tf.mul(p, tf.sub(dp, tf.sum(tf.mul(p, dp), -1, true))), scale) as tf.Tensor3D;
    const dq = batchMatMul(ds, heads(part(qkv, 1, shape)));
    const dk = batchMatMul(swap(ds), heads(part(qkv, 0, shape)));
    return tf.concat([mergeHeads(dq, shape), mergeHeads(dk, shape), mergeHeads(dv, shape)], 1);
  });
}

/*
 * The cache: k [B, H, S, D] and v [B, H, D, S], so that both products of a decoded token end in a
 * sum over the last axis. Fixed shapes: time and memory a token don't grow with the text.
 */

export function fillCache(
  qkv: tf.Tensor2D,
  shape: AttentionShape,
  capacity: number,
): KeyValueCache {
  const { B, T, nHead } = shape;
  return tf.tidy(() => {
    const k = tf.transpose(part(qkv, 1, shape), [0, 2, 1, 3]); // [B, H, T, D]
    const v = tf.transpose(part(qkv, 2, shape), [0, 2, 3, 1]); // [B, H, D, T]
    const D = k.shape[3] as number;
    const spare = capacity - T;
    if (spare === 0) return { k, v };
    return {
      k: tf.concat([k, tf.zeros([B, nHead, spare, D])], 2),
      v: tf.concat([v, tf.zeros([B, nHead, D, spare])], 3),
    };
  });
}

export function attendCached(
  qkv: tf.Tensor2D,
  cache: KeyValueCache,
  position: number,
  shape: AttentionShape,
  constants: PortableConstants,
): tf.Tensor {
  const { B, nHead } = shape;
  const C = qkv.shape[1] / 3;
  const D = C / nHead;
  const oldK = asTf(cache.k);
  const oldV = asTf(cache.v);
  const S = oldK.shape[2] as number;
  const next = tf.tidy(() => {
    const column = (index: number, as: [number, number, number, number]) =>
      tf.reshape(tf.slice(qkv, [0, index * C], [B, C]), as);
    const here = tf.slice(constants.identity(S), [position, 0], [1, S]);
    const mask = tf.slice(constants.causalMask(S), [position, 0], [1, S]);
    const k = tf.add(oldK, tf.mul(column(1, [B, nHead, 1, D]), tf.reshape(here, [1, 1, S, 1])));
    const v = tf.add(oldV, tf.mul(column(2, [B, nHead, D, 1]), tf.reshape(here, [1, 1, 1, S])));
    const q = tf.mul(column(0, [B, nHead, 1, D]), constants.scalar(1 / Math.sqrt(D)));
    const scores = tf.reshape(tf.sum(tf.mul(k, q), -1), [B * nHead, S]);
    const probabilities = tf.reshape(tf.softmax(tf.add(scores, mask)), [B, nHead, 1, S]);
    const y = tf.reshape(tf.sum(tf.mul(v, probabilities), -1), [B, C]);
    return { k, v, y };
  });
  oldK.dispose();
  oldV.dispose();
  cache.k = next.k;
  cache.v = next.v;
  return next.y;
}
