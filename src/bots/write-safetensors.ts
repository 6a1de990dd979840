/** Writes safetensors files with one piece of a tensor in memory. `model/safetensors.ts` reads them. */

import { must } from '../core/assert.ts';
import { toFloat16 } from '../core/float16.ts';
import { safetensorsHead } from '../model/safetensors.ts';
import { sourceBytes } from '../model/tensor-source.ts';
import type { ShapeTable } from '../model/weights.ts';
import type { WeightDtype } from './hub-config.ts';

/** A source of weights: a checkpoint, or a base model with or without a merged adapter. */
export interface WeightSource {
  readonly shapes: ShapeTable;
  /** Yields the float32 values of a parameter in pieces that belong to the caller. */
  read(name: string): AsyncIterable<Float32Array>;
}

export interface SafetensorsFile {
  readonly byteLength: number;
  /** Can be iterated only once. */
  readonly content: AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/**
 * @param fileName Returns the name of a parameter in the file (`transformer.wte.weight` for `wte.weight`).
 * @param metadata What the file says besides that it is PyTorch's.
 */
export function safetensorsFile(
  source: WeightSource,
  dtype: WeightDtype,
  fileName: (name: string) => string,
  metadata: Readonly<Record<string, string>> = {},
): SafetensorsFile {
  const layout = Array.from(source.shapes, ([name, shape]) => ({
    name: fileName(name),
    dtype,
    shape,
  }));
  const head = safetensorsHead(layout, { format: 'pt', ...metadata });
  const byteLength = layout.reduce((sum, tensor) => sum + sourceBytes(tensor), head.byteLength);
  return { byteLength, content: write(source, dtype, head) };
}

async function* write(
  source: WeightSource,
  dtype: WeightDtype,
  head: Uint8Array<ArrayBuffer>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield head;
  for (const name of source.shapes.keys()) {
    for await (const values of source.read(name)) {
      const data = dtype === 'F16' ? toFloat16(values) : values;
      yield new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    }
  }
}

/** A source whose tensors are in memory, each in one piece. Used for adapters and tests. */
export function memorySource(
  shapes: ShapeTable,
  values: ReadonlyMap<string, Float32Array>,
): WeightSource {
  return {
    shapes,
    async *read(name) {
      yield must(values.get(name), name).slice();
    },
  };
}
