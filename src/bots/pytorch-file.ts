/**
 * Reads a `pytorch_model.bin`. Since PyTorch 1.6 it is a ZIP with a pickle (`data.pkl`), which describes
 * the tensors, and an uncompressed file for each storage (`data/0`). `older-pytorch.ts` reads the older
 * formats.
 */

import { must } from '../core/assert.ts';
import { type MynahError, mynahError } from '../core/errors.ts';
import type { Fault } from '../core/faults.ts';
import type { ByteReader } from '../model/safetensors.ts';
import { bytesPerElement, type TensorSource } from '../model/tensor-source.ts';
import { elementCount } from '../core/shape.ts';
import { openOlderPyTorch, type PyTorchFile, type StorageData } from './older-pytorch.ts';
import { PickleFault } from './pickle.ts';
import { type PickledTensor, readStateDict } from './torch-pickle.ts';
import { listZip, type ZipFile } from './zip-files.ts';

/** The pickle of a GPT-2 with 48 layers has 60 kB. A hostile one can take a hundred times its size in memory. */
const MAX_PICKLE_BYTES = 2 ** 20;
/** A view may span at most this many times the elements that it has. */
const MAX_SPAN_RATIO = 2;

function malformed(file: string, fault: Fault, cause?: unknown): MynahError {
  return mynahError('model-corrupt', { file, reason: 'malformed', fault }, cause);
}

/**
 * Returns the tensors of a file by name. Only the directory and the pickle are read. Throws `unsupported`
 * for a pickle with more than plain weights, `model-corrupt` naming the tensor.
 */
export async function openPyTorch(
  reader: ByteReader,
  file: string,
): Promise<ReadonlyMap<string, TensorSource>> {
  const { tensors, storages } = await withoutFaults(file, () => openContents(reader, file));
  const opened = new Map<string, Promise<ByteReader>>();
  const sources = new Map<string, TensorSource>();
  for (const [name, tensor] of tensors) {
    const { key } = tensor.storage;
    const data = storages.get(key);
    if (data === undefined) throw malformed(file, { what: 'missing', at: `data/${key} → ${name}` });
    const open = () => {
      const storage = opened.get(key) ?? withoutFaults(file, () => data.open());
      opened.set(key, storage);
      return storage;
    };
    sources.set(name, tensorSource(name, file, tensor, { byteLength: data.byteLength, open }));
  }
  return sources;
}

/** Turns faults of pickles into errors that name the file. */
async function withoutFaults<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PickleFault)) throw error;
    throw malformed(file, { what: 'unreadable', at: 'pickle' }, error);
  }
}

async function openContents(reader: ByteReader, file: string): Promise<PyTorchFile> {
  const [a, b] = await reader.read(0, Math.min(2, reader.byteLength));
  if (a === 0x50 && b === 0x4b) return openZip(reader, file);
  const older = await openOlderPyTorch(reader, file);
  if (older === null) throw malformed(file, { what: 'other-format', format: 'PyTorch' });
  return older;
}

async function openZip(reader: ByteReader, file: string): Promise<PyTorchFile> {
  const entries = new Map<string, ZipFile>();
  for (const entry of await listZip(reader, file)) entries.set(entry.path, entry);
  const pickle = [...entries.keys()].find((path) => /^[^/]*\/?data\.pkl$/.test(path));
  if (pickle === undefined) throw malformed(file, { what: 'missing', at: 'data.pkl' });
  const folder = pickle.slice(0, -'data.pkl'.length);
  const order = entries.get(`${folder}byteorder`);
  if (order !== undefined && (await smallText(order)) !== 'little') {
    throw mynahError('unsupported', { file, what: 'big-endian' });
  }
  const entry = must(entries.get(pickle), pickle);
  if (!entry.isStored) throw malformed(file, { what: 'unreadable', at: 'data.pkl' });
  const { tensors } = readStateDict(await small(entry, file), file);
  const storages = new Map<string, StorageData>();
  for (const [path, entry] of entries) {
    const key = path.startsWith(`${folder}data/`) ? path.slice(folder.length + 5) : null;
    if (key !== null && entry.isStored) storages.set(key, entry);
  }
  return { tensors, storages };
}

async function small(entry: ZipFile, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const reader = await entry.open();
  if (reader.byteLength > MAX_PICKLE_BYTES)
    throw mynahError('model-corrupt', { file, reason: 'too-large', part: entry.path });
  return reader.read(0, reader.byteLength);
}

async function smallText(entry: ZipFile): Promise<string> {
  const reader = await entry.open();
  const bytes = await reader.read(0, Math.min(16, reader.byteLength));
  return new TextDecoder().decode(bytes).trim();
}

/** Opens a view of a storage, after checking that it lies inside of the storage. */
function tensorSource(
  name: string,
  file: string,
  { storage: { dtype, elements }, offset, shape, strides }: PickledTensor,
  data: StorageData,
): TensorSource {
  const size = bytesPerElement[dtype];
  const count = elementCount(shape);
  const span = shape.reduce((sum, n, axis) => sum + (n - 1) * (strides[axis] as number), 1);
  const held = Math.min(elements, Math.floor(data.byteLength / size));
  if (count > 0 && !(offset + span <= held)) {
    throw mynahError('model-corrupt', { file, reason: 'cut-off', part: name });
  }
  const source = { name, file, dtype, shape };
  if (isContiguous(shape, strides)) {
    return {
      ...source,
      read: async (begin, n) => (await data.open()).read((offset + begin) * size, n * size),
    };
  }
  // The same numbers would be in more than one place.
  if (span < count) throw malformed(file, { what: 'wrong', at: `${name}.stride` });
  // A view of a much larger tensor.
  if (span > MAX_SPAN_RATIO * count) throw malformed(file, { what: 'too-large', at: name });
  // For example a transposed tensor: the span of the view is in memory while its elements are read.
  let spanBytes: Uint8Array | null = null;
  return {
    ...source,
    async read(begin, n) {
      spanBytes ??= await (await data.open()).read(offset * size, span * size);
      const bytes = gather(spanBytes, size, shape, strides, begin, n);
      if (begin + n === count) spanBytes = null;
      return bytes;
    },
  };
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis] as number;
    if (n !== 1 && strides[axis] !== expected) return false;
    expected *= n;
  }
  return true;
}

/** Copies the elements `begin` to `begin + count` of a strided view in row-major order. */
function gather(
  bytes: Uint8Array,
  size: number,
  shape: readonly number[],
  strides: readonly number[],
  begin: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) {
    let rest = begin + i;
    let at = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const n = shape[axis] as number;
      at += (rest % n) * (strides[axis] as number);
      rest = Math.floor(rest / n);
    }
    for (let b = 0; b < size; b++) result[i * size + b] = bytes[at * size + b] as number;
  }
  return result;
}
