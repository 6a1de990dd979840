/** Matrix products on the GPU: chooses the kernel variant and describes the operands to it. */

import { assert } from '../core/assert.ts';
import type { BufferRange } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import { matmulKernels, sumSplitsKernel } from '../gpu/kernels.ts';
import type { GpuTensor, Precision } from '../gpu/tensor.ts';
import type { DropoutSite } from './ops.ts';

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
  /** C = gelu(sum so far). The sum, GELU's input, is written here [M, N]. */
  readonly geluInput?: BufferRange;
  /** C = product ∘ gelu'(input). If `output` is given, gelu(input) is written there. All are [M, N]. */
  readonly geluGrad?: { readonly input: BufferRange; readonly output?: BufferRange | undefined };
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

/** A workgroup computes a tile of C of this width and height. */
const TILE_SIZE = 64;
/** A sum over a long K is split among workgroups until there are about this many of them (split-K). */
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

/** Into how many parts the sum over K is split; 1 unless C has too few tiles to keep the adapter busy. */
function splitCount(gpu: GpuContext, { M, N, K, batch }: Product): number {
  if (gpu.isSoftware || batch) return 1;
  const tiles = Math.ceil(M / TILE_SIZE) * Math.ceil(N / TILE_SIZE);
  return Math.max(
    1,
    Math.min(Math.ceil(TARGET_WORKGROUPS / tiles), Math.floor(K / MIN_SPLIT_LENGTH)),
  );
}

/** Computes a product into C. It doesn't dispose its operands. */
export function matmul(gpu: GpuContext, product: Product): void {
  const { M, N, K, a, b, c, epilogue = {}, batch, triangle = 'none' } = product;
  const { residual, geluGrad, geluInput, columnSums, bias, dropout, lowRank } = epilogue;
  assert(!(residual && geluGrad), 'one extra operand');
  assert(!lowRank || !(columnSums || (dropout && lowRank.dropout)), 'one use of each binding');
  assert(!columnSums || !b.isTransposed, 'column sums are of a B stored [K, N]');
  const isVec4 =
    isWordAligned(a) &&
    isWordAligned(b) &&
    isWordAligned(c) &&
    // The last four columns may be written past N only if nothing else is stored there.
    (N % 4 === 0 || (c.isPadded && !epilogue.accumulate && !columnSums));
  const isPlain =
    !(residual || geluGrad || geluInput || bias || dropout || lowRank) && c.stride === N;
  const splits = isPlain && (c.offset ?? 0) === 0 ? splitCount(gpu, product) : 1;
  const kPerSplit = Math.ceil(K / splits / 16) * 16;
  const parts = splits > 1 ? gpu.empty([splits, M, N]) : null;
  const columnParts = parts && columnSums ? gpu.empty([splits, N]) : null;

  const registers = gpu.usesSubgroups ? 'subgroup' : 'registers';
  const variant = !isVec4 ? 'simple' : gpu.isSoftware ? registers : 'tiles';
  const tilesN = Math.ceil(N / TILE_SIZE);
  const tiles = tilesN * Math.ceil(M / TILE_SIZE);
  const workgroups = isVec4 ? tiles : Math.ceil((M * Math.ceil(N / 4)) / 64);
  const rows = Math.ceil(workgroups / gpu.device.limits.maxComputeWorkgroupsPerDimension);
  gpu.dispatch(matmulKernels[b.precision ?? 'f32'][variant], {
    constants: {
      TRANS_A: flag(a.isTransposed),
      TRANS_B: flag(b.isTransposed),
      BIAS: flag(bias),
      GELU: flag(geluInput),
      GELU_GRAD: flag(geluGrad) + flag(geluGrad?.output),
      DROPOUT: flag(dropout),
      RESIDUAL: flag(residual),
      LOW_RANK: lowRank ? lowRankLayouts[lowRank.layout] : 0,
      LOW_RANK_DROPOUT: flag(lowRank?.dropout),
      ACCUMULATE: flag(epilogue.accumulate && !parts),
      COLUMN_SUMS: flag(columnSums),
      BATCHED: flag(batch),
      ...(variant === registers && { TRIANGLE: triangles[triangle] }),
    },
    params: [
      ...[M, N, K, a.stride, b.stride, c.stride],
      ...[a.offset ?? 0, b.offset ?? 0, c.offset ?? 0],
      ...[kPerSplit, M * N, tilesN, tiles],
      ...dropoutParams(dropout ?? lowRank?.dropout),
      ...[batch?.members ?? 1, ...steps(a), ...steps(b), ...steps(c)],
      ...[lowRank?.rank ?? 0, lowRank?.scale ?? 1],
    ],
    buffers: [
      a.range,
      b.range,
      parts ?? c.range,
      bias ?? gpu.unusedInput,
      residual ?? geluGrad?.input ?? gpu.unusedInput,
      geluInput ?? geluGrad?.output ?? gpu.unusedOutputs[0],
      columnParts ?? columnSums ?? lowRank?.low ?? gpu.unusedOutputs[1],
      lowRank?.factor ?? gpu.unusedInput,
    ],
    groups: [Math.ceil(workgroups / rows), rows, batch ? batch.groups * batch.members : splits],
  });
  if (parts === null) return;

  const columns = columnSums ? N : 0;
  gpu.dispatch(sumSplitsKernel, {
    constants: { ACCUMULATE: flag(epilogue.accumulate) },
    params: [M * N, columns, splits],
    buffers: [parts, c.range, columnParts ?? gpu.unusedInput, columnSums ?? gpu.unusedOutputs[0]],
    groups: Math.ceil((M * N + columns) / 64),
  });
  parts.dispose();
  columnParts?.dispose();
}

/** A whole tensor [rows, columns] as an operand. */
export function whole(x: GpuTensor, isTransposed = false): Operand {
  const stride = x.shape[1];
  assert(x.shape.length === 2 && stride !== undefined, 'a matrix');
  return { range: x, precision: x.precision, stride, isTransposed };
}
