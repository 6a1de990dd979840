/**
 * {@link Ops} with our own kernels (`gpu/kernels`).
 *
 * Arithmetic is float32 and deterministic: sums have a fixed order, and there are no atomics. Gradients and
 * parameters are written in place.
 */

import { must } from '../core/assert.ts';
import { inOnePart, type Parts } from '../core/parts.ts';
import { rowsKernel } from '../gpu/kernels.ts';
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
  TokenBatch,
} from './operands.ts';
import type { Ops } from './ops.ts';
import type { DeviceSampler, SamplingPlan } from './sampler.ts';
import { layerNorm } from './webgpu-layers.ts';
import { adamw, clipScale, mix } from './webgpu-optimizer.ts';
import { fitsLinearRows, attentionCached, fillCache, linearRows } from './webgpu-decode.ts';
import { WebGPUSampler } from './webgpu-sample.ts';
import { asGpu, asUnsummed, matrixShape } from './webgpu-tensors.ts';
import { WebGPULayerOps } from './webgpu-layer-ops.ts';

export class WebGPUOps extends WebGPULayerOps implements Ops {
  /* ------------------------------------------------------------------ optimizer */

  clipScale(gradients: readonly Tensor[], maxNorm: number): Parts<Tensor> {
    return inOnePart(() => clipScale(this.gpu, gradients.map(asGpu), maxNorm));
  }

  adamw(
    slots: readonly AdamWSlot[],
    gradientScale: Tensor,
    step: AdamWStep,
  ): Parts<readonly AdamWSlot[]> {
    return inOnePart(() => {
      adamw(this.gpu, slots, asGpu(gradientScale), step);
      return slots;
    });
  }

  mix(slots: readonly MixSlot[], share: number): void {
    mix(this.gpu, slots, share);
  }

  /* ------------------------------------------------------------------ decoding */

  fillCache(qkv: Tensor, shape: AttentionShape, capacity: number): KeyValueCache {
    return fillCache(this.gpu, asGpu(qkv), shape, capacity);
  }

  attentionCached(
    qkv: Tensor,
    cache: KeyValueCache,
    position: number,
    shape: AttentionShape,
  ): Tensor {
    return attentionCached(this.gpu, asGpu(qkv), cache, position, shape);
  }

  normLinear(
    x: Tensor,
    norm: Norm,
    w: Tensor,
    b: Tensor,
    activation: Activation | 'none',
    update?: LowRank,
  ): Tensor {
    const gain = asGpu(norm.gain);
    const bias = asGpu(norm.bias);
    const isFew = fitsLinearRows(asUnsummed(x), asGpu(w));
    if (isFew && !update) {
      const options = { norm: { gain, bias, epsilon: norm.epsilon }, activation };
      return linearRows(this.gpu, asUnsummed(x), asGpu(w), asGpu(b), options);
    }
    const { y, stats, low } = layerNorm(this.gpu, asGpu(x), gain, bias, norm.epsilon, update);
    const lowRank = update && { ...update, low: must(low, 'the first product') };
    let product: { y: Tensor; input?: Tensor };
    if (isFew) product = { y: this.linearRows(y, w, b, lowRank, undefined, activation) };
    else if (activation === 'none') product = { y: this.linear(y, w, b, { lowRank }) };
    else product = this.linearActivated(y, w, b, activation, lowRank);
    for (const tensor of [y, stats, product.input, lowRank?.low]) tensor?.dispose();
    return product.y;
  }

  rows(x: Tensor, indices: Int32Array): Tensor {
    const [, C] = matrixShape(asGpu(x));
    const y = this.gpu.empty([indices.length, C]);
    const onDevice = this.gpu.upload(indices, [indices.length]);
    this.gpu.dispatch(rowsKernel, {
      params: [indices.length, C],
      buffers: [asGpu(x), onDevice, y],
      groups: Math.ceil(y.size / 64),
    });
    onDevice.dispose();
    return y;
  }

  createSampler(plan: SamplingPlan, prompt: TokenBatch): DeviceSampler {
    return new WebGPUSampler(this.gpu, plan, prompt);
  }
}
