/** What the checkpoint of a step holds, so that writer and reader agree without talking. */
import { patternBytes, type WholeTensor } from './pattern.ts';

export const RUN_ID = 'r';
export const CHUNK_BYTES = 16 * 1024;
/** About 20 chunks, and no tensor ends where a chunk does. */
const lengths = [1, 5000, 20_011, 0, 333, 40_009, 12_345];

export function* checkpointTensors(step: number): Generator<WholeTensor> {
  for (const [i, length] of lengths.entries()) {
    const pieces = [patternBytes(4 * length, step * 16 + i + 1)];
    yield { name: `h.${i}.weight`, shape: [length], dtype: 'F32', pieces };
  }
}
