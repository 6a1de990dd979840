/**
 * The kernels: for each its name, the WGSL files that it is composed of, the fields of its `Params`, and its
 * storage buffers. Those of matrix products and of attention have files of their own beside this one. The
 * header of each WGSL file says what its kernel computes and what it is bound to.
 */

import { byPrecision, byUnit, family, kernel, units, weights } from './compose-kernel.ts';
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
import rowSum from './kernels/row-sum.wgsl?raw';
import rows from './kernels/rows.wgsl?raw';
import sample from './kernels/sample.wgsl?raw';
import sumLosses from './kernels/sum-losses.wgsl?raw';
import sumSquares from './kernels/sum-squares.wgsl?raw';

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
export const addKernel = kernel('add', 'u', 'rrw', add);
export const dropoutKernel = kernel('dropout', 'uuuuuf', 'rw', random, dropout);
export const rowsKernel = kernel('rows', 'uu', 'rrw', rows);

/** How a workgroup divides sums down columns: into columns, and the rows into slices. */
export interface ColumnGroup {
  readonly width: number;
  readonly slices: number;
}

const layerNormColumnsFamily = family((name, constants) =>
  kernel(name, 'uu', 'rrrww', constants, layerNormColumns),
);
export const layerNormColumnsKernel = (group: ColumnGroup): Kernel =>
  layerNormColumnsFamily('layer norm columns', { ...group });

export const lowRankDownKernel = kernel(
  'low rank down',
  'uuufuuuuf',
  'rrw',
  ...[random, rowSum, lowRankDown],
);
export const lowRankUpKernel = kernel('low rank up', 'uuuf', 'rrrw', lowRankUp);
const lowRankGradFamily = family((name, constants) =>
  kernel(name, 'uuuufuuuuf', 'rrrrww', constants, random, lowRankGrad),
);
export const lowRankGradKernel = (group: ColumnGroup): Kernel =>
  lowRankGradFamily('low rank grad', { ...group });

/* ------------------------------------------------------------------ embedding and head */

export const embeddingKernels = byPrecision((precision) =>
  kernel(
    'embedding',
    'uuuuuu',
    'rrrwr',
    ...[weights(2, 'wte', precision, 1), weights(3, 'wpe', precision, 1), embedding],
  ),
);
export const embeddingGradKernel = kernel('embedding grad', 'uuuu', 'rrrw', embeddingGrad);
export const positionGradKernel = kernel('position grad', 'uuuu', 'rw', positionGrad);
export const crossEntropyKernel = kernel('cross entropy', 'uuuuf', 'wrw', rowSum, crossEntropy);
export const sumLossesKernel = kernel('sum losses', 'uf', 'rw', rowSum, sumLosses);

/* ------------------------------------------------------------------ optimizer */

export const sumSquaresKernel = kernel('sum squares', 'uu', 'rw', rowSum, sumSquares);
export const clipScaleKernel = kernel('clip scale', 'uf', 'rw', rowSum, clipScale);
export const adamwKernel = kernel('adamw', 'uffffff', 'rrwww', adamw);
export const mixKernel = kernel('mix', 'uf', 'rrw', mix);

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

/** Kernels that read the weights at binding 2 once for several rows, by the precision of the weights. */
const rowsFamilies = (params: string, storage: string, weightsName: string, ...code: string[]) =>
  byPrecision((precision) =>
    family((name, constants, values) => {
      const read = weights(2, weightsName, precision, 4);
      return kernel(name, params, storage, constants, read, forRows(code.join('\n'), values));
    }),
  );
const linearRowsFamilies = rowsFamilies('uuufu', 'rrrrrrw', 'w', activation, linearRows);
const logitsRowsFamilies = rowsFamilies('uuuuuu', 'rrw', 'wte', logitsRows);

export const linearRowsKernel = (w: Precision, rowsPerGroup: number, slices: number): Kernel =>
  linearRowsFamilies[w]('linear rows', { rowsPerGroup, slices });
export const logitsRowsKernel = (wte: Precision, rowsPerGroup: number, lanes: number): Kernel =>
  logitsRowsFamilies[wte]('logits rows', { rowsPerGroup, lanes });

const sampleFamily = family((name, constants) =>
  kernel(name, 'uuuuuuuuuffffuu', 'wwww', constants, random, sample),
);
/** `size` invocations per sequence; `size` is a multiple of 8. */
export const sampleKernel = (size: number): Kernel => sampleFamily('sample', { size });
