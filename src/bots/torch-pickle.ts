/**
 * Reads the pickle in a PyTorch checkpoint of plain weights: tensors by name, each a view of a storage
 * somewhere else. The arguments are those of `torch/_utils.py` and `torch/serialization.py`. All
 * other globals are refused, because one line of a pickle can call `posix.system`.
 */

import { mynahError } from '../core/errors.ts';
import type { TensorDtype } from '../model/tensor-source.ts';
import { fault, PickleObject, type PickleValue, type PickleWorld, Unpickler } from './pickle.ts';

/** A view of a storage. Offset and strides are in elements. */
export interface PickledTensor {
  readonly storage: PickledStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export interface PickledStorage {
  /** The name of the storage: of a file under `data/`, since PyTorch 1.6. */
  readonly key: string;
  readonly dtype: TensorDtype;
  readonly elements: number;
}

const STORAGE_DTYPES: ReadonlyMap<string, TensorDtype> = new Map([
  ['torch.DoubleStorage', 'F64'],
  ['torch.FloatStorage', 'F32'],
  ['torch.HalfStorage', 'F16'],
  ['torch.BFloat16Storage', 'BF16'],
  ['torch.LongStorage', 'I64'],
  ['torch.IntStorage', 'I32'],
  ['torch.ByteStorage', 'U8'],
  ['torch.BoolStorage', 'BOOL'],
]);
/** The maximum length of a tensor's name, which becomes a part of errors. */
const MAX_NAME_LENGTH = 256;
const ORDERED_DICT = 'collections.OrderedDict';
/** As of before PyTorch 0.4, without the last two arguments. */
const REBUILD_TENSOR = 'torch._utils._rebuild_tensor';
const REBUILD_TENSOR_V2 = 'torch._utils._rebuild_tensor_v2';
const REBUILD_PARAMETER = 'torch._utils._rebuild_parameter';

/** Only named, and never called. */
const TENSOR_TYPES = /^torch\.(?:Double|Float|Half|Long|Int|Byte)Tensor$/;
const KNOWN: readonly string[] = [
  ORDERED_DICT,
  REBUILD_TENSOR,
  REBUILD_TENSOR_V2,
  REBUILD_PARAMETER,
];

class Global extends PickleObject {
  readonly kind = 'global';
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
}

class Storage extends PickleObject {
  readonly kind = 'storage';
  readonly value: PickledStorage;
  constructor(value: PickledStorage) {
    super();
    this.value = value;
  }
}

class Tensor extends PickleObject {
  readonly kind = 'tensor';
  readonly value: PickledTensor;
  constructor(value: PickledTensor) {
    super();
    this.value = value;
  }
}

/** A state dictionary, and what else must be known to find its numbers. */
export interface StateDict {
  readonly tensors: ReadonlyMap<string, PickledTensor>;
  /** All storages that the pickle names, by key. */
  readonly storages: ReadonlyMap<string, PickledStorage>;
  /** Where the pickle ends. */
  readonly end: number;
}

/** What a checkpoint calls its state dictionary if it holds more than that. */
const STATE_NAMES = ['state_dict', 'model_state_dict', 'model'] as const;

/**
 * Reads a pickled state dictionary, also one within another dictionary. Other entries are left out.
 *
 * @param file The name of the file, for errors.
 * @param found The tensors that the pickle refers to by number, as files of before PyTorch 0.2 do.
 * @throws `unsupported` naming what plain weights don't need; `PickleFault` for bytes that are not a
 *   valid pickle.
 */
export function readStateDict(
  bytes: Uint8Array,
  file: string,
  begin = 0,
  found: ReadonlyMap<number, PickledTensor> = new Map(),
): StateDict {
  const world = new TorchWorld(file, found);
  const unpickler = new Unpickler(bytes, world, begin);
  const root = unpickler.run();
  if (!(root instanceof Map)) fault('it holds no dictionary');
  const inner = STATE_NAMES.map((name) => root.get(name)).find((value) => value instanceof Map);
  const tensors = tensorsOf(root);
  return {
    tensors: tensors.size === 0 && inner instanceof Map ? tensorsOf(inner) : tensors,
    storages: world.storages,
    end: unpickler.end,
  };
}

function tensorsOf(dict: Map<PickleValue, PickleValue>): ReadonlyMap<string, PickledTensor> {
  const tensors = new Map<string, PickledTensor>();
  for (const [name, value] of dict) {
    if (typeof name !== 'string' || !(value instanceof Tensor)) continue;
    if (name.length > MAX_NAME_LENGTH) fault('a tensor’s name is far too long');
    tensors.set(name, value.value);
  }
  return tensors;
}

/** The values of a pickled tuple, and the type of storage among them. Throws as {@link readStateDict}. */
export function readTuple(
  bytes: Uint8Array,
  file: string,
  begin: number,
): {
  readonly values: readonly unknown[];
  readonly dtype: TensorDtype | null;
  readonly end: number;
} {
  const unpickler = new Unpickler(bytes, new TorchWorld(file, new Map()), begin);
  const value = unpickler.run();
  const values = Array.isArray(value) ? value : [value];
  const type = values.find((part) => part instanceof Global);
  return {
    values,
    dtype: (type instanceof Global ? STORAGE_DTYPES.get(type.name) : undefined) ?? null,
    end: unpickler.end,
  };
}

class TorchWorld implements PickleWorld {
  readonly storages = new Map<string, PickledStorage>();
  private readonly file: string;
  private readonly found: ReadonlyMap<number, PickledTensor>;

  constructor(file: string, found: ReadonlyMap<number, PickledTensor>) {
    this.file = file;
    this.found = found;
  }

  refuse(found: string): never {
    throw mynahError('unsupported', { file: this.file, what: 'pickle-code', found });
  }

  global(name: string): PickleValue {
    const isKnown = KNOWN.includes(name) || STORAGE_DTYPES.has(name) || TENSOR_TYPES.test(name);
    if (!isKnown) this.refuse(name.slice(0, 80));
    return new Global(name);
  }

  /** `('storage', torch.FloatStorage, '0', 'cpu', 1024)`, and a sixth field before PyTorch 1.6; or a number. */
  persistent(id: PickleValue): PickleValue {
    const tensor =
      typeof id === 'number' || typeof id === 'string' ? this.found.get(Number(id)) : undefined;
    if (tensor !== undefined) return new Tensor(tensor);
    const [kind, type, key, , elements, view] = Array.isArray(id) ? id : [];
    const dtype = type instanceof Global ? STORAGE_DTYPES.get(type.name) : undefined;
    const isStorage = kind === 'storage' && typeof key === 'string' && isCount(elements);
    if (!isStorage || dtype === undefined) fault('it names no storage');
    if ((view ?? null) !== null) this.refuse('view_metadata');
    const storage = { key, dtype, elements };
    this.storages.set(key, storage);
    return new Storage(storage);
  }

  call(callable: PickleValue, values: PickleValue): PickleValue {
    if (!(callable instanceof Global) || !Array.isArray(values)) fault('it calls no function');
    switch (callable.name) {
      case ORDERED_DICT:
        return dictOf(values);
      case REBUILD_PARAMETER:
        return values[0] instanceof Tensor ? values[0] : fault('it makes a parameter of no tensor');
      case REBUILD_TENSOR:
      case REBUILD_TENSOR_V2:
        return rebuild(values);
      default:
        return fault(`it calls ${callable.name}`);
    }
  }
}

/** Python 3 fills a dictionary later, and Python 2 makes it of a list of pairs. */
function dictOf([pairs, ...more]: readonly PickleValue[]): PickleValue {
  if (pairs === undefined) return new Map();
  const dict = new Map<PickleValue, PickleValue>();
  const isList = Array.isArray(pairs) && more.length === 0;
  for (const pair of isList ? pairs : fault('it fills a dictionary in an unknown way')) {
    if (!Array.isArray(pair)) fault('it fills a dictionary in an unknown way');
    dict.set(pair[0] ?? null, pair[1] ?? null);
  }
  return dict;
}

/** `(storage, offset, size, stride, requires_grad, backward_hooks)` */
function rebuild([storage, offset, shape, strides]: readonly PickleValue[]): PickleValue {
  const isView = storage instanceof Storage && isCount(offset);
  if (!isView || !areCounts(shape) || !areCounts(strides) || shape.length !== strides.length) {
    return fault('it describes a tensor in an unknown way');
  }
  // Copied, because the pickle may still change its lists.
  return new Tensor({ storage: storage.value, offset, shape: [...shape], strides: [...strides] });
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function areCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 8 && value.every(isCount);
}
