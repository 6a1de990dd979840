/**
 * The safetensors format: eight bytes of header length (little-endian u64), a JSON header of
 * `name → {dtype, shape, data_offsets}`, then the data. Files are hostile until parsed: lengths,
 * offsets and shapes are checked before anything is allocated.
 */

import { mynahError } from '../core/errors.ts';
import { elementCount } from './weights.ts';

const bytesPerElement = { F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, U8: 1, BOOL: 1 } as const;
export type SafetensorsDtype = keyof typeof bytesPerElement;

/** The format's own limit. */
const maxHeaderBytes = 100_000_000;

export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** From the start of the file. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

export interface SafetensorsHeader {
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

function isDtype(value: unknown): value is SafetensorsDtype {
  return typeof value === 'string' && Object.hasOwn(bytesPerElement, value);
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/**
 * Parses the header of a file of `fileBytes` bytes whose beginning is `head` (all of the header must
 * be in it). Throws `weights-corrupt` naming `file` and the tensor at fault.
 */
export function parseSafetensorsHeader(
  head: Uint8Array,
  fileBytes: number,
  file: string,
): SafetensorsHeader {
  const refuse = (reason: string): never => {
    throw mynahError('weights-corrupt', { file, reason });
  };
  const headerBytes = safetensorsHeaderBytes(head, fileBytes, file);
  const dataStart = 8 + headerBytes;
  if (head.byteLength < dataStart) refuse('the header is cut off');
  let json: unknown;
  try {
    json = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(8, dataStart)),
    );
  } catch {
    return refuse('the header is not JSON');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refuse('the header is not an object');
  }
  const entries = new Map<string, SafetensorsEntry>();
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries((value ?? {}) as object)) {
        metadata[key] = String(text);
      }
      continue;
    }
    const { dtype, shape, data_offsets } = (value ?? {}) as Record<string, unknown>;
    if (!isDtype(dtype)) return refuse(`${name} has an unknown dtype`);
    if (!Array.isArray(shape) || shape.length > 8 || !shape.every(isSize)) {
      return refuse(`${name} has no valid shape`);
    }
    if (!Array.isArray(data_offsets) || data_offsets.length !== 2 || !data_offsets.every(isSize)) {
      return refuse(`${name} has no valid offsets`);
    }
    const [begin, end] = data_offsets as [number, number];
    const expected = elementCount(shape) * bytesPerElement[dtype];
    if (end - begin !== expected) return refuse(`${name} does not have the bytes of its shape`);
    if (dataStart + end > fileBytes) return refuse(`${name} lies beyond the end of the file`);
    entries.set(name, {
      name,
      dtype,
      shape,
      byteOffset: dataStart + begin,
      byteLength: expected,
    });
  }
  const inOrder = [...entries.values()].sort((a, b) => a.byteOffset - b.byteOffset);
  let reached = dataStart;
  for (const entry of inOrder) {
    if (entry.byteOffset < reached) return refuse(`${entry.name} overlaps another tensor`);
    reached = entry.byteOffset + entry.byteLength;
  }
  return { entries, metadata };
}

/** The header's length in bytes, from the first eight. */
export function safetensorsHeaderBytes(head: Uint8Array, fileBytes: number, file: string): number {
  if (head.byteLength < 8) {
    throw mynahError('weights-corrupt', { file, reason: 'shorter than eight bytes' });
  }
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(maxHeaderBytes, Math.max(0, fileBytes - 8)))) {
    throw mynahError('weights-corrupt', { file, reason: 'the header is longer than the file' });
  }
  return Number(length);
}

/** Raw little-endian bytes of F32, F16 or BF16 → float32. Throws `weights-corrupt` for others. */
export function toFloat32(bytes: Uint8Array, dtype: SafetensorsDtype, file: string): Float32Array {
  if (dtype === 'F32') {
    // A copy: aligned, and its own (Node's Buffer.slice would be a view).
    return new Float32Array(new Uint8Array(bytes).buffer);
  }
  if (dtype !== 'F16' && dtype !== 'BF16') {
    throw mynahError('weights-corrupt', { file, reason: `weights of dtype ${dtype}` });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = new Uint32Array(bytes.byteLength / 2);
  for (let i = 0; i < bits.length; i++) {
    const half = view.getUint16(2 * i, true);
    bits[i] = dtype === 'BF16' ? half << 16 : float16Bits(half);
  }
  return new Float32Array(bits.buffer);
}

/** IEEE 754 binary16 → the bits of the same number in binary32. Exact. */
function float16Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal: normalise. The highest set bit becomes the implicit one.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | ((fraction << (13 + shift)) & 0x7fffff);
}
