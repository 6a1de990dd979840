/** Encodes kernels: looks up their pipelines, binds their buffers, and lays out their workgroups. */

import { assert } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { Watch, WORK_MS } from './answer.ts';
import { alignUp, type BufferRange } from './buffers.ts';
import { byDriver, driverError } from './by-driver.ts';
import type { CommandQueue } from './command-queue.ts';
import {
  type Constants,
  type Kernel,
  PipelineCache,
  type Program,
  uniformBytes,
} from './kernel.ts';

export interface Dispatch {
  readonly constants?: Constants;
  readonly params: readonly number[];
  readonly buffers: readonly BufferRange[];
  /** The number of workgroups, which {@link Dispatcher.dispatch} lays out as a grid, or a grid. */
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

const flopsOf = (buffers: readonly BufferRange[]): number =>
  buffers.reduce((sum, { bytes }) => sum + FLOPS_PER_BYTE * bytes, 0);

export class Dispatcher {
  private readonly device: GPUDevice;
  private readonly queue: CommandQueue;
  private readonly maxBindingBytes: number;
  private readonly pipelines: PipelineCache;
  private readonly bindGroups = new Map<string, GPUBindGroup>();

  constructor(device: GPUDevice, queue: CommandQueue, maxBindingBytes: number) {
    this.device = device;
    this.queue = queue;
    this.maxBindingBytes = maxBindingBytes;
    this.pipelines = PipelineCache.of(device);
  }

  get programs(): readonly Program[] {
    return this.pipelines.programs;
  }

  /** Throws `device-lost` if one can't be compiled. A device that has compiled none for a long time is lost. */
  async compile(
    programs: readonly Program[],
    onProgress: (done: number, count: number) => void,
  ): Promise<void> {
    const watch = new Watch(WORK_MS, () => this.device.destroy());
    watch.begin();
    try {
      await this.pipelines.compile(programs, (done, count) => {
        watch.heard();
        onProgress(done, count);
      });
    } catch (error) {
      throw driverError(error);
    } finally {
      watch.end();
    }
  }

  /** To be called when buffers are destroyed. */
  forgetBuffers(): void {
    this.bindGroups.clear();
  }

  dispatch(kernel: Kernel, dispatch: Dispatch): void {
    const { constants = {}, params, buffers, groups } = dispatch;
    const pipeline = byDriver(() => this.pipelines.get(kernel, constants));
    const { name } = kernel;
    assert(params.length === kernel.params.length, `${name} takes other parameters`);
    const at = this.queue.params(kernel, params, dispatch.flops ?? flopsOf(buffers));
    const group = this.bindGroup(kernel, pipeline.id, pipeline.layout, buffers);
    const [x, y, z] = typeof groups === 'number' ? this.grid(groups) : groups;
    const pass = this.queue.kernelPass(kernel, constants);
    pass.setPipeline(pipeline.gpu);
    pass.setBindGroup(0, group, [at]);
    pass.dispatchWorkgroups(x, y, z);
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
        { binding: 0, resource: { buffer: this.queue.paramsBuffer, size: uniformBytes(kernel) } },
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
      group = byDriver(() => this.device.createBindGroup({ layout, entries }));
      if (this.bindGroups.size >= MAX_BIND_GROUPS) this.bindGroups.clear();
      this.bindGroups.set(key, group);
    }
    return group;
  }
}
