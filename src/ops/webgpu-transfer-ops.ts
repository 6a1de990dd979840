/** The device of `WebGPUOps`, what is moved to it and back, and what is submitted. */

import { must } from '../core/assert.ts';
import { toFloat16 } from '../core/float16.ts';
import type { GpuContext } from '../gpu/context.ts';
import { tileNames, tilesByName } from '../gpu/kernels/tile-shapes.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import type { DeviceMemory, Tuning } from './device.ts';
import type { Precision, Tensor } from './operands.ts';
import { PIECE_ELEMENTS } from './transfer-ops.ts';
import { tuneTiles } from './webgpu-tuning.ts';
import { asGpu } from './webgpu-tensors.ts';
import type { TransferOps } from './transfer-ops.ts';

async function* packedPieces(pieces: AsyncIterable<Float32Array>): AsyncGenerator<Uint16Array> {
  for await (const piece of pieces) yield packHalves(piece);
}

/**
 * Converts to float16 and pads to whole 32-bit words. Values that are too large become the largest float16,
 * because an infinity would spoil every sum that includes it.
 */
function packHalves(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length + (values.length % 2));
  halves.set(toFloat16(values));
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] as number;
    if ((half & 0x7fff) === 0x7c00) halves[i] = half - 1;
  }
  return halves;
}

export class WebGPUTransferOps implements TransferOps {
  /** The context with counters, memory and queue. These operations own it and dispose it. */
  readonly gpu: GpuContext;

  constructor(gpu: GpuContext) {
    this.gpu = gpu;
  }

  get tuning(): Tuning | null {
    const { gpu } = this;
    if (gpu.isSoftware) return null;
    return {
      get shapes() {
        return tileNames(gpu.tiles);
      },
      use: (shapes) => {
        const tiles = shapes && tilesByName(shapes);
        if (shapes !== null && tiles === null) return false;
        gpu.useTiles(tiles);
        return true;
      },
      measure: (model, now = () => performance.now()) => tuneTiles(gpu, model, now),
    };
  }

  get deviceMemory(): DeviceMemory {
    const { gpu } = this;
    return {
      adapter: {
        limits: gpu.device.limits,
        isSoftware: gpu.isSoftware,
        tiles: gpu.tiles,
        usesSubgroups: gpu.usesSubgroups,
      },
      heldBytes: gpu.memory.heldBytes,
      counters: gpu.counters,
      compile: (programs, onProgress) => gpu.compile(programs, onProgress),
      hasRoomFor: (bufferSizes) => gpu.hasRoomFor(bufferSizes),
    };
  }

  tensor(data: Float32Array, shape: readonly number[]): GpuTensor {
    return this.gpu.upload(data, shape);
  }

  weight(data: Float32Array, shape: readonly number[], precision: Precision): GpuTensor {
    const tensor = this.gpu.reserve(shape, precision);
    this.gpu.write(tensor, precision === 'f32' ? data : packHalves(data));
    return tensor;
  }

  async weightFrom(
    pieces: AsyncIterable<Float32Array>,
    shape: readonly number[],
    precision: Precision,
  ): Promise<GpuTensor> {
    const tensor = this.gpu.reserve(shape, precision);
    try {
      await this.gpu.fill(tensor, precision === 'f32' ? pieces : packedPieces(pieces));
    } catch (error) {
      tensor.dispose();
      throw error;
    }
    return tensor;
  }

  async overwrite(to: Tensor, pieces: AsyncIterable<Float32Array>): Promise<Tensor> {
    await this.gpu.fill(asGpu(to), pieces);
    return to;
  }

  zeros(shape: readonly number[]): GpuTensor {
    return this.gpu.zeros(shape);
  }

  read(x: Tensor): Promise<Float32Array> {
    return this.gpu.read(asGpu(x));
  }

  readPieces(x: Tensor): AsyncGenerator<Float32Array> {
    return this.gpu.readPieces(asGpu(x), PIECE_ELEMENTS);
  }

  readPart(x: Tensor, begin: number, count: number): Promise<Float32Array> {
    return this.gpu.readPart(asGpu(x), begin, count);
  }

  /** Puts matrices first: only they have weight decay, so matrices and vectors become one range each. */
  allocate(shapes: ReadonlyMap<string, readonly number[]>): Map<string, Tensor> {
    const isVector = (shape: readonly number[]) => (shape.length < 2 ? 1 : 0);
    const ordered = [...shapes].sort(([, a], [, b]) => isVector(a) - isVector(b));
    const tensors = this.gpu.allocate(new Map(ordered));
    return new Map([...shapes.keys()].map((name) => [name, must(tensors.get(name), name)]));
  }

  pack(tensors: Map<string, Tensor>): void {
    const packed = this.allocate(new Map([...tensors].map(([name, { shape }]) => [name, shape])));
    for (const [name, from] of tensors) {
      const to = must(packed.get(name), name);
      this.gpu.copy(asGpu(from), asGpu(to));
      from.dispose();
      tensors.set(name, to);
    }
    this.trim();
  }

  flush(): void {
    this.gpu.flush();
  }

  finish(): Promise<void> {
    return this.gpu.finish();
  }

  beginDraft(): void {
    this.gpu.beginDraft();
  }

  endDraft(): Promise<void> {
    return this.gpu.endDraft();
  }

  dropDraft(): void {
    this.gpu.dropDraft();
  }

  trim(): void {
    this.gpu.trim();
  }

  /** Destroys every buffer of these operations. The device remains. */
  dispose(): void {
    this.gpu.dispose();
  }
}
