/** Small tfjs idioms that the portable operations share. */

import * as tf from '@tensorflow/tfjs-core';
import { assert } from '../core/assert.ts';
import type { GradientSlot, Tensor } from './ops.ts';
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

/** Puts a gradient in its slot, in the place of what was there or added to it. */
export function writeGradient(slot: GradientSlot, gradient: () => tf.Tensor): void {
  const old = asTf(slot.value);
  // What is replaced goes first: a table's gradient need not be there twice.
  if (!slot.accumulate) old.dispose();
  slot.value = tf.tidy(() => (slot.accumulate ? tf.add(old, gradient()) : gradient()));
  if (slot.accumulate) old.dispose();
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
 * table [rows, C] with Σ x[n] over the n with ids[n] = id added to row id.
 *
 * Equal ids are summed by a product with a 0/1 matrix, and every row that occurs is written once:
 * tfjs's scatterND adds with float atomics on WebGPU, in any order. Shapes depend on N only, so that
 * buffers are reused: the last id fills up what is missing, with the same row each time.
 */
export function addToRows(table: tf.Tensor2D, x: tf.Tensor2D, ids: Int32Array): tf.Tensor2D {
  const N = ids.length;
  const slotOf = new Map<number, number>();
  for (const id of ids) if (!slotOf.has(id)) slotOf.set(id, slotOf.size);
  const membership = new Float32Array(N * N); // [slot, n]
  const rows = new Int32Array(N);
  for (let n = 0; n < N; n++) {
    const id = ids[n] as number;
    const slot = slotOf.get(id) as number;
    membership[slot * N + n] = 1;
    rows[slot] = id;
  }
  const last = slotOf.size - 1;
  for (let slot = slotOf.size; slot < N; slot++) {
    rows[slot] = rows[last] as number;
    membership.copyWithin(slot * N, last * N, (last + 1) * N);
  }
  const sums = tf.matMul(tf.tensor2d(membership, [N, N]), x); // [N, C]
  const updated = tf.add(tf.gather(table, tf.tensor1d(rows, 'int32')), sums);
  return tf.tensorScatterUpdate(table, tf.tensor2d(rows, [N, 1], 'int32'), updated) as tf.Tensor2D;
}
