/**
 * Draws tokens on the GPU (`sample.wgsl`), with one dispatch for all sequences. The tokens stay on the device
 * for the next embedding, and several rows of them are read back together.
 */

import { assert } from '../core/assert.ts';
import type { BufferRange } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import { sampleKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import {
  type DeviceSampler,
  MAX_PENDING_ROWS,
  type SamplingPlan,
  type Tensor,
  type TokenBatch,
} from './ops.ts';
import { embedDeviceTokens } from './webgpu-head.ts';
import { asGpu, matrixShape } from './webgpu-tensors.ts';

/** Stands for "no token": nothing is banned, or nothing has been drawn yet. */
const NO_TOKEN = 0xffffffff;

export class WebGPUSampler implements DeviceSampler {
  readonly batch: number;
  private readonly gpu: GpuContext;
  private readonly plan: SamplingPlan;
  private readonly ids: GpuTensor; // [B] u32
  private readonly drawn: GpuTensor; // [mostRowsDrawn, B] u32
  /** One bit per token, [B, ⌈V/32⌉] u32; null without a repetition penalty. */
  private readonly seen: GpuTensor | null;
  private rows = 0;

  constructor(gpu: GpuContext, plan: SamplingPlan, prompt: TokenBatch) {
    this.batch = prompt.B;
    this.gpu = gpu;
    this.plan = plan;
    this.ids = gpu.upload(new Uint32Array(prompt.B).fill(NO_TOKEN), [prompt.B]);
    this.drawn = gpu.empty([MAX_PENDING_ROWS, prompt.B]);
    this.seen = plan.repetitionPenalty === 1 ? null : seenTokens(gpu, plan.vocabSize, prompt);
  }

  sample(logits: Tensor, position: number): void {
    const { gpu, plan, batch } = this;
    assert(this.rows < MAX_PENDING_ROWS, 'room for another row of tokens');
    const { vocabSize, topK, repetitionPenalty, endOfTextId } = plan;
    const unused: BufferRange = gpu.unusedOutputs[0];
    const size = gpu.isSoftware ? 16 : 256;
    gpu.dispatch(sampleKernel(size), {
      constants: { PENALTY: this.seen ? 1 : 0 },
      params: [
        batch,
        vocabSize,
        matrixShape(asGpu(logits))[1],
        this.rows++,
        position,
        plan.seed,
        endOfTextId,
        position < plan.minTokens ? endOfTextId : NO_TOKEN,
        topK > 0 ? Math.min(topK, vocabSize) : vocabSize,
        plan.topP,
        1 / plan.temperature,
        repetitionPenalty,
        1 / repetitionPenalty,
        plan.firstSequence ?? 0,
        size,
      ],
      buffers: [asGpu(logits), this.seen ?? unused, this.ids, this.drawn],
      groups: [batch, 1, 1],
    });
  }

  embedding(wte: Tensor, wpe: Tensor, position: number): GpuTensor {
    return embedDeviceTokens(this.gpu, this.ids, 1, asGpu(wte), asGpu(wpe), position);
  }

  async take(): Promise<Int32Array> {
    const tokens = this.drawn.prefix([this.rows, this.batch]);
    this.rows = 0;
    // read() submits the copy before it waits, so later draws may overwrite the tokens.
    const read = this.gpu.read(tokens);
    tokens.dispose();
    return new Int32Array((await read).buffer);
  }

  dispose(): void {
    for (const tensor of [this.ids, this.drawn, this.seen]) tensor?.dispose();
  }
}

function seenTokens(gpu: GpuContext, vocabSize: number, { ids, B, T }: TokenBatch): GpuTensor {
  const words = Math.ceil(vocabSize / 32);
  const bits = new Uint32Array(B * words);
  ids.forEach((id, i) => {
    const word = Math.floor(i / T) * words + (id >>> 5);
    bits[word] = (bits[word] as number) | (1 << (id & 31));
  });
  return gpu.upload(bits, [B, words]);
}
