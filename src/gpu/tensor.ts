/** A float32 (or u32) tensor: a range of a buffer with a shape. */

import { assert } from '../core/assert.ts';
import type { BufferArena, BufferRange, DeviceBuffer } from './buffers.ts';

/** One buffer that several tensors share; it is released with the last of them. */
export class SharedBuffer {
  readonly buffer: DeviceBuffer;
  private readonly arena: BufferArena;
  private users = 0;

  constructor(arena: BufferArena, bytes: number, exact: boolean) {
    this.arena = arena;
    this.buffer = arena.acquire(bytes, exact);
  }

  retain(): void {
    this.users++;
  }

  release(): void {
    this.users--;
    if (this.users === 0) this.arena.release(this.buffer);
  }
}

export class GpuTensor implements BufferRange {
  readonly shape: readonly number[];
  readonly offset: number;
  /** Bytes of the elements, without padding. */
  readonly bytes: number;
  private readonly shared: SharedBuffer;
  private isDisposed = false;

  constructor(shared: SharedBuffer, offset: number, shape: readonly number[]) {
    this.shape = shape;
    this.offset = offset;
    this.bytes = 4 * elements(shape);
    this.shared = shared;
    shared.retain();
  }

  get buffer(): DeviceBuffer {
    return this.shared.buffer;
  }

  get size(): number {
    return this.bytes / 4;
  }

  /** The first elements as a tensor of another shape on the same memory. */
  beginning(shape: readonly number[]): GpuTensor {
    assert(elements(shape) <= this.size, 'a part of the tensor');
    return new GpuTensor(this.shared, this.offset, shape);
  }

  /** Returns the memory; a second call does nothing. */
  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.shared.release();
  }
}

export function elements(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
