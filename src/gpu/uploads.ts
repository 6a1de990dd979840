/**
 * Kernel parameters and small uploads on their way to the device: they gather in a host copy of one
 * buffer, which is written once a submit. Dispatches bind it at an offset, copies read from it.
 */

import { alignUp, RANGE_ALIGNMENT } from './buffers.ts';
import type { Kernel } from './kernel.ts';

/** Bytes of the buffer. */
export const UPLOAD_BUFFER_BYTES = 1 << 20;
/** Data up to here rides with the step; larger data is written to its own buffer directly. */
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

  /** Offset of bytes that nobody else has until the next {@link write}. */
  private reserve(bytes: number): number {
    const at = this.used;
    this.used = alignUp(at + bytes, RANGE_ALIGNMENT);
    return at;
  }

  /** `values` as the `Params` of the kernel; returns their offset. */
  putParams({ params }: Kernel, bytes: number, values: readonly number[]): number {
    const at = this.reserve(bytes);
    for (let i = 0; i < params.length; i++) {
      const value = values[i] as number;
      if (params[i] === 'f') this.view.setFloat32(at + 4 * i, value, true);
      else this.view.setUint32(at + 4 * i, value, true);
    }
    return at;
  }

  putBytes(bytes: Uint8Array): number {
    const at = this.reserve(bytes.byteLength);
    new Uint8Array(this.data, at, bytes.byteLength).set(bytes);
    return at;
  }

  /** Call right before the submit of what refers to it; everything may be overwritten after. */
  write(queue: GPUQueue): void {
    if (this.used > 0) queue.writeBuffer(this.buffer, 0, this.data, 0, this.used);
    this.used = 0;
  }

  dispose(): void {
    this.buffer.destroy();
  }
}
