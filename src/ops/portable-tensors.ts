/** Small tfjs idioms that the portable operations share. */

import * as tf from '@tensorflow/tfjs-core';
import { assert } from '../core/assert.ts';
import type { Tensor } from './ops.ts';
import type { PortableConstants } from './portable-constants.ts';

/** The tfjs tensor behind the opaque handle: a tensor of other operations is a bug. */
export function asTf(x: Tensor): tf.Tensor {
  assert(x instanceof tf.Tensor, 'a tensor of the portable operations');
  return x;
}

export function tensor2d(x: Tensor): tf.Tensor2D {
  const t = asTf(x);
  assert(t.rank === 2, `rank 2, not ${t.rank}`);
  return t as tf.Tensor2D;
}

export function transpose2d(x: Tensor): tf.Tensor2D {
  return tf.transpose(tensor2d(x));
}

/** [N, C] → [C]: a product with a row of ones, several times faster than a reduction over rows. */
export function columnSums(x: tf.Tensor, constants: PortableConstants): tf.Tensor1D {
  const [N, C] = x.shape as [number, number];
  return tf.reshape(tf.matMul(constants.onesRow(N), x as tf.Tensor2D), [C]);
}

/** Σ x². In two steps, so that no single workgroup sums a whole embedding table. */
export function sumSquares(x: tf.Tensor): tf.Scalar {
  const squares = tf.square(x);
  return tf.sum(squares.rank < 2 ? squares : tf.sum(squares, -1));
}

/**
 * out [rows, C] with out[id] = Σ x[n] over the n with ids[n] = id.
 *
 * A scatter in two steps that every backend does right: equal ids are summed by a product with a
 * 0/1 matrix, then every row of the output gathers its sum, or zeros. (tfjs's scatterND adds with
 * float atomics on WebGPU, in any order.) Shapes depend on N and `rows` only, so that buffers are
 * reused.
 */
export function scatterRows(x: tf.Tensor2D, ids: Int32Array, rows: number): tf.Tensor2D {
  const N = ids.length;
  const slotOf = new Map<number, number>();
  const membership = new Float32Array((N + 1) * N); // [slot, n]; the last slot stays empty
  const slotOfRow = new Int32Array(rows).fill(N);
  for (let n = 0; n < N; n++) {
    const id = ids[n] as number;
    const slot = slotOf.get(id) ?? slotOf.size;
    slotOf.set(id, slot);
    membership[slot * N + n] = 1;
    slotOfRow[id] = slot;
  }
  const sums = tf.matMul(tf.tensor2d(membership, [N + 1, N]), x); // [N + 1, C]
  return tf.gather(sums, tf.tensor1d(slotOfRow, 'int32')) as tf.Tensor2D;
}
