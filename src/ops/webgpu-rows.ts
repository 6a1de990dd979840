/**
 * Linear layers and logits on few rows: decoding, where reading the weights is all there is to do.
 */

import type { GpuContext } from '../gpu/context.ts';
import { linearRowsKernel, logitsRowsKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import { matrixShape, rowShards } from './webgpu-tensors.ts';

/** More rows than this are a matrix product. */
const mostRows = 16;

/** Rows that share one reading of the weights. */
const rowsEach = (rows: number): 1 | 4 => (rows === 1 ? 1 : 4);

export interface LinearRows {
  readonly norm?: {
    readonly gain: GpuTensor;
    readonly bias: GpuTensor;
    readonly epsilon: number;
  };
  readonly isGelu?: boolean;
  readonly residual?: GpuTensor | undefined;
}

/** Whether {@link linearRows} takes these. */
export function areFewRows(x: GpuTensor, w: GpuTensor): boolean {
  const [M, K] = matrixShape(x);
  const [, N] = matrixShape(w);
  return M <= mostRows && N % 4 === 0 && K > 0;
}

/** [gelu](norm(x) · w + b) [+ residual], x [M, K] → [M, N]. */
export function linearRows(
  gpu: GpuContext,
  x: GpuTensor,
  w: GpuTensor,
  b: GpuTensor,
  { norm, isGelu = false, residual }: LinearRows,
): GpuTensor {
  const [M, K] = matrixShape(x);
  const [, N] = matrixShape(w);
  const y = gpu.empty([M, N]);
  const each = rowsEach(M);
  gpu.dispatch(linearRowsKernel(each, gpu.isSoftware ? 1 : 16), {
    constants: { NORM: norm ? 1 : 0, GELU: isGelu ? 1 : 0, RESIDUAL: residual ? 1 : 0 },
    params: [M, N, K, norm?.epsilon ?? 0],
    buffers: [
      x,
      w,
      b,
      norm?.gain ?? gpu.unusedInput,
      norm?.bias ?? gpu.unusedInput,
      residual ?? gpu.unusedInput,
      y,
    ],
    groups: [Math.ceil(N / 64), Math.ceil(M / each), 1],
  });
  return y;
}

/** Whether {@link logitsRows} takes these. */
export function areFewLogits(x: GpuTensor): boolean {
  const [M, C] = matrixShape(x);
  return M <= mostRows && C % 4 === 0;
}

/** x [M, C] · wteᵀ → [M, V]. */
export function logitsRows(gpu: GpuContext, x: GpuTensor, wte: GpuTensor): GpuTensor {
  const [M, C] = matrixShape(x);
  const [V] = matrixShape(wte);
  const y = gpu.empty([M, V]);
  const each = rowsEach(M);
  const lanes = gpu.isSoftware ? 1 : 16;
  for (const { range, begin, end } of rowShards(gpu, wte)) {
    gpu.dispatch(logitsRowsKernel(each, lanes), {
      params: [M, C, V, begin, end - begin],
      buffers: [x, range, y],
      groups: [Math.ceil((end - begin) / (64 / lanes)), Math.ceil(M / each), 1],
    });
  }
  return y;
}
