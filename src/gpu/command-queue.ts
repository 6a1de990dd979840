/**
 * The commands of a device, in the order of the calls: they are encoded, submitted, and waited for, and what
 * they compute is read back.
 *
 * All commands go into one command encoder, and consecutive kernels into one compute pass (within a pass,
 * WebGPU orders dispatches that use the same buffers). {@link CommandQueue.flush} submits them; so does a
 * dispatch with which they would be too much work for one submission (`submissions.ts`). The counters of
 * dispatches, submits and bytes are kept here.
 */

import { assert } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import type { BufferRange } from './buffers.ts';
import { byDriver } from './by-driver.ts';
import { type Constants, type Kernel, uniformBytes } from './kernel.ts';
import { Profiler } from './profiler.ts';
import { Readback } from './readback.ts';
import { type SubmissionOptions, Submissions } from './submissions.ts';
import { MAX_SMALL_UPLOAD_BYTES, Uploads } from './uploads.ts';

export interface GpuCounters {
  dispatches: number;
  submits: number;
  readbackBytes: number;
  /** Floating-point operations of all submissions, those that stand for the time of memory included. */
  flops: number;
  /** Floating-point operations of the largest submission so far. */
  largestSubmitFlops: number;
}

export class CommandQueue {
  readonly counters: GpuCounters = {
    dispatches: 0,
    submits: 0,
    readbackBytes: 0,
    flops: 0,
    largestSubmitFlops: 0,
  };
  readonly profiler: Profiler;
  readonly readback: Readback;
  private readonly device: GPUDevice;
  private readonly heldBytes: () => number;
  private readonly uploads: Uploads;
  private readonly submissions: Submissions;
  /** Operations of the commands that are encoded and not yet submitted. */
  private encodedFlops = 0;
  private encoder: GPUCommandEncoder | null = null;
  private pass: GPUComputePassEncoder | null = null;
  private firstError: GPUError | null = null;
  /** What a call of the queue has thrown that had to wait for its turn. */
  private failure: unknown = null;
  private isDisposed = false;
  private readonly onError = (event: GPUUncapturedErrorEvent): void => {
    this.firstError ??= event.error;
  };

  /** @param heldBytes How much memory is in use, which the error `out-of-memory` says. */
  constructor(device: GPUDevice, options: SubmissionOptions | undefined, heldBytes: () => number) {
    this.device = device;
    this.heldBytes = heldBytes;
    this.submissions = new Submissions(device.queue, {
      // It is as good as lost, and then everybody who waits for it hears so.
      onSilence: () => device.destroy(),
      ...options,
      onError: (error) => {
        this.failure ??= error;
      },
    });
    this.readback = new Readback(device);
    this.profiler = new Profiler(device);
    this.uploads = new Uploads(device);
    device.addEventListener('uncapturederror', this.onError);
  }

  /** The buffer that {@link params} puts the parameters of kernels into. */
  get paramsBuffer(): GPUBuffer {
    return this.uploads.buffer;
  }

  /** The most operations that a dispatch should have: more would be more than a submission should hold. */
  get maxDispatchFlops(): number {
    return this.submissions.budgetFlops;
  }

  /** The encoder, outside of any pass, for commands that aren't kernels. */
  commands(): GPUCommandEncoder {
    this.endPass();
    return this.openEncoder();
  }

  private openEncoder(): GPUCommandEncoder {
    this.encoder ??= byDriver(() => this.device.createCommandEncoder());
    return this.encoder;
  }

  private endPass(): void {
    this.pass?.end();
    this.pass = null;
  }

  /**
   * Stores the parameters of the kernel that is dispatched next and returns their offset. Submits what was
   * encoded before if a submission doesn't hold this kernel's operations too.
   */
  params(kernel: Kernel, params: readonly number[], flops: number): number {
    const bytes = uniformBytes(kernel);
    const isTooMuch = this.encodedFlops + flops > this.submissions.budgetFlops;
    if ((isTooMuch && this.encodedFlops > 0) || !this.uploads.hasRoom(bytes)) this.flush();
    this.encodedFlops += flops;
    return this.uploads.putParams(kernel, bytes, params);
  }

  /** The pass for the kernel that is dispatched next. */
  kernelPass(kernel: Kernel, constants: Constants): GPUComputePassEncoder {
    this.counters.dispatches++;
    if (this.profiler.isOn) {
      this.endPass();
      const timestampWrites = this.profiler.next(kernel, constants);
      this.pass = this.openEncoder().beginComputePass(timestampWrites ? { timestampWrites } : {});
    }
    this.pass ??= this.openEncoder().beginComputePass();
    return this.pass;
  }

  /** Commands that were encoded before see the old contents of the buffer, later ones the new. */
  write(
    buffer: GPUBuffer,
    offset: number,
    data: Float32Array | Int32Array | Uint32Array | Uint16Array,
  ): void {
    const { byteLength } = data;
    if (byteLength <= MAX_SMALL_UPLOAD_BYTES) {
      if (!this.uploads.hasRoom(byteLength)) this.flush();
      const at = this.uploads.putBytes(new Uint8Array(data.buffer, data.byteOffset, byteLength));
      this.commands().copyBufferToBuffer(this.uploads.buffer, at, buffer, offset, byteLength);
      return;
    }
    // A queue write takes effect before commands that are not yet submitted, and those may use this buffer.
    this.flush();
    const { queue } = this.device;
    // What waits is written later, when the caller may have changed the data.
    const source = this.submissions.isWaiting ? data.slice() : data;
    this.inOrder(() =>
      queue.writeBuffer(buffer, offset, source.buffer, source.byteOffset, source.byteLength),
    );
  }

  /** Does something when everything has been submitted that was submitted here before. */
  inOrder(run: () => void): void {
    this.submissions.inOrder(run);
  }

  /** Resolves when the device has everything that was submitted before. It may not have finished it. */
  drained(): Promise<void> {
    return this.submissions.drained();
  }

  /**
   * From now on, commands may be dropped by {@link dropDraft} until the device has been given them. What was
   * encoded before isn't.
   */
  beginDraft(): void {
    this.flush();
    this.submissions.isDraft = true;
  }

  /** Resolves when the device has been given all of the draft. What is encoded from now on isn't of it. */
  endDraft(): Promise<void> {
    this.flush();
    this.submissions.isDraft = false;
    return this.drained();
  }

  /**
   * Drops all of the draft that the device hasn't been given yet, whether or not it has been ended. Whatever
   * the draft was to write is undefined then.
   */
  dropDraft(): void {
    if (this.submissions.isDraft && this.encoder !== null) {
      this.endPass();
      this.uploads.take(this.device.queue);
      this.encodedFlops = 0;
      this.encoder = null;
    }
    this.submissions.isDraft = false;
    this.submissions.dropDraft();
  }

  /** Submits all encoded commands, as soon as the device has finished what was submitted before. */
  flush(): void {
    if (this.encoder === null) return;
    this.endPass();
    const { counters, encodedFlops } = this;
    const write = this.uploads.take(this.device.queue);
    const { encoder } = this;
    this.submissions.submit(
      byDriver(() => encoder.finish()),
      encodedFlops,
      write,
    );
    counters.submits++;
    counters.flops += encodedFlops;
    counters.largestSubmitFlops = Math.max(counters.largestSubmitFlops, encodedFlops);
    this.encodedFlops = 0;
    this.encoder = null;
  }

  /** Submits, waits, and returns the bytes. Throws as {@link throwIfFailed} does. */
  async read(range: BufferRange): Promise<ArrayBuffer> {
    assert(!this.submissions.isDraft, 'nothing is read that may be dropped');
    const done = this.readback.encode(this.commands(), range);
    this.counters.readbackBytes += range.bytes;
    this.flush();
    await this.drained();
    // What was to be read is never submitted then.
    if (this.isDisposed) throw mynahError('device-lost', { reason: 'replaced' });
    const data = await done();
    this.throwIfFailed();
    return data;
  }

  /** Submits and waits until the device has finished everything. */
  async finish(): Promise<void> {
    this.flush();
    await this.drained();
    await this.device.queue.onSubmittedWorkDone();
  }

  /** Throws `out-of-memory` or `device-lost` when the device has reported an error since the last call. */
  throwIfFailed(): void {
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw failure;
    const error = this.firstError;
    if (error === null) return;
    this.firstError = null;
    if (error instanceof GPUOutOfMemoryError) {
      throw mynahError('out-of-memory', { neededBytes: this.heldBytes() });
    }
    throw mynahError('device-lost', { reason: 'failed', detail: error.message });
  }

  /** What waits is never submitted. */
  dispose(): void {
    this.isDisposed = true;
    this.endPass();
    this.encoder = null;
    this.submissions.dispose();
    this.device.removeEventListener('uncapturederror', this.onError);
    this.readback.dispose();
    this.profiler.dispose();
    this.uploads.dispose();
  }
}
