/**
 * Reads the pickle in a PyTorch checkpoint of plain weights: tensors by name, each a view of a storage
 * in a file of its own. The arguments are those of `torch/_utils.py` and `torch/serialization.py`. All
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
  /** The name of the file under `data/`. */
  readonly key: string;
  readonly dtype: TensorDtype;
  readonly elements: number;
}

const STORAGE_DTYPES: ReadonlyMap<string, TensorDtype> = new Map([
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
const REBUILD_TENSOR = 'torch._utils._rebuild_tensor_v2';
const REBUILD_PARAMETER = 'torch._utils._rebuild_parameter';

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

/**
 * Returns the tensors of a pickled state dictionary by name. Other entries are left out.
 *
 * @param file The name of the file, for errors.
 * @throws `unsupported` naming what plain weights don't need; `PickleFault` for bytes that are not a
 *   valid pickle.
 */
export function readStateDict(bytes: Uint8Array, file: string): ReadonlyMap<string, PickledTensor> {
  const root = new Unpickler(bytes, new TorchWorld(file)).run();
  if (!(root instanceof Map)) fault('it holds no dictionary');
  const tensors = new Map<string, PickledTensor>();
  for (const [name, value] of root) {
    if (typeof name !== 'string' || !(value instanceof Tensor)) continue;
    if (name.length > MAX_NAME_LENGTH) fault('a tensor’s name is far too long');
    tensors.set(name, value.value);
  }
  return tensors;
}

class TorchWorld implements PickleWorld {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  refuse(found: string): never {
    throw mynahError('unsupported', { file: this.file, what: 'pickle-code', found });
  }

  global(name: string): PickleValue {
    const isKnown = [ORDERED_DICT, REBUILD_TENSOR, REBUILD_PARAMETER].includes(name);
    if (!isKnown && !STORAGE_DTYPES.has(name)) this.refuse(name.slice(0, 80));
    return new Global(name);
  }

  /** `('storage', torch.FloatStorage, '0', 'cpu', 1024)` */
  persistent(id: PickleValue): PickleValue {
    const [kind, type, key, , elements] = Array.isArray(id) ? id : [];
    const dtype = type instanceof Global ? STORAGE_DTYPES.get(type.name) : undefined;
    const isStorage = kind === 'storage' && typeof key === 'string' && isCount(elements);
    if (!isStorage || dtype === undefined) fault('it names no storage');
    return new Storage({ key, dtype, elements });
  }

  call(callable: PickleValue, values: PickleValue): PickleValue {
    if (!(callable instanceof Global) || !Array.isArray(values)) fault('it calls no function');
    switch (callable.name) {
      case ORDERED_DICT:
        return values.length === 0 ? new Map() : fault('it fills a dictionary in an unknown way');
      case REBUILD_PARAMETER:
        return values[0] instanceof Tensor ? values[0] : fault('it makes a parameter of no tensor');
      case REBUILD_TENSOR:
        return rebuild(values);
      default:
        return fault(`it calls ${callable.name}`);
    }
  }
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
