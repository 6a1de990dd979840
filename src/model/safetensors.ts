/**
 * The safetensors format: eight bytes of header length (little-endian u64), a JSON header of
 * `name → {dtype, shape, data_offsets}`, then the data, of which every byte belongs to one tensor.
 * Files are hostile until parsed: lengths, offsets and shapes are checked before anything is
 * allocated.
 */

import { mynahError } from '../core/errors.ts';
import { bytesPerElement, isDtype, type TensorDtype, type TensorSource } from './tensor-source.ts';
import { elementCount } from '../core/shape.ts';

/** A GPT-2 of 48 layers takes 60 kB; the format's own limit of 100 MB would be a gigabyte parsed. */
const MAX_HEADER_BYTES = 2 ** 20;
/** Of a tensor's name: it goes into messages. */
const MAX_NAME_LENGTH = 256;

/** Any range of a file's bytes. */
export interface ByteReader {
  readonly byteLength: number;
  /** The bytes of a range, in a buffer of the caller's own. Rejects for a range outside the file. */
  read(byteOffset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  /** From the start of the file. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

export interface SafetensorsHeader {
  /** In the order of the data. */
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/**
 * The tensors of a file by name; only the header is read. Throws `weights-corrupt` naming `file` and
 * the tensor at fault, and what reading throws.
 */
export async function openSafetensors(
  reader: ByteReader,
  file: string,
): Promise<ReadonlyMap<string, TensorSource>> {
  const { byteLength } = reader;
  const start = await reader.read(0, Math.min(8, byteLength));
  const head = await reader.read(0, 8 + safetensorsHeaderBytes(start, byteLength, file));
  const sources = new Map<string, TensorSource>();
  for (const entry of parseSafetensorsHeader(head, byteLength, file).entries.values()) {
    const { name, dtype, shape, byteOffset } = entry;
    const size = bytesPerElement[dtype];
    const read = (begin: number, count: number) =>
      reader.read(byteOffset + begin * size, count * size);
    sources.set(name, { name, file, dtype, shape, read });
  }
  return sources;
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
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(8, dataStart));
    json = JSON.parse(text);
  } catch {
    return refuse('the header is not JSON');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refuse('the header is not an object');
  }
  const twice = repeatedKey(text);
  if (twice !== null) refuse(`${twice.slice(0, MAX_NAME_LENGTH)} is named twice`);
  const entries: SafetensorsEntry[] = [];
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries((value ?? {}) as object)) {
        if (typeof text === 'string') metadata[key] = text;
      }
      continue;
    }
    if (name.length > MAX_NAME_LENGTH) return refuse('a tensor’s name is far too long');
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
    entries.push({ name, dtype, shape, byteOffset: dataStart + begin, byteLength: expected });
  }
  entries.sort((a, b) => a.byteOffset - b.byteOffset || a.byteLength - b.byteLength);
  let reached = dataStart;
  for (const entry of entries) {
    if (entry.byteOffset < reached) return refuse(`${entry.name} overlaps another tensor`);
    if (entry.byteOffset > reached) return refuse(`bytes before ${entry.name} belong to no tensor`);
    reached = entry.byteOffset + entry.byteLength;
  }
  if (reached !== fileBytes) refuse('bytes at the end belong to no tensor');
  return { entries: new Map(entries.map((entry) => [entry.name, entry])), metadata };
}

/** The header's length in bytes, from the first eight. */
export function safetensorsHeaderBytes(head: Uint8Array, fileBytes: number, file: string): number {
  if (head.byteLength < 8) {
    throw mynahError('weights-corrupt', { file, reason: 'shorter than eight bytes' });
  }
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.max(0, fileBytes - 8))) {
    throw mynahError('weights-corrupt', { file, reason: 'the header is longer than the file' });
  }
  if (length > MAX_HEADER_BYTES) {
    throw mynahError('weights-corrupt', { file, reason: 'the header is too long' });
  }
  return Number(length);
}

/** The first key that a JSON object's text has twice, at its top level; JSON.parse keeps the last. */
function repeatedKey(text: string): string | null {
  const seen = new Set<string>();
  let depth = 0;
  // Strings are matched whole, so that what is in them doesn't count.
  for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      if (seen.has(key)) return key;
      seen.add(key);
    }
  }
  return null;
}

/** What a file will hold, in order: enough to write its header before its data. */
export type TensorLayout = Pick<SafetensorsEntry, 'name' | 'dtype' | 'shape'>;

/**
 * The bytes before the data of a file with these tensors one behind the other: length, and header
 * padded with spaces to a multiple of eight, as the format's own library does.
 */
export function safetensorsHead(
  tensors: Iterable<TensorLayout>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: [string, unknown][] = [['__metadata__', metadata]];
  let end = 0;
  for (const { name, dtype, shape } of tensors) {
    const begin = end;
    end += elementCount(shape) * bytesPerElement[dtype];
    header.push([name, { dtype, shape, data_offsets: [begin, end] }]);
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const bytes = new Uint8Array(8 + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(bytes.length - 8), true);
  bytes.set(text, 8);
  return bytes;
}
