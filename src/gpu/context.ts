/**
 * Everything that runs on a GPUDevice, in the order of the calls: tensors in buffers of an arena, and the
 * kernels that compute with them. Commands are encoded and submitted by `command-queue.ts`.
 */

import { assert } from '../core/assert.ts';
import { fromFloat16 } from '../core/float16.ts';
import { elementCount } from '../core/shape.ts';
import { alignUp, BufferArena, type BufferRange, RANGE_ALIGNMENT } from './buffers.ts';
import { CommandQueue, type GpuCounters } from './command-queue.ts';
import { type Dispatch, Dispatcher } from './dispatcher.ts';
import type { Kernel, Program } from './kernel.ts';
import { defaultTiles, type Tiles } from './kernels/tile-shapes.ts';
import type { Profiler } from './profiler.ts';
import { canAllocate } from './room.ts';
import type { SubmissionOptions } from './submissions.ts';
import { GpuTensor, type Precision, SharedBuffer, tensorBytes } from './tensor.ts';
import { UPLOAD_BUFFER_BYTES } from './uploads.ts';

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
  readonly tiles?: Tiles | undefined;
  /** Whether to use the kernel variants with subgroups. The default depends on the device. */
  readonly usesSubgroups?: boolean | undefined;
  /** How much work a submission may hold. By default that depends on the measured speed. */
  readonly submissions?: SubmissionOptions | undefined;
}

/** {@link GpuContext.fill} waits for the device when the queue holds this many bytes of writes. */
const MAX_QUEUED_WRITE_BYTES = 32 * 2 ** 20;

/**
 * Whether the kernel matmul subgroup can run: `matmul-registers.ts` needs subgroups of eight.
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
  private cutTiles: Tiles;
  /** Whether matmuls for software adapters exchange rows within a subgroup. */
  readonly usesSubgroups: boolean;
  readonly arena: BufferArena;
  /** Dummy buffers for the bindings that a kernel variant doesn't use. */
  readonly unusedInput: BufferRange;
  readonly unusedOutputs: readonly [BufferRange, BufferRange];
  private readonly dispatcher: Dispatcher;
  private readonly queue: CommandQueue;
  /** Bytes that {@link fill} has written since it last waited for the device. */
  private queuedWriteBytes = 0;
  private isDisposed = false;

  /** The context doesn't own the device: the caller destroys it after {@link dispose}. */
  constructor(device: GPUDevice, options: ContextOptions) {
    this.device = device;
    this.isSoftware = options.isSoftware;
    this.maxBindingBytes = Math.min(
      options.maxBindingBytes ?? Infinity,
      device.limits.maxStorageBufferBindingSize,
    );
    this.cutTiles = options.tiles ?? defaultTiles(device);
    this.usesSubgroups = options.usesSubgroups ?? hasSubgroupsOfEight(device);
    this.queue = new CommandQueue(device, options.submissions, () => this.arena.heldBytes);
    this.arena = new BufferArena(device, (buffers) => {
      this.dispatcher.forgetBuffers();
      this.queue.inOrder(() => {
        for (const buffer of buffers) buffer.destroy();
      });
    });
    this.dispatcher = new Dispatcher(device, this.queue, this.maxBindingBytes);
    const unused = (): BufferRange => ({ buffer: this.arena.acquire(256), offset: 0, bytes: 256 });
    this.unusedInput = unused();
    this.unusedOutputs = [unused(), unused()];
  }

  /** How products are cut into tiles on hardware. */
  get tiles(): Tiles {
    return this.cutTiles;
  }

  /** Cuts products in this way from now on, or with null as the device does by default. */
  useTiles(tiles: Tiles | null): void {
    this.cutTiles = tiles ?? defaultTiles(this.device);
  }

  get counters(): GpuCounters {
    return this.queue.counters;
  }

  get profiler(): Profiler {
    return this.queue.profiler;
  }

  /** Memory of every buffer of this context. WebGPU doesn't tell what pipelines and the driver use. */
  get memory(): GpuMemory {
    const { arena } = this;
    const { readback } = this.queue;
    return {
      heldBytes: this.isDisposed ? 0 : arena.heldBytes + UPLOAD_BUFFER_BYTES,
      peakBytes: arena.peakBytes + UPLOAD_BUFFER_BYTES,
      stagingBytes: readback.heldBytes,
      peakStagingBytes: readback.peakBytes,
    };
  }

  /**
   * Whether the device can allocate buffers of these sizes, for which those in use will make room. Free
   * ones are given back first, because they may have other sizes. Some drivers promise more memory than there
   * is; then the error `out-of-memory` comes later, when the memory is used.
   */
  async hasRoomFor(sizes: readonly number[]): Promise<boolean> {
    this.trim();
    // Until then, the buffers that were given back are still there.
    await this.queue.drained();
    return canAllocate(this.device, sizes, this.arena.heldBytes);
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

  /** A float16 tensor with undefined contents that is kept for a while. The caller disposes it. */
  emptyHalves(shape: readonly number[]): GpuTensor {
    const shared = new SharedBuffer(this.arena, tensorBytes(shape, 'f16'), false, true);
    return new GpuTensor(shared, 0, shape, 'f16');
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
    this.queue.commands().clearBuffer(tensor.buffer.gpu, tensor.offset, tensor.bytes);
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
      this.queue.commands().clearBuffer(shared.buffer.gpu);
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
    this.queue.write(tensor.buffer.gpu, tensor.offset + byteOffset, data);
  }

  copy(from: GpuTensor, to: GpuTensor): void {
    this.queue
      .commands()
      .copyBufferToBuffer(from.buffer.gpu, from.offset, to.buffer.gpu, to.offset, from.bytes);
  }

  /* ------------------------------------------------------------------ kernels */

  /** What this device has compiled so far; on paper, what a real one would have. */
  get programs(): readonly Program[] {
    return this.dispatcher.programs;
  }

  /** Compiles kernels before they are needed. Throws what {@link read} throws. */
  async compile(
    programs: readonly Program[],
    onProgress: (done: number, count: number) => void,
  ): Promise<void> {
    await this.dispatcher.compile(programs, onProgress);
    this.queue.throwIfFailed();
  }

  /** Encodes a kernel. Throws `out-of-memory` if a buffer is more than a binding holds. */
  dispatch(kernel: Kernel, dispatch: Dispatch): void {
    this.dispatcher.dispatch(kernel, dispatch);
  }

  /* ------------------------------------------------------------------ submitting and reading */

  /** The most operations that a dispatch should have: more would be more than a submission should hold. */
  get maxDispatchFlops(): number {
    return this.queue.maxDispatchFlops;
  }

  /** See {@link CommandQueue}, as the next two. */
  beginDraft(): void {
    this.queue.beginDraft();
  }

  endDraft(): Promise<void> {
    return this.queue.endDraft();
  }

  dropDraft(): void {
    this.queue.dropDraft();
  }

  /** Submits all encoded commands, as soon as the device has finished what was submitted before. */
  flush(): void {
    this.queue.flush();
  }

  /**
   * Submits, waits, and returns the tensor's elements as float32.
   *
   * @throws `out-of-memory` or `device-lost` when the device has reported an error since the last read.
   */
  async read(tensor: GpuTensor): Promise<Float32Array> {
    const { precision, size } = tensor;
    const data = await this.queue.read(tensor);
    return precision === 'f32' ? new Float32Array(data) : fromFloat16(new Uint16Array(data), size);
  }

  /** Like {@link read}, in pieces that are read one at a time, when the consumer asks for them. */
  async *readPieces(tensor: GpuTensor, pieceElements: number): AsyncGenerator<Float32Array> {
    const { size } = tensor;
    for (let begin = 0; begin < size; begin += pieceElements) {
      yield await this.readPart(tensor, begin, Math.min(pieceElements, size - begin));
    }
  }

  /** Like {@link read}, only `count` elements from `begin` on. */
  async readPart(tensor: GpuTensor, begin: number, count: number): Promise<Float32Array> {
    const { buffer, offset, precision, size } = tensor;
    assert(begin >= 0 && begin + count <= size, 'a part of the tensor');
    if (precision === 'f32') {
      const range = { buffer, offset: offset + 4 * begin, bytes: 4 * count };
      return new Float32Array(await this.queue.read(range));
    }
    // Copies are of whole words, and a word has two elements.
    const skipped = begin % 2;
    const first = begin - skipped;
    const bytes = alignUp(2 * (skipped + count), 4);
    const halves = await this.queue.read({ buffer, offset: offset + 2 * first, bytes });
    return fromFloat16(new Uint16Array(halves), skipped + count).subarray(skipped);
  }

  /** Submits and waits until the device has finished. Throws as {@link read} does. */
  async finish(): Promise<void> {
    await this.queue.finish();
    this.queuedWriteBytes = 0;
    this.queue.throwIfFailed();
  }

  /** Destroys every buffer, and with them all tensors of this context. The device remains. */
  dispose(): void {
    this.isDisposed = true;
    this.queue.dispose();
    this.arena.dispose();
  }
}
