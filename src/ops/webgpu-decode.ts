/**
 * Decoding on the GPU: attention over the KV cache, and linear layers and logits on few rows, which take as
 * long as reading the weights.
 */

import { assert, must } from '../core/assert.ts';
import { attentionCachedKernel, fillCacheKernel } from '../gpu/attention-kernels.ts';
import type { GpuContext } from '../gpu/context.ts';
import { linearRowsKernel, logitsRowsKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import { type Activation, type AttentionShape, type KeyValueCache, scoreScale } from './ops.ts';
import { kernelActivations } from './webgpu-product.ts';
import { asGpu, matrixShape, rowShards } from './webgpu-tensors.ts';

/** With more rows than this, a matmul is used. The page writes at most this many tweets at once. */
const MAX_ROWS = 20;

/** How many rows are computed each time a weight is read: five at most, to fit into registers. */
const rowsPerRead = (rows: number): 1 | 5 => (rows === 1 ? 1 : 5);

export interface LinearRows {
  readonly norm?: {
    readonly gain: GpuTensor;
    readonly bias: GpuTensor;
    readonly epsilon: number;
  };
  readonly activation?: Activation | 'none';
  readonly residual?: GpuTensor | undefined;
}

/** Whether {@link linearRows} supports these shapes. */
export function fitsLinearRows(x: GpuTensor, w: GpuTensor): boolean {
  const [M, K] = matrixShape(x);
  const [, N] = matrixShape(w);
  return M <= MAX_ROWS && N % 4 === 0 && K > 0;
}

/** [activated](norm(x) · w + b [+ residual]); x [M, K], w [K, N] → [M, N]. */
export function linearRows(
  gpu: GpuContext,
  x: GpuTensor,
  w: GpuTensor,
  b: GpuTensor,
  { norm, activation = 'none', residual }: LinearRows,
): GpuTensor {
  const [M, K] = matrixShape(x);
  const [, N] = matrixShape(w);
  const y = gpu.empty([M, N]);
  const each = rowsPerRead(M);
  const slices = gpu.isSoftware ? 1 : 16;
  gpu.dispatch(linearRowsKernel(w.precision, each, slices), {
    constants: {
      NORM: norm ? 1 : 0,
      ACTIVATE: activation === 'none' ? 0 : 1,
      ACTIVATION: activation === 'none' ? 0 : kernelActivations[activation],
      RESIDUAL: residual ? 1 : 0,
    },
    params: [M, N, K, norm?.epsilon ?? 0, slices],
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

/** Whether {@link logitsRows} supports this shape. */
export function fitsLogitsRows(x: GpuTensor): boolean {
  const [M, C] = matrixShape(x);
  return M <= MAX_ROWS && C % 4 === 0;
}

/** x · wteᵀ; x [M, C], wte [V, C] → [M, V]. */
export function logitsRows(gpu: GpuContext, x: GpuTensor, wte: GpuTensor): GpuTensor {
  const [M, C] = matrixShape(x);
  const [V] = matrixShape(wte);
  const y = gpu.empty([M, V]);
  const each = rowsPerRead(M);
  const lanes = gpu.isSoftware ? 1 : 16;
  const maxWorkgroups = gpu.device.limits.maxComputeWorkgroupsPerDimension;
  for (const { range, begin, end } of rowShards(gpu, wte)) {
    const workgroups = Math.ceil((end - begin) / (64 / lanes));
    const layers = Math.ceil(workgroups / maxWorkgroups);
    gpu.dispatch(logitsRowsKernel(wte.precision, each, lanes), {
      params: [M, C, V, begin, end - begin, lanes],
      buffers: [x, range, y],
      groups: [Math.ceil(workgroups / layers), Math.ceil(M / each), layers],
    });
  }
  return y;
}

/* ------------------------------------------------------------------ the cache */

/**
 * The workgroup memory of `attention-cached.wgsl` holds scores for this many positions; GPT-2 has
 * 1,024.
 */
const MAX_CACHED_POSITIONS = 3072;

/** The keys and values of a prompt's qkv [B·T, 3C] in a cache, [B, H, capacity, D] each. */
export function fillCache(
  gpu: GpuContext,
  qkv: GpuTensor,
  { B, T, nHead }: AttentionShape,
  capacity: number,
): KeyValueCache {
  assert(capacity <= MAX_CACHED_POSITIONS, `${capacity} positions in a cache`);
  const D = matrixShape(qkv)[1] / 3 / nHead;
  const k = gpu.empty([B, nHead, capacity, D]);
  const v = gpu.empty([B, nHead, capacity, D]);
  gpu.dispatch(fillCacheKernel, {
    params: [B, T, nHead, capacity, D],
    buffers: [qkv, k, v],
    groups: Math.ceil(k.size / 64),
  });
  return { k, v };
}

/** qkv [B, 3C] of one position → y [B, C]; also writes the position's key and value into the cache. */
export function attentionCached(
  gpu: GpuContext,
  qkv: GpuTensor,
  cache: KeyValueCache,
  position: number,
  shape: AttentionShape,
): GpuTensor {
  const { B, nHead } = shape;
  const C = matrixShape(qkv)[1] / 3;
  const D = C / nHead;
  const capacity = must(cache.k.shape[2], 'the capacity');
  assert(position < capacity, 'room in the cache');
  const y = gpu.empty([B, C]);
  const unit = D % 4 === 0 ? 4 : 1;
  gpu.dispatch(attentionCachedKernel(gpu.isSoftware ? 32 : 128, unit), {
    params: [nHead, capacity, D / unit, position, scoreScale(shape, D)],
    buffers: [qkv, asGpu(cache.k), asGpu(cache.v), y],
    groups: [B * nHead, 1, 1],
  });
  return y;
}
