/**
 * {@link Ops} on kernels of our own (`gpu/kernels`), encoded into one command encoder a step.
 *
 * Everything is float32 and deterministic: sums have a fixed order, nothing is atomic. Gradients and
 * parameters are written in place.
 */

import { must } from '../core/assert.ts';
import type { GpuContext } from '../gpu/context.ts';
import { addKernel, dropoutKernel, rowsKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import type {
  AdamWSlot,
  AdamWStep,
  AttentionShape,
  DeviceSampler,
  DropoutSite,
  GradientSlot,
  KeyValueCache,
  LayerGradients,
  LinearEpilogue,
  Norm,
  Ops,
  SamplingPlan,
  Saved,
  Tensor,
  TokenBatch,
} from './ops.ts';
import { attention, attentionBackward } from './webgpu-attention.ts';
import { allLogits, embedding, embeddingBackward, headLoss } from './webgpu-head.ts';
import {
  layerNorm,
  layerNormBackward,
  project,
  projectBack,
  weightGradients,
} from './webgpu-layers.ts';
import { dropoutParams } from './webgpu-matmul.ts';
import { adamw, clipScale } from './webgpu-optimizer.ts';
import {
  areFewLogits,
  areFewRows,
  attentionCached,
  fillCache,
  linearRows,
  logitsRows,
} from './webgpu-decode.ts';
import { WebGPUSampler } from './webgpu-sample.ts';
import { asGpu, matrixShape } from './webgpu-tensors.ts';

export class WebGPUOps implements Ops {
  /** Counters, memory and the queue; owned by these operations. */
  readonly gpu: GpuContext;

  constructor(gpu: GpuContext) {
    this.gpu = gpu;
  }

  /* ------------------------------------------------------------------ transfer */

  tensor(data: Float32Array, shape: readonly number[]): GpuTensor {
    return this.gpu.upload(data, shape);
  }

  async tensorFrom(
    pieces: AsyncIterable<Float32Array>,
    shape: readonly number[],
  ): Promise<GpuTensor> {
    const tensor = this.gpu.empty(shape);
    try {
      await this.gpu.fill(tensor, pieces);
    } catch (error) {
      tensor.dispose();
      throw error;
    }
    return tensor;
  }

  zeros(shape: readonly number[]): GpuTensor {
    return this.gpu.zeros(shape);
  }

  read(x: Tensor): Promise<Float32Array> {
    return this.gpu.read(asGpu(x));
  }

  /** Matrices first: weight decay applies to them only, so each kind is one run. */
  allocate(shapes: ReadonlyMap<string, readonly number[]>): Map<string, Tensor> {
    const isVector = (shape: readonly number[]) => (shape.length < 2 ? 1 : 0);
    const ordered = [...shapes].sort(([, a], [, b]) => isVector(a) - isVector(b));
    const tensors = this.gpu.allocate(new Map(ordered));
    return new Map([...shapes.keys()].map((name) => [name, must(tensors.get(name), name)]));
  }

  pack(tensors: Map<string, Tensor>): void {
    const packed = this.allocate(new Map([...tensors].map(([name, { shape }]) => [name, shape])));
    for (const [name, from] of tensors) {
      tensors.set(name, this.replace(must(packed.get(name), name), from));
    }
    this.gpu.flush();
    this.gpu.arena.trim();
  }

  replace(to: Tensor, from: Tensor): Tensor {
    this.gpu.copy(asGpu(from), asGpu(to));
    from.dispose();
    return to;
  }

  flush(): void {
    this.gpu.flush();
  }

  /* ------------------------------------------------------------------ layers */

  embedding(tokens: TokenBatch, wte: Tensor, wpe: Tensor, start: number): GpuTensor {
    return embedding(this.gpu, tokens, asGpu(wte), asGpu(wpe), start);
  }

  embeddingBackward(dx: Tensor, tokens: TokenBatch, dwte: GradientSlot, dwpe: GradientSlot): void {
    embeddingBackward(this.gpu, asGpu(dx), tokens, asGpu(dwte.value), dwpe);
  }

  layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): { y: Tensor; saved: Saved } {
    const { y, stats } = layerNorm(this.gpu, asGpu(x), asGpu(gain), asGpu(bias), epsilon);
    return { y, saved: [stats] };
  }

  layerNormBackward(
    dy: Tensor,
    x: Tensor,
    gain: Tensor,
    saved: Saved,
    residual: Tensor | undefined,
    into: LayerGradients | null,
  ): Tensor {
    return layerNormBackward(this.gpu, asGpu(dy), {
      x: asGpu(x),
      gain: asGpu(gain),
      stats: asGpu(must(saved[0], 'the saved statistics')),
      residual: residual && asGpu(residual),
      into,
    });
  }

  normLinearBackward(
    dy: Tensor,
    x: Tensor,
    norm: Norm,
    saved: Saved,
    w: Tensor,
    residual: Tensor,
    into: { readonly norm: LayerGradients | null; readonly linear: LayerGradients | null },
  ): Tensor {
    const dNorm = projectBack(this.gpu, asGpu(dy), asGpu(w));
    const y = this.gpu.empty(x.shape);
    const dx = layerNormBackward(this.gpu, dNorm, {
      x: asGpu(x),
      gain: asGpu(norm.gain),
      stats: asGpu(must(saved[0], 'the saved statistics')),
      residual: asGpu(residual),
      into: into.norm,
      again: { bias: asGpu(norm.bias), y },
    });
    dNorm.dispose();
    weightGradients(this.gpu, asGpu(dy), y, into.linear);
    y.dispose();
    return dx;
  }

  linear(x: Tensor, w: Tensor, b: Tensor, then: LinearEpilogue = {}): Tensor {
    const { dropout, residual } = then;
    if (!dropout && areFewRows(asGpu(x), asGpu(w))) {
      const after = { residual: residual && asGpu(residual) };
      return linearRows(this.gpu, asGpu(x), asGpu(w), asGpu(b), after);
    }
    return project(this.gpu, asGpu(x), asGpu(w), {
      bias: asGpu(b),
      dropout: dropout && dropout.rate > 0 ? dropout : undefined,
      residual: residual && asGpu(residual),
    });
  }

  linearGelu(x: Tensor, w: Tensor, b: Tensor): { input: Tensor; y: Tensor } {
    const input = this.gpu.empty([matrixShape(asGpu(x))[0], matrixShape(asGpu(w))[1]]);
    const epilogue = { bias: asGpu(b), geluInput: input };
    return { input, y: project(this.gpu, asGpu(x), asGpu(w), epilogue) };
  }

  linearBackward(dy: Tensor, x: Tensor, w: Tensor, into: LayerGradients | null): Tensor {
    weightGradients(this.gpu, asGpu(dy), asGpu(x), into);
    return projectBack(this.gpu, asGpu(dy), asGpu(w));
  }

  linearAfterGeluBackward(
    dy: Tensor,
    input: Tensor,
    w: Tensor,
    into: LayerGradients | null,
  ): Tensor {
    const x = this.gpu.empty(input.shape);
    const geluGrad = { input: asGpu(input), output: x };
    const dInput = projectBack(this.gpu, asGpu(dy), asGpu(w), { geluGrad });
    weightGradients(this.gpu, asGpu(dy), x, into);
    x.dispose();
    return dInput;
  }

  attention(
    qkv: Tensor,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): { y: Tensor; saved: Saved } {
    const { y, logSums } = attention(this.gpu, asGpu(qkv), shape, dropout);
    return { y, saved: [logSums] };
  }

  attentionBackward(
    dy: Tensor,
    y: Tensor,
    qkv: Tensor,
    saved: Saved,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): Tensor {
    const logSums = asGpu(must(saved[0], 'the saved sums'));
    return attentionBackward(this.gpu, asGpu(dy), asGpu(y), asGpu(qkv), logSums, shape, dropout);
  }

  dropout(x: Tensor, site: DropoutSite): Tensor {
    const from = asGpu(x);
    const y = this.gpu.empty(x.shape);
    const quads = Math.ceil(from.size / 4);
    this.gpu.dispatch(dropoutKernel, {
      params: [quads, ...dropoutParams(site)],
      buffers: [from, y],
      groups: Math.ceil(quads / 64),
    });
    return y;
  }

  add(a: Tensor, b: Tensor): Tensor {
    const y = this.gpu.empty(a.shape);
    const quads = Math.ceil(y.size / 4);
    this.gpu.dispatch(addKernel, {
      params: [quads],
      buffers: [asGpu(a), asGpu(b), y],
      groups: Math.ceil(quads / 64),
    });
    return y;
  }

  /* ------------------------------------------------------------------ head */

  headLoss(x: Tensor, wte: Tensor, targets: Int32Array): { loss: Tensor } {
    return { loss: headLoss(this.gpu, asGpu(x), asGpu(wte), targets, null).loss };
  }

  headLossAndGradients(
    x: Tensor,
    wte: Tensor,
    targets: Int32Array,
    scale: number,
    dwte: GradientSlot | null,
  ): { loss: Tensor; dx: Tensor } {
    const { loss, dx } = headLoss(this.gpu, asGpu(x), asGpu(wte), targets, { scale, dwte });
    return { loss, dx: must(dx, 'dx') };
  }

  logits(x: Tensor, wte: Tensor): Tensor {
    const few = areFewLogits(asGpu(x));
    return (few ? logitsRows : allLogits)(this.gpu, asGpu(x), asGpu(wte));
  }

  /* ------------------------------------------------------------------ optimizer */

  clipScale(gradients: readonly Tensor[], maxNorm: number): Tensor {
    return clipScale(this.gpu, gradients.map(asGpu), maxNorm);
  }

  adamw(slots: readonly AdamWSlot[], gradientScale: Tensor, step: AdamWStep): void {
    adamw(this.gpu, slots, asGpu(gradientScale), step);
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

  normLinear(x: Tensor, norm: Norm, w: Tensor, b: Tensor, activation: 'none' | 'gelu'): Tensor {
    const gain = asGpu(norm.gain);
    const bias = asGpu(norm.bias);
    const isGelu = activation === 'gelu';
    if (areFewRows(asGpu(x), asGpu(w))) {
      const around = { norm: { gain, bias, epsilon: norm.epsilon }, isGelu };
      return linearRows(this.gpu, asGpu(x), asGpu(w), asGpu(b), around);
    }
    const { y, stats } = layerNorm(this.gpu, asGpu(x), gain, bias, norm.epsilon);
    const product = isGelu ? this.linearGelu(y, w, b) : { y: this.linear(y, w, b), input: null };
    for (const tensor of [y, stats, product.input]) tensor?.dispose();
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

  /** Destroys every buffer of these operations; the device stays. */
  dispose(): void {
    this.gpu.dispose();
  }
}
