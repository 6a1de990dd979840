/** Causal multi-head attention in plain tfjs operations: whole, backward, and one token at a time. */

import * as tf from '@tensorflow/tfjs-core';
import { must } from '../core/assert.ts';
import type { AttentionShape, DropoutSite, KeyValueCache, Saved } from './ops.ts';
import type { PortableConstants } from './portable-constants.ts';
import { dropoutMask } from './portable-dropout.ts';
import { asTf } from './portable-tensors.ts';

/*
 * Whole sequences are attended to one head of one sequence at a time, in two dimensions. tfjs's WASM
 * backend multiplies batches 10 times slower than single matrices; and its slices copy the whole
 * tensor they are taken from to the JavaScript heap, so that heads are gathered, by rows.
 */

/** [B·T, parts·C] as rows of [B · parts·H · T, D]: T rows a head, heads of a sequence together. */
function headRows(x: tf.Tensor2D, shape: AttentionShape, parts: 1 | 3): tf.Tensor2D {
  const { B, T, nHead } = shape;
  const H = parts * nHead;
  const D = x.shape[1] / H;
  const byHead = tf.transpose(tf.reshape(x, [B, T, H, D]), [0, 2, 1, 3]); // [B, H, T, D]
  return tf.reshape(byHead, [B * H * T, D]);
}

/** Matrices [T, D] in the order of {@link headRows} → [B·T, parts·C]. */
function mergeHeads(heads: tf.Tensor2D[], shape: AttentionShape, parts: 1 | 3): tf.Tensor2D {
  const { B, T, nHead } = shape;
  const H = parts * nHead;
  const D = must(heads[0], 'a head').shape[1];
  const byHead = tf.reshape(tf.stack(heads), [B, H, T, D]);
  return tf.reshape(tf.transpose(byHead, [0, 2, 1, 3]), [B * T, H * D]);
}

/** Matrix g, [T, D]. */
function takeHead(rows: tf.Tensor2D, g: number, T: number): tf.Tensor2D {
  const indices = Int32Array.from({ length: T }, (_, t) => g * T + t);
  return tf.gather(rows, tf.tensor1d(indices, 'int32')) as tf.Tensor2D;
}

interface Head {
  readonly q: tf.Tensor2D; // [T, D]
  readonly k: tf.Tensor2D;
  readonly v: tf.Tensor2D;
  /** [T, T]; undefined without dropout. */
  readonly mask: tf.Tensor | undefined;
}

/** Head h of sequence b; `rows` are all of qkv's. The mask is its part of the site's [B, H, T, T]. */
function head(
  rows: tf.Tensor2D,
  b: number,
  h: number,
  { T, nHead }: AttentionShape,
  dropout: DropoutSite | undefined,
): Head {
  const take = (part: number) => takeHead(rows, (b * 3 + part) * nHead + h, T);
  const first = (b * nHead + h) * T * T;
  const mask = dropout ? dropoutMask([T, T], dropout, first) : undefined;
  return { q: take(0), k: take(1), v: take(2), mask };
}

/** Saves the probabilities before dropout, [T, T] for each head of each sequence. */
export function attendForward(
  qkv: tf.Tensor2D,
  shape: AttentionShape,
  dropout: DropoutSite | undefined,
  constants: PortableConstants,
): { y: tf.Tensor; saved: Saved } {
  const { B, T, nHead } = shape;
  const probabilities: tf.Tensor[] = [];
  const y = tf.tidy(() => {
    const rows = headRows(qkv, shape, 3);
    const scale = constants.scalar(1 / Math.sqrt(rows.shape[1]));
    const causal = constants.causalMask(T);
    const outputs: tf.Tensor2D[] = [];
    for (let b = 0; b < B; b++) {
      for (let h = 0; h < nHead; h++) {
        const output = tf.tidy((): tf.Tensor2D => {
          const { q, k, v, mask } = head(rows, b, h, shape, dropout);
          const scores = tf.matMul(tf.mul<tf.Tensor2D>(q, scale), tf.transpose(k)); // [T, T]
          const p = tf.softmax(tf.add(scores, causal)) as tf.Tensor2D;
          const dropped = (mask ? tf.mul(p, mask) : p) as tf.Tensor2D;
          probabilities.push(tf.keep(p));
          return tf.matMul(dropped, v);
        });
        outputs.push(output);
      }
    }
    return mergeHeads(outputs, shape, 1);
  });
  return { y, saved: probabilities };
}

/** dy [N, C] → dqkv [N, 3C]. */
export function attendBackward(
  dy: tf.Tensor2D,
  qkv: tf.Tensor2D,
  saved: Saved,
  shape: AttentionShape,
  dropout: DropoutSite | undefined,
  constants: PortableConstants,
): tf.Tensor {
  const { B, T, nHead } = shape;
  return tf.tidy(() => {
    const rows = headRows(qkv, shape, 3);
    const dRows = headRows(dy, shape, 1);
    const scale = constants.scalar(1 / Math.sqrt(rows.shape[1]));
    const gradients: tf.Tensor2D[] = [];
    for (let b = 0; b < B; b++) {
      const dq: tf.Tensor2D[] = [];
      const dk: tf.Tensor2D[] = [];
      const dv: tf.Tensor2D[] = [];
      for (let h = 0; h < nHead; h++) {
        const g = b * nHead + h;
        const [dQ, dK, dV] = tf.tidy(() => {
          const { q, k, v, mask } = head(rows, b, h, shape, dropout);
          const p = asTf(must(saved[g], 'the saved probabilities'));
          const dOut = takeHead(dRows, g, T);
          const dropped = (mask ? tf.mul(p, mask) : p) as tf.Tensor2D;
          const dDropped = tf.matMul(dOut, tf.transpose(v));
          const dp = mask ? tf.mul(dDropped, mask) : dDropped;
          // Softmax: ds = p ∘ (dp − Σ p ∘ dp)
          const pdp = tf.mul(p, dp);
          const ds = tf.mul(tf.sub(pdp, tf.mul(p, tf.sum(pdp, -1, true))), scale) as tf.Tensor2D;
          return [
            tf.matMul(ds, k),
            tf.matMul(tf.transpose(ds), q),
            tf.matMul(tf.transpose(dropped), dOut),
          ] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
        });
        dq.push(dQ);
        dk.push(dK);
        dv.push(dV);
      }
      gradients.push(...dq, ...dk, ...dv);
    }
    return mergeHeads(gradients, shape, 3);
  });
}

/** Columns of qkv [N, 3C] as [B, T, H, D]: 0 is q, 1 is k, 2 is v. */
function part(qkv: tf.Tensor2D, index: 0 | 1 | 2, shape: AttentionShape): tf.Tensor4D {
  const { B, T, nHead } = shape;
  const C = qkv.shape[1] / 3;
  return tf.reshape(tf.slice(qkv, [0, index * C], [B * T, C]), [B, T, nHead, C / nHead]);
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
    const here = constants.unitRow(position, S);
    const mask = constants.causalRow(position, S);
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
