/**
 * What a run needs where plain tfjs computes (WASM, JavaScript): a formula, not a plan. tfjs's WASM memory
 * can't be counted from outside, and never shrinks.
 */

import type { GPT2Config } from '../model/config.ts';
import { adapterParameterCount } from '../model/lora.ts';
import { parameterCount } from '../model/weights.ts';
import type { MemoryParts } from '../protocol/calls.ts';
import type { Recipe } from './recipe.ts';

/**
 * Its memory grows by fifths and is used in pieces. After three steps it was 1.9 times the sum below for
 * 5 and for 15 million parameters, 2.1 times for 53 million (22 November 2026, Node 20).
 */
export const portableSlack = 2;

/** In tensors; the memory they lie in is up to {@link portableSlack} times that. */
export function portableMemory(config: GPT2Config, recipe: Recipe): MemoryParts {
  const { nLayer, nEmbd, nHead, vocabSize } = config;
  const { mode, blockLength, microBatch, checkpointing } = recipe;
  const parameters = parameterCount(config);
  const trained = mode.kind === 'lora' ? adapterParameterCount(config, mode) : parameters;
  const tableBytes = 4 * vocabSize * nEmbd;
  const tokens = blockLength * microBatch;
  const blockFloats = 20 * nEmbd + 3 * nHead * blockLength; // a token's, in one block
  const blocksAtOnce = checkpointing ? 1 + nLayer / 20 : nLayer;
  const activationBytes = 4 * tokens * (blocksAtOnce * blockFloats + 4 * vocabSize);
  return {
    // Each matrix as it is, and packed the way products read it.
    weightBytes: 8 * parameters,
    gradientBytes: 4 * trained,
    momentBytes: 8 * trained,
    // The table comes transposed too, and AdamW holds several of the size of what it updates.
    workingBytes: (mode.kind === 'lora' ? 2 : 6) * tableBytes + activationBytes,
  };
}
