/**
 * Decoding on the GPU: attention over the KV cache, and linear layers and logits on few rows, which take as
 * long as reading the weights.
 */

import { assert, must } from '../core/assert.ts';
import { attentionCachedKernel, fillCacheKernel } from '../gpu/attention-kernels.ts';
import { unitSize } from '../gpu/compose-kernel.ts';
import type { GpuContext } from '../gpu/context.ts';
import { linearRowsKernel, logitsRowsKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import {
  type Activation,
  type AttentionShape,
  type KeyValueCache,
  scoreScale,
} from './operands.ts';
import { kernelActivations, whole } from './webgpu-product.ts';
import { finishSplits } from './webgpu-tiles.ts';
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

/** With fewer workgroups than this, a card reads weights more slowly than it can. */
const MIN_WORKGROUPS = 64;
/** Rows of w that a split has at least. */
const MIN_SPLIT_ROWS = 128;

/**
 * [activated](norm(x) · w + b [+ residual]); x [M, K], w [K, N] → [M, N]. Where N is small, the sum over K is
 * split, and the result comes in parts. With a norm, so may x: then its sum is written to it.
 */
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
  const unit = unitSize(K);
  const group = gpu.isSoftware ? { width: 16, slices: 1 } : { width: 8, slices: 32 };
  const groups = [Math.ceil(N / (4 * group.width)), Math.ceil(M / each)] as const;
  // A LayerNorm would be computed for every split again, and an activation needs the whole sum.
  const canSplit = !gpu.isSoftware && norm === undefined && activation === 'none';
  const wanted = Math.ceil(MIN_WORKGROUPS / (groups[0] * groups[1]));
  const splits = canSplit ? Math.max(1, Math.min(wanted, Math.floor(K / MIN_SPLIT_ROWS))) : 1;
  const written = splits === 1 ? y : gpu.empty([splits, M, N]);
  const taken = norm ? x.takeParts() : null;
  gpu.dispatch(linearRowsKernel(w.precision, unit, { rowsPerGroup: each, ...group }), {
    constants: {
      NORM: norm ? 1 : 0,
      PARTS: taken ? 1 : 0,
      ACTIVATE: activation === 'none' ? 0 : 1,
      ACTIVATION: activation === 'none' ? 0 : kernelActivations[activation],
      RESIDUAL: residual ? 1 : 0,
    },
    params: [
      ...[M, N, K / unit, norm?.epsilon ?? 0, group.slices],
      ...[Math.ceil(K / unit / splits), taken?.shape[0] ?? 1],
    ],
    buffers: [
      taken ?? x,
      w,
      b,
      norm?.gain ?? gpu.unusedInput,
      norm?.bias ?? gpu.unusedInput,
      residual ?? gpu.unusedInput,
      written,
      taken ? x : gpu.unusedOutputs[0],
    ],
    groups: [...groups, splits],
  });
  taken?.dispose();
  if (splits > 1) {
    y.defer({ parts: written, add: () => finishSplits(gpu, { M, N, c: whole(y) }, written) });
  }
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
