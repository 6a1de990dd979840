/** Causal multi-head attention in plain tfjs operations: forward, backward, and one token at a time. */

import * as tf from '@tensorflow/tfjs-core';
import { must } from '../core/assert.ts';
import {
  type AttentionShape,
  type DropoutSite,
  type KeyValueCache,
  type Saved,
  scoreScale,
} from './operands.ts';
import type { PortableConstants } from './portable-constants.ts';
import { attendCachedInPlace, hasDecodeKernels } from './portable-decode.ts';
import { dropoutMask } from './portable-dropout.ts';
import { multiplyMatrices } from './portable-products.ts';
import { asTf } from './portable-tensors.ts';

/*
 * Tensors are rearranged by head, as [B · parts·H, T, D], and for products with a transposed right operand
 * also as [B · parts·H, D, T]. A sequence of qkv has 3·H heads: those of q come first, then k, then v.
 */

/** Rearranges x [B·T, parts·C] by head: → [B · parts·H, T, D], or [B · parts·H, D, T] if transposed. */
function byHead(
  x: tf.Tensor2D,
  { B, T, nHead }: AttentionShape,
  parts: 1 | 3,
  isTransposed = false,
): tf.Tensor3D {
  const H = parts * nHead;
  const D = x.shape[1] / H;
  const heads = tf.reshape(x, [B, T, H, D]);
  return isTransposed
    ? tf.reshape(tf.transpose(heads, [0, 2, 3, 1]), [B * H, D, T])
    : tf.reshape(tf.transpose(heads, [0, 2, 1, 3]), [B * H, T, D]);
}

/** The inverse of {@link byHead}: [B · parts·H, T, D] → [B·T, parts·C]. */
function mergeHeads(heads: tf.Tensor3D, { B, T, nHead }: AttentionShape, parts: 1 | 3) {
  const H = parts * nHead;
  const D = heads.shape[2];
  const rows = tf.transpose(tf.reshape(heads, [B, H, T, D]), [0, 2, 1, 3]);
  return tf.reshape(rows, [B * T, H * D]);
}

/** The indices of the heads of q, k and v among those of qkv, and `all`, which is 0 … B·H − 1. */
function headIndices({ B, nHead }: AttentionShape) {
  const of = (part: number) =>
    Array.from({ length: B * nHead }, (_, g) => {
      const b = Math.floor(g / nHead);
      return (3 * b + part) * nHead + (g % nHead);
    });
  return { q: of(0), k: of(1), v: of(2), all: Array.from({ length: B * nHead }, (_, g) => g) };
}

function scaleOf(qkv: tf.Tensor2D, shape: AttentionShape, c: PortableConstants): tf.Scalar {
  return c.scalar(scoreScale(shape, qkv.shape[1] / (3 * shape.nHead)));
}

/** The scores [B·H, T, T] with what a position may not attend to made very small. */
function masked(
  scores: tf.Tensor3D,
  { B, T, nHead, documents }: AttentionShape,
  constants: PortableConstants,
): tf.Tensor3D {
  if (documents === undefined) return tf.add<tf.Tensor3D>(scores, constants.causalMask(T));
  const byHead = tf.reshape(scores, [B, nHead, T, T]);
  return tf.reshape(tf.add(byHead, asTf(documents)), [B * nHead, T, T]);
}

/** qkv [N, 3C] → y [N, C]; saves the probabilities before dropout, [B·H, T, T]. */
export function attendForward(
  qkv: tf.Tensor2D,
  shape: AttentionShape,
  dropout: DropoutSite | undefined,
  constants: PortableConstants,
): { y: tf.Tensor; saved: Saved } {
  const { B, nHead } = shape;
  const [y, probabilities] = tf.tidy(() => {
    const heads = byHead(qkv, shape, 3); // [3BH, T, D]
    const columns = tf.mul<tf.Tensor3D>(
      byHead(qkv, shape, 3, true),
      scaleOf(qkv, shape, constants),
    ); // [3BH, D, T]
    const { q, k, v, all } = headIndices(shape);
    const scores = multiplyMatrices(
      [{ a: heads, aOf: q, b: columns, bOf: k, outOf: all }],
      B * nHead,
    ); // [BH, T, T]
    const p = tf.softmax(masked(scores, shape, constants));
    const dropped = dropout ? tf.mul<tf.Tensor3D>(p, dropoutMask(p.shape, dropout)) : p;
    const outputs = multiplyMatrices(
      [{ a: dropped, aOf: all, b: heads, bOf: v, outOf: all }],
      B * nHead,
    ); // [BH, T, D]
    return [mergeHeads(outputs, shape, 1), p];
  });
  return { y: must(y, 'y'), saved: [must(probabilities, 'probabilities')] };
}

/** dy [N, C] and the saved probabilities [B·H, T, T] → dqkv [N, 3C]. */
export function attendBackward(
  dy: tf.Tensor2D,
  qkv: tf.Tensor2D,
  saved: Saved,
  shape: AttentionShape,
  dropout: DropoutSite | undefined,
  constants: PortableConstants,
): tf.Tensor {
  const { B, nHead } = shape;
  return tf.tidy(() => {
    const heads = byHead(qkv, shape, 3); // [3BH, T, D]
    const columns = byHead(qkv, shape, 3, true); // [3BH, D, T]
    const dOut = byHead(dy, shape, 1); // [BH, T, D]
    const { q, k, v, all } = headIndices(shape);
    const p = asTf(must(saved[0], 'the saved probabilities')) as tf.Tensor3D; // [BH, T, T]
    const mask = dropout ? dropoutMask(p.shape, dropout) : null;
    const dDropped = multiplyMatrices(
      [{ a: dOut, aOf: all, b: columns, bOf: v, outOf: all }],
      B * nHead,
    );
    // Softmax: ds = p ∘ (dp − Σ p ∘ dp)
    const pdp = tf.mul(p, mask ? tf.mul(dDropped, mask) : dDropped);
    const ds = tf.mul<tf.Tensor3D>(
      tf.sub(pdp, tf.mul(p, tf.sum(pdp, -1, true))),
      scaleOf(qkv, shape, constants),
    );
    const dsT = tf.transpose(ds, [0, 2, 1]);
    const droppedT = tf.transpose(mask ? tf.mul<tf.Tensor3D>(p, mask) : p, [0, 2, 1]);
    const gradients = multiplyMatrices(
      [
        { a: ds, aOf: all, b: heads, bOf: k, outOf: q },
        { a: dsT, aOf: all, b: heads, bOf: q, outOf: k },
        { a: droppedT, aOf: all, b: dOut, bOf: all, outOf: v },
      ],
      3 * B * nHead,
    );
    return mergeHeads(gradients, shape, 3);
  });
}

/** q (0), k (1) or v (2) of qkv [N, 3C] → [B, T, H, D]. */
function part(qkv: tf.Tensor2D, index: 0 | 1 | 2, shape: AttentionShape): tf.Tensor4D {
  const { B, T, nHead } = shape;
  const C = qkv.shape[1] / 3;
  return tf.reshape(tf.slice(qkv, [0, index * C], [B * T, C]), [B, T, nHead, C / nHead]);
}

/*
 * The cache is k [B, H, S, D] and v [B, H, D, S], so that both products of a decoded token sum over the
 * last axis. Its shapes are fixed: the time and memory per token don't grow with the text.
 */

/** The keys and values of qkv [B·T, 3C] in a cache of `capacity` positions, zero from T on. */
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

/** qkv [B, 3C] → y [B, C]; adds the position to the cache, in place or by replacing its tensors. */
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
  if (hasDecodeKernels()) {
    return attendCachedInPlace(qkv, oldK, oldV, position, scoreScale(shape, D));
  }
  const S = oldK.shape[2] as number;
  const next = tf.tidy(() => {
    const column = (index: number, as: [number, number, number, number]) =>
      tf.reshape(tf.slice(qkv, [0, index * C], [B, C]), as);
    const { here, mask } = constants.cacheRows(position, S);
    const k = tf.add(oldK, tf.mul(column(1, [B, nHead, 1, D]), tf.reshape(here, [1, 1, S, 1])));
    const v = tf.add(oldV, tf.mul(column(2, [B, nHead, D, 1]), tf.reshape(here, [1, 1, 1, S])));
    const q = tf.mul(column(0, [B, nHead, 1, D]), scaleOf(qkv, shape, constants));
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
