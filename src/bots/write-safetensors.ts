/** Writes safetensors files (`model/safetensors.ts` reads them), a tensor in memory at a time. */

import { must } from '../core/assert.ts';
import { toFloat16 } from '../model/float16.ts';
import { elementCount, type ShapeTable } from '../model/weights.ts';
import type { WeightDtype } from './hub-config.ts';

/** Where weights come from: a checkpoint, or a base model with an adapter merged into it. */
export interface WeightSource {
  readonly shapes: ShapeTable;
  /** The float32 values of a parameter by its checkpoint name; they belong to the caller. */
  read(name: string): Promise<Float32Array>;
}

const bytesPerElement: Readonly<Record<WeightDtype, number>> = { F32: 4, F16: 2 };

export interface SafetensorsFile {
  readonly byteLength: number;
  /** May be iterated once. */
  readonly content: AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/**
 * @param fileName A parameter's name in the file (`wte.weight` → `transformer.wte.weight`).
 */
export function safetensorsFile(
  source: WeightSource,
  dtype: WeightDtype,
  fileName: (name: string) => string,
): SafetensorsFile {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let offset = 0;
  for (const [name, shape] of source.shapes) {
    const end = offset + elementCount(shape) * bytesPerElement[dtype];
    header[fileName(name)] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const head = encodeHeader(header);
  return { byteLength: head.byteLength + offset, content: write(source, dtype, head) };
}

async function* write(
  source: WeightSource,
  dtype: WeightDtype,
  head: Uint8Array<ArrayBuffer>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield head;
  for (const name of source.shapes.keys()) {
    const values = await source.read(name);
    const data = dtype === 'F16' ? toFloat16(values) : values;
    yield new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  }
}

/** Padded with spaces, so that the data begins at a multiple of eight. */
function encodeHeader(header: object): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(json.byteLength / 8) * 8;
  const bytes = new Uint8Array(8 + padded).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, 8);
  return bytes;
}

/** A source that holds its tensors already: adapters, and tests. */
export function memorySource(
  shapes: ShapeTable,
  values: ReadonlyMap<string, Float32Array>,
): WeightSource {
  return { shapes, read: async (name) => must(values.get(name), name).slice() };
}
