/** Small tfjs helpers that the portable operations share. */

import * as tf from '@tensorflow/tfjs-core';
import { assert } from '../core/assert.ts';
import type { GradientSlot, Tensor } from './operands.ts';
import type { PortableConstants } from './portable-constants.ts';

/** The handle as a tfjs tensor. It is a bug to pass a tensor of other operations. */
export function asTf(x: Tensor): tf.Tensor {
  assert(x instanceof tf.Tensor, 'a tensor of the portable operations');
  return x;
}

export function tensor2d(x: Tensor): tf.Tensor2D {
  const t = asTf(x);
  assert(t.rank === 2, `rank 2, not ${t.rank}`);
  return t as tf.Tensor2D;
}

/** Tensors that have to be disposed, whatever happens. */
export class Held {
  private readonly tensors = new Set<tf.Tensor>();

  add<T extends tf.Tensor>(tensor: T): T {
    this.tensors.add(tensor);
    return tensor;
  }

  drop(...tensors: readonly tf.Tensor[]): void {
    for (const tensor of tensors) {
      this.tensors.delete(tensor);
      tensor.dispose();
    }
  }

  /** They are the caller's from now on. */
  release(...tensors: readonly tf.Tensor[]): void {
    for (const tensor of tensors) this.tensors.delete(tensor);
  }

  dispose(): void {
    this.drop(...this.tensors);
  }
}

/** Puts a gradient into its slot: replaces the old one, or adds to it if the slot accumulates. */
export function writeGradient(slot: GradientSlot, gradient: () => tf.Tensor): void {
  const old = asTf(slot.value);
  // The old gradient is disposed first, so that the gradient of a large table never exists twice.
  if (!slot.accumulate) old.dispose();
  slot.value = tf.tidy(() => (slot.accumulate ? tf.add(old, gradient()) : gradient()));
  if (slot.accumulate) old.dispose();
}

export function transpose2d(x: Tensor): tf.Tensor2D {
  return tf.transpose(tensor2d(x));
}

/** The column sums, [N, C] → [C], as a product with a row of ones: several times faster than tf.sum. */
export function columnSums(x: tf.Tensor, constants: PortableConstants): tf.Tensor1D {
  const [N, C] = x.shape as [number, number];
  return tf.reshape(tf.matMul(constants.onesRow(N), x as tf.Tensor2D), [C]);
}

/**
 * A copy of table [V, C] in which the rows x[n] [N, C] are added to the rows ids[n].
 *
 * A product with a 0/1 matrix sums the rows with equal ids, and then every row that occurs is written
 * once, because tfjs's scatterND adds with float atomics on WebGPU, in no fixed order. The shapes depend
 * only on N, so that buffers can be reused; unused slots repeat the last id with its row.
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
