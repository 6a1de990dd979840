/**
 * Measures the time of each kernel with timestamp queries. Benchmarks switch it on; it is off otherwise,
 * because it needs a compute pass for every dispatch.
 */

import type { Constants, Kernel } from './kernel.ts';

const MAX_QUERIES = 4096;

export interface KernelTime {
  readonly name: string;
  readonly count: number;
  readonly ms: number;
}

export class Profiler {
  isOn = false;
  private readonly device: GPUDevice;
  private queries: GPUQuerySet | null = null;
  private names: string[] = [];

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** Starts measuring. The device must have the feature `timestamp-query`. */
  start(): void {
    this.queries ??= this.device.createQuerySet({ type: 'timestamp', count: MAX_QUERIES });
    this.names = [];
    this.isOn = true;
  }

  /** The queries to which the next dispatch writes its times; undefined when all are in use. */
  next(kernel: Kernel, constants: Constants): GPUComputePassTimestampWrites | undefined {
    const at = 2 * this.names.length;
    if (this.queries === null || at + 2 > MAX_QUERIES) return undefined;
    const on = Object.entries(constants).flatMap(([key, value]) =>
      value === 0 ? [] : [value === 1 ? key : `${key}=${value}`],
    );
    this.names.push([kernel.name, ...on].join(' '));
    return {
      querySet: this.queries,
      beginningOfPassWriteIndex: at,
      endOfPassWriteIndex: at + 1,
    };
  }

  /** Stops measuring and returns the times since {@link start}. Submit all commands before. */
  async stop(): Promise<KernelTime[]> {
    this.isOn = false;
    const count = 2 * this.names.length;
    if (this.queries === null || count === 0) return [];
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    const resolved = this.device.createBuffer({ size: 8 * count, usage });
    const staging = this.device.createBuffer({
      size: 8 * count,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = this.device.createCommandEncoder();
    encoder.resolveQuerySet(this.queries, 0, count, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, 8 * count);
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(staging.getMappedRange().slice(0));
    staging.destroy();
    resolved.destroy();
    const totals = new Map<string, { count: number; ms: number }>();
    this.names.forEach((name, i) => {
      const total = totals.get(name) ?? { count: 0, ms: 0 };
      total.count++;
      total.ms += Number((times[2 * i + 1] ?? 0n) - (times[2 * i] ?? 0n)) / 1e6;
      totals.set(name, total);
    });
    return [...totals].map(([name, total]) => ({ name, ...total })).sort((a, b) => b.ms - a.ms);
  }

  dispose(): void {
    this.queries?.destroy();
    this.queries = null;
  }
}
