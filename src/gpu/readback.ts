/** Copies to the host through mappable buffers; small ones are pooled, large ones made and destroyed. */

import type { BufferRange } from './buffers.ts';

const pooledBytes = 4096;
/** What is mapped at once: mapped bytes are on the host's heap beside their copy. */
const pieceBytes = 16 * 2 ** 20;

export class Readback {
  private readonly device: GPUDevice;
  private readonly pool: GPUBuffer[] = [];
  /** Bytes of mappable buffers that exist, and the most there ever were. */
  heldBytes = 0;
  peakBytes = 0;

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** Encodes the copy; after the submit, call what it returns and await the bytes. */
  encode(encoder: GPUCommandEncoder, range: BufferRange): () => Promise<ArrayBuffer> {
    if (range.bytes > pieceBytes) return this.encodePieces(encoder, range);
    const isPooled = range.bytes <= pooledBytes;
    const staging = (isPooled ? this.pool.pop() : undefined) ?? this.create(range.bytes);
    encoder.copyBufferToBuffer(range.buffer.gpu, range.offset, staging, 0, range.bytes);
    return async () => {
      await staging.mapAsync(GPUMapMode.READ, 0, range.bytes);
      const data = staging.getMappedRange(0, range.bytes).slice(0);
      staging.unmap();
      if (isPooled) this.pool.push(staging);
      else this.destroy(staging);
      return data;
    };
  }

  private encodePieces(encoder: GPUCommandEncoder, range: BufferRange): () => Promise<ArrayBuffer> {
    const pieces: { readonly staging: GPUBuffer; readonly begin: number }[] = [];
    for (let begin = 0; begin < range.bytes; begin += pieceBytes) {
      const bytes = Math.min(pieceBytes, range.bytes - begin);
      const staging = this.create(bytes);
      encoder.copyBufferToBuffer(range.buffer.gpu, range.offset + begin, staging, 0, bytes);
      pieces.push({ staging, begin });
    }
    return async () => {
      const data = new Uint8Array(range.bytes);
      for (const { staging, begin } of pieces) {
        const bytes = Math.min(pieceBytes, range.bytes - begin);
        await staging.mapAsync(GPUMapMode.READ, 0, bytes);
        data.set(new Uint8Array(staging.getMappedRange(0, bytes)), begin);
        staging.unmap();
        this.destroy(staging);
      }
      return data.buffer;
    };
  }

  private create(bytes: number): GPUBuffer {
    const size = Math.max(bytes, pooledBytes);
    this.heldBytes += size;
    this.peakBytes = Math.max(this.peakBytes, this.heldBytes);
    return this.device.createBuffer({
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
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
