/** LayerNorm and linear layers on the GPU, forward and backward. */

import { assert } from '../core/assert.ts';
import type { GpuContext } from '../gpu/context.ts';
import { alignUp, RANGE_ALIGNMENT } from '../gpu/buffers.ts';
import { unitSize } from '../gpu/compose-kernel.ts';
import { layerNormColumnsKernel, layerNormGradKernels, layerNormKernels } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import type { DropoutSite, LayerGradients, LowRank } from './operands.ts';
import { dropout } from './webgpu-elements.ts';
import { matmul } from './webgpu-matmul.ts';
import { dropoutParams, type Epilogue, whole } from './webgpu-product.ts';
import { asGpu, columnGroup, matrixShape, rowGroups } from './webgpu-tensors.ts';

/* ------------------------------------------------------------------ LayerNorm */

/**
 * x [N, C] → y [N, C], and (mean, rstd) of each row, [N, 2]; with an update of the layer that follows also
 * its first product, low [N, r].
 */
export function layerNorm(
  gpu: GpuContext,
  x: GpuTensor,
  gain: GpuTensor,
  bias: GpuTensor,
  epsilon: number,
  update?: LowRank,
): { y: GpuTensor; stats: GpuTensor; low: GpuTensor | null } {
  const [N, C] = matrixShape(x);
  const unit = unitSize(C);
  const factor = update && asGpu(update.a);
  const rank = factor ? matrixShape(factor)[0] : 0;
  const low = factor ? gpu.empty([N, rank]) : null;
  const y = gpu.empty([N, C]);
  const stats = gpu.empty([N, 2]);
  gpu.dispatch(layerNormKernels[unit], {
    constants: {
      ...rowGroups(gpu).constants,
      LOW: low ? 1 : 0,
      DROPOUT: update?.dropout ? 1 : 0,
    },
    params: [N, C / unit, epsilon, rank, ...dropoutParams(update?.dropout)],
    buffers: [
      ...[x, gain, bias, y, stats],
      ...[factor ?? gpu.unusedInput, low ?? gpu.unusedOutputs[0]],
    ],
    groups: rowGroups(gpu).count(N),
  });
  return { y, stats, low };
}

/** What {@link layerNormBackward} needs besides dy. */
export interface NormBackward {
  readonly x: GpuTensor;
  readonly gain: GpuTensor;
  /** (mean, rstd) from the forward pass, [N, 2]. */
  readonly stats: GpuTensor;
  /** The gradient of the residual branch, [N, C]. */
  readonly residual?: GpuTensor | undefined;
  readonly into: LayerGradients | null;
  /** To recompute the layer's output: its bias, and the tensor y [N, C] to write it to. */
  readonly output?: { readonly bias: GpuTensor; readonly y: GpuTensor } | undefined;
  /** Dropout of the layer before, of which dx is needed as well with this mask. */
  readonly dropout?: DropoutSite | undefined;
}

/** dy [N, C] → dx [N, C], and with dropout mask ∘ dx. */
export function layerNormBackward(
  gpu: GpuContext,
  dy: GpuTensor,
  { x, gain, stats, residual, into, output, dropout: site }: NormBackward,
): { dx: GpuTensor; dropped: GpuTensor | null } {
  const [N, C] = matrixShape(x);
  const unit = unitSize(C);
  // A kernel has eight buffers at most, so both results are in one.
  const droppedAt = alignUp(N * C, RANGE_ALIGNMENT / 4);
  const isOneBuffer = site !== undefined && 4 * (droppedAt + N * C) <= gpu.maxBindingBytes;
  const written = gpu.empty(isOneBuffer ? [droppedAt + N * C] : [N, C]);
  gpu.dispatch(layerNormGradKernels[unit], {
    constants: {
      ...rowGroups(gpu).constants,
      RESIDUAL: residual ? 1 : 0,
      OUTPUT: output ? 1 : 0,
      DROPPED: isOneBuffer ? 1 : 0,
    },
    params: [N, C / unit, droppedAt / unit, ...dropoutParams(isOneBuffer ? site : undefined)],
    buffers: [
      ...[dy, x, gain, stats, residual ?? gpu.unusedInput, written],
      ...[output?.bias ?? gpu.unusedInput, output?.y ?? gpu.unusedOutputs[0]],
    ],
    groups: rowGroups(gpu).count(N),
  });
  if (into) columnGradients(gpu, dy, x, stats, into);
  if (!isOneBuffer) return { dx: written, dropped: site ? dropout(gpu, written, site) : null };
  const parts = { dx: written.prefix([N, C]), dropped: written.part(droppedAt, [N, C]) };
  written.dispose();
  return parts;
}

/** Writes or accumulates the gradients of a LayerNorm's gain and bias. */
function columnGradients(
  gpu: GpuContext,
  dy: GpuTensor,
  x: GpuTensor,
  stats: GpuTensor,
  into: LayerGradients,
): void {
  const [N, C] = matrixShape(x);
  const unit = unitSize(C);
  const group = columnGroup(gpu, unit);
  gpu.dispatch(layerNormColumnsKernel(unit, group), {
    constants: { ACCUMULATE: into.weight.accumulate ? 1 : 0 },
    params: [N, C / unit, group.slices],
    buffers: [dy, x, stats, asGpu(into.weight.value), asGpu(into.bias.value)],
    groups: [Math.ceil(C / unit / group.width), 1, 1],
  });
}

/* ------------------------------------------------------------------ linear */

/** x · w with an epilogue; x [N, in], w [in, out] → [N, out]. */
export function project(
  gpu: GpuContext,
  x: GpuTensor,
  w: GpuTensor,
  epilogue: Epilogue,
): GpuTensor {
  const [N, inputs] = matrixShape(x);
  const [, outputs] = matrixShape(w);
  const y = gpu.empty([N, outputs]);
  matmul(gpu, {
    ...{ M: N, N: outputs, K: inputs },
    a: whole(x),
    b: whole(w),
    c: whole(y),
    epilogue,
  });
  return y;
}

/** dy · wᵀ with an epilogue; dy [N, out], w [in, out] → [N, in]. */
export function projectBack(
  gpu: GpuContext,
  dy: GpuTensor,
  w: GpuTensor,
  epilogue: Epilogue = {},
): GpuTensor {
  const [N, outputs] = matrixShape(dy);
  const [inputs] = matrixShape(w);
  const dx = gpu.empty([N, inputs]);
  matmul(gpu, {
    ...{ M: N, N: inputs, K: outputs },
    a: whole(dy),
    b: whole(w, true),
    c: whole(dx),
    epilogue,
  });
  return dx;
}

/** dw [in, out] (+)= xᵀ · dy and db [out] (+)= the column sums of dy, in one kernel. */
export function weightGradients(
  gpu: GpuContext,
  dy: GpuTensor,
  x: GpuTensor,
  into: LayerGradients | null,
): void {
  if (into === null) return;
  assert(into.weight.accumulate === into.bias.accumulate, 'both gradients are added or neither');
  const [N, inputs] = matrixShape(x);
  const [, outputs] = matrixShape(dy);
  matmul(gpu, {
    M: inputs,
    N: outputs,
    K: N,
    a: whole(x, true),
    b: whole(dy),
    c: whole(asGpu(into.weight.value)),
    epilogue: { accumulate: into.weight.accumulate, columnSums: asGpu(into.bias.value) },
  });
}
