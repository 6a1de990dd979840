/**
 * The arena that creates, reuses, counts and destroys the engine's GPU buffers.
 *
 * A released buffer goes to the free list of its size and is acquired again with its old contents. That
 * is safe because there is one queue: earlier uses of the buffer were encoded earlier. Sizes are rounded
 * up to eighths of a power of two, so that similar shapes share buffers. Which buffer is returned depends
 * only on the order of calls, so two runs of the same steps use the same buffers.
 */

import { assert } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { byDriver } from './by-driver.ts';

export interface DeviceBuffer {
  /** Unique in its arena; caches use it as a key. */
  readonly id: number;
  readonly gpu: GPUBuffer;
  readonly bytes: number;
}

/** A range of a buffer that a kernel is bound to; `offset` is a multiple of {@link RANGE_ALIGNMENT}. */
export interface BufferRange {
  readonly buffer: DeviceBuffer;
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Ranges start at multiples of this: it is the largest `minStorageBufferOffsetAlignment` that WebGPU
 * allows.
 */
export const RANGE_ALIGNMENT = 256;

/**
 * The usage of every buffer in an arena. A function, since in Node `GPUBufferUsage` is defined later
 * than at import.
 */
export function bufferUsage(): number {
  return GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
}

/** Smaller requests are never given a larger free buffer. */
const MIN_LENDABLE_BYTES = 4 * 2 ** 20;

export function alignUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}

/** Rounds up to a multiple of an eighth of the next lower power of two, which adds at most 12.5 %. */
function sizeClass(bytes: number): number {
  if (bytes <= 8 * RANGE_ALIGNMENT)
    return Math.max(RANGE_ALIGNMENT, alignUp(bytes, RANGE_ALIGNMENT));
  const eighth = 2 ** (Math.floor(Math.log2(bytes)) - 3);
  return alignUp(bytes, Math.max(RANGE_ALIGNMENT, eighth));
}

export class BufferArena {
  /** Bytes of all buffers that exist, in use or free, and the maximum so far. */
  heldBytes = 0;
  peakBytes = 0;
  /** Bytes and number of buffers in use. */
  liveBytes = 0;
  liveBuffers = 0;
  private readonly device: GPUDevice;
  private readonly destroyAll: (buffers: readonly GPUBuffer[]) => void;
  private readonly free = new Map<number, DeviceBuffer[]>();
  private readonly all = new Set<DeviceBuffer>();
  private nextId = 0;

  /**
   * @param destroy Destroys buffers that nothing refers to any more, as soon as no command that waits to be
   *   submitted uses them, and clears caches that are keyed on buffers.
   */
  constructor(device: GPUDevice, destroy: (buffers: readonly GPUBuffer[]) => void) {
    this.device = device;
    this.destroyAll = destroy;
  }

  /**
   * Returns a storage buffer of at least `bytes` with undefined contents; give it back with
   * {@link release}. `exact` skips the rounding to size classes; what `isKept` for long takes no larger buffer.
   *
   * @throws `out-of-memory` when the device allows no buffer of that size.
   */
  acquire(bytes: number, exact = false, isKept = false): DeviceBuffer {
    const minSize = alignUp(Math.max(bytes, 1), RANGE_ALIGNMENT);
    const { maxBufferSize } = this.device.limits;
    if (minSize > maxBufferSize) {
      throw mynahError('out-of-memory', {
        neededBytes: minSize,
        availableBytes: maxBufferSize,
        reason: 'one-buffer',
      });
    }
    const rounded = sizeClass(bytes);
    const size = exact || rounded > maxBufferSize ? minSize : rounded;
    const buffer =
      this.free.get(size)?.pop() ??
      (isKept ? undefined : this.takeLargerFree(size)) ??
      this.create(size);
    this.liveBytes += buffer.bytes;
    this.liveBuffers++;
    return buffer;
  }

  /**
   * Takes the smallest free buffer with room for `size`, if `size` is large: for example, the buffer
   * for a chunk of logits is free while a backward pass needs memory. Buffers that are only slightly
   * larger are left alone, because the next request for their own size would create another one.
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
    if (!this.all.has(buffer)) return; // the arena was disposed before
    const list = this.free.get(buffer.bytes);
    if (list) list.push(buffer);
    else this.free.set(buffer.bytes, [buffer]);
    this.liveBytes -= buffer.bytes;
    this.liveBuffers--;
  }

  private create(size: number): DeviceBuffer {
    const gpu = byDriver(() => this.device.createBuffer({ size, usage: bufferUsage() }));
    const buffer: DeviceBuffer = { id: this.nextId++, gpu, bytes: size };
    this.all.add(buffer);
    this.heldBytes += size;
    this.peakBytes = Math.max(this.peakBytes, this.heldBytes);
    return buffer;
  }

  /** The size in bytes of every buffer that exists. */
  sizes(): number[] {
    return Array.from(this.all, ({ bytes }) => bytes);
  }

  /** Destroys the free buffers, for example between training and generating. */
  trim(): void {
    this.destroy([...this.free.values()].flat());
    this.free.clear();
  }

  private destroy(buffers: readonly DeviceBuffer[]): void {
    for (const buffer of buffers) {
      assert(this.all.delete(buffer), 'a buffer of this arena');
      this.heldBytes -= buffer.bytes;
    }
    this.destroyAll(buffers.map(({ gpu }) => gpu));
  }

  /** Destroys every buffer, in use or free. */
  dispose(): void {
    this.destroy([...this.all]);
    this.free.clear();
    this.liveBytes = 0;
    this.liveBuffers = 0;
  }
}
