/**
 * Low-rank updates of linear layers (LoRA, Hu et al., arXiv:2106.09685) on the GPU: three small kernels, and
 * the epilogue of the matmuls.
 */

import { assert } from '../core/assert.ts';
import { unitSize } from '../gpu/compose-kernel.ts';
import type { GpuContext } from '../gpu/context.ts';
import { lowRankDownKernel, lowRankGradKernel, lowRankUpKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import type { LowRank, LowRankBackward, LowRankTerm } from './operands.ts';
import { dropoutParams, type Epilogue } from './webgpu-product.ts';
import { asGpu, columnGroup, matrixShape, rowGroups } from './webgpu-tensors.ts';

/** dropout(x) · aᵀ; x [N, in] → [N, r]. */
export function lowRankDown(gpu: GpuContext, x: GpuTensor, { a, dropout }: LowRank): GpuTensor {
  const [N, K] = matrixShape(x);
  const factor = asGpu(a);
  const low = gpu.empty([N, matrixShape(factor)[0]]);
  gpu.dispatch(lowRankDownKernel, {
    constants: { ...rowGroups(gpu).constants, DROPOUT: dropout ? 1 : 0, FACTOR_ROWS: 0 },
    params: [N, K, matrixShape(factor)[0], 1, ...dropoutParams(dropout)],
    buffers: [x, factor, low],
    groups: rowGroups(gpu).count(N),
  });
  return low;
}

/** d(low) = scale · dy · b; dy [N, out] → [N, r]. */
function lowRankDownBackward(gpu: GpuContext, dy: GpuTensor, { b, scale }: LowRank): GpuTensor {
  const [N, K] = matrixShape(dy);
  const factor = asGpu(b);
  const dLow = gpu.empty([N, matrixShape(factor)[1]]);
  gpu.dispatch(lowRankDownKernel, {
    constants: { ...rowGroups(gpu).constants, DROPOUT: 0, FACTOR_ROWS: 1 },
    params: [N, K, matrixShape(factor)[1], scale, ...dropoutParams(undefined)],
    buffers: [dy, factor, dLow],
    groups: rowGroups(gpu).count(N),
  });
  return dLow;
}

/** scale · low · bᵀ [+ residual]; low [N, r] → [N, out]. */
export function lowRankUp(
  gpu: GpuContext,
  { low, b, scale }: LowRankTerm,
  residual: GpuTensor | undefined,
): GpuTensor {
  const [N, rank] = matrixShape(asGpu(low));
  return up(gpu, asGpu(low), asGpu(b), { M: N, rank, scale, residual, isTransposed: false });
}

/** w + scale · (b · a)ᵀ; w [in, out] → a new [in, out]. */
export function mergeLowRank(gpu: GpuContext, w: GpuTensor, { a, b, scale }: LowRank): GpuTensor {
  assert(w.precision === 'f32', 'weights are merged in float32');
  const [rank, inputs] = matrixShape(asGpu(a));
  const how = { M: inputs, rank, scale, residual: w, isTransposed: true };
  return up(gpu, asGpu(a), asGpu(b), how);
}

function up(
  gpu: GpuContext,
  low: GpuTensor,
  factor: GpuTensor,
  how: {
    readonly M: number;
    readonly rank: number;
    readonly scale: number;
    readonly residual: GpuTensor | undefined;
    readonly isTransposed: boolean;
  },
): GpuTensor {
  const { M, rank, scale, residual, isTransposed } = how;
  const [N] = matrixShape(factor);
  const y = gpu.empty([M, N]);
  gpu.dispatch(lowRankUpKernel, {
    constants: { TRANSPOSED: isTransposed ? 1 : 0, RESIDUAL: residual ? 1 : 0 },
    params: [M, N, rank, scale],
    buffers: [low, factor, residual ?? gpu.unusedInput, y],
    groups: Math.ceil((M * N) / 64),
  });
  return y;
}

/** The epilogue that adds the update to the forward product. */
export function lowRankEpilogue(update: LowRankTerm | undefined): Pick<Epilogue, 'lowRank'> {
  if (update === undefined) return {};
  const factor = asGpu(update.b);
  const [, rank] = matrixShape(factor);
  const { scale } = update;
  return { lowRank: { low: asGpu(update.low), factor, layout: 'columns', rank, scale } };
}

/**
 * The epilogue that adds the update's part to the backward product dy · wᵀ, and d(low) [N, r]. Pass dLow to
 * {@link lowRankGradients}, which disposes it.
 */
export function lowRankEpilogueBack(
  gpu: GpuContext,
  dy: GpuTensor,
  update: LowRankBackward | undefined,
): { epilogue: Pick<Epilogue, 'lowRank'>; dLow: GpuTensor | null } {
  if (update === undefined) return { epilogue: {}, dLow: null };
  const dLow = lowRankDownBackward(gpu, dy, update);
  const factor = asGpu(update.a);
  const [rank] = matrixShape(factor);
  const { dropout } = update;
  return {
    epilogue: { lowRank: { low: dLow, factor, layout: 'rows', rank, scale: 1, dropout } },
    dLow,
  };
}

/**
 * Writes or accumulates da and db of an update, given the layer's input x [N, in] and dy [N, out]. Disposes
 * dLow, and computes it first if it is null.
 */
export function lowRankGradients(
  gpu: GpuContext,
  dy: GpuTensor,
  x: GpuTensor,
  update: LowRankBackward | undefined,
  dLow: GpuTensor | null,
): void {
  if (update === undefined) return;
  const { low, scale, dropout, da, db } = update;
  assert(da.accumulate === db.accumulate, 'both gradients are added or neither');
  const own = dLow ?? lowRankDownBackward(gpu, dy, update);
  const [N, inputs] = matrixShape(x);
  const [, outputs] = matrixShape(dy);
  const unit = unitSize(inputs % 4 === 0 ? outputs : inputs);
  const group = columnGroup(gpu, unit);
  gpu.dispatch(lowRankGradKernel(unit, group), {
    constants: { DROPOUT: dropout ? 1 : 0, ACCUMULATE: da.accumulate ? 1 : 0 },
    params: [
      N,
      inputs / unit,
      outputs / unit,
      matrixShape(own)[1],
      scale,
      ...dropoutParams(dropout),
    ],
    buffers: [dy, asGpu(low), x, own, asGpu(db.value), asGpu(da.value)],
    groups: Math.ceil(inputs / unit / group.width) + Math.ceil(outputs / unit / group.width),
  });
  own.dispose();
}
