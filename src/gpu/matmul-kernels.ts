/** The kernels of matrix products, listed as those in `kernels.ts` are. */

import { byPrecision, kernel, weights } from './compose-kernel.ts';
import type { Kernel } from './kernel.ts';
import activation from './kernels/activation.wgsl?raw';
import each from './kernels/each.wgsl?raw';
import matmulCommon from './kernels/matmul-common.wgsl?raw';
import matmulFinishSplits from './kernels/matmul-finish-splits.wgsl?raw';
import matmulScalar from './kernels/matmul-scalar.wgsl?raw';
import matmulSimple from './kernels/matmul-simple.wgsl?raw';
import matmulVec4 from './kernels/matmul-vec4.wgsl?raw';
import random from './kernels/random.wgsl?raw';
import { matmulDirectText } from './kernels/matmul-direct.ts';
import { matmulRegistersText } from './kernels/matmul-registers.ts';
import { matmulTilesText } from './kernels/matmul-tiles.ts';
import type { TileVariant } from './kernels/product-text.ts';
import { shapeName, type TileShape } from './kernels/tile-shapes.ts';

/**
 * Must stand first in a kernel that uses subgroups. WGSL's uniformity analysis can't see that all
 * invocations of a subgroup leave the kernel together, so its check is switched off.
 */
const SUBGROUPS_HEADER = 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);';

/** The variants of matmul, by the precision of the right operand B. */
export const matmulKernels = byPrecision((precision) => {
  const tiles = new Map<string, Kernel>();
  const make = (name: string, header: string, count: 4 | 1, ...main: string[]): Kernel =>
    kernel(
      precision === 'f32' ? name : `${name} f16`,
      'uuuuuuuuuuuuuuuuuufuuuuuuuufu',
      'rrwrrwwr',
      ...[header, random, activation, matmulCommon, weights(2, 'b', precision, count), ...main],
    );
  return {
    registers: make('matmul registers', '', 4, matmulVec4, matmulRegistersText(false)),
    subgroup: make('matmul subgroup', SUBGROUPS_HEADER, 4, matmulVec4, matmulRegistersText(true)),
    /** For hardware, by shape of tile and by what its loop has to do. */
    tiles: (shape: TileShape, variant: TileVariant): Kernel => {
      const key = JSON.stringify([shape, variant]);
      const text = shape.loads === 'direct' ? matmulDirectText : matmulTilesText;
      const made =
        tiles.get(key) ?? make(tilesName(shape, variant), '', 4, matmulVec4, text(shape, variant));
      tiles.set(key, made);
      return made;
    },
    finishSplits: make('matmul finish splits', '', 4, matmulVec4, matmulFinishSplits, each),
    simple: make('matmul simple', '', 1, matmulScalar, matmulSimple),
  };
});

/** `matmul 64×64, 8×8 each, depth 16: Aᵀ B + sums`. */
function tilesName(shape: TileShape, variant: TileVariant): string {
  const a = variant.isTransposedA ? 'Aᵀ' : 'A';
  const b = variant.isTransposedB ? 'Bᵀ' : 'B';
  const sums = variant.hasColumnSums ? ' + column sums' : '';
  const low = variant.lowRank === 'none' ? '' : ` + low rank ${variant.lowRank}`;
  return `matmul ${shapeName(shape)}: ${a} ${b}${sums}${low}${variant.hasLowRankDropout ? ' dropped' : ''}`;
}
