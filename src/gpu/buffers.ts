/**
 * Every GPU buffer of the engine: made here, reused here, counted here, destroyed here.
 *
 * A released buffer goes to the free list of its size and is handed out again with its old contents.
 * That is safe within one queue: whatever used it before was encoded before. Sizes are rounded to
 * eighths of a power of two, so that nearby shapes share buffers; which buffer is handed out depends
 * on the order of calls only, so two runs of the same steps use the same ones.
 */

import { assert } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';

export interface DeviceBuffer {
  /** Unique in a context: what caches key on. */
  readonly id: number;
  readonly gpu: GPUBuffer;
  readonly bytes: number;
}

/** A range of a buffer as a kernel sees it; `offset` is a multiple of 256. */
export interface BufferRange {
  readonly buffer: DeviceBuffer;
  readonly offset: number;
  readonly bytes: number;
}

/** WebGPU's largest `minStorageBufferOffsetAlignment`: ranges start at multiples of it. */
export const RANGE_ALIGNMENT = 256;

/** Of every buffer of an arena. A function: the platform's constants may not be there at import. */
export function bufferUsage(): number {
  return GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
}

/** Smaller tensors get buffers of their own size only. */
const MIN_LENDABLE_BYTES = 4 * 2 ** 20;

export function alignUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}

/** Rounds up to an eighth of the power of two below: at most 12.5 % more. */
function sizeClass(bytes: number): number {
  if (bytes <= 8 * RANGE_ALIGNMENT)
    return Math.max(RANGE_ALIGNMENT, alignUp(bytes, RANGE_ALIGNMENT));
  const eighth = 2 ** (Math.floor(Math.log2(bytes)) - 3);
  return alignUp(bytes, Math.max(RANGE_ALIGNMENT, eighth));
}

export class BufferArena {
  /** Bytes of buffers that exist, in use or free, and the most there ever were. */
  heldBytes = 0;
  peakBytes = 0;
  /** Bytes and number of buffers in use. */
  liveBytes = 0;
  liveBuffers = 0;
  private readonly device: GPUDevice;
  private readonly onDestroy: () => void;
  private readonly free = new Map<number, DeviceBuffer[]>();
  private readonly all = new Set<DeviceBuffer>();
  private nextId = 0;

  /** `onDestroy` runs when buffers have been destroyed: whoever caches by buffer forgets then. */
  constructor(device: GPUDevice, onDestroy: () => void) {
    this.device = device;
    this.onDestroy = onDestroy;
  }

  /** A storage buffer of at least `bytes`, contents undefined. `exact` skips the size classes. */
  acquire(bytes: number, exact = false): DeviceBuffer {
    const least = alignUp(Math.max(bytes, 1), RANGE_ALIGNMENT);
    const { maxBufferSize } = this.device.limits;
    if (least > maxBufferSize) {
      throw mynahError('out-of-memory', {
        neededBytes: least,
        availableBytes: maxBufferSize,
        reason: 'one-buffer',
      });
    }
    const rounded = sizeClass(bytes);
    const size = exact || rounded > maxBufferSize ? least : rounded;
    const buffer = this.free.get(size)?.pop() ?? this.takeLargerFree(size) ?? this.create(size);
    this.liveBytes += buffer.bytes;
    this.liveBuffers++;
    return buffer;
  }

  /**
   * The smallest free buffer that holds `size`, for large ones: the chunk of logits lies idle while a
   * backward pass needs room. Not one that is hardly larger: who needs that one next would need another.
   */
  private takeLargerFree(size: number): DeviceBuffer | undefined {
    if (size < MIN_LENDABLE_BYTES) return undefined;
    let best: number | undefined;
    for (const [bytes, list] of this.free) {
      const fits = bytes >= 1.5 * size && bytes <= 8 * size && list.length > 0;
      if (fits && (best === undefined || bytes < best)) best = bytes;
    }
    return best === undefined ? undefined : this.free.get(best)?.pop();
  }

  release(buffer: DeviceBuffer): void {
    if (!this.all.has(buffer)) return; // the arena went first
    const list = this.free.get(buffer.bytes);
    if (list) list.push(buffer);
    else this.free.set(buffer.bytes, [buffer]);
    this.liveBytes -= buffer.bytes;
    this.liveBuffers--;
  }

  private create(size: number): DeviceBuffer {
    const gpu = this.device.createBuffer({
      size,
      usage: bufferUsage(),
    });
    const buffer: DeviceBuffer = { id: this.nextId++, gpu, bytes: size };
    this.all.add(buffer);
    this.heldBytes += size;
    this.peakBytes = Math.max(this.peakBytes, this.heldBytes);
    return buffer;
  }

  /** Bytes of each buffer that exists. */
  sizes(): number[] {
    return Array.from(this.all, ({ bytes }) => bytes);
  }

  /** Gives free buffers back to the device: between a training and a decoding, say. */
  trim(): void {
    for (const list of this.free.values()) {
      for (const buffer of list) this.destroy(buffer);
    }
    this.free.clear();
    this.onDestroy();
  }

  private destroy(buffer: DeviceBuffer): void {
    assert(this.all.delete(buffer), 'a buffer of this arena');
    this.heldBytes -= buffer.bytes;
    buffer.gpu.destroy();
  }

  dispose(): void {
    for (const buffer of [...this.all]) this.destroy(buffer);
    this.free.clear();
    this.liveBytes = 0;
    this.liveBuffers = 0;
    this.onDestroy();
  }
}
