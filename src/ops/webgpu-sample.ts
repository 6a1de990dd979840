/**
 * Draws tokens on the GPU (`sample.wgsl`), with one dispatch for all sequences. The tokens stay on the device
 * for the next embedding, and several rows of them are read back together.
 */

import { assert, must } from '../core/assert.ts';
import type { BufferRange } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import { sampleKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import type { Tensor, TokenBatch } from './operands.ts';
import { type DeviceSampler, MAX_PENDING_ROWS, type SamplingPlan } from './sampler.ts';
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
  /** The tokens at all positions, [B, capacity] u32; null where n-grams may repeat. */
  private readonly history: GpuTensor | null;
  private readonly capacity: number;
  private rows = 0;

  constructor(gpu: GpuContext, plan: SamplingPlan, prompt: TokenBatch) {
    this.batch = prompt.B;
    this.gpu = gpu;
    this.plan = plan;
    this.ids = gpu.upload(new Uint32Array(prompt.B).fill(NO_TOKEN), [prompt.B]);
    this.drawn = gpu.empty([MAX_PENDING_ROWS, prompt.B]);
    this.seen = plan.repetitionPenalty === 1 ? null : seenTokens(gpu, plan.vocabSize, prompt);
    this.capacity = plan.capacity ?? 0;
    const remembers = (plan.noRepeatNgram ?? 0) > 0;
    assert(!remembers || this.capacity > prompt.T, 'a capacity for the tokens to remember');
    this.history = remembers ? firstTokens(gpu, this.capacity, prompt) : null;
  }

  sample(logits: Tensor, position: number): void {
    const { gpu, plan, batch } = this;
    assert(this.rows < MAX_PENDING_ROWS, 'room for another row of tokens');
    const { vocabSize, topK, repetitionPenalty, endOfTextId } = plan;
    const unused: readonly BufferRange[] = gpu.unusedOutputs;
    const { minP = 0, typicalP = 1, noRepeatNgram = 0, temperature } = plan;
    const size = gpu.isSoftware ? 16 : 256;
    gpu.dispatch(sampleKernel(size), {
      constants: {
        PENALTY: this.seen ? 1 : 0,
        NGRAM: this.history ? 1 : 0,
        TYPICAL: typicalP < 1 ? 1 : 0,
      },
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
        1 / temperature,
        repetitionPenalty,
        1 / repetitionPenalty,
        plan.firstSequence ?? 0,
        minP > 0 ? -Math.log(minP) * temperature : -1,
        typicalP,
        noRepeatNgram,
        this.capacity,
        size,
      ],
      buffers: [
        asGpu(logits),
        this.seen ?? must(unused[0], 'an unused output'),
        this.ids,
        this.drawn,
        this.history ?? must(unused[1], 'an unused output'),
      ],
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
    for (const tensor of [this.ids, this.drawn, this.seen, this.history]) tensor?.dispose();
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

/** The prompt of each sequence at the beginning of its row. */
function firstTokens(gpu: GpuContext, capacity: number, { ids, B, T }: TokenBatch): GpuTensor {
  const tokens = new Uint32Array(B * capacity);
  for (let b = 0; b < B; b++) tokens.set(ids.subarray(b * T, (b + 1) * T), b * capacity);
  return gpu.upload(tokens, [B, capacity]);
}
