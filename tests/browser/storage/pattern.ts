import type { CheckpointTensor } from '../../../src/storage/checkpoint-manifest.ts';

/** A tensor whose bytes are at hand. */
export interface WholeTensor extends CheckpointTensor {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}

/** Bytes that a seed fixes (xorshift32). */
export function patternBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = (seed * 2654435761) | 1;
  for (let i = 0; i < length; i += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state;
  }
  return bytes;
}
