/**
 * Reads the two formats in which PyTorch saved before version 1.6: a row of pickles with the storages behind
 * them, and before version 0.2 a tar. The layouts are those of `_legacy_load` in `torch/serialization.py`.
 */

import type { ByteReader } from '../model/safetensors.ts';
import { bytesPerElement } from '../model/tensor-source.ts';
import { fault, PickleFault } from './pickle.ts';
import {
  type PickledStorage,
  type PickledTensor,
  readStateDict,
  readTuple,
} from './torch-pickle.ts';

/** The tensors of a file by name, and where its storages are. */
export interface PyTorchFile {
  readonly tensors: ReadonlyMap<string, PickledTensor>;
  /** By key. */
  readonly storages: ReadonlyMap<string, StorageData>;
}

export interface StorageData {
  readonly byteLength: number;
  open(): Promise<ByteReader>;
}

/** The pickle of the magic number 0x1950a86a20f9469cfc6c, with which a row of pickles begins. */
const MAGIC = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
/** The pickles of a GPT-2 with 12 layers fit into the first of these, and those of any GPT-2 into the second. */
const HEAD_BYTES = [2 ** 17, 2 ** 20];
/** Every storage has its number of elements before its numbers, as a 64-bit integer. */
const COUNT_BYTES = 8;
const TAR_BLOCK = 512;

/**
 * The contents of an older file, of which only the pickles are read; null if it isn't one. Throws
 * `unsupported`, `PickleFault`, and what reading throws.
 */
export async function openOlderPyTorch(
  reader: ByteReader,
  file: string,
): Promise<PyTorchFile | null> {
  const head = await reader.read(0, Math.min(TAR_BLOCK, reader.byteLength));
  if (MAGIC.every((byte, i) => head[i] === byte)) return openPickles(reader, file);
  const isTar = new TextDecoder().decode(head.subarray(257, 262)) === 'ustar';
  return isTar ? openTar(reader, file) : null;
}

async function openPickles(reader: ByteReader, file: string): Promise<PyTorchFile> {
  for (const headBytes of HEAD_BYTES) {
    const isWhole = headBytes >= reader.byteLength || headBytes === HEAD_BYTES.at(-1);
    const bytes = await reader.read(0, Math.min(headBytes, reader.byteLength));
    try {
      return pickledFile(bytes, reader, file);
    } catch (error) {
      if (isWhole || !(error instanceof PickleFault)) throw error;
    }
  }
  return fault('it is too long');
}

/** After the magic number: the format's version, a description of the computer, the state dictionary, its keys. */
function pickledFile(bytes: Uint8Array, reader: ByteReader, file: string): PyTorchFile {
  const { end: afterVersion } = readTuple(bytes, file, MAGIC.length);
  const { end: afterSystem } = readTuple(bytes, file, afterVersion);
  const { tensors, storages, end } = readStateDict(bytes, file, afterSystem);
  const { values: keys, end: afterKeys } = readTuple(bytes, file, end);
  const found = new Map<string, StorageData>();
  let at = afterKeys;
  for (const key of keys) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (storage === undefined) fault('it lists a storage that no tensor names');
    found.set(storage.key, countedStorage(reader, at, storage));
    at += COUNT_BYTES + storage.elements * bytesPerElement[storage.dtype];
  }
  return { tensors, storages: found };
}

/** A storage behind its number of elements, which is checked when the storage is opened. */
function countedStorage(
  reader: ByteReader,
  at: number,
  { dtype, elements }: PickledStorage,
): StorageData {
  const begin = at + COUNT_BYTES;
  const byteLength = Math.min(
    elements * bytesPerElement[dtype],
    Math.max(0, reader.byteLength - begin),
  );
  return {
    byteLength,
    async open() {
      if ((await readCount(reader, at)) !== elements) fault('a storage has another size than said');
      return part(reader, begin, byteLength);
    },
  };
}

async function readCount(reader: ByteReader, at: number): Promise<number> {
  if (at + COUNT_BYTES > reader.byteLength) fault('ends too early');
  const { buffer } = await reader.read(at, COUNT_BYTES);
  return Number(new DataView(buffer).getBigInt64(0, true));
}

function part(reader: ByteReader, begin: number, byteLength: number): ByteReader {
  return {
    byteLength,
    async read(offset, length) {
      if (offset + length > byteLength) fault('ends too early');
      return reader.read(begin + offset, length);
    },
  };
}

/* ------------------------------------------------------------------ tar */

async function openTar(reader: ByteReader, file: string): Promise<PyTorchFile> {
  const entries = await tarEntries(reader);
  const entry = (name: string) => entries.get(name) ?? fault(`it holds no ${name}`);
  const storages = await tarStorages(entry('storages'), file);
  const found = await tarTensors(entry('tensors'), file, storages);
  const pickle = await whole(entry('pickle'));
  const { tensors } = readStateDict(pickle, file, 0, found);
  return { tensors, storages: new Map([...storages].map(([key, { data }]) => [key, data])) };
}

async function tarEntries(reader: ByteReader): Promise<ReadonlyMap<string, ByteReader>> {
  const entries = new Map<string, ByteReader>();
  for (let at = 0; at + TAR_BLOCK <= reader.byteLength; ) {
    const header = new TextDecoder().decode(await reader.read(at, TAR_BLOCK));
    const name = header.slice(0, 100).replace(/\0.*$/s, '');
    if (name === '') break;
    const size = Number.parseInt(header.slice(124, 136), 8);
    at += TAR_BLOCK;
    if (!(size >= 0 && at + size <= reader.byteLength)) fault('ends too early');
    entries.set(name, part(reader, at, size));
    at += Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  return entries;
}

function whole(reader: ByteReader): Promise<Uint8Array<ArrayBuffer>> {
  if (reader.byteLength > (HEAD_BYTES.at(-1) ?? 0)) fault('it is too long');
  return reader.read(0, reader.byteLength);
}

/** Reads one small pickle from `at` on. */
async function tupleAt(reader: ByteReader, file: string, at: number) {
  const bytes = await reader.read(at, Math.max(0, Math.min(256, reader.byteLength - at)));
  const { end, ...tuple } = readTuple(bytes, file, 0);
  return { ...tuple, end: at + end };
}

type TarStorages = ReadonlyMap<string, { readonly of: PickledStorage; readonly data: StorageData }>;

/** The number of storages, and for each `(key, location, type)`, the number of its elements, and these. */
async function tarStorages(reader: ByteReader, file: string): Promise<TarStorages> {
  const storages = new Map<string, { of: PickledStorage; data: StorageData }>();
  const count = await tupleAt(reader, file, 0);
  let at = count.end;
  for (let left = Number(count.values[0]); left > 0; left--) {
    const { values, dtype, end } = await tupleAt(reader, file, at);
    if (dtype === null) fault('it names no storage');
    const key = String(values[0]);
    const elements = await readCount(reader, end);
    if (!(elements >= 0 && elements <= reader.byteLength)) fault('ends too early');
    const of = { key, dtype, elements };
    storages.set(key, { of, data: countedStorage(reader, end, of) });
    at = end + COUNT_BYTES + elements * bytesPerElement[dtype];
  }
  return storages;
}

/**
 * The number of tensors, and for each `(key, storage, type)`, the number of its axes, its shape, its strides, and its
 * offset in the storage.
 */
async function tarTensors(
  reader: ByteReader,
  file: string,
  storages: TarStorages,
): Promise<ReadonlyMap<number, PickledTensor>> {
  const bytes = await whole(reader);
  const view = new DataView(bytes.buffer);
  const counts = (at: number, length: number): number[] => {
    if (at + 8 * length > bytes.byteLength) fault('ends too early');
    return Array.from({ length }, (_, i) => Number(view.getBigInt64(at + 8 * i, true)));
  };
  const tensors = new Map<number, PickledTensor>();
  const count = readTuple(bytes, file, 0);
  let at = count.end;
  for (let left = Number(count.values[0]); left > 0; left--) {
    const { values, end } = readTuple(bytes, file, at);
    const [key, storageKey] = values;
    const storage = storages.get(String(storageKey))?.of;
    if (storage === undefined) fault('a tensor has no storage');
    // PyTorch writes 8 bytes and reads 4 of them.
    const [axes = 0] = counts(end, 1).map((n) => n % 2 ** 32);
    if (axes > 8) fault('a tensor has too many axes');
    const shape = counts(end + 8, axes);
    const strides = counts(end + 8 + 8 * axes, axes);
    const [offset = 0] = counts(end + 8 + 16 * axes, 1);
    if ([...shape, ...strides, offset].some((n) => n < 0)) fault('a tensor has a negative size');
    tensors.set(Number(key), { storage, offset, shape, strides });
    at = end + 16 + 16 * axes;
  }
  return tensors;
}
