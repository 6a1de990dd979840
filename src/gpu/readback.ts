/**
 * Readbacks through staging buffers. Small staging buffers are pooled; large ones are created for one
 * readback.
 */

import { hasCode, mynahError } from '../core/errors.ts';
import { answerTo } from './answer.ts';
import type { BufferRange } from './buffers.ts';
import { byDriver, driverError } from './by-driver.ts';

const POOLED_STAGING_BYTES = 4096;

export class Readback {
  private readonly device: GPUDevice;
  private readonly pool: GPUBuffer[] = [];
  /** Bytes of all staging buffers that exist, and the maximum so far. */
  heldBytes = 0;
  peakBytes = 0;

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /**
   * Encodes the copy. Call the returned function after the submit: it maps the staging buffer and
   * returns the bytes.
   */
  encode(encoder: GPUCommandEncoder, range: BufferRange): () => Promise<ArrayBuffer> {
    const isPooled = range.bytes <= POOLED_STAGING_BYTES;
    const staging = (isPooled ? this.pool.pop() : undefined) ?? this.create(range.bytes);
    encoder.copyBufferToBuffer(range.buffer.gpu, range.offset, staging, 0, range.bytes);
    return async () => {
      await this.map(staging, range.bytes);
      const data = byDriver(() => {
        const copy = staging.getMappedRange(0, range.bytes).slice(0);
        staging.unmap();
        return copy;
      });
      if (isPooled) this.pool.push(staging);
      else this.destroy(staging);
      return data;
    };
  }

  /** Throws `device-lost` if the buffer isn't handed over although the device has done all its work. */
  private async map(staging: GPUBuffer, bytes: number): Promise<void> {
    const mapped = byDriver(() => staging.mapAsync(GPUMapMode.READ, 0, bytes)).catch(
      (error: unknown) => {
        throw driverError(error);
      },
    );
    const silence = () => mynahError('device-lost', { reason: 'silent' });
    try {
      await answerTo(mapped, silence);
    } catch (error) {
      if (!hasCode(error, 'device-lost') || error.data.details.reason !== 'silent') throw error;
      // The device may only be slow.
      await Promise.race([mapped, this.device.queue.onSubmittedWorkDone()]);
      await answerTo(mapped, silence);
    }
  }

  private create(bytes: number): GPUBuffer {
    const size = Math.max(bytes, POOLED_STAGING_BYTES);
    this.heldBytes += size;
    this.peakBytes = Math.max(this.peakBytes, this.heldBytes);
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    return byDriver(() => this.device.createBuffer({ size, usage }));
  }

  private destroy(staging: GPUBuffer): void {
    this.heldBytes -= staging.size;
    staging.destroy();
  }

  dispose(): void {
    for (const buffer of this.pool) this.destroy(buffer);
    this.pool.length = 0;
  }
}
