/** Matrix products of hardware: in tiles, and over several splits of K where C has few of them. */

import { alignUp } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import { matmulKernels } from '../gpu/matmul-kernels.ts';
import type { TileVariant } from '../gpu/kernels/product-text.ts';
import { productKind, tileExtent, type TileShape } from '../gpu/kernels/tile-shapes.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import {
  dispatchProduct,
  type Epilogue,
  epilogueBuffers,
  epilogueConstants,
  epilogueParams,
  flag,
  type Operand,
  type Product,
} from './webgpu-product.ts';

/** A long sum is split until there are about this many workgroups to share it. */
const TARGET_WORKGROUPS = 96;
const MIN_SPLIT_LENGTH = 256;

/**
 * How many splits the sum over K is cut into: 1 unless C has too few tiles to keep a card busy. Attention's
 * batches have many.
 */
export function splitCount(gpu: GpuContext, product: Omit<Product, 'c'>): number {
  const { M, N, K, batch } = product;
  if (batch) return 1;
  const extent = tileExtent(shapeOf(gpu, product));
  const tiles = Math.ceil(M / extent.M) * Math.ceil(N / extent.N);
  return Math.max(
    1,
    Math.min(Math.ceil(TARGET_WORKGROUPS / tiles), Math.floor(K / MIN_SPLIT_LENGTH)),
  );
}

const shapeOf = (gpu: GpuContext, { a, b }: Pick<Product, 'a' | 'b'>): TileShape =>
  gpu.tiles[productKind(a.isTransposed ?? false, b.isTransposed ?? false)];

/** Computes C on the device. Nothing is allocated that outlives the call. */
export function tiledProduct(gpu: GpuContext, product: Product): void {
  const { M, N, epilogue = {} } = product;
  const { columnSums, lowRank } = epilogue;
  const splits = splitCount(gpu, product);
  if (splits === 1) {
    dispatchSplits(gpu, product, 1, 0);
    return;
  }
  const stride = alignUp(N, 4);
  const parts = gpu.empty([splits, M, stride]);
  const columnParts = columnSums ? gpu.empty([splits, stride]) : undefined;
  const partial: Epilogue = {
    ...(columnParts && { columnSums: columnParts }),
    ...(lowRank && { lowRank }),
  };
  const c: Operand = { range: parts, stride, isPadded: true };
  dispatchSplits(gpu, { ...product, c, epilogue: partial }, splits, M * stride);
  finishSplits(gpu, product, parts, columnParts);
  parts.dispose();
  columnParts?.dispose();
}

/** Writes the sums of each split of K to C, `splitStride` elements after those of the split before. */
export function dispatchSplits(
  gpu: GpuContext,
  product: Product,
  splits: number,
  splitStride: number,
): void {
  const shape = shapeOf(gpu, product);
  const { M, N, K, b, epilogue = {} } = product;
  const { columnSums, lowRank } = epilogue;
  const extent = tileExtent(shape);
  const variant: TileVariant = {
    isTransposedA: product.a.isTransposed ?? false,
    isTransposedB: b.isTransposed ?? false,
    hasColumnSums: columnSums !== undefined,
    lowRank: lowRank?.layout ?? 'none',
    hasLowRankDropout: lowRank?.dropout !== undefined,
  };
  const kernel = matmulKernels[b.precision ?? 'f32'].tiles(shape, variant);
  const tilesN = Math.ceil(N / extent.N);
  const tiles = tilesN * Math.ceil(M / extent.M);
  const kPerSplit = splits === 1 ? K : alignUp(Math.ceil(K / splits), shape.depth);
  dispatchProduct(gpu, kernel, product, { kPerSplit, splitStride, tilesN, tiles, splits });
}

/** Adds up `parts` [splits, M, N padded to quads] in their order, and does the rest of C's epilogue. */
export function finishSplits(
  gpu: GpuContext,
  { M, N, c, epilogue = {} }: Pick<Product, 'M' | 'N' | 'c' | 'epilogue'>,
  parts: GpuTensor,
  columnParts?: GpuTensor,
): void {
  const [splits = 0, , stride = 0] = parts.shape;
  const { columnSums, dropout } = epilogue;
  gpu.dispatch(matmulKernels.f32.finishSplits, {
    constants: epilogueConstants(epilogue),
    params: [
      ...[M, N, splits, stride, stride, c.stride, 0, 0, c.offset ?? 0],
      ...[0, 0, 0, 0, 0],
      ...epilogueParams({ ...(dropout && { dropout }) }),
    ],
    buffers: [parts, columnParts ?? gpu.unusedInput, c.range, ...epilogueBuffers(gpu, epilogue)],
    groups: Math.ceil(((M + flag(columnSums)) * stride) / 4 / 64),
  });
}
