/** Matrix products on the GPU: chooses the kernel variant and describes the operands to it. */

import { assert } from '../core/assert.ts';
import { alignUp, type BufferRange } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import type { Kernel } from '../gpu/kernel.ts';
import { matmulKernels } from '../gpu/matmul-kernels.ts';
import { STEPS, tileExtent, type TileVariant } from '../gpu/kernels/matmul-tiles.ts';
import type { GpuTensor, Precision } from '../gpu/tensor.ts';
import type { Activation, DropoutSite } from './ops.ts';

/** A matrix within a buffer. Its rows are `stride` elements apart, and the first one starts at `offset`. */
export interface Operand {
  readonly range: BufferRange;
  /** Float32 by default; only B may be float16. */
  readonly precision?: Precision;
  /** In elements, as is the offset. */
  readonly stride: number;
  readonly offset?: number;
  /** True if the matrix is stored as the transpose of what the product needs. */
  readonly isTransposed?: boolean;
  /** For C: the columns between N and the next multiple of four may be overwritten with anything. */
  readonly isPadded?: boolean;
  /** For a batch: the elements from one group to the next, and from one member of a group to the next. */
  readonly step?: { readonly group: number; readonly member: number };
}

/**
 * A batch of products of the same shape, organised in groups of members. In attention these are
 * sequences and heads.
 */
export interface Batch {
  readonly groups: number;
  readonly members: number;
}

/** Which part of a causal product is known to be zero or is not needed; see `matmul-registers.wgsl`. */
const triangles = { none: 0, 'lower-c': 1, 'lower-a': 2, 'lower-a-transposed': 3 } as const;

/** A low-rank product to add to C: low [M, rank] times the factor, times the scale. */
export interface LowRankProduct {
  readonly low: BufferRange;
  readonly factor: BufferRange;
  /** The factor is stored [N, rank] (`columns`) or [rank, N] (`rows`). */
  readonly layout: keyof typeof lowRankLayouts;
  readonly rank: number;
  readonly scale: number;
  /** Dropout of this product only, by the element's index in [M, N]. */
  readonly dropout?: DropoutSite | undefined;
}
const lowRankLayouts = { columns: 1, rows: 2 } as const;

/** What happens to the product before it is written to C, in the order of these fields. */
export interface Epilogue {
  /** [N], added to every row. */
  readonly bias?: BufferRange;
  readonly lowRank?: LowRankProduct | undefined;
  /** C = activated(sum so far). The sum, the activation's input, is written to `input` [M, N]. */
  readonly activation?: { readonly kind: Activation; readonly input: BufferRange };
  /**
   * C = product ∘ activated'(input). If `output` is given, activated(input) is written there. All are
   * [M, N].
   */
  readonly activationGrad?: {
    readonly kind: Activation;
    readonly input: BufferRange;
    readonly output?: BufferRange | undefined;
  };
  readonly dropout?: DropoutSite | undefined;
  /** [M, N], added. */
  readonly residual?: BufferRange | undefined;
  /** Adds to C, and to the column sums, instead of overwriting them. */
  readonly accumulate?: boolean;
  /** [N], receives the sums of B's columns: the bias gradient that belongs to a weight gradient. */
  readonly columnSums?: BufferRange;
}

export interface Product {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  /** [M, K], or [K, M] transposed. */
  readonly a: Operand;
  /** [K, N], or [N, K] transposed. */
  readonly b: Operand;
  /** [M, N]. */
  readonly c: Operand;
  readonly epilogue?: Epilogue;
  readonly batch?: Batch;
  readonly triangle?: keyof typeof triangles;
}

/** Edge of the square of C that a workgroup of the software kernels computes. */
const TILE_SIZE = 64;
/** A long sum is split until there are about this many workgroups to share it. */
const TARGET_WORKGROUPS = 96;
const MIN_SPLIT_LENGTH = 256;

/** The dropout parameters of a kernel: threshold, site, micro-step, seed, and 1 / (1 − rate). */
export function dropoutParams(site: DropoutSite | undefined): number[] {
  if (site === undefined) return [0, 0, 0, 0, 1];
  return [
    Math.round(site.rate * 2 ** 32),
    site.site,
    site.microStep,
    site.seed,
    1 / (1 - site.rate),
  ];
}

const flag = (condition: unknown): number => (condition ? 1 : 0);
const isWordAligned = ({ stride, offset = 0, step }: Operand): boolean =>
  [stride, offset, step?.group ?? 0, step?.member ?? 0].every((n) => n % 4 === 0);
const steps = ({ step }: Operand): number[] => [step?.group ?? 0, step?.member ?? 0];

/** How many parts the sum over K is cut into: 1 unless C is too small to keep the adapter busy. */
function splitCount(
  { M, N, K }: Product,
  extent: { readonly M: number; readonly N: number },
): number {
  const tiles = Math.ceil(M / extent.M) * Math.ceil(N / extent.N);
  return Math.max(
    1,
    Math.min(Math.ceil(TARGET_WORKGROUPS / tiles), Math.floor(K / MIN_SPLIT_LENGTH)),
  );
}

/** The numbers in `activation.wgsl`. */
export const kernelActivations: Readonly<Record<Activation, number>> = {
  'gelu-tanh': 0,
  'gelu-erf': 1,
  relu: 2,
};

/** What happens to a finished sum, as the kernels' constants say it. */
function epilogueConstants({
  bias,
  activation,
  activationGrad,
  dropout,
  residual,
  accumulate,
  columnSums,
}: Epilogue): Record<string, number> {
  return {
    BIAS: flag(bias),
    ACTIVATE: flag(activation),
    ACTIVATE_GRAD: flag(activationGrad) + flag(activationGrad?.output),
    ACTIVATION: kernelActivations[activation?.kind ?? activationGrad?.kind ?? 'gelu-tanh'],
    DROPOUT: flag(dropout),
    RESIDUAL: flag(residual),
    ACCUMULATE: flag(accumulate),
    COLUMN_SUMS: flag(columnSums),
  };
}

/** Bindings 4 to 8. */
function epilogueBuffers(
  gpu: GpuContext,
  { bias, residual, activationGrad, activation, columnSums, lowRank }: Epilogue,
): BufferRange[] {
  return [
    bias ?? gpu.unusedInput,
    residual ?? activationGrad?.input ?? gpu.unusedInput,
    activation?.input ?? activationGrad?.output ?? gpu.unusedOutputs[0],
    columnSums ?? lowRank?.low ?? gpu.unusedOutputs[1],
    lowRank?.factor ?? gpu.unusedInput,
  ];
}

function epilogueParams({ dropout, lowRank }: Epilogue, batch?: Batch, of?: Product): number[] {
  return [
    ...dropoutParams(dropout ?? lowRank?.dropout),
    ...[
      batch?.members ?? 1,
      ...(of ? [...steps(of.a), ...steps(of.b), ...steps(of.c)] : [0, 0, 0, 0, 0, 0]),
    ],
    ...[lowRank?.rank ?? 0, lowRank?.scale ?? 1, STEPS],
  ];
}

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

/** Products of hardware: in tiles, and over several splits of K where C has few of them. */
function tiledProduct(gpu: GpuContext, product: Product): void {
  const shape = gpu.tiles;
  const { M, N, K, b, batch, epilogue = {} } = product;
  const { columnSums, lowRank } = epilogue;
  const extent = tileExtent(shape);
  const splits = batch ? 1 : splitCount(product, extent);
  const variant: TileVariant = {
    isTransposedA: product.a.isTransposed ?? false,
    isTransposedB: b.isTransposed ?? false,
    hasColumnSums: columnSums !== undefined,
    lowRank: lowRank?.layout ?? 'none',
    hasLowRankDropout: lowRank?.dropout !== undefined,
  };
  const kernels = matmulKernels[b.precision ?? 'f32'];
  const kernel = kernels.tiles(shape, variant);
  const tilesN = Math.ceil(N / extent.N);
  const tiles = tilesN * Math.ceil(M / extent.M);
  const dispatch = (part: Product, kPerSplit: number, splitStride: number) =>
    dispatchProduct(gpu, kernel, part, { kPerSplit, splitStride, tilesN, tiles, splits });
  if (splits === 1) {
    dispatch(product, K, 0);
    return;
  }
  const stride = alignUp(N, 4);
  const parts = gpu.empty([splits, M, stride]);
  const columnParts = columnSums ? gpu.empty([splits, stride]) : undefined;
  const kPerSplit = alignUp(Math.ceil(K / splits), shape.depth);
  const partial: Epilogue = {
    ...(columnParts && { columnSums: columnParts }),
    ...(lowRank && { lowRank }),
  };
  const c: Operand = { range: parts, stride, isPadded: true };
  dispatch({ ...product, c, epilogue: partial }, kPerSplit, M * stride);
  const { dropout } = epilogue;
  gpu.dispatch(kernels.finishSplits, {
    constants: epilogueConstants(epilogue),
    params: [
      ...[M, N, splits, stride, stride, product.c.stride, 0, 0, product.c.offset ?? 0],
      ...[0, 0, 0, 0, 0],
      ...epilogueParams({ ...(dropout && { dropout }) }),
    ],
    buffers: [
      ...[parts, columnParts ?? gpu.unusedInput, product.c.range],
      ...epilogueBuffers(gpu, epilogue),
    ],
    groups: Math.ceil(((M + flag(columnSums)) * stride) / 4 / 64),
  });
  parts.dispose();
  columnParts?.dispose();
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

interface Cut {
  readonly kPerSplit: number;
  readonly splitStride: number;
  readonly tilesN: number;
  /** Workgroups for one product, or one split of it. */
  readonly tiles: number;
  readonly splits: number;
}

function dispatchProduct(
  gpu: GpuContext,
  kernel: Kernel,
  product: Product,
  { kPerSplit, splitStride, tilesN, tiles, splits }: Cut,
  constants: Record<string, number> = {},
): void {
  const { M, N, K, a, b, c, epilogue = {}, batch } = product;
  const products = batch ? batch.groups * batch.members : 1;
  const flops = 2 * M * N * K * products;
  // A product that is too much work for one submission becomes several dispatches of some tiles each.
  const tilesAtOnce = Math.max(1, Math.floor((tiles * gpu.maxDispatchFlops) / flops));
  for (let first = 0; first < tiles; first += tilesAtOnce) {
    const end = Math.min(tiles, first + tilesAtOnce);
    const rows = Math.ceil((end - first) / gpu.device.limits.maxComputeWorkgroupsPerDimension);
    gpu.dispatch(kernel, {
      constants: { ...epilogueConstants(epilogue), ...constants, BATCHED: flag(batch) },
      params: [
        ...[M, N, K, a.stride, b.stride, c.stride],
        ...[a.offset ?? 0, b.offset ?? 0, c.offset ?? 0],
        ...[kPerSplit, splitStride, tilesN, first, end],
        ...epilogueParams(epilogue, batch, product),
      ],
      buffers: [a.range, b.range, c.range, ...epilogueBuffers(gpu, epilogue)],
      groups: [Math.ceil((end - first) / rows), rows, batch ? products : splits],
      flops: (flops * (end - first)) / tiles,
    });
  }
}

/** A whole tensor [rows, columns] as an operand. */
export function whole(x: GpuTensor, isTransposed = false): Operand {
  const stride = x.shape[1];
  assert(x.shape.length === 2 && stride !== undefined, 'a matrix');
  return { range: x, precision: x.precision, stride, isTransposed };
}
