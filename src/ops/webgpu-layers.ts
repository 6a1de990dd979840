/** LayerNorm and linear layers on the GPU, forward and backward. */

import { assert } from '../core/assert.ts';
import type { GpuContext } from '../gpu/context.ts';
import { layerNormColumnsKernel, layerNormGradKernel, layerNormKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import type { LayerGradients } from './ops.ts';
import { type Epilogue, matmul, whole } from './webgpu-matmul.ts';
import { asGpu, columnGroup, matrixShape, rowGroups } from './webgpu-tensors.ts';

/* ------------------------------------------------------------------ LayerNorm */

/** x [N, C] → y [N, C], and (mean, rstd) of each row, [N, 2]. */
export function layerNorm(
  gpu: GpuContext,
  x: GpuTensor,
  gain: GpuTensor,
  bias: GpuTensor,
  epsilon: number,
): { y: GpuTensor; stats: GpuTensor } {
  const [N, C] = matrixShape(x);
  const y = gpu.empty([N, C]);
  const stats = gpu.empty([N, 2]);
  gpu.dispatch(layerNormKernel, {
    constants: rowGroups(gpu).constants,
    params: [N, C, epsilon],
    buffers: [x, gain, bias, y, stats],
    groups: rowGroups(gpu).count(N),
  });
  return { y, stats };
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
}

/** dy [N, C] → dx [N, C]. */
export function layerNormBackward(
  gpu: GpuContext,
  dy: GpuTensor,
  { x, gain, stats, residual, into, output }: NormBackward,
): GpuTensor {
  const [N, C] = matrixShape(x);
  const dx = gpu.empty([N, C]);
  gpu.dispatch(layerNormGradKernel, {
    constants: { ...rowGroups(gpu).constants, RESIDUAL: residual ? 1 : 0, OUTPUT: output ? 1 : 0 },
    params: [N, C],
    buffers: [
      ...[dy, x, gain, stats, residual ?? gpu.unusedInput, dx],
      ...[output?.bias ?? gpu.unusedInput, output?.y ?? gpu.unusedOutputs[0]],
    ],
    groups: rowGroups(gpu).count(N),
  });
  if (into === null) return dx;

  const group = columnGroup(gpu);
  gpu.dispatch(layerNormColumnsKernel(group), {
    constants: { ACCUMULATE: into.weight.accumulate ? 1 : 0 },
    params: [N, C],
    buffers: [dy, x, stats, asGpu(into.weight.value), asGpu(into.bias.value)],
    groups: [Math.ceil(C / group.width), 1, 1],
  });
  return dx;
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
