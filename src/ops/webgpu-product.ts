/**
 * A matrix product as the kernels take it: its operands, what happens to the finished sums, and the dispatch
 * of a kernel with both.
 */

import { assert } from '../core/assert.ts';
import type { BufferRange } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import type { Kernel } from '../gpu/kernel.ts';
import { STEPS } from '../gpu/kernels/matmul-tiles.ts';
import type { GpuTensor, Precision } from '../gpu/tensor.ts';
import type { Activation, DropoutSite } from './operands.ts';

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

/** Which part of a causal product is known to be zero or is not needed; see `matmul-registers.ts`. */
export const triangles = { none: 0, 'lower-c': 1, 'lower-a': 2, 'lower-a-transposed': 3 } as const;

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
export const lowRankLayouts = { columns: 1, rows: 2 } as const;

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

export const flag = (condition: unknown): number => (condition ? 1 : 0);
const steps = ({ step }: Operand): number[] => [step?.group ?? 0, step?.member ?? 0];

/** The numbers in `activation.wgsl`. */
export const kernelActivations: Readonly<Record<Activation, number>> = {
  'gelu-tanh': 0,
  'gelu-erf': 1,
  relu: 2,
};

/** What happens to a finished sum, as the kernels' constants say it. */
export function epilogueConstants({
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
export function epilogueBuffers(
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

export function epilogueParams(
  { dropout, lowRank }: Epilogue,
  batch?: Batch,
  of?: Product,
): number[] {
  return [
    ...dropoutParams(dropout ?? lowRank?.dropout),
    ...[
      batch?.members ?? 1,
      ...(of ? [...steps(of.a), ...steps(of.b), ...steps(of.c)] : [0, 0, 0, 0, 0, 0]),
    ],
    ...[lowRank?.rank ?? 0, lowRank?.scale ?? 1, STEPS],
  ];
}

/** How a dispatch divides a product among workgroups. */
export interface Cut {
  readonly kPerSplit: number;
  readonly splitStride: number;
  readonly tilesN: number;
  /** Workgroups for one product, or one split of it. */
  readonly tiles: number;
  readonly splits: number;
}

export function dispatchProduct(
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
