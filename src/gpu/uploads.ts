/**
 * Collects kernel parameters and small uploads in a host copy of one buffer, which is written to the
 * device once per submit. Dispatches bind the buffer at an offset, and copies read from it.
 */

import { alignUp, RANGE_ALIGNMENT } from './buffers.ts';
import type { Kernel } from './kernel.ts';

/** Size of the upload buffer. */
export const UPLOAD_BUFFER_BYTES = 1 << 20;
/**
 * Data up to this size goes through the upload buffer; larger data is written to its destination
 * directly.
 */
export const MAX_SMALL_UPLOAD_BYTES = UPLOAD_BUFFER_BYTES / 4;

export class Uploads {
  readonly buffer: GPUBuffer;
  private readonly data = new ArrayBuffer(UPLOAD_BUFFER_BYTES);
  private readonly view = new DataView(this.data);
  private used = 0;

  constructor(device: GPUDevice) {
    this.buffer = device.createBuffer({
      size: UPLOAD_BUFFER_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }

  hasRoom(bytes: number): boolean {
    return this.used + bytes <= UPLOAD_BUFFER_BYTES;
  }

  /** Reserves bytes until the next {@link take} and returns their offset. */
  private reserve(bytes: number): number {
    const at = this.used;
    this.used = alignUp(at + bytes, RANGE_ALIGNMENT);
    return at;
  }

  /** Stores the kernel's `Params` and returns their offset. */
  putParams({ params }: Kernel, bytes: number, values: readonly number[]): number {
    const at = this.reserve(bytes);
    for (let i = 0; i < params.length; i++) {
      const value = values[i] as number;
      if (params[i] === 'f') this.view.setFloat32(at + 4 * i, value, true);
      else this.view.setUint32(at + 4 * i, value, true);
    }
    return at;
  }

  /** Stores bytes and returns their offset. */
  putBytes(bytes: Uint8Array): number {
    const at = this.reserve(bytes.byteLength);
    new Uint8Array(this.data, at, bytes.byteLength).set(bytes);
    return at;
  }

  /**
   * Empties the buffer for later commands and returns a function that writes what was in it to the device.
   * Call it right before submitting the commands that use it.
   */
  take(queue: GPUQueue): () => void {
    const { buffer, used } = this;
    this.used = 0;
    if (used === 0) return () => {};
    const data = this.data.slice(0, used);
    return () => queue.writeBuffer(buffer, 0, data);
  }

  dispose(): void {
    this.buffer.destroy();
  }
}
