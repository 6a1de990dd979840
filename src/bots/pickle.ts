/**
 * Reads Python pickles that contain plain data. A pickle is a program. Of its instructions, which
 * CPython's `pickletools.py` lists, this knows only those that build containers, numbers and text. What
 * a pickle asks for by name is looked up in a {@link PickleWorld}, which knows a few names. No code of
 * the pickle is ever run.
 */

/** An object that a pickle may name. Those of PyTorch are in `torch-pickle.ts`. */
export abstract class PickleObject {
  abstract readonly kind: string;
}

const mark = Symbol('mark');

/** Lists and tuples become arrays, and dictionaries become maps. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleObject
  | typeof mark;

/** The objects that the names in a pickle stand for. */
export interface PickleWorld {
  /** `module.name`. */
  global(name: string): PickleValue;
  /** Returns an object outside of the pickle for the id that the pickle uses for it. */
  persistent(id: PickleValue): PickleValue;
  /** Calls a global with a tuple of arguments. */
  call(callable: PickleValue, values: PickleValue): PickleValue;
  /** Throws, because the pickle asks for `found`, which plain data never need. */
  refuse(found: string): never;
}

/** The bytes are not a valid pickle. The caller, which knows the file, turns this into an error with a code. */
export class PickleFault extends Error {}

export function fault(reason: string): never {
  throw new PickleFault(reason);
}

export class Unpickler {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly world: PickleWorld;
  private at: number;
  private stack: PickleValue[] = [];
  private readonly memo = new Map<number, PickleValue>();

  /** @param begin Where the pickle begins in `bytes`. */
  constructor(bytes: Uint8Array, world: PickleWorld, begin = 0) {
    this.bytes = bytes;
    this.at = begin;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.world = world;
  }

  /** Where the pickle ends, once it has run. */
  get end(): number {
    return this.at;
  }

  /** The object that the pickle builds. */
  run(): PickleValue {
    for (;;) {
      const op = this.byte();
      if (op === 0x2e) return this.pop(); // STOP
      this.step(op);
    }
  }

  private step(op: number): void {
    const { stack } = this;
    switch (op) {
      case 0x80: // PROTO
        if (this.byte() > 5) fault('is of a later protocol');
        return;
      case 0x95: // FRAME
        this.skip(8);
        return;
      case 0x28: // MARK
        stack.push(mark);
        return;
      case 0x30: // POP
        stack.pop();
        return;
      case 0x4e: // NONE
        stack.push(null);
        return;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(op === 0x88);
        return;
      case 0x4b: // BININT1
        stack.push(this.byte());
        return;
      case 0x4d: // BININT2
        stack.push(this.view.getUint16(this.skip(2), true));
        return;
      case 0x4a: // BININT
        stack.push(this.view.getInt32(this.skip(4), true));
        return;
      case 0x8a: // LONG1
        stack.push(this.long(this.byte()));
        return;
      case 0x47: // BINFLOAT
        stack.push(this.view.getFloat64(this.skip(8)));
        return;
      case 0x58: // BINUNICODE
      case 0x54: // BINSTRING, as Python 2 writes names
        stack.push(this.text(this.view.getUint32(this.skip(4), true)));
        return;
      case 0x55: // SHORT_BINSTRING
      case 0x8c: // SHORT_BINUNICODE
        stack.push(this.text(this.byte()));
        return;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        return;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map());
        return;
      case 0x74: // TUPLE
      case 0x6c: // LIST
        stack.push(this.toMark());
        return;
      case 0x85: // TUPLE1 to 3
      case 0x86:
      case 0x87:
        stack.push(this.take(op - 0x84));
        return;
      case 0x61: // APPEND
        this.append([this.pop()]);
        return;
      case 0x65: // APPENDS
        this.append(this.toMark());
        return;
      case 0x73: // SETITEM
        this.setItems(this.take(2));
        return;
      case 0x75: // SETITEMS
        this.setItems(this.toMark());
        return;
      case 0x64: {
        // DICT
        const items = this.toMark();
        stack.push(new Map());
        this.setItems(items);
        return;
      }
      case 0x71: // BINPUT
        this.memo.set(this.byte(), this.top());
        return;
      case 0x72: // LONG_BINPUT
        this.memo.set(this.view.getUint32(this.skip(4), true), this.top());
        return;
      case 0x94: // MEMOIZE
        this.memo.set(this.memo.size, this.top());
        return;
      case 0x68: // BINGET
        stack.push(this.recall(this.byte()));
        return;
      case 0x6a: // LONG_BINGET
        stack.push(this.recall(this.view.getUint32(this.skip(4), true)));
        return;
      case 0x63: // GLOBAL
        stack.push(this.world.global(`${this.line()}.${this.line()}`));
        return;
      case 0x93: {
        // STACK_GLOBAL
        const [module, name] = this.take(2);
        if (typeof module !== 'string' || typeof name !== 'string') fault('names no global');
        stack.push(this.world.global(`${module}.${name}`));
        return;
      }
      case 0x51: // BINPERSID
        stack.push(this.world.persistent(this.pop()));
        return;
      case 0x52: {
        // REDUCE
        const [callable, values] = this.take(2);
        stack.push(this.world.call(callable ?? null, values ?? null));
        return;
      }
      case 0x62: // BUILD: attributes of a dictionary (torch's `_metadata`), which nobody needs
        this.pop();
        if (!(this.top() instanceof Map)) this.world.refuse('BUILD');
        return;
      default:
        this.world.refuse(`0x${op.toString(16).padStart(2, '0')}`);
    }
  }

  /* ------------------------------------------------------------------ containers */

  private append(values: PickleValue[]): void {
    const list = this.top();
    if (!Array.isArray(list)) fault('appends to what is no list');
    for (const value of values) list.push(value);
  }

  private setItems(items: PickleValue[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || items.length % 2 !== 0) fault('fills what is no dictionary');
    for (let i = 0; i < items.length; i += 2) dict.set(items[i] ?? null, items[i + 1] ?? null);
  }

  private recall(index: number): PickleValue {
    const value = this.memo.get(index);
    return value === undefined ? fault('recalls what it never kept') : value;
  }

  private top(): PickleValue {
    const value = this.stack.at(-1);
    return value === undefined || value === mark ? fault('takes from an empty stack') : value;
  }

  private pop(): PickleValue {
    const value = this.top();
    this.stack.pop();
    return value;
  }

  /** The last `count` values, in order. */
  private take(count: number): PickleValue[] {
    const values = Array.from({ length: count }, () => this.pop());
    return values.reverse();
  }

  private toMark(): PickleValue[] {
    const at = this.stack.lastIndexOf(mark);
    if (at < 0) fault('takes to a mark that isn’t there');
    const values = this.stack.slice(at + 1);
    this.stack.length = at;
    return values;
  }

  /* ------------------------------------------------------------------ bytes */

  /** Skips `count` bytes and returns their offset. */
  private skip(count: number): number {
    const begin = this.at;
    if (begin + count > this.bytes.byteLength) fault('ends too early');
    this.at += count;
    return begin;
  }

  private byte(): number {
    return this.view.getUint8(this.skip(1));
  }

  private text(length: number): string {
    const begin = this.skip(length);
    return decode(this.bytes.subarray(begin, begin + length));
  }

  private line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) fault('ends too early');
    const text = decode(this.bytes.subarray(this.at, end));
    this.at = end + 1;
    return text;
  }

  /** Little-endian two's complement. Sizes above 2⁵³ don't occur. */
  private long(length: number): number {
    if (length > 8) fault('holds a number of more than 64 bits');
    const begin = this.skip(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) {
      value = (value << 8n) | BigInt(this.bytes[begin + i] as number);
    }
    return Number(BigInt.asIntN(8 * length, value));
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fault('holds text that isn’t UTF-8');
  }
}
