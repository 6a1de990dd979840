/**
 * Everything that runs on a GPUDevice: kernels, copies, uploads and readbacks, in the order of the calls.
 *
 * All commands go into one command encoder, and consecutive kernels into one compute pass (within a pass,
 * WebGPU orders dispatches that use the same buffers). {@link GpuContext.flush} submits them; so does a
 * dispatch with which they would be too much work for one submission (`submissions.ts`). The counters of
 * dispatches, submits and bytes are kept here.
 */

import { assert, must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { fromFloat16 } from '../core/float16.ts';
import { elementCount } from '../core/shape.ts';
import { alignUp, BufferArena, type BufferRange, bufferUsage, RANGE_ALIGNMENT } from './buffers.ts';
import {
  type Constants,
  type Kernel,
  PipelineCache,
  type Program,
  uniformBytes,
} from './kernel.ts';
import { defaultTiles, type TileShape } from './kernels/matmul-tiles.ts';
import { Profiler } from './profiler.ts';
import { Readback } from './readback.ts';
import { type SubmissionOptions, Submissions } from './submissions.ts';
import { GpuTensor, type Precision, SharedBuffer, tensorBytes } from './tensor.ts';
import { MAX_SMALL_UPLOAD_BYTES, UPLOAD_BUFFER_BYTES, Uploads } from './uploads.ts';

export interface GpuCounters {
  dispatches: number;
  submits: number;
  readbackBytes: number;
  /** Floating-point operations of the largest submission so far. */
  largestSubmitFlops: number;
}

/** Bytes of all buffers that exist now, and the maximum so far. */
export interface GpuMemory {
  /** Buffers in device memory. */
  readonly heldBytes: number;
  readonly peakBytes: number;
  /** Staging buffers, which the host maps for readbacks. */
  readonly stagingBytes: number;
  readonly peakStagingBytes: number;
}

export interface ContextOptions {
  /** True for software adapters, where the kernel variants without workgroup memory are faster. */
  readonly isSoftware: boolean;
  /** The largest binding to use; tests set it below the device's own limit, which is the default. */
  readonly maxBindingBytes?: number;
  /** How products are cut into tiles on hardware. The default depends on the device. */
  readonly tiles?: TileShape | undefined;
  /** Whether to use the kernel variants with subgroups. The default depends on the device. */
  readonly usesSubgroups?: boolean | undefined;
  /** How much work a submission may hold. By default that depends on the measured speed. */
  readonly submissions?: SubmissionOptions | undefined;
}

export interface Dispatch {
  readonly constants?: Constants;
  readonly params: readonly number[];
  readonly buffers: readonly BufferRange[];
  /** The number of workgroups, which {@link GpuContext.dispatch} lays out as a grid, or a grid. */
  readonly groups: number | readonly [number, number, number];
  /** Floating-point operations; if it isn't given, as many as the bound memory takes time for. */
  readonly flops?: number | undefined;
}

/**
 * A kernel that is bound by memory takes about as long for a byte as other kernels for this many
 * operations: a card with 100 GB/s and the 400 GFLOPS that products reach on it.
 */
const FLOPS_PER_BYTE = 4;

const MAX_BIND_GROUPS = 16_384;
/**
 * {@link GpuContext.hasRoomFor} allocates in batches of this size, since some drivers clear what they
 * allocate.
 */
const ROOM_CHECK_BATCH_BYTES = 2 ** 30;
/** {@link GpuContext.fill} waits for the device when the queue holds this many bytes of writes. */
const MAX_QUEUED_WRITE_BYTES = 32 * 2 ** 20;

const flopsOf = (buffers: readonly BufferRange[]): number =>
  buffers.reduce((sum, { bytes }) => sum + FLOPS_PER_BYTE * bytes, 0);

/**
 * Whether the kernel matmul subgroup can run: `matmul-load-subgroup.wgsl` needs subgroups of eight.
 * SwiftShader has subgroups of four, with which a variant would be no faster.
 */
function hasSubgroupsOfEight({ features, adapterInfo }: GPUDevice): boolean {
  if (!features.has('subgroups')) return false;
  const info: GPUAdapterInfo | undefined = adapterInfo;
  return info?.subgroupMinSize === 8 && info.subgroupMaxSize === 8;
}

export class GpuContext {
  readonly device: GPUDevice;
  readonly isSoftware: boolean;
  readonly maxBindingBytes: number;
  /** How products are cut into tiles on hardware. */
  readonly tiles: TileShape;
  /** Whether matmuls for software adapters exchange rows within a subgroup. */
  readonly usesSubgroups: boolean;
  readonly counters: GpuCounters = {
    dispatches: 0,
    submits: 0,
    readbackBytes: 0,
    largestSubmitFlops: 0,
  };
  readonly arena: BufferArena;
  readonly profiler: Profiler;
  /** Dummy buffers for the bindings that a kernel variant doesn't use. */
  readonly unusedInput: BufferRange;
  readonly unusedOutputs: readonly [BufferRange, BufferRange];
  private readonly pipelines: PipelineCache;
  private readonly readback: Readback;
  private readonly bindGroups = new Map<string, GPUBindGroup>();
  private readonly uploads: Uploads;
  private readonly submissions: Submissions;
  /** Operations of the commands that are encoded and not yet submitted. */
  private encodedFlops = 0;
  private encoder: GPUCommandEncoder | null = null;
  private pass: GPUComputePassEncoder | null = null;
  private firstError: GPUError | null = null;
  /** What a call of the queue has thrown that had to wait for its turn. */
  private failure: unknown = null;
  /** Bytes that {@link fill} has written since it last waited for the device. */
  private queuedWriteBytes = 0;
  private isDisposed = false;
  private readonly onError = (event: GPUUncapturedErrorEvent): void => {
    this.firstError ??= event.error;
  };

  /** The context doesn't own the device: the caller destroys it after {@link dispose}. */
  constructor(device: GPUDevice, options: ContextOptions) {
    this.device = device;
    this.isSoftware = options.isSoftware;
    this.maxBindingBytes = Math.min(
      options.maxBindingBytes ?? Infinity,
      device.limits.maxStorageBufferBindingSize,
    );
    this.tiles = options.tiles ?? defaultTiles(device);
    this.usesSubgroups = options.usesSubgroups ?? hasSubgroupsOfEight(device);
    this.submissions = new Submissions(device.queue, {
      ...options.submissions,
      onError: (error) => {
        this.failure ??= error;
      },
    });
    this.arena = new BufferArena(device, (buffers) => {
      this.bindGroups.clear();
      this.submissions.inOrder(() => {
        for (const buffer of buffers) buffer.destroy();
      });
    });
    this.pipelines = PipelineCache.of(device);
    this.readback = new Readback(device);
    this.profiler = new Profiler(device);
    this.uploads = new Uploads(device);
    const unused = (): BufferRange => ({ buffer: this.arena.acquire(256), offset: 0, bytes: 256 });
    this.unusedInput = unused();
    this.unusedOutputs = [unused(), unused()];
    device.addEventListener('uncapturederror', this.onError);
  }

  /** Memory of every buffer of this context. WebGPU doesn't tell what pipelines and the driver use. */
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
   * Whether the device can allocate buffers of these sizes, for which those in use will make room. Free
   * ones are given back first, because they may have other sizes. Allocates what is missing, largest first,
   * and destroys it again. Some drivers promise more memory than there is; then the error `out-of-memory`
   * comes later, when the memory is used.
   */
  async hasRoomFor(sizes: readonly number[]): Promise<boolean> {
    this.trim();
    // Until then, the buffers that were given back are still there.
    await this.submissions.drained();
    const buffers: GPUBuffer[] = [];
    let missing = sizes.reduce((sum, size) => sum + size, 0) - this.arena.heldBytes;
    let hasRoom = true;
    try {
      const largestFirst = [...sizes].sort((a, b) => b - a);
      while (hasRoom && missing > 0) {
        this.device.pushErrorScope('out-of-memory');
        try {
          let batchBytes = 0;
          while (missing > 0 && batchBytes < ROOM_CHECK_BATCH_BYTES) {
            const size = must(largestFirst.shift(), 'a size');
            buffers.push(this.device.createBuffer({ size, usage: bufferUsage() }));
            batchBytes += size;
            missing -= size;
          }
        } finally {
          // Popped even if createBuffer throws, or the scope would swallow later errors.
          hasRoom = (await this.device.popErrorScope()) === null;
        }
      }
    } finally {
      for (const buffer of buffers) buffer.destroy();
    }
    return hasRoom;
  }

  /** Gives back the memory of free buffers. */
  trim(): void {
    this.flush();
    this.arena.trim();
  }

  /* ------------------------------------------------------------------ tensors */

  /** A float32 tensor with undefined contents. The caller disposes it. */
  empty(shape: readonly number[]): GpuTensor {
    return new GpuTensor(new SharedBuffer(this.arena, 4 * elementCount(shape), false), 0, shape);
  }

  /**
   * A tensor for weights that are only read, in a buffer of exactly its size; its contents are undefined.
   * The caller disposes it.
   */
  reserve(shape: readonly number[], precision: Precision): GpuTensor {
    const shared = new SharedBuffer(this.arena, tensorBytes(shape, precision), true);
    return new GpuTensor(shared, 0, shape, precision);
  }

  /** A float32 tensor of zeros. The caller disposes it. */
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
   * Float32 tensors of zeros by name, laid out next to each other in few buffers, in the order of the
   * shapes, so that one dispatch can process many of them. A buffer is at most as large as a binding,
   * unless it holds a single larger tensor. The caller disposes the tensors.
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

  /** A tensor with this data, four bytes per element. The caller disposes it. */
  upload(data: Float32Array | Int32Array | Uint32Array, shape: readonly number[]): GpuTensor {
    const tensor = this.empty(shape);
    this.write(tensor, data);
    return tensor;
  }

  /**
   * Overwrites a tensor with its elements in order, which arrive in pieces. Only a few pieces are in host
   * memory at a time. Throws whatever `pieces` throws; then the contents are undefined.
   */
  async fill(tensor: GpuTensor, pieces: AsyncIterable<Float32Array | Uint16Array>): Promise<void> {
    let bytes = 0;
    for await (const piece of pieces) {
      assert(bytes + piece.byteLength <= tensor.bytes, 'pieces of the size of the tensor');
      this.write(tensor, piece, bytes);
      bytes += piece.byteLength;
      this.queuedWriteBytes += piece.byteLength;
      // The queue keeps a copy of the data until the device has read it.
      if (this.queuedWriteBytes > MAX_QUEUED_WRITE_BYTES) await this.finish();
    }
    assert(bytes === tensor.bytes, 'pieces of the size of the tensor');
  }

  /**
   * Overwrites a tensor, or its part at `byteOffset`, with data from the host. Commands that were encoded
   * before see the old contents, later ones the new.
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
    // A queue write takes effect before commands that are not yet submitted, and those may use this buffer.
    this.flush();
    const { queue } = this.device;
    const { gpu } = tensor.buffer;
    // What waits is written later, when the caller may have changed the data.
    const source = this.submissions.isWaiting ? data.slice() : data;
    this.submissions.inOrder(() =>
      queue.writeBuffer(gpu, offset, source.buffer, source.byteOffset, source.byteLength),
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

  /** What this device has compiled so far; on paper, what a real one would have. */
  get programs(): readonly Program[] {
    return this.pipelines.programs;
  }

  /** Compiles kernels before they are needed. Throws what {@link read} throws. */
  async compile(
    programs: readonly Program[],
    onProgress: (done: number, count: number) => void,
  ): Promise<void> {
    await this.pipelines.compile(programs, onProgress);
    this.throwIfFailed();
  }

  dispatch(kernel: Kernel, dispatch: Dispatch): void {
    const { constants = {}, params, buffers, groups } = dispatch;
    const pipeline = this.pipelines.get(kernel, constants);
    const { name } = kernel;
    assert(params.length === kernel.params.length, `${name} takes other parameters`);
    const bytes = uniformBytes(kernel);
    const flops = dispatch.flops ?? flopsOf(buffers);
    const isTooMuch = this.encodedFlops + flops > this.submissions.budgetFlops;
    if ((isTooMuch && this.encodedFlops > 0) || !this.uploads.hasRoom(bytes)) this.flush();
    this.encodedFlops += flops;
    const at = this.uploads.putParams(kernel, bytes, params);
    const group = this.bindGroup(kernel, pipeline.id, pipeline.layout, buffers);
    const [x, y, z] = typeof groups === 'number' ? this.grid(groups) : groups;
    const pass = this.kernelPass(kernel, constants);
    pass.setPipeline(pipeline.gpu);
    pass.setBindGroup(0, group, [at]);
    pass.dispatchWorkgroups(x, y, z);
    this.counters.dispatches++;
  }

  /**
   * A number of workgroups as a grid, of two dimensions where one is too small. Kernels compute their
   * index as `id.x + id.y * groups.x` and ignore indices past the end.
   */
  private grid(count: number): [number, number, number] {
    const max = this.device.limits.maxComputeWorkgroupsPerDimension;
    if (count <= max) return [count, 1, 1];
    const rows = Math.ceil(count / max);
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
        // Kernels that read four elements at a time may read the padding after the last one.
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

  /** The most operations that a dispatch should have: more would be more than a submission should hold. */
  get maxDispatchFlops(): number {
    return this.submissions.budgetFlops;
  }

  /** Submits all encoded commands, as soon as the device has finished what was submitted before. */
  flush(): void {
    if (this.encoder === null) return;
    this.endPass();
    const { counters, encodedFlops } = this;
    const write = this.uploads.take(this.device.queue);
    this.submissions.submit(this.encoder.finish(), encodedFlops, write);
    counters.submits++;
    counters.largestSubmitFlops = Math.max(counters.largestSubmitFlops, encodedFlops);
    this.encodedFlops = 0;
    this.encoder = null;
  }

  /**
   * Submits, waits, and returns the tensor's elements as float32.
   *
   * @throws `out-of-memory` or `internal` when the device has reported an error since the last read.
   */
  async read(tensor: GpuTensor): Promise<Float32Array> {
    const { precision, size } = tensor;
    const data = await this.readRange(tensor);
    return precision === 'f32' ? new Float32Array(data) : fromFloat16(new Uint16Array(data), size);
  }

  /** Like {@link read}, in pieces that are read one at a time, when the consumer asks for them. */
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
    await this.submissions.drained();
    // What was to be read is never submitted then.
    if (this.isDisposed) throw mynahError('device-lost', { reason: 'replaced' });
    const data = await done();
    this.throwIfFailed();
    return data;
  }

  /** Submits and waits until the device has finished. Throws as {@link read} does. */
  async finish(): Promise<void> {
    this.flush();
    await this.submissions.drained();
    await this.device.queue.onSubmittedWorkDone();
    this.queuedWriteBytes = 0;
    this.throwIfFailed();
  }

  private throwIfFailed(): void {
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw failure;
    const error = this.firstError;
    if (error === null) return;
    this.firstError = null;
    if (error instanceof GPUOutOfMemoryError) {
      throw mynahError('out-of-memory', { neededBytes: this.arena.heldBytes });
    }
    throw mynahError('internal', { message: `WebGPU: ${error.message}` });
  }

  /** Destroys every buffer, and with them all tensors of this context. The device remains. */
  dispose(): void {
    this.isDisposed = true;
    this.endPass();
    this.encoder = null;
    this.submissions.dispose();
    this.device.removeEventListener('uncapturederror', this.onError);
    this.arena.dispose();
    this.readback.dispose();
    this.profiler.dispose();
    this.uploads.dispose();
  }
}
