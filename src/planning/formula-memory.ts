/**
 * The memory model of the tfjs backends (WASM, plain JavaScript), which is a formula, because the memory
 * of tfjs's WASM backend can't be measured from outside.
 */

import { type GPT2Config, innerWidth } from '../model/config.ts';
import { adapterParameterCount } from '../model/lora.ts';
import { parameterCount } from '../model/weights.ts';
import { type Fit, type MemoryModel, type PlannedStep, withinBudget } from './memory-model.ts';

/** WASM can address 4 GiB, and uses a little of that before the first tensor. */
const MAX_WASM_BYTES = 4 * 2 ** 30 - 64 * 2 ** 20;

/**
 * WASM memory grows by a fifth at a time, never shrinks, and gets fragmented. After three steps it was 1.9
 * times the sum of the tensors for 5 and for 15 million parameters, and 2.1 times for 53 million
 * (22 November 2026, Node 20).
 */
const ALLOCATOR_FACTOR = 2;

export class FormulaMemory implements MemoryModel {
  private readonly hostBytes: number;

  /** @param hostBytes What the allocator may take of the computer's memory, waste included. */
  constructor(hostBytes: number) {
    this.hostBytes = hostBytes;
  }

  async fit(config: GPT2Config, step: PlannedStep): Promise<Fit> {
    const { nLayer, nEmbd, nHead, vocabSize, hasOwnHead } = config;
    const { mode, blockLength, microBatch, checkpointing } = step;
    const parameters = parameterCount(config);
    const trained = mode.kind === 'lora' ? adapterParameterCount(config, mode) : parameters;
    const tableBytes = 4 * vocabSize * nEmbd * (hasOwnHead ? 2 : 1);
    const tokens = blockLength * microBatch;
    const floatsPerLayer = 12 * nEmbd + 2 * innerWidth(config) + 3 * nHead * blockLength; // of one token
    const layersAtOnce = checkpointing ? 1 + nLayer / 20 : nLayer;
    const activationBytes = 4 * tokens * (layersAtOnce * floatsPerLayer + 4 * vocabSize);
    const parts = {
      // The backend keeps a packed copy of each matrix for products.
      weightBytes: 8 * parameters,
      gradientBytes: 4 * trained,
      momentBytes: 8 * trained,
      // A transposed copy of the embedding table, and temporaries of AdamW as large as what it updates.
      workingBytes: (mode.kind === 'lora' ? 2 : 6) * tableBytes + activationBytes,
    };
    const neededBytes = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
    const expectedBytes = Math.min(MAX_WASM_BYTES, ALLOCATOR_FACTOR * neededBytes);
    const { hostBytes } = this;
    if (expectedBytes > hostBytes) {
      const needed = { neededBytes: expectedBytes, availableBytes: hostBytes };
      return { plan: null, shortage: { ...needed, reason: 'too-large' } };
    }
    return withinBudget({ parts, neededBytes, expectedBytes, buffers: [] }, MAX_WASM_BYTES);
  }

  /** tfjs can't be asked, so what fits on paper has to do. */
  async hasRoomFor(): Promise<boolean> {
    return true;
  }
}
