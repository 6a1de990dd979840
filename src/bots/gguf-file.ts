/**
 * Writes GGUF files, version 3, with one tensor in memory (ggml-org/ggml, `docs/gguf.md`): a header, metadata of
 * typed keys, the name, shape, type and place of every tensor, and the tensors, each at a multiple of 32 bytes.
 */

import { elementCount } from '../core/shape.ts';

/** The types of numbers that we write, with their codes in files (`enum ggml_type`). */
const GGML_TYPES = { F32: 0, F16: 1, Q8_0: 8 } as const;
export type GgmlType = keyof typeof GGML_TYPES;

/** Each type is made of blocks of so many numbers, which take so many bytes. */
export const GGML_BLOCKS: Readonly<Record<GgmlType, { numbers: number; bytes: number }>> = {
  F32: { numbers: 1, bytes: 4 },
  F16: { numbers: 1, bytes: 2 },
  Q8_0: { numbers: 32, bytes: 34 },
};

export type GgufValue =
  | { readonly type: 'u32' | 'i32' | 'f32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'i32s'; readonly value: readonly number[] }
  | { readonly type: 'strings'; readonly value: readonly string[] };

export interface GgufTensor {
  readonly name: string;
  readonly type: GgmlType;
  /** In the order of row-major tensors, the last dimension being contiguous. GGUF lists them the other way round. */
  readonly shape: readonly number[];
  /** Yields the tensor's bytes, little-endian, in order. */
  readonly bytes: () => AsyncIterable<Uint8Array<ArrayBuffer>>;
}

export interface GgufFile {
  readonly byteLength: number;
  /** Can be iterated only once. */
  readonly content: AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

const ALIGNMENT = 32;
/** The codes of the types of values (`enum gguf_metadata_value_type`). */
const VALUE_TYPES = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const;

/** The bytes of a tensor, whose last dimension is a multiple of the numbers in a block of its type. */
export function tensorBytes({ type, shape }: Pick<GgufTensor, 'type' | 'shape'>): number {
  const { numbers, bytes } = GGML_BLOCKS[type];
  return (elementCount(shape) / numbers) * bytes;
}

/** A file of this metadata and these tensors, in this order. Nothing is read before the content is. */
export function ggufFile(
  metadata: ReadonlyMap<string, GgufValue>,
  tensors: readonly GgufTensor[],
): GgufFile {
  const head = ggufHead(metadata, tensors);
  const data = tensors.reduce((sum, tensor) => sum + aligned(tensorBytes(tensor)), 0);
  return { byteLength: head.byteLength + data, content: write(head, tensors) };
}

async function* write(
  head: Uint8Array<ArrayBuffer>,
  tensors: readonly GgufTensor[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield head;
  for (const tensor of tensors) {
    yield* tensor.bytes();
    const bytes = tensorBytes(tensor);
    if (aligned(bytes) > bytes) yield new Uint8Array(aligned(bytes) - bytes);
  }
}

function aligned(byteLength: number): number {
  return Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
}

function ggufHead(
  metadata: ReadonlyMap<string, GgufValue>,
  tensors: readonly GgufTensor[],
): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  out.u32(0x46554747); // GGUF
  out.u32(3);
  out.u64(tensors.length);
  out.u64(metadata.size);
  for (const [key, value] of metadata) {
    out.string(key);
    writeValue(out, value);
  }
  let offset = 0;
  for (const tensor of tensors) {
    out.string(tensor.name);
    out.u32(tensor.shape.length);
    for (const size of tensor.shape.toReversed()) out.u64(size);
    out.u32(GGML_TYPES[tensor.type]);
    out.u64(offset);
    offset += aligned(tensorBytes(tensor));
  }
  return out.finish(aligned);
}

function writeValue(out: ByteWriter, { type, value }: GgufValue): void {
  if (type === 'i32s' || type === 'strings') {
    const isNumbers = type === 'i32s';
    out.u32(VALUE_TYPES.array);
    out.u32(isNumbers ? VALUE_TYPES.i32 : VALUE_TYPES.string);
    out.u64(value.length);
    if (isNumbers) for (const number of value) out.u32(number);
    else for (const text of value) out.string(text);
    return;
  }
  out.u32(VALUE_TYPES[type]);
  if (type === 'string') out.string(value);
  else if (type === 'bool') out.u8(value ? 1 : 0);
  else if (type === 'f32') out.f32(value);
  else out.u32(value);
}

/** Little-endian bytes that grow. */
class ByteWriter {
  private bytes = new Uint8Array(2 ** 16);
  private length = 0;
  private readonly encoder = new TextEncoder();

  u8(value: number): void {
    this.room(1)[0] = value;
  }

  /** Also for i32, whose bits are the same. */
  u32(value: number): void {
    const at = this.room(4);
    new DataView(at.buffer, at.byteOffset).setUint32(0, value, true);
  }

  f32(value: number): void {
    const at = this.room(4);
    new DataView(at.buffer, at.byteOffset).setFloat32(0, value, true);
  }

  u64(value: number): void {
    const at = this.room(8);
    new DataView(at.buffer, at.byteOffset).setBigUint64(0, BigInt(value), true);
  }

  string(text: string): void {
    const bytes = this.encoder.encode(text);
    this.u64(bytes.byteLength);
    this.room(bytes.byteLength).set(bytes);
  }

  finish(size: (length: number) => number): Uint8Array<ArrayBuffer> {
    this.room(size(this.length) - this.length);
    return this.bytes.slice(0, this.length);
  }

  /** The next `count` bytes, which are zero. */
  private room(count: number): Uint8Array<ArrayBuffer> {
    const begin = this.length;
    this.length += count;
    if (this.length > this.bytes.byteLength) {
      const larger = new Uint8Array(Math.max(2 * this.bytes.byteLength, this.length));
      larger.set(this.bytes.subarray(0, begin));
      this.bytes = larger;
    }
    return this.bytes.subarray(begin, this.length);
  }
}
