/**
 * What runs on a GPUDevice, in order: kernels, copies, uploads and reads of one queue.
 *
 * Everything is encoded into one command encoder, in one compute pass as long as nothing but kernels
 * comes (WebGPU orders the dispatches of a pass where they touch the same buffers), until
 * {@link GpuContext.flush}: a training step is one submit. The counters here are the only ones.
 */

import { assert, must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { fromFloat16 } from '../core/float16.ts';
import { elementCount } from '../core/shape.ts';
import { alignUp, BufferArena, type BufferRange, bufferUsage, RANGE_ALIGNMENT } from './buffers.ts';
import { type Constants, type Kernel, PipelineCache, uniformBytes } from './kernel.ts';
import { Profiler } from './profiler.ts';
import { Readback } from './readback.ts';
import { GpuTensor, type Precision, SharedBuffer, tensorBytes } from './tensor.ts';
import { MAX_SMALL_UPLOAD_BYTES, UPLOAD_BUFFER_BYTES, Uploads } from './uploads.ts';

export interface GpuCounters {
  dispatches: number;
  submits: number;
  readbackBytes: number;
}

/** Bytes of buffers: what exists now, and the most there ever was. */
export interface GpuMemory {
  /** On the device. */
  readonly heldBytes: number;
  readonly peakBytes: number;
  /** In memory that the host can map, for reading back. */
  readonly stagingBytes: number;
  readonly peakStagingBytes: number;
}

export interface ContextOptions {
  /** A rasteriser on the processor: kernels choose variants without workgroup memory. */
  readonly isSoftware: boolean;
  /** Most bytes of one binding; the device's limit unless a test says less. */
  readonly maxBindingBytes?: number;
  /** False for kernels without subgroups, whatever the device has. */
  readonly usesSubgroups?: false | undefined;
}

export interface Dispatch {
  readonly constants?: Constants;
  readonly params: readonly number[];
  readonly buffers: readonly BufferRange[];
  /** Workgroups: a count, laid out in two dimensions where one is too short, or a grid. */
  readonly groups: number | readonly [number, number, number];
}

const MAX_BIND_GROUPS = 16_384;
/** What doesn't fit shouldn't be asked for as a whole: some drivers clear what they give. */
const ROOM_CHECK_BATCH_BYTES = 2 ** 30;
/** Writes that the queue may hold before a tensor in pieces waits for the device. */
const MAX_QUEUED_WRITE_BYTES = 32 * 2 ** 20;

/** What `matmul-lanes-shared.wgsl` needs. SwiftShader's subgroups are of four, and gain nothing by it. */
function hasSubgroupsOfEight({ features, adapterInfo }: GPUDevice): boolean {
  if (!features.has('subgroups')) return false;
  return adapterInfo.subgroupMinSize === 8 && adapterInfo.subgroupMaxSize === 8;
}

export class GpuContext {
  readonly device: GPUDevice;
  readonly isSoftware: boolean;
  readonly maxBindingBytes: number;
  /** Kernels for software may hand rows round in a subgroup. */
  readonly usesSubgroups: boolean;
  readonly counters: GpuCounters = { dispatches: 0, submits: 0, readbackBytes: 0 };
  readonly arena: BufferArena;
  readonly profiler: Profiler;
  /** What a variant of a kernel is bound to where it reads or writes nothing. */
  readonly unusedInput: BufferRange;
  readonly unusedOutputs: readonly [BufferRange, BufferRange];
  private readonly pipelines: PipelineCache;
  private readonly readback: Readback;
  private readonly bindGroups = new Map<string, GPUBindGroup>();
  private readonly uploads: Uploads;
  private encoder: GPUCommandEncoder | null = null;
  private pass: GPUComputePassEncoder | null = null;
  private firstError: GPUError | null = null;
  /** Of pieces in the queue, since the device was last waited for. */
  private queuedWriteBytes = 0;
  private isDisposed = false;
  private readonly onError = (event: GPUUncapturedErrorEvent): void => {
    this.firstError ??= event.error;
  };

  /** The device stays the caller's. */
  constructor(device: GPUDevice, options: ContextOptions) {
    this.device = device;
    this.isSoftware = options.isSoftware;
    this.maxBindingBytes = Math.min(
      options.maxBindingBytes ?? Infinity,
      device.limits.maxStorageBufferBindingSize,
    );
    this.usesSubgroups = options.usesSubgroups ?? hasSubgroupsOfEight(device);
    this.arena = new BufferArena(device, () => this.bindGroups.clear());
    this.pipelines = PipelineCache.of(device);
    this.readback = new Readback(device);
    this.profiler = new Profiler(device);
    this.uploads = new Uploads(device);
    const unused = (): BufferRange => ({ buffer: this.arena.acquire(256), offset: 0, bytes: 256 });
    this.unusedInput = unused();
    this.unusedOutputs = [unused(), unused()];
    device.addEventListener('uncapturederror', this.onError);
  }

  /** Every buffer of this context; pipelines and what the driver adds aren't known to WebGPU. */
  get memory(): GpuMemory {
    const { arena, readback } = this;
    return {
      heldBytes: this.isDisposed ? 0 : arena.heldBytes + UPLOAD_BUFFER_BYTES,
      peakBytes: arena.peakBytes + UPLOAD_BUFFER_BYTES,
      stagingBytes: readback.heldBytes,
      peakStagingBytes: readback.peakBytes,
    };
  }

  /**
   * Whether the device gives buffers of these sizes, those that this context holds included: it is asked
   * for as many as are missing, the largest first, and they are given back at once. A driver that promises
   * more than it has says so only when the memory is used; that ends in `out-of-memory` then.
   */
  async hasRoomFor(sizes: readonly number[]): Promise<boolean> {
    const buffers: GPUBuffer[] = [];
    let missing = sizes.reduce((sum, size) => sum + size, 0) - this.arena.heldBytes;
    let isGiven = true;
    try {
      const largestFirst = [...sizes].sort((a, b) => b - a);
      while (isGiven && missing > 0) {
        this.device.pushErrorScope('out-of-memory');
        let batchBytes = 0;
        while (missing > 0 && batchBytes < ROOM_CHECK_BATCH_BYTES) {
          const size = must(largestFirst.shift(), 'a size');
          buffers.push(this.device.createBuffer({ size, usage: bufferUsage() }));
          batchBytes += size;
          missing -= size;
        }
        isGiven = (await this.device.popErrorScope()) === null;
      }
    } finally {
      for (const buffer of buffers) buffer.destroy();
    }
    return isGiven;
  }

  /* ------------------------------------------------------------------ tensors */

  /** Contents undefined. */
  empty(shape: readonly number[]): GpuTensor {
    return new GpuTensor(new SharedBuffer(this.arena, 4 * elementCount(shape), false), 0, shape);
  }

  /** A buffer of exactly the size of weights that are only read; contents undefined. */
  reserve(shape: readonly number[], precision: Precision): GpuTensor {
    const shared = new SharedBuffer(this.arena, tensorBytes(shape, precision), true);
    return new GpuTensor(shared, 0, shape, precision);
  }

  zeros(shape: readonly number[]): GpuTensor {
    const tensor = this.empty(shape);
    this.clear(tensor);
    return tensor;
  }

  clear(tensor: GpuTensor): void {
    this.endPass();
    this.commands().clearBuffer(tensor.buffer.gpu, tensor.offset, tensor.bytes);
  }

  /**
   * Zeroed tensors laid out one behind the other in few buffers, in the order given, so that one
   * kernel can walk many of them. A buffer holds at most one binding's worth, or one tensor.
   */
  allocate(shapes: ReadonlyMap<string, readonly number[]>): Map<string, GpuTensor> {
    const tensors = new Map<string, GpuTensor>();
    let slab: { name: string; shape: readonly number[]; offset: number }[] = [];
    let bytes = 0;
    const close = () => {
      if (slab.length === 0) return;
      const shared = new SharedBuffer(this.arena, bytes, true);
      for (const { name, shape, offset } of slab) {
        tensors.set(name, new GpuTensor(shared, offset, shape));
      }
      this.endPass();
      this.commands().clearBuffer(shared.buffer.gpu);
      slab = [];
      bytes = 0;
    };
    for (const [name, shape] of shapes) {
      const size = alignUp(4 * elementCount(shape), RANGE_ALIGNMENT);
      if (bytes + size > this.maxBindingBytes) close();
      slab.push({ name, shape, offset: bytes });
      bytes += size;
    }
    close();
    return tensors;
  }

  upload(data: Float32Array | Int32Array | Uint32Array, shape: readonly number[]): GpuTensor {
    const tensor = this.empty(shape);
    this.write(tensor, data);
    return tensor;
  }

  /** Overwrites a tensor with pieces of its elements in order; no more than a few wait on the host. */
  async fill(tensor: GpuTensor, pieces: AsyncIterable<Float32Array | Uint16Array>): Promise<void> {
    let bytes = 0;
    for await (const piece of pieces) {
      assert(bytes + piece.byteLength <= tensor.bytes, 'pieces of the size of the tensor');
      this.write(tensor, piece, bytes);
      bytes += piece.byteLength;
      this.queuedWriteBytes += piece.byteLength;
      // The queue copies what is written and holds it until the device takes it.
      if (this.queuedWriteBytes > MAX_QUEUED_WRITE_BYTES) await this.finish();
    }
    assert(bytes === tensor.bytes, 'pieces of the size of the tensor');
  }

  /**
   * Overwrites a tensor from the host, or its part at `byteOffset`, in order with everything encoded
   * so far.
   */
  write(
    tensor: GpuTensor,
    data: Float32Array | Int32Array | Uint32Array | Uint16Array,
    byteOffset = 0,
  ): void {
    assert(byteOffset + data.byteLength <= tensor.bytes, 'data of the size of its tensor');
    const offset = tensor.offset + byteOffset;
    if (data.byteLength <= MAX_SMALL_UPLOAD_BYTES) {
      if (!this.uploads.hasRoom(data.byteLength)) this.flush();
      const at = this.uploads.putBytes(
        new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      );
      this.endPass();
      this.commands().copyBufferToBuffer(
        this.uploads.buffer,
        at,
        tensor.buffer.gpu,
        offset,
        data.byteLength,
      );
      return;
    }
    // A queue write happens before what is encoded but not submitted, which may use this buffer.
    this.flush();
    this.device.queue.writeBuffer(
      tensor.buffer.gpu,
      offset,
      data.buffer,
      data.byteOffset,
      data.byteLength,
    );
  }

  copy(from: GpuTensor, to: GpuTensor): void {
    this.endPass();
    this.commands().copyBufferToBuffer(
      from.buffer.gpu,
      from.offset,
      to.buffer.gpu,
      to.offset,
      from.bytes,
    );
  }

  /* ------------------------------------------------------------------ kernels */

  dispatch(kernel: Kernel, { constants = {}, params, buffers, groups }: Dispatch): void {
    const pipeline = this.pipelines.get(kernel, constants);
    const { name } = kernel;
    assert(params.length === kernel.params.length, `${name} takes other parameters`);
    const bytes = uniformBytes(kernel);
    if (!this.uploads.hasRoom(bytes)) this.flush();
    const at = this.uploads.putParams(kernel, bytes, params);
    const group = this.bindGroup(kernel, pipeline.id, pipeline.layout, buffers);
    const [x, y, z] = typeof groups === 'number' ? this.grid(groups) : groups;
    const pass = this.kernelPass(kernel, constants);
    pass.setPipeline(pipeline.gpu);
    pass.setBindGroup(0, group, [at]);
    pass.dispatchWorkgroups(x, y, z);
    this.counters.dispatches++;
  }

  /** A count of workgroups as a grid; kernels compute `id.x + id.y * groups.x` and check it. */
  private grid(count: number): [number, number, number] {
    const most = this.device.limits.maxComputeWorkgroupsPerDimension;
    if (count <= most) return [count, 1, 1];
    const rows = Math.ceil(count / most);
    return [Math.ceil(count / rows), rows, 1];
  }

  private bindGroup(
    kernel: Kernel,
    layoutId: number,
    layout: GPUBindGroupLayout,
    buffers: readonly BufferRange[],
  ): GPUBindGroup {
    const { name, storage } = kernel;
    assert(buffers.length === storage.length, `${name} binds ${storage.length} buffers`);
    let key = `${layoutId}`;
    for (const range of buffers) key += `,${range.buffer.id}:${range.offset}:${range.bytes}`;
    let group = this.bindGroups.get(key);
    if (group === undefined) {
      const entries: GPUBindGroupEntry[] = [
        { binding: 0, resource: { buffer: this.uploads.buffer, size: uniformBytes(kernel) } },
      ];
      for (const { buffer, offset, bytes } of buffers) {
        // Kernels that read four at a time may read the padding of the last.
        const size = alignUp(bytes, 16);
        if (size > this.maxBindingBytes) {
          throw mynahError('out-of-memory', {
            neededBytes: size,
            availableBytes: this.maxBindingBytes,
            reason: 'one-buffer',
          });
        }
        entries.push({ binding: entries.length, resource: { buffer: buffer.gpu, offset, size } });
      }
      group = this.device.createBindGroup({ layout, entries });
      if (this.bindGroups.size >= MAX_BIND_GROUPS) this.bindGroups.clear();
      this.bindGroups.set(key, group);
    }
    return group;
  }

  /* ------------------------------------------------------------------ the queue */

  private commands(): GPUCommandEncoder {
    this.encoder ??= this.device.createCommandEncoder();
    return this.encoder;
  }

  private kernelPass(kernel: Kernel, constants: Constants): GPUComputePassEncoder {
    if (this.profiler.isOn) {
      this.endPass();
      const timestampWrites = this.profiler.next(kernel, constants);
      this.pass = this.commands().beginComputePass(timestampWrites ? { timestampWrites } : {});
    }
    this.pass ??= this.commands().beginComputePass();
    return this.pass;
  }

  private endPass(): void {
    this.pass?.end();
    this.pass = null;
  }

  /** Submits what has been encoded. */
  flush(): void {
    this.uploads.write(this.device.queue);
    if (this.encoder === null) return;
    this.endPass();
    this.device.queue.submit([this.encoder.finish()]);
    this.counters.submits++;
    this.encoder = null;
  }

  /** Submits, waits, and copies the tensor back. Rejects when the GPU has reported an error. */
  async read(tensor: GpuTensor): Promise<Float32Array> {
    const { precision, size } = tensor;
    const data = await this.readRange(tensor);
    return precision === 'f32' ? new Float32Array(data) : fromFloat16(new Uint16Array(data), size);
  }

  /** The same a piece at a time, each as it is asked for: no more than one is on the host. */
  async *readPieces(tensor: GpuTensor, pieceElements: number): AsyncGenerator<Float32Array> {
    const { buffer, offset, precision, bytes } = tensor;
    assert(precision === 'f32', 'a tensor of float32');
    for (let begin = 0; begin < bytes; begin += 4 * pieceElements) {
      const part = Math.min(4 * pieceElements, bytes - begin);
      const range = { buffer, offset: offset + begin, bytes: part };
      yield new Float32Array(await this.readRange(range));
    }
  }

  private async readRange(range: BufferRange): Promise<ArrayBuffer> {
    this.endPass();
    const done = this.readback.encode(this.commands(), range);
    this.counters.readbackBytes += range.bytes;
    this.flush();
    const data = await done();
    this.throwIfFailed();
    return data;
  }

  /** Submits and resolves when the GPU has done it. */
  async finish(): Promise<void> {
    this.flush();
    await this.device.queue.onSubmittedWorkDone();
    this.queuedWriteBytes = 0;
    this.throwIfFailed();
  }

  private throwIfFailed(): void {
    const error = this.firstError;
    if (error === null) return;
    this.firstError = null;
    if (error instanceof GPUOutOfMemoryError) {
      throw mynahError('out-of-memory', { neededBytes: this.arena.heldBytes });
    }
    throw mynahError('internal', { message: `WebGPU: ${error.message}` });
  }

  /** Destroys every buffer; tensors of this context are void. The device stays. */
  dispose(): void {
    this.isDisposed = true;
    this.endPass();
    this.encoder = null;
    this.device.removeEventListener('uncapturederror', this.onError);
    this.arena.dispose();
    this.readback.dispose();
    this.profiler.dispose();
    this.uploads.dispose();
  }
}
