/** A GPU tensor is a range of a buffer with a shape. */

import { assert } from '../core/assert.ts';
import { elementCount } from '../core/shape.ts';
import { alignUp, type BufferArena, type BufferRange, type DeviceBuffer } from './buffers.ts';

/**
 * `f32` has 32-bit elements (float32, or u32 for ids); `f16` has pairs of float16, for weights that are
 * only read.
 */
export type Precision = 'f32' | 'f16';

/** A buffer that several tensors share. It is released to the arena when the last of them is disposed. */
export class SharedBuffer {
  readonly buffer: DeviceBuffer;
  private readonly arena: BufferArena;
  private users = 0;

  constructor(arena: BufferArena, bytes: number, exact: boolean, isKept = false) {
    this.arena = arena;
    this.buffer = arena.acquire(bytes, exact, isKept);
  }

  retain(): void {
    this.users++;
  }

  release(): void {
    this.users--;
    if (this.users === 0) this.arena.release(this.buffer);
  }
}

/** Parts [splits, …] of a tensor, and what writes their sum to it. */
export interface Unsummed {
  readonly parts: GpuTensor;
  add(): void;
}

export class GpuTensor implements BufferRange {
  readonly shape: readonly number[];
  readonly offset: number;
  /** Bytes of the elements, rounded up to whole 32-bit words. */
  readonly bytes: number;
  readonly precision: Precision;
  private readonly shared: SharedBuffer;
  private isDisposed = false;
  private unsummed: Unsummed | null = null;

  constructor(
    shared: SharedBuffer,
    offset: number,
    shape: readonly number[],
    precision: Precision = 'f32',
  ) {
    this.shape = shape;
    this.offset = offset;
    this.bytes = tensorBytes(shape, precision);
    this.precision = precision;
    this.shared = shared;
    shared.retain();
  }

  get buffer(): DeviceBuffer {
    return this.shared.buffer;
  }

  get size(): number {
    return elementCount(this.shape);
  }

  /** The first elements as a tensor of another shape that shares the memory. The caller disposes it. */
  prefix(shape: readonly number[]): GpuTensor {
    return this.part(0, shape);
  }

  /** The elements from `first` on, whose bytes are aligned as ranges are, as a tensor that shares the memory. */
  part(first: number, shape: readonly number[]): GpuTensor {
    assert(first + elementCount(shape) <= this.size, 'a part of the tensor');
    return new GpuTensor(this.shared, this.offset + 4 * first, shape);
  }

  /**
   * Makes the tensor the sum of parts that nobody has added up yet. Whoever uses it calls {@link sum} first,
   * or takes the parts and writes their sum to the tensor.
   */
  defer(unsummed: Unsummed): void {
    this.unsummed = unsummed;
  }

  /** The parts, if they aren't added up: from now on the caller does that, and disposes them. */
  takeParts(): GpuTensor | null {
    const { unsummed } = this;
    this.unsummed = null;
    return unsummed?.parts ?? null;
  }

  /** Adds up the parts, if that isn't done. */
  sum(): void {
    const { unsummed } = this;
    this.unsummed = null;
    unsummed?.add();
    unsummed?.parts.dispose();
  }

  /** Releases the memory. A second call does nothing. */
  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.takeParts()?.dispose();
    this.shared.release();
  }
}

export function tensorBytes(shape: readonly number[], precision: Precision): number {
  return precision === 'f32' ? 4 * elementCount(shape) : alignUp(2 * elementCount(shape), 4);
}
