/** Small helpers that the WebGPU operations share. */

import { assert } from '../core/assert.ts';
import { type MynahError, mynahError } from '../core/errors.ts';
import { type BufferRange, RANGE_ALIGNMENT } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import type { UnitSize } from '../gpu/compose-kernel.ts';
import type { ColumnGroup } from '../gpu/kernels.ts';
import { GpuTensor } from '../gpu/tensor.ts';
import type { Tensor } from './operands.ts';

/** The handle as a GPU tensor, with its values. It is a bug to pass a tensor of other operations. */
export function asGpu(x: Tensor): GpuTensor {
  const tensor = asUnsummed(x);
  tensor.sum();
  return tensor;
}

/** The same for a caller that takes the tensor's parts (`GpuTensor.takeParts`), if it comes in parts. */
export function asUnsummed(x: Tensor): GpuTensor {
  assert(x instanceof GpuTensor, 'a tensor of the WebGPU operations');
  return x;
}

/** The shape of a matrix, as [rows, columns]. */
export function matrixShape(x: GpuTensor): [number, number] {
  const [rows, columns] = x.shape;
  assert(x.shape.length === 2 && rows !== undefined && columns !== undefined, 'a matrix');
  return [rows, columns];
}

/**
 * How kernels with `row-sum.wgsl` divide rows: one workgroup per row, or one invocation on software
 * adapters.
 */
export function rowGroups(gpu: GpuContext): {
  constants: { lanes: number };
  count: (rows: number) => number;
} {
  return gpu.isSoftware
    ? { constants: { lanes: 1 }, count: (rows) => Math.ceil(rows / 64) }
    : { constants: { lanes: 64 }, count: (rows) => rows };
}

/** The error for a range that can't be divided and doesn't fit in one binding. */
export function tooLargeForBinding(gpu: GpuContext, neededBytes: number): MynahError {
  const availableBytes = gpu.maxBindingBytes;
  return mynahError('out-of-memory', { neededBytes, availableBytes, reason: 'one-buffer' });
}

/**
 * How kernels that sum down columns divide the work, if they take this many columns at a time. On software
 * adapters, slices of rows gain nothing.
 */
export function columnGroup(gpu: GpuContext, unit: UnitSize = 1): ColumnGroup {
  return gpu.isSoftware ? { width: 64 / unit, slices: 1 } : { width: 16 / unit, slices: 16 * unit };
}

/** The rows [begin, end) of a matrix, as a range of their own to bind. */
export interface RowShard {
  readonly range: BufferRange;
  readonly begin: number;
  readonly end: number;
}

/**
 * Divides a matrix into shards of rows that each fit in one binding: GPT-2's embedding table (154 MB) is
 * larger than WebGPU's default limit of 128 MiB. Shards begin at multiples of so many rows that their offsets
 * are aligned for any row length. Throws `out-of-memory` if even the smallest shard doesn't fit.
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
