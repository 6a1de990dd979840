/** Tensors that are still in a file, and how their numbers are read piece by piece. */

import { type MynahError, mynahError, throwIfAborted } from '../core/errors.ts';
import { float16Bits } from '../core/float16.ts';
import { PIECE_ELEMENTS } from '../ops/transfer-ops.ts';
import { ParseError, type Parser, parseString } from '../core/parse.ts';
import { elementCount } from '../core/shape.ts';

export const bytesPerElement = {
  ...{ F64: 8, F32: 4, F16: 2, BF16: 2 },
  // Causal masks have some of these, and quantized weights, which are refused by name, the others.
  ...{ I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1 },
  ...{ F8_E4M3: 1, F8_E5M2: 1, F8_E8M0: 1 },
} as const;
/** The names that safetensors uses for types. */
export type TensorDtype = keyof typeof bytesPerElement;

export interface TensorSource {
  readonly name: string;
  /** The name of the file, for error messages. */
  readonly file: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  /**
   * The raw bytes (little-endian) of `count` elements from element `begin` on, in row-major order. Reading
   * forward is cheap; reading backward may be expensive.
   */
  read(begin: number, count: number): Promise<Uint8Array<ArrayBuffer>>;
}

function isDtype(name: string): name is TensorDtype {
  return Object.hasOwn(bytesPerElement, name);
}

export const parseDtype: Parser<TensorDtype> = (value, path) => {
  const name = parseString(value, path);
  if (!isDtype(name))
    throw new ParseError(path, { be: 'one-of', values: Object.keys(bytesPerElement) });
  return name;
};

/** Whether this is one of the types that weights can have. */
export function isFloat(dtype: TensorDtype): boolean {
  return dtype === 'F32' || dtype === 'F16' || dtype === 'BF16' || dtype === 'F64';
}

/** Whole numbers or floats of eight bits: the weights are sound, and quantized. */
export function notFloats(file: string, tensor: string, found: TensorDtype): MynahError {
  const expected = 'F16 / BF16 / F32 / F64';
  const feature = { name: `${tensor}.dtype`, found, expected } as const;
  return mynahError('unsupported', { file, what: 'setting', ...feature });
}

export function sourceBytes({ shape, dtype }: Pick<TensorSource, 'shape' | 'dtype'>): number {
  return elementCount(shape) * bytesPerElement[dtype];
}

export interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * Yields the numbers of a tensor in order, {@link PIECE_ELEMENTS} at a time, as raw bytes and as float32.
 *
 * @throws `model-corrupt` naming a tensor that contains NaN or infinity, `cancelled`, and whatever
 *   reading throws.
 */
export async function* readPieces(
  source: TensorSource,
  signal?: AbortSignal,
): AsyncGenerator<Piece> {
  const { name, file, dtype, shape } = source;
  const elements = elementCount(shape);
  for (let begin = 0; begin < elements; begin += PIECE_ELEMENTS) {
    throwIfAborted(signal);
    const bytes = await source.read(begin, Math.min(PIECE_ELEMENTS, elements - begin));
    const values = toFloat32(bytes, dtype, file);
    if (!areFinite(values)) {
      throw mynahError('model-corrupt', { file, reason: 'not-finite', part: name });
    }
    yield { bytes, values };
  }
}

/** x − x is 0 for every finite number and NaN for the others. This is faster than `every`. */
function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number;
    if (x - x !== 0) return false;
  }
  return true;
}

/**
 * Converts raw bytes (little-endian) of F64, F32, F16 or BF16 to float32. Throws `unsupported` for other
 * types.
 */
export function toFloat32(
  bytes: Uint8Array,
  dtype: TensorDtype,
  file: string,
): Float32Array<ArrayBuffer> {
  if (dtype === 'F32') {
    // Copies the bytes, because they may be unaligned (and Node's Buffer.slice would give a view).
    return new Float32Array(new Uint8Array(bytes).buffer);
  }
  if (dtype === 'F64') return Float32Array.from(new Float64Array(new Uint8Array(bytes).buffer));
  if (dtype !== 'F16' && dtype !== 'BF16') {
    throw notFloats(file, 'a tensor', dtype);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = new Uint32Array(bytes.byteLength / 2);
  for (let i = 0; i < bits.length; i++) {
    const half = view.getUint16(2 * i, true);
    bits[i] = dtype === 'BF16' ? half << 16 : float16Bits(half);
  }
  return new Float32Array(bits.buffer);
}
