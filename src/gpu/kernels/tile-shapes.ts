/** The shapes of tile in which hardware computes matrix products, and which a device gets by default. */

/** How a product is cut into tiles. */
export interface TileShape {
  /** Invocations of a workgroup along the columns and the rows of C. */
  readonly lanesX: number;
  readonly lanesY: number;
  /** Rows and columns of C that an invocation computes: multiples of four. */
  readonly rows: number;
  readonly columns: number;
  /** k of a tile: a multiple of four. */
  readonly depth: number;
  /**
   * How operands reach the invocations: through workgroup memory, where the next tile is loaded when this one is
   * multiplied, or `ahead` while it is; or `direct`, each invocation reading what it multiplies.
   */
  readonly loads: 'in turn' | 'ahead' | 'direct';
}

const TILES: TileShape = {
  lanesX: 8,
  lanesY: 8,
  rows: 8,
  columns: 4,
  depth: 16,
  loads: 'in turn',
};

/** Twice as many multiply-adds per load, but it needs more registers than some cards have. */
const LARGE_TILES: TileShape = { ...TILES, columns: 8 };

/** Few registers, and many workgroups even of a small product. */
const SMALL_TILES: TileShape = { ...TILES, rows: 4 };

/** As few registers, and a tile as large as the largest: 256 invocations share what they load. */
const SHARED_TILES: TileShape = { ...SMALL_TILES, lanesX: 16, lanesY: 16 };

/** The next tile is on its way while this one is multiplied: for cards that run few invocations at once. */
const AHEAD_TILES: TileShape = { ...TILES, loads: 'ahead' };

/** No workgroup memory: for cards whose caches are as good. Peers say so of Apple's. */
const DIRECT_TILES: TileShape = { ...TILES, rows: 4, columns: 8, depth: 4, loads: 'direct' };

/** All tile shapes. */
export const TILE_SHAPES: readonly TileShape[] = [
  TILES,
  LARGE_TILES,
  SMALL_TILES,
  SHARED_TILES,
  AHEAD_TILES,
  DIRECT_TILES,
];

/** Products by which of their operands is stored transposed. */
export const PRODUCT_KINDS = ['plain', 'transposedB', 'transposedA'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

/** The shape for each kind of product. */
export type Tiles = Readonly<Record<ProductKind, TileShape>>;

export const productKind = (isTransposedA: boolean, isTransposedB: boolean): ProductKind =>
  isTransposedA ? 'transposedA' : isTransposedB ? 'transposedB' : 'plain';

export const sameTiles = (shape: TileShape): Tiles => ({
  plain: shape,
  transposedB: shape,
  transposedA: shape,
});

/**
 * The shapes for a device, by what the compilers of graphics cards make of each (`npm run gpu-stats`): with
 * large tiles, Intel's compiler spills registers and NVIDIA's cards run 11 warps instead of 18, while AMD's
 * cards run 8 subgroups either way.
 */
export function defaultTiles(device: GPUDevice): Tiles {
  // Absent on a simulated device, and in browsers from before 2025.
  const info: GPUAdapterInfo | undefined = device.adapterInfo;
  return sameTiles(info?.vendor === 'amd' ? LARGE_TILES : TILES);
}

/** The shapes among which a device may choose: of some, Intel's compiler spills registers. */
export function shapesFor(device: GPUDevice): readonly TileShape[] {
  const info: GPUAdapterInfo | undefined = device.adapterInfo;
  const spilled = info?.vendor === 'intel' ? [LARGE_TILES, AHEAD_TILES] : [];
  return TILE_SHAPES.filter((shape) => !spilled.includes(shape));
}

/** Rows and columns of C that a workgroup computes. */
export function tileExtent({ lanesX, lanesY, rows, columns }: TileShape): {
  readonly M: number;
  readonly N: number;
} {
  return { M: lanesY * rows, N: lanesX * columns };
}

/** `64×64, 8×8 each, depth 16`. */
export function shapeName(shape: TileShape): string {
  const { M, N } = tileExtent(shape);
  const loads = shape.loads === 'in turn' ? '' : `, ${shape.loads}`;
  return `${M}×${N}, ${shape.rows}×${shape.columns} each, depth ${shape.depth}${loads}`;
}

/** The names of the shapes, for a record. */
export type TileNames = Readonly<Record<ProductKind, string>>;

export const tileNames = (tiles: Tiles): TileNames => ({
  plain: shapeName(tiles.plain),
  transposedB: shapeName(tiles.transposedB),
  transposedA: shapeName(tiles.transposedA),
});

/** The shapes with these names; null if a name is missing or unknown. */
export function tilesByName(names: Readonly<Record<string, string>>): Tiles | null {
  const of = (kind: ProductKind) => TILE_SHAPES.find((shape) => shapeName(shape) === names[kind]);
  const [plain, transposedB, transposedA] = PRODUCT_KINDS.map(of);
  return plain && transposedB && transposedA ? { plain, transposedB, transposedA } : null;
}
