/**
 * {@link Ops} in plain tfjs operations, for any tfjs backend. It runs where there is no usable WebGPU, and
 * our kernels are tested against it.
 *
 * It is not fast on a GPU (hundreds of dispatches per step) and not small (every intermediate result is a
 * tensor). It is optimized for tfjs's WASM backend, where a matmul is 10 to 20 times faster when it is
 * two-dimensional and no operand is flagged as transposed: so operands are transposed first, the small
 * products of attention use our own kernel (`portable-products.ts`), and column sums are products with a row
 * of ones.
 *
 * A bug of that backend (4.22.0) to avoid: it packs the right operand of a matmul once and finds the packed
 * copy again by the tensor's data, whatever its shape. If the same data is the right operand under two
 * shapes (a reshape shares its data), the heap is overrun.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { Parts } from '../core/parts.ts';
import type {
  Activation,
  AdamWSlot,
  AdamWStep,
  AttentionShape,
  KeyValueCache,
  LowRank,
  MixSlot,
  Norm,
  Tensor,
} from './operands.ts';
import type { Ops } from './ops.ts';
import { activated } from './portable-activation.ts';
import { attendCached, fillCache } from './portable-attention.ts';
import { hasDecodeKernels, layerNormRows } from './portable-decode.ts';
import { clipScale, adamwUpdate, mixWeights } from './portable-optimizer.ts';
import { asTf, tensor2d } from './portable-tensors.ts';
import { PortableLayerOps } from './portable-layer-ops.ts';

export class PortableOps extends PortableLayerOps implements Ops {
  readonly deviceMemory = null;
  readonly tuning = null;

  clipScale(gradients: readonly Tensor[], maxNorm: number): Parts<Tensor> {
    return clipScale(gradients.map(asTf), maxNorm, this.constants);
  }

  adamw(
    slots: readonly AdamWSlot[],
    gradientScale: Tensor,
    step: AdamWStep,
  ): Parts<readonly AdamWSlot[]> {
    return adamwUpdate(slots, asTf(gradientScale), step, this.constants);
  }

  mix(slots: readonly MixSlot[], share: number): void {
    mixWeights(slots, share);
  }

  fillCache(qkv: Tensor, shape: AttentionShape, capacity: number): KeyValueCache {
    return fillCache(tensor2d(qkv), shape, capacity);
  }

  attentionCached(
    qkv: Tensor,
    cache: KeyValueCache,
    position: number,
    shape: AttentionShape,
  ): Tensor {
    return attendCached(tensor2d(qkv), cache, position, shape, this.constants);
  }

  normLinear(
    x: Tensor,
    norm: Norm,
    w: Tensor,
    b: Tensor,
    activation: Activation | 'none',
    update?: LowRank,
  ): Tensor {
    return tf.tidy(() => {
      const y = hasDecodeKernels()
        ? layerNormRows(asTf(x), asTf(norm.gain), asTf(norm.bias), norm.epsilon)
        : this.layerNorm(x, norm).y;
      const lowRank = update && { ...update, low: this.lowRank(y, update) };
      const product = asTf(this.linear(y, w, b, { lowRank }));
      return activation === 'none' ? product : activated(product, activation, this.constants);
    });
  }

  rows(x: Tensor, indices: Int32Array): Tensor {
    return tf.tidy(() => tf.gather(asTf(x), tf.tensor1d(indices, 'int32')));
  }

  createSampler(): null {
    return null;
  }
}
