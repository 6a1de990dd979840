/** What the WGSL of all matrix products for hardware has in common (`matmul-tiles.ts`, `matmul-direct.ts`). */

import { tileExtent, type TileShape } from './tile-shapes.ts';
import { times } from './unroll.ts';

/** What the loop of a product has to do besides multiplying. */
export interface TileVariant {
  /** A is stored [K, M], B is stored [N, K]. */
  readonly isTransposedA: boolean;
  readonly isTransposedB: boolean;
  /** Adds up the rows of B, as stored [K, N], into `columnSums`. */
  readonly hasColumnSums: boolean;
  /** Adds `scale · low · factor`: factor stored [N, rank] or [rank, N], masked by dropout or not. */
  readonly lowRank: 'none' | 'columns' | 'rows';
  readonly hasLowRankDropout: boolean;
}

/** The start of a product's `main`: its tile, where the invocation's part of C begins, and where its part of K does. */
export function mainStart(shape: TileShape): string {
  const { M, N } = tileExtent(shape);
  return `@compute @workgroup_size(${shape.lanesX}, ${shape.lanesY})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let tileIndex = p.firstTile + group.x + group.y * groups.x;
  let m0 = (tileIndex / p.tilesN) * ${M}u;
  let n0 = (tileIndex % p.tilesN) * ${N}u;
  let m = m0 + 4u * local.y;
  let n = n0 + 4u * local.x;
  let offsets = offsetsAt(group.z);
  let begin = offsets.split * p.kPerSplit;`;
}

/**
 * How far an invocation's row is from its first one. The rows of a tile are dealt to its invocations four at a time, and
 * so are its columns.
 */
export function rowAt({ lanesY }: TileShape, row: number): number {
  return Math.floor(row / 4) * 4 * lanesY + (row % 4);
}

/** How far an invocation's column is from its first one. */
export function columnAt({ lanesX }: TileShape, column: number): number {
  return Math.floor(column / 4) * 4 * lanesX + (column % 4);
}

/** The lines for each sum of an invocation, which is a quad of a row of its part of C. */
export function eachSum(
  { rows, columns }: TileShape,
  line: (sum: string, row: number, quad: number) => string,
): string {
  return times(rows, (r) => times(columns / 4, (q) => line(`sum${r}_${q}`, r, q)));
}

/** The names of an invocation's sums, row by row. */
export function sumNames(shape: TileShape): readonly string[] {
  return eachSum(shape, (sum) => sum).split('\n');
}

/** WGSL with the elements of a low-rank product's two factors, which are zero past their ends. */
export function lowRankElements(layout: 'columns' | 'rows'): string {
  return `
fn lowElement(k: u32, m: u32) -> f32 {
  if (k >= p.rank || m >= p.M) { return 0.0; }
  return readLow(m * p.rank + k);
}
fn factorElement(k: u32, n: u32) -> f32 {
  if (k >= p.rank || n >= p.N) { return 0.0; }
  return factor[${layout === 'columns' ? 'n * p.rank + k' : 'k * p.N + n'}];
}`;
}

/** Scales and masks the sums when they are those of the low-rank product alone. */
export function scaleLowRank(shape: TileShape, { hasLowRankDropout }: TileVariant): string {
  return eachSum(shape, (sum, r, q) => {
    const [row, column] = [rowAt(shape, r), columnAt(shape, 4 * q)];
    const mask = hasLowRankDropout ? ` * dropoutMask((m + ${row}u) * p.N + n + ${column}u)` : '';
    return `    ${sum} *= p.lowRankScale${mask};`;
  });
}
