/**
 * The safetensors format (huggingface/safetensors, README.md): eight bytes with the header's length
 * (little-endian u64), a JSON header that maps each name to `{dtype, shape, data_offsets}`, and then the data,
 * in which every byte belongs to exactly one tensor.
 *
 * Files are not trusted: lengths, offsets and shapes are checked before anything is allocated.
 */

import { mynahError } from '../core/errors.ts';
import type { Fault } from '../core/faults.ts';
import {
  arrayOf,
  objectOf,
  otherwise,
  parseCount,
  parseOpaqueObject,
  parseString,
  recordOf,
} from '../core/parse.ts';
import {
  bytesPerElement,
  parseDtype,
  type TensorDtype,
  type TensorSource,
} from './tensor-source.ts';
import { elementCount } from '../core/shape.ts';

/**
 * A GPT-2 of 48 layers has a header of 60 kB. The format allows 100 MB, which would be a gigabyte once
 * parsed.
 */
const MAX_HEADER_BYTES = 2 ** 20;
/** The maximum length of a tensor's name, because names appear in error messages. */
const MAX_NAME_LENGTH = 256;

/** What the header is called in faults. */
const HEADER = 'header';

/** Reads any range of a file's bytes. */
export interface ByteReader {
  readonly byteLength: number;
  /**
   * The bytes of a range, in a buffer that belongs to the caller. Rejects if the range is outside the
   * file.
   */
  read(byteOffset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  /** Counted from the start of the file. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

export interface SafetensorsHeader {
  /** By name, in the order of the data. */
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

const parseHeader = otherwise(
  recordOf((value) => value),
  null,
);
const parseMetadata = otherwise(recordOf(otherwise(parseString, null)), {});
const parseSizes = otherwise(arrayOf(parseCount), null);
/** Whatever is wrong in it becomes null, because the fault is told by the field. */
const parseEntry = objectOf({
  dtype: otherwise(parseDtype, null),
  shape: parseSizes,
  data_offsets: parseSizes,
});
/** What isn't an object has no fields. */
const parseFields = otherwise(parseOpaqueObject, {});

/**
 * The tensors of a file by name. Reads only the header.
 *
 * @throws `model-corrupt` naming `file` and the faulty tensor, and whatever reading throws.
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
 * Parses the header of a file of `fileBytes` bytes. `head` is the beginning of the file and must contain the
 * whole header.
 *
 * @throws `model-corrupt` naming `file` and the faulty tensor.
 */
export function parseSafetensorsHeader(
  head: Uint8Array,
  fileBytes: number,
  file: string,
): SafetensorsHeader {
  const refuse = (fault: Fault): never => {
    throw mynahError('model-corrupt', { file, reason: 'malformed', fault });
  };
  const wrong = (at: string) => refuse({ what: 'wrong', at });
  const headerBytes = safetensorsHeaderBytes(head, fileBytes, file);
  const dataStart = 8 + headerBytes;
  if (head.byteLength < dataStart) throw mynahError('model-corrupt', { file, reason: 'cut-off' });
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(8, dataStart));
    json = JSON.parse(text);
  } catch {
    return refuse({ what: 'unreadable', at: HEADER });
  }
  const header = parseHeader(json, file);
  if (header === null) return refuse({ what: 'unreadable', at: HEADER });
  const twice = repeatedKey(text);
  if (twice !== null) refuse({ what: 'repeated', at: twice.slice(0, MAX_NAME_LENGTH) });
  const entries: SafetensorsEntry[] = [];
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries(parseMetadata(value, name))) {
        if (text !== null) metadata[key] = text;
      }
      continue;
    }
    if (name.length > MAX_NAME_LENGTH) {
      return refuse({ what: 'too-large', at: `${name.slice(0, 40)}…` });
    }
    const { dtype, shape, data_offsets } = parseEntry(parseFields(value, name), name);
    if (dtype === null) return wrong(`${name}.dtype`);
    if (shape === null || shape.length > 8) return wrong(`${name}.shape`);
    const [begin, end] = data_offsets ?? [];
    if (begin === undefined || end === undefined || data_offsets?.length !== 2) {
      return wrong(`${name}.data_offsets`);
    }
    const expected = elementCount(shape) * bytesPerElement[dtype];
    if (end - begin !== expected) return wrong(`${name}.data_offsets`);
    if (dataStart + end > fileBytes) {
      throw mynahError('model-corrupt', { file, reason: 'cut-off', part: name });
    }
    entries.push({ name, dtype, shape, byteOffset: dataStart + begin, byteLength: expected });
  }
  entries.sort((a, b) => a.byteOffset - b.byteOffset || a.byteLength - b.byteLength);
  let reached = dataStart;
  for (const entry of entries) {
    if (entry.byteOffset !== reached) return wrong(`${entry.name}.data_offsets`);
    reached = entry.byteOffset + entry.byteLength;
  }
  if (reached !== fileBytes) refuse({ what: 'surplus' });
  return { entries: new Map(entries.map((entry) => [entry.name, entry])), metadata };
}

/**
 * The length of the JSON header, which the first eight bytes give. Throws `model-corrupt` naming
 * `file`.
 */
function safetensorsHeaderBytes(head: Uint8Array, fileBytes: number, file: string): number {
  if (head.byteLength < 8) {
    throw mynahError('model-corrupt', { file, reason: 'cut-off' });
  }
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.max(0, fileBytes - 8))) {
    throw mynahError('model-corrupt', { file, reason: 'cut-off' });
  }
  if (length > MAX_HEADER_BYTES) {
    const fault = { what: 'too-large', at: HEADER } as const;
    throw mynahError('model-corrupt', { file, reason: 'malformed', fault });
  }
  return Number(length);
}

/**
 * The first key that occurs twice at the top level of a JSON object. JSON.parse would silently keep the
 * last.
 */
function repeatedKey(text: string): string | null {
  const seen = new Set<string>();
  let depth = 0;
  // Strings are matched as a whole, so that brackets within them don't count.
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

/** A tensor that a file will contain, which is all that is needed to write the header before the data. */
export type TensorLayout = Pick<SafetensorsEntry, 'name' | 'dtype' | 'shape'>;

/**
 * The beginning of a file with these tensors in this order: the header's length, and the header padded with
 * spaces to a multiple of eight bytes, as the format's own library pads it.
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
