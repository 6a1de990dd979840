/** Small idioms that the GPU operations share. */

import { assert } from '../core/assert.ts';
import { type MynahError, mynahError } from '../core/errors.ts';
import { type BufferRange, RANGE_ALIGNMENT } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import type { ColumnGroup } from '../gpu/kernels.ts';
import { GpuTensor } from '../gpu/tensor.ts';
import type { Tensor } from './ops.ts';

/** The GPU tensor behind the opaque handle: a tensor of other operations is a bug. */
export function asGpu(x: Tensor): GpuTensor {
  assert(x instanceof GpuTensor, 'a tensor of the WebGPU operations');
  return x;
}

export function matrixShape(x: GpuTensor): [number, number] {
  const [rows, columns] = x.shape;
  assert(x.shape.length === 2 && rows !== undefined && columns !== undefined, 'a matrix');
  return [rows, columns];
}

/** How kernels with `row-sum.wgsl` share rows out: a workgroup a row, or an invocation. */
export function rowGroups(gpu: GpuContext): {
  constants: { lanes: number };
  count: (rows: number) => number;
} {
  return gpu.isSoftware
    ? { constants: { lanes: 1 }, count: (rows) => Math.ceil(rows / 64) }
    : { constants: { lanes: 64 }, count: (rows) => rows };
}

/** What can't be cut smaller doesn't fit in a binding. */
export function tooLargeForBinding(gpu: GpuContext, neededBytes: number): MynahError {
  const availableBytes = gpu.maxBindingBytes;
  return mynahError('out-of-memory', { neededBytes, availableBytes, reason: 'one-buffer' });
}

/** How kernels that sum down columns share the work out: a processor has no use for slices of rows. */
export function columnGroup(gpu: GpuContext): ColumnGroup {
  return gpu.isSoftware ? { width: 64, slices: 1 } : { width: 16, slices: 16 };
}

/** Rows [begin, end) of a matrix, bound on their own. */
export interface RowShard {
  readonly range: BufferRange;
  readonly begin: number;
  readonly end: number;
}

/**
 * A matrix as shards of rows that each fit in one binding: GPT-2's embedding table (154 MB) doesn't fit
 * in WebGPU's default of 128 MiB. Cuts are at multiples of so many rows that any row length is aligned.
 */
export function rowShards(gpu: GpuContext, x: GpuTensor): RowShard[] {
  const [rows, columns] = matrixShape(x);
  const elementBytes = x.precision === 'f32' ? 4 : 2;
  const rowBytes = elementBytes * columns;
  const fitting = Math.floor(gpu.maxBindingBytes / rowBytes);
  if (rows <= fitting) return [{ range: x, begin: 0, end: rows }];
  const aligned = RANGE_ALIGNMENT / elementBytes;
  const step = Math.floor(fitting / aligned) * aligned;
  if (step === 0) throw tooLargeForBinding(gpu, aligned * rowBytes);
  const shards: RowShard[] = [];
  for (let begin = 0; begin < rows; begin += step) {
    const end = Math.min(rows, begin + step);
    const range = {
      buffer: x.buffer,
      offset: x.offset + begin * rowBytes,
      bytes: (end - begin) * rowBytes,
    };
    shards.push({ range, begin, end });
  }
  return shards;
}
