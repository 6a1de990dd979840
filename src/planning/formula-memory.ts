/**
 * What a run takes where tfjs computes (WASM, plain JavaScript): a formula. The memory of tfjs's WASM
 * backend can't be counted from outside, and it never shrinks.
 */

import type { GPT2Config } from '../model/config.ts';
import { adapterParameterCount } from '../model/lora.ts';
import { parameterCount } from '../model/weights.ts';
import type { Recipe } from '../train/recipe.ts';
import { type Fit, type MemoryModel, withinBudget } from './memory-model.ts';

/** WASM addresses 4 GiB; a little of it is taken before the first tensor. */
export const MAX_WASM_BYTES = 4 * 2 ** 30 - 64 * 2 ** 20;

/**
 * The memory grows by fifths and is used in pieces. After three steps it was 1.9 times the sum of the
 * tensors for 5 and for 15 million parameters, 2.1 times for 53 million (22 November 2026, Node 20).
 */
const ALLOCATOR_FACTOR = 2;

export class FormulaMemory implements MemoryModel {
  private readonly budgetBytes: number;

  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes;
  }

  async fit(config: GPT2Config, recipe: Recipe): Promise<Fit> {
    const { nLayer, nEmbd, nHead, vocabSize } = config;
    const { mode, blockLength, microBatch, checkpointing } = recipe;
    const parameters = parameterCount(config);
    const trained = mode.kind === 'lora' ? adapterParameterCount(config, mode) : parameters;
    const tableBytes = 4 * vocabSize * nEmbd;
    const tokens = blockLength * microBatch;
    const floatsPerLayer = 20 * nEmbd + 3 * nHead * blockLength; // of one token
    const layersAtOnce = checkpointing ? 1 + nLayer / 20 : nLayer;
    const activationBytes = 4 * tokens * (layersAtOnce * floatsPerLayer + 4 * vocabSize);
    const parts = {
      // Each matrix as it is, and once more packed in the way that products read it.
      weightBytes: 8 * parameters,
      gradientBytes: 4 * trained,
      momentBytes: 8 * trained,
      // The table comes transposed too, and AdamW holds several tensors of the size of what it updates.
      workingBytes: (mode.kind === 'lora' ? 2 : 6) * tableBytes + activationBytes,
    };
    const neededBytes = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
    const expectedBytes = Math.min(MAX_WASM_BYTES, ALLOCATOR_FACTOR * neededBytes);
    return withinBudget({ parts, neededBytes, expectedBytes, buffers: [] }, this.budgetBytes);
  }

  /** Nobody can be asked. */
  async hasRoomFor(): Promise<boolean> {
    return true;
  }
}
