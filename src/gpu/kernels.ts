/**
 * The kernels: for each its name, the WGSL files that it is composed of, the fields of its `Params`, and its
 * storage buffers. Those of matrix products and of attention have files of their own beside this one. The
 * header of each WGSL file says what its kernel computes and what it is bound to.
 */

import {
  byPrecision,
  byUnit,
  eachKernel,
  family,
  kernel,
  type UnitSize,
  units,
  weights,
} from './compose-kernel.ts';
import type { Kernel } from './kernel.ts';
import type { Precision } from './tensor.ts';
import activation from './kernels/activation.wgsl?raw';
import adamw from './kernels/adamw.wgsl?raw';
import add from './kernels/add.wgsl?raw';
import clipScale from './kernels/clip-scale.wgsl?raw';
import crossEntropy from './kernels/cross-entropy.wgsl?raw';
import dropout from './kernels/dropout.wgsl?raw';
import embeddingGrad from './kernels/embedding-grad.wgsl?raw';
import embedding from './kernels/embedding.wgsl?raw';
import halves from './kernels/halves.wgsl?raw';
import keepHalves from './kernels/keep-halves.wgsl?raw';
import layerNormColumns from './kernels/layer-norm-columns.wgsl?raw';
import layerNormGrad from './kernels/layer-norm-grad.wgsl?raw';
import layerNorm from './kernels/layer-norm.wgsl?raw';
import linearRows from './kernels/linear-rows.wgsl?raw';
import logitsRows from './kernels/logits-rows.wgsl?raw';
import lowRankDown from './kernels/low-rank-down.wgsl?raw';
import lowRankGrad from './kernels/low-rank-grad.wgsl?raw';
import lowRankUp from './kernels/low-rank-up.wgsl?raw';
import mix from './kernels/mix.wgsl?raw';
import positionGrad from './kernels/position-grad.wgsl?raw';
import random from './kernels/random.wgsl?raw';
import restoreHalves from './kernels/restore-halves.wgsl?raw';
import rowSum from './kernels/row-sum.wgsl?raw';
import rows from './kernels/rows.wgsl?raw';
import sample from './kernels/sample.wgsl?raw';
import sampleDraw from './kernels/sample-draw.wgsl?raw';
import sampleSearch from './kernels/sample-search.wgsl?raw';
import sumLosses from './kernels/sum-losses.wgsl?raw';
import sumSquares from './kernels/sum-squares.wgsl?raw';
import toHalves from './kernels/to-halves.wgsl?raw';

/* ------------------------------------------------------------------ rows and elements */

export const layerNormKernels = byUnit((size) =>
  kernel('layer norm', 'uufuuuuuf', 'rrrwwrw', random, units(size, true), rowSum, layerNorm),
);
export const layerNormGradKernels = byUnit((size) =>
  kernel(
    'layer norm grad',
    'uuuuuuuf',
    'rrrrrwrw',
    ...[random, units(size, true), rowSum, layerNormGrad],
  ),
);
export const addKernel = eachKernel('add', 'u', 'rrw', add);
export const dropoutKernel = eachKernel('dropout', 'uuuuuf', 'rw', random, dropout);
export const toHalvesKernel = eachKernel('to halves', 'u', 'rw', halves, toHalves);
export const keepHalvesKernel = eachKernel('keep halves', 'uuu', 'rrrwww', halves, keepHalves);
export const restoreHalvesKernel = eachKernel(
  'restore halves',
  'uuu',
  'rrrwww',
  halves,
  restoreHalves,
);
export const rowsKernel = eachKernel('rows', 'uu', 'rrw', rows);

/** How a workgroup divides sums down columns: into columns, and the rows into slices. */
export interface ColumnGroup {
  readonly width: number;
  readonly slices: number;
}

const layerNormColumnsFamilies = byUnit((size) =>
  family((name, constants) =>
    kernel(name, 'uuu', 'rrrww', constants, units(size, false), layerNormColumns),
  ),
);
export const layerNormColumnsKernel = (unit: UnitSize, group: ColumnGroup): Kernel =>
  layerNormColumnsFamilies[unit]('layer norm columns', { ...group });

export const lowRankDownKernel = kernel(
  'low rank down',
  'uuufuuuuf',
  'rrw',
  ...[random, rowSum, lowRankDown],
);
export const lowRankUpKernel = eachKernel('low rank up', 'uuuf', 'rrrw', lowRankUp);
const lowRankGradFamilies = byUnit((size) =>
  family((name, constants) =>
    kernel(name, 'uuuufuuuuf', 'rrrrww', constants, random, units(size, true), lowRankGrad),
  ),
);
export const lowRankGradKernel = (unit: UnitSize, group: ColumnGroup): Kernel =>
  lowRankGradFamilies[unit]('low rank grad', { ...group });

/* ------------------------------------------------------------------ embedding and head */

export const embeddingKernels = byPrecision((precision) =>
  eachKernel(
    'embedding',
    'uuuuuu',
    'rrrwr',
    ...[weights(2, 'wte', precision, 1), weights(3, 'wpe', precision, 1), embedding],
  ),
);
export const embeddingGradKernel = kernel('embedding grad', 'uuuu', 'rrrw', embeddingGrad);
export const positionGradKernel = eachKernel('position grad', 'uuuu', 'rw', positionGrad);
export const crossEntropyKernel = kernel('cross entropy', 'uuuuf', 'wrw', rowSum, crossEntropy);
export const sumLossesKernel = kernel('sum losses', 'uf', 'rw', rowSum, sumLosses);

/* ------------------------------------------------------------------ optimizer */

export const sumSquaresKernel = kernel('sum squares', 'uu', 'rw', rowSum, sumSquares);
export const clipScaleKernel = kernel('clip scale', 'uf', 'rw', rowSum, clipScale);
export const adamwKernel = eachKernel('adamw', 'uffffff', 'rrwww', adamw);
export const mixKernel = eachKernel('mix', 'uf', 'rrw', mix);

/* ------------------------------------------------------------------ decoding */

/**
 * WGSL for this many rows: each line with `{r}` is repeated for every row. Compilers that don't unroll the
 * loops over rows would keep an array with a value for each row in memory.
 */
function forRows(text: string, { rowsPerGroup = 1 }: Record<string, number>): string {
  const rows = Array.from({ length: rowsPerGroup }, (_, r) => String(r));
  return text.replace(/^.*\{r\}.*$/gm, (line) =>
    rows.map((r) => line.replaceAll('{r}', r)).join('\n'),
  );
}

/** The rows of w that belong to a Unit of x, `step` elements apart, and their product with it. */
const unitProducts: Readonly<Record<UnitSize, string>> = {
  1: `alias Weights = vec4f;
fn weightsAt(at: u32, step: u32) -> Weights { return readW(at); }
fn product(x: Unit, w: Weights) -> vec4f { return x * w; }`,
  4: `struct Weights { a: vec4f, b: vec4f, c: vec4f, d: vec4f }
fn weightsAt(at: u32, step: u32) -> Weights {
  return Weights(readW(at), readW(at + step), readW(at + 2u * step), readW(at + 3u * step));
}
fn product(x: Unit, w: Weights) -> vec4f { return x.x * w.a + x.y * w.b + x.z * w.c + x.w * w.d; }`,
};

// Both read the weights, at binding 2, once for several rows.
const linearRowsFamilies = byUnit((size) =>
  byPrecision((precision) =>
    family((name, constants, values) =>
      kernel(
        name,
        'uuufuuu',
        'rrrrrrww',
        ...[constants, weights(2, 'w', precision, 4), units(size, false), unitProducts[size]],
        forRows([activation, linearRows].join('\n'), values),
      ),
    ),
  ),
);
const logitsRowsFamilies = byPrecision((precision) =>
  family((name, constants, values) => {
    const read = weights(2, 'wte', precision, 4);
    return kernel(name, 'uuuuuu', 'rrw', constants, read, forRows(logitsRows, values));
  }),
);

/** How a workgroup of `linear-rows.wgsl` divides its work. */
export interface RowsGroup {
  readonly rowsPerGroup: number;
  readonly width: number;
  readonly slices: number;
}

export const linearRowsKernel = (w: Precision, unit: UnitSize, group: RowsGroup): Kernel =>
  linearRowsFamilies[unit][w]('linear rows', { ...group });
export const logitsRowsKernel = (wte: Precision, rowsPerGroup: number, lanes: number): Kernel =>
  logitsRowsFamilies[wte]('logits rows', { rowsPerGroup, lanes });

const sampleFamily = family((name, constants) =>
  kernel(name, 'uuuuuuuuuffffuffuuu', 'wwwww', constants, random, sample, sampleSearch, sampleDraw),
);
/** `size` invocations per sequence; `size` is a multiple of 8. */
export const sampleKernel = (size: number): Kernel => sampleFamily('sample', { size });
