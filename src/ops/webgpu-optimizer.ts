/**
 * The gradient norm and AdamW on the GPU. One dispatch processes all tensors that are next to each other in
 * memory (`Ops.allocate`), so a step takes only a few dispatches, however many parameters there are.
 */

import { type BufferRange, alignUp, RANGE_ALIGNMENT } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import { adamwKernel, clipScaleKernel, mixKernel, sumSquaresKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import type { AdamWSlot, AdamWStep, MixSlot } from './operands.ts';
import type { Ops } from './ops.ts';
import { asGpu } from './webgpu-tensors.ts';

/** How many elements one workgroup of `sum-squares.wgsl` sums. */
const ELEMENTS_PER_WORKGROUP = 16_384;

/**
 * Merges rows of tensors into contiguous ranges. Two rows are merged if every tensor of the second follows
 * directly after its counterpart, apart from padding, which `allocate` sets to zero, and if `canMerge` allows
 * it. Ranges longer than a binding are cut.
 */
function runs<Row extends { readonly tensors: readonly GpuTensor[] }>(
  gpu: GpuContext,
  rows: readonly Row[],
  canMerge: (a: Row, b: Row) => boolean,
): { row: Row; ranges: readonly BufferRange[] }[] {
  const key = ({ tensors: [first] }: Row) => first;
  const sorted = [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return (x?.buffer.id ?? 0) - (y?.buffer.id ?? 0) || (x?.offset ?? 0) - (y?.offset ?? 0);
  });
  const maxBytes = Math.floor(gpu.maxBindingBytes / RANGE_ALIGNMENT) * RANGE_ALIGNMENT;
  const merged: { row: Row; ranges: BufferRange[] }[] = [];
  for (const row of sorted) {
    const run = merged.at(-1);
    const isNext =
      run !== undefined &&
      canMerge(run.row, row) &&
      row.tensors.every((tensor, i) => {
        const range = run.ranges[i];
        return (
          range?.buffer === tensor.buffer &&
          range.offset + alignUp(range.bytes, RANGE_ALIGNMENT) === tensor.offset &&
          tensor.offset + tensor.bytes - range.offset <= maxBytes
        );
      });
    if (run && isNext) {
      run.ranges = row.tensors.map((tensor, i) => {
        const { buffer, offset } = run.ranges[i] ?? tensor;
        return { buffer, offset, bytes: tensor.offset + tensor.bytes - offset };
      });
    } else {
      const ranges = row.tensors.map(({ buffer, offset, bytes }) => ({ buffer, offset, bytes }));
      merged.push({ row, ranges });
    }
  }
  return merged.flatMap(({ row, ranges }) => {
    const bytes = ranges[0]?.bytes ?? 0;
    return Array.from({ length: Math.ceil(bytes / maxBytes) }, (_, i) => ({
      row,
      ranges: ranges.map(({ buffer, offset }) => ({
        buffer,
        offset: offset + i * maxBytes,
        bytes: Math.min(maxBytes, bytes - i * maxBytes),
      })),
    }));
  });
}

/** See {@link Ops.clipScale}; the norm is that of all gradients together. */
export function clipScale(
  gpu: GpuContext,
  gradients: readonly GpuTensor[],
  maxNorm: number,
): GpuTensor {
  const parts = runs(
    gpu,
    gradients.map((gradient) => ({ tensors: [gradient] })),
    () => true,
  ).flatMap(({ ranges }) => ranges);
  const chunks = parts.map(({ bytes }) => Math.ceil(bytes / 4 / ELEMENTS_PER_WORKGROUP));
  const count = chunks.reduce((sum, n) => sum + n, 0);
  const partials = gpu.empty([count]);
  let first = 0;
  parts.forEach((range, i) => {
    const groups = chunks[i] as number;
    gpu.dispatch(sumSquaresKernel, {
      constants: { lanes: 64 },
      params: [range.bytes / 4, first],
      buffers: [range, partials],
      groups,
    });
    first += groups;
  });
  const scale = gpu.empty([2]);
  gpu.dispatch(clipScaleKernel, {
    constants: { lanes: 64 },
    params: [count, maxNorm],
    buffers: [partials, scale],
    groups: 1,
  });
  partials.dispose();
  return scale;
}

/** One AdamW step, in place, with gradient · gradientScale. */
export function adamw(
  gpu: GpuContext,
  slots: readonly AdamWSlot[],
  gradientScale: GpuTensor,
  step: AdamWStep,
): void {
  const { beta1, beta2, epsilon, learningRate, t } = step;
  const rows = slots.map((slot) => ({
    weightDecay: slot.weightDecay,
    tensors: [slot.value, slot.gradient, slot.m, slot.v].map(asGpu),
  }));
  for (const { row, ranges } of runs(gpu, rows, (a, b) => a.weightDecay === b.weightDecay)) {
    const [value, gradient, m, v] = ranges as [BufferRange, BufferRange, BufferRange, BufferRange];
    const quads = Math.ceil(value.bytes / 16);
    gpu.dispatch(adamwKernel, {
      params: [
        ...[quads, beta1, beta2, epsilon],
        learningRate / (1 - beta1 ** t),
        1 / Math.sqrt(1 - beta2 ** t),
        1 - learningRate * row.weightDecay,
      ],
      buffers: [gradient, gradientScale, value, m, v],
      groups: Math.ceil(quads / 64),
    });
  }
}

/** See {@link Ops.mix}: in place. */
export function mix(gpu: GpuContext, slots: readonly MixSlot[], share: number): void {
  const rows = slots.map(({ value, base, trained }) => ({
    tensors: [base, trained, value].map(asGpu),
  }));
  for (const { ranges } of runs(gpu, rows, () => true)) {
    const quads = Math.ceil((ranges[0]?.bytes ?? 0) / 16);
    gpu.dispatch(mixKernel, {
      params: [quads, share],
      buffers: ranges,
      groups: Math.ceil(quads / 64),
    });
  }
}
