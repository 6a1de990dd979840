/** Matrix products on the GPU: chooses the kernel variant. */

import { assert } from '../core/assert.ts';
import type { GpuContext } from '../gpu/context.ts';
import { matmulKernels } from '../gpu/matmul-kernels.ts';
import {
  dispatchProduct,
  flag,
  lowRankLayouts,
  type Operand,
  type Product,
  triangles,
} from './webgpu-product.ts';
import { tiledProduct } from './webgpu-tiles.ts';

/** Edge of the square of C that a workgroup of the software kernels computes. */
const TILE_SIZE = 64;

const isWordAligned = ({ stride, offset = 0, step }: Operand): boolean =>
  [stride, offset, step?.group ?? 0, step?.member ?? 0].every((n) => n % 4 === 0);
/** Computes C on the device. Nothing is allocated that outlives the call. */
export function matmul(gpu: GpuContext, product: Product): void {
  const { N, a, b, c, epilogue = {} } = product;
  const { residual, activationGrad, columnSums, dropout, lowRank } = epilogue;
  assert(!(residual && activationGrad), 'one extra operand');
  assert(!lowRank || !(columnSums || (dropout && lowRank.dropout)), 'one use of each binding');
  assert(!columnSums || !b.isTransposed, 'column sums are of a B stored [K, N]');
  const isVec4 =
    isWordAligned(a) &&
    isWordAligned(b) &&
    isWordAligned(c) &&
    // The last four columns may be written past N only if nothing else is stored there.
    (N % 4 === 0 || (c.isPadded && !epilogue.accumulate && !columnSums));
  if (isVec4 && !gpu.isSoftware) tiledProduct(gpu, product);
  else if (isVec4) softwareProduct(gpu, product);
  else simpleProduct(gpu, product);
}

/** Products of software adapters: 64 × 64 of C a workgroup, without workgroup memory. */
function softwareProduct(gpu: GpuContext, product: Product): void {
  const { M, N, K, b, triangle = 'none' } = product;
  const kernels = matmulKernels[b.precision ?? 'f32'];
  const tilesN = Math.ceil(N / TILE_SIZE);
  dispatchProduct(
    gpu,
    gpu.usesSubgroups ? kernels.subgroup : kernels.registers,
    product,
    { kPerSplit: K, splitStride: 0, tilesN, tiles: tilesN * Math.ceil(M / TILE_SIZE), splits: 1 },
    { ...transposes(product), ...lowRankConstants(product), TRIANGLE: triangles[triangle] },
  );
}

/** Any strides and sizes: a quad of C an invocation. */
function simpleProduct(gpu: GpuContext, product: Product): void {
  const { M, N, K, b } = product;
  const tiles = Math.ceil((M * Math.ceil(N / 4)) / 64);
  dispatchProduct(
    gpu,
    matmulKernels[b.precision ?? 'f32'].simple,
    product,
    { kPerSplit: K, splitStride: 0, tilesN: 0, tiles, splits: 1 },
    { ...transposes(product), ...lowRankConstants(product) },
  );
}

const transposes = ({ a, b }: Product) => ({
  TRANS_A: flag(a.isTransposed),
  TRANS_B: flag(b.isTransposed),
});

const lowRankConstants = ({ epilogue }: Product) => ({
  LOW_RANK: epilogue?.lowRank ? lowRankLayouts[epilogue.lowRank.layout] : 0,
  LOW_RANK_DROPOUT: flag(epilogue?.lowRank?.dropout),
});
