/**
 * {@link Ops} with our own kernels (`gpu/kernels`).
 *
 * Arithmetic is float32 and deterministic: sums have a fixed order, and there are no atomics. Gradients and
 * parameters are written in place.
 */

import { must } from '../core/assert.ts';
import { toFloat16 } from '../core/float16.ts';
import type { GpuContext } from '../gpu/context.ts';
import { rowsKernel } from '../gpu/kernels.ts';
import { tileNames, tilesByName } from '../gpu/kernels/tile-shapes.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import { extentsOf } from './documents.ts';
import {
  type Activation,
  type AdamWSlot,
  type AdamWStep,
  type AttentionShape,
  type DeviceMemory,
  type DeviceSampler,
  type DropoutSite,
  type GradientSlot,
  type InputGradient,
  type KeyValueCache,
  type LayerGradients,
  type LinearEpilogue,
  type LowRank,
  type LowRankBackward,
  type LowRankTerm,
  type MixSlot,
  type Norm,
  type Normalized,
  type NormLinearGradients,
  type Ops,
  PIECE_ELEMENTS,
  type Precision,
  type SamplingPlan,
  type Saved,
  type Tensor,
  type TokenBatch,
  type Tuning,
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
import {
  lowRankDown,
  lowRankEpilogue,
  lowRankEpilogueBack,
  lowRankGradients,
  lowRankUp,
  mergeLowRank,
} from './webgpu-low-rank.ts';
import { add, dropout, toHalves } from './webgpu-elements.ts';
import { adamw, clipScale, mix } from './webgpu-optimizer.ts';
import {
  fitsLogitsRows,
  fitsLinearRows,
  attentionCached,
  fillCache,
  linearRows,
  logitsRows,
} from './webgpu-decode.ts';
import { WebGPUSampler } from './webgpu-sample.ts';
import { tuneTiles } from './webgpu-tuning.ts';
import { asGpu, asUnsummed, matrixShape } from './webgpu-tensors.ts';

async function* packedPieces(pieces: AsyncIterable<Float32Array>): AsyncGenerator<Uint16Array> {
  for await (const piece of pieces) yield packHalves(piece);
}

/**
 * Converts to float16 and pads to whole 32-bit words. Values that are too large become the largest float16,
 * because an infinity would spoil every sum that includes it.
 */
function packHalves(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length + (values.length % 2));
  halves.set(toFloat16(values));
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] as number;
    if ((half & 0x7fff) === 0x7c00) halves[i] = half - 1;
  }
  return halves;
}

export class WebGPUOps implements Ops {
  /** The context with counters, memory and queue. These operations own it and dispose it. */
  readonly gpu: GpuContext;

  constructor(gpu: GpuContext) {
    this.gpu = gpu;
  }

  get tuning(): Tuning | null {
    const { gpu } = this;
    if (gpu.isSoftware) return null;
    return {
      get shapes() {
        return tileNames(gpu.tiles);
      },
      use: (shapes) => {
        const tiles = shapes && tilesByName(shapes);
        if (shapes !== null && tiles === null) return false;
        gpu.useTiles(tiles);
        return true;
      },
      measure: (model, now = () => performance.now()) => tuneTiles(gpu, model, now),
    };
  }

  get deviceMemory(): DeviceMemory {
    const { gpu } = this;
    return {
      adapter: {
        limits: gpu.device.limits,
        isSoftware: gpu.isSoftware,
        tiles: gpu.tiles,
        usesSubgroups: gpu.usesSubgroups,
      },
      heldBytes: gpu.memory.heldBytes,
      counters: gpu.counters,
      compile: (programs, onProgress) => gpu.compile(programs, onProgress),
      hasRoomFor: (bufferSizes) => gpu.hasRoomFor(bufferSizes),
    };
  }

  /* ------------------------------------------------------------------ transfer */

  tensor(data: Float32Array, shape: readonly number[]): GpuTensor {
    return this.gpu.upload(data, shape);
  }

  weight(data: Float32Array, shape: readonly number[], precision: Precision): GpuTensor {
    const tensor = this.gpu.reserve(shape, precision);
    this.gpu.write(tensor, precision === 'f32' ? data : packHalves(data));
    return tensor;
  }

  async weightFrom(
    pieces: AsyncIterable<Float32Array>,
    shape: readonly number[],
    precision: Precision,
  ): Promise<GpuTensor> {
    const tensor = this.gpu.reserve(shape, precision);
    try {
      await this.gpu.fill(tensor, precision === 'f32' ? pieces : packedPieces(pieces));
    } catch (error) {
      tensor.dispose();
      throw error;
    }
    return tensor;
  }

  async overwrite(to: Tensor, pieces: AsyncIterable<Float32Array>): Promise<Tensor> {
    await this.gpu.fill(asGpu(to), pieces);
    return to;
  }

  zeros(shape: readonly number[]): GpuTensor {
    return this.gpu.zeros(shape);
  }

  read(x: Tensor): Promise<Float32Array> {
    return this.gpu.read(asGpu(x));
  }

  readPieces(x: Tensor): AsyncGenerator<Float32Array> {
    return this.gpu.readPieces(asGpu(x), PIECE_ELEMENTS);
  }

  readPart(x: Tensor, begin: number, count: number): Promise<Float32Array> {
    return this.gpu.readPart(asGpu(x), begin, count);
  }

  /** Puts matrices first: only they have weight decay, so matrices and vectors become one range each. */
  allocate(shapes: ReadonlyMap<string, readonly number[]>): Map<string, Tensor> {
    const isVector = (shape: readonly number[]) => (shape.length < 2 ? 1 : 0);
    const ordered = [...shapes].sort(([, a], [, b]) => isVector(a) - isVector(b));
    const tensors = this.gpu.allocate(new Map(ordered));
    return new Map([...shapes.keys()].map((name) => [name, must(tensors.get(name), name)]));
  }

  pack(tensors: Map<string, Tensor>): void {
    const packed = this.allocate(new Map([...tensors].map(([name, { shape }]) => [name, shape])));
    for (const [name, from] of tensors) {
      const to = must(packed.get(name), name);
      this.gpu.copy(asGpu(from), asGpu(to));
      from.dispose();
      tensors.set(name, to);
    }
    this.trim();
  }

  flush(): void {
    this.gpu.flush();
  }

  finish(): Promise<void> {
    return this.gpu.finish();
  }

  beginDraft(): void {
    this.gpu.beginDraft();
  }

  endDraft(): Promise<void> {
    return this.gpu.endDraft();
  }

  dropDraft(): void {
    this.gpu.dropDraft();
  }

  trim(): void {
    this.gpu.trim();
  }

  /* ------------------------------------------------------------------ layers */

  /** Int32 [N, 2]: where the document of each token begins and ends. */
  documents(tokens: TokenBatch): GpuTensor | undefined {
    if (tokens.starts === undefined) return undefined;
    return this.gpu.upload(extentsOf(tokens), [tokens.ids.length, 2]);
  }

  embedding(tokens: TokenBatch, wte: Tensor, wpe: Tensor, start: number): GpuTensor {
    return embedding(this.gpu, tokens, asGpu(wte), asGpu(wpe), start);
  }

  embeddingBackward(dx: Tensor, tokens: TokenBatch, dwte: GradientSlot, dwpe: GradientSlot): void {
    if (!dwte.accumulate) this.gpu.clear(asGpu(dwte.value));
    embeddingBackward(this.gpu, asGpu(dx), tokens, asGpu(dwte.value), dwpe);
  }

  layerNorm(x: Tensor, { gain, bias, epsilon }: Norm, update?: LowRank): Normalized {
    const { gpu } = this;
    const of = layerNorm(gpu, asGpu(x), asGpu(gain), asGpu(bias), epsilon, update);
    return { y: of.y, saved: [of.stats], low: of.low };
  }

  layerNormBackward(
    dy: Tensor,
    x: Tensor,
    gain: Tensor,
    saved: Saved,
    residual: Tensor | undefined,
    into: LayerGradients | null,
    dropout?: DropoutSite,
  ): InputGradient {
    return layerNormBackward(this.gpu, asGpu(dy), {
      x: asGpu(x),
      gain: asGpu(gain),
      stats: asGpu(must(saved[0], 'the saved statistics')),
      residual: residual && asGpu(residual),
      into,
      dropout,
    });
  }

  normLinearBackward(
    dy: Tensor,
    x: Tensor,
    norm: Norm,
    saved: Saved,
    w: Tensor,
    residual: Tensor,
    into: NormLinearGradients,
    dropout?: DropoutSite,
  ): InputGradient {
    const { gpu } = this;
    const { epilogue, dLow } = lowRankEpilogueBack(gpu, asGpu(dy), into.lowRank);
    const dNorm = projectBack(gpu, asGpu(dy), asGpu(w), epilogue);
    const y = into.linear || into.lowRank ? gpu.empty(x.shape) : null;
    const gradient = layerNormBackward(this.gpu, dNorm, {
      x: asGpu(x),
      gain: asGpu(norm.gain),
      stats: asGpu(must(saved[0], 'the saved statistics')),
      residual: asGpu(residual),
      into: into.norm,
      output: y ? { bias: asGpu(norm.bias), y } : undefined,
      dropout,
    });
    dNorm.dispose();
    if (y) {
      weightGradients(gpu, asGpu(dy), y, into.linear);
      lowRankGradients(gpu, asGpu(dy), y, into.lowRank, dLow);
      y.dispose();
    }
    return gradient;
  }

  linear(x: Tensor, w: Tensor, b: Tensor, epilogue: LinearEpilogue = {}): Tensor {
    const { dropout, residual, lowRank } = epilogue;
    if (!dropout && fitsLinearRows(asGpu(x), asGpu(w))) {
      return this.linearRows(x, w, b, lowRank, residual, 'none');
    }
    return project(this.gpu, asGpu(x), asGpu(w), {
      bias: asGpu(b),
      ...lowRankEpilogue(lowRank),
      dropout: dropout && dropout.rate > 0 ? dropout : undefined,
      residual: residual && asGpu(residual),
    });
  }

  /** {@link linearRows} with a low-rank update, which takes the place of the residual. */
  private linearRows(
    x: Tensor,
    w: Tensor,
    b: Tensor,
    lowRank: LowRankTerm | undefined,
    residual: Tensor | undefined,
    activation: Activation | 'none',
  ): Tensor {
    const residualOnly = residual && asGpu(residual);
    const update = lowRank && lowRankUp(this.gpu, lowRank, residualOnly);
    const epilogue = { residual: update ?? residualOnly, activation };
    const y = linearRows(this.gpu, asGpu(x), asGpu(w), asGpu(b), epilogue);
    update?.dispose();
    return y;
  }

  linearActivated(
    x: Tensor,
    w: Tensor,
    b: Tensor,
    activation: Activation,
    lowRank?: LowRankTerm,
  ): { input: Tensor; y: Tensor } {
    const input = this.gpu.empty([matrixShape(asGpu(x))[0], matrixShape(asGpu(w))[1]]);
    const epilogue = {
      bias: asGpu(b),
      ...lowRankEpilogue(lowRank),
      activation: { kind: activation, input },
    };
    return { input, y: project(this.gpu, asGpu(x), asGpu(w), epilogue) };
  }

  linearBackward(
    dy: Tensor,
    x: Tensor,
    w: Tensor,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor {
    weightGradients(this.gpu, asGpu(dy), asGpu(x), into);
    const { epilogue, dLow } = lowRankEpilogueBack(this.gpu, asGpu(dy), lowRank);
    const dx = projectBack(this.gpu, asGpu(dy), asGpu(w), epilogue);
    lowRankGradients(this.gpu, asGpu(dy), asGpu(x), lowRank, dLow);
    return dx;
  }

  lowRank(x: Tensor, update: LowRank): Tensor {
    return lowRankDown(this.gpu, asGpu(x), update);
  }

  lowRankBackward(dy: Tensor, x: Tensor, update: LowRankBackward): void {
    lowRankGradients(this.gpu, asGpu(dy), asGpu(x), update, null);
  }

  toHalves(w: Tensor): Tensor | null {
    return toHalves(this.gpu, asGpu(w));
  }

  merge(w: Tensor, update: LowRank): Tensor {
    return mergeLowRank(this.gpu, asGpu(w), update);
  }

  linearAfterActivationBackward(
    dy: Tensor,
    input: Tensor,
    w: Tensor,
    activation: Activation,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor {
    const x = into || lowRank ? this.gpu.empty(input.shape) : undefined;
    const activationGrad = { kind: activation, input: asGpu(input), output: x };
    const { epilogue, dLow } = lowRankEpilogueBack(this.gpu, asGpu(dy), lowRank);
    const dInput = projectBack(this.gpu, asGpu(dy), asGpu(w), { activationGrad, ...epilogue });
    if (x) {
      weightGradients(this.gpu, asGpu(dy), x, into);
      lowRankGradients(this.gpu, asGpu(dy), x, lowRank, dLow);
      x.dispose();
    }
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
    return dropout(this.gpu, asGpu(x), site);
  }

  add(a: Tensor, b: Tensor): Tensor {
    return add(this.gpu, asGpu(a), asGpu(b));
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
    const isFew = fitsLogitsRows(asGpu(x));
    return (isFew ? logitsRows : allLogits)(this.gpu, asGpu(x), asGpu(wte));
  }

  /* ------------------------------------------------------------------ optimizer */

  clipScale(gradients: readonly Tensor[], maxNorm: number): Tensor {
    return clipScale(this.gpu, gradients.map(asGpu), maxNorm);
  }

  adamw(slots: readonly AdamWSlot[], gradientScale: Tensor, step: AdamWStep): void {
    adamw(this.gpu, slots, asGpu(gradientScale), step);
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

  /** Destroys every buffer of these operations. The device remains. */
  dispose(): void {
    this.gpu.dispose();
  }
}
