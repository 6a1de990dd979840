/**
 * All kernels: for each its name, the WGSL files that it is composed of, the fields of its `Params`, and
 * its storage buffers. The header of each WGSL file says what its kernel computes and what it is bound to.
 */

import { alignUp } from './buffers.ts';
import type { Kernel } from './kernel.ts';
import type { Precision } from './tensor.ts';
import activation from './kernels/activation.wgsl?raw';
import {
  attentionForwardText,
  attentionKeysText,
  attentionQueriesText,
} from './kernels/attention-tiles.ts';
import adamw from './kernels/adamw.wgsl?raw';
import add from './kernels/add.wgsl?raw';
import attentionCached from './kernels/attention-cached.wgsl?raw';
import attentionRows from './kernels/attention-rows.wgsl?raw';
import clipScale from './kernels/clip-scale.wgsl?raw';
import crossEntropy from './kernels/cross-entropy.wgsl?raw';
import dropout from './kernels/dropout.wgsl?raw';
import embedding from './kernels/embedding.wgsl?raw';
import embeddingGrad from './kernels/embedding-grad.wgsl?raw';
import fillCache from './kernels/fill-cache.wgsl?raw';
import layerNorm from './kernels/layer-norm.wgsl?raw';
import layerNormColumns from './kernels/layer-norm-columns.wgsl?raw';
import layerNormGrad from './kernels/layer-norm-grad.wgsl?raw';
import linearRows from './kernels/linear-rows.wgsl?raw';
import logitsRows from './kernels/logits-rows.wgsl?raw';
import lowRankDown from './kernels/low-rank-down.wgsl?raw';
import lowRankGrad from './kernels/low-rank-grad.wgsl?raw';
import lowRankUp from './kernels/low-rank-up.wgsl?raw';
import matmulCommon from './kernels/matmul-common.wgsl?raw';
import matmulLoadEach from './kernels/matmul-load-each.wgsl?raw';
import matmulLoadSubgroup from './kernels/matmul-load-subgroup.wgsl?raw';
import matmulFinishSplits from './kernels/matmul-finish-splits.wgsl?raw';
import matmulRegisters from './kernels/matmul-registers.wgsl?raw';
import matmulScalar from './kernels/matmul-scalar.wgsl?raw';
import matmulSimple from './kernels/matmul-simple.wgsl?raw';
import matmulVec4 from './kernels/matmul-vec4.wgsl?raw';
import {
  matmulTilesText,
  shapeName,
  type TileShape,
  type TileVariant,
} from './kernels/matmul-tiles.ts';
import positionGrad from './kernels/position-grad.wgsl?raw';
import random from './kernels/random.wgsl?raw';
import rowSum from './kernels/row-sum.wgsl?raw';
import rows from './kernels/rows.wgsl?raw';
import sample from './kernels/sample.wgsl?raw';
import sumLosses from './kernels/sum-losses.wgsl?raw';
import sumSquares from './kernels/sum-squares.wgsl?raw';

function kernel(name: string, params: string, storage: string, ...code: string[]): Kernel {
  return { name, params, storage, code: [`// kernel ${name}`, ...code].join('\n') };
}

/**
 * WGSL that declares a buffer of weights, stored as float32 or as pairs of float16, with a function
 * `read<Name>(at)` that returns `count` elements from element `at` on; `at` is a multiple of `count`.
 */
function weights(binding: number, name: string, precision: Precision, count: 4 | 1): string {
  const declare = (type: string) =>
    `@group(0) @binding(${binding}) var<storage, read> ${name}: array<${type}>;`;
  const read = `fn read${name[0]?.toUpperCase()}${name.slice(1)}(at: u32)`;
  if (precision === 'f32') {
    return count === 4
      ? `${declare('vec4f')}
${read} -> vec4f { return ${name}[at / 4u]; }`
      : `${declare('f32')}
${read} -> f32 { return ${name}[at]; }`;
  }
  return count === 4
    ? `${declare('vec2u')}
${read} -> vec4f {
  let words = ${name}[at / 4u];
  return vec4f(unpack2x16float(words.x), unpack2x16float(words.y));
}`
    : `${declare('u32')}
${read} -> f32 {
  let pair = unpack2x16float(${name}[at / 2u]);
  return select(pair.x, pair.y, at % 2u == 1u);
}`;
}

const byPrecision = <T>(make: (precision: Precision) => T): Readonly<Record<Precision, T>> => ({
  f32: make('f32'),
  f16: make('f16'),
});

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
    registers: make('matmul registers', '', 4, matmulVec4, matmulLoadEach, matmulRegisters),
    subgroup: make(
      'matmul subgroup',
      SUBGROUPS_HEADER,
      4,
      ...[matmulVec4, matmulLoadSubgroup, matmulRegisters],
    ),
    /** For hardware, by shape of tile and by what its loop has to do. */
    tiles: (shape: TileShape, variant: TileVariant): Kernel => {
      const key = JSON.stringify([shape, variant]);
      const made =
        tiles.get(key) ??
        make(tilesName(shape, variant), '', 4, matmulVec4, matmulTilesText(shape, variant));
      tiles.set(key, made);
      return made;
    },
    finishSplits: make('matmul finish splits', '', 4, matmulVec4, matmulFinishSplits),
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

/* ------------------------------------------------------------------ rows and elements */

export const layerNormKernel = kernel('layer norm', 'uuf', 'rrrww', rowSum, layerNorm);
export const layerNormGradKernel = kernel(
  'layer norm grad',
  'uu',
  'rrrrrwrw',
  rowSum,
  layerNormGrad,
);
export const addKernel = kernel('add', 'u', 'rrw', add);
export const dropoutKernel = kernel('dropout', 'uuuuuf', 'rw', random, dropout);
export const rowsKernel = kernel('rows', 'uu', 'rrw', rows);

export const lowRankDownKernel = kernel(
  'low rank down',
  'uuufuuuuf',
  'rrw',
  ...[random, rowSum, lowRankDown],
);
export const lowRankUpKernel = kernel('low rank up', 'uuuf', 'rrrw', lowRankUp);

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

/* ------------------------------------------------------------------ attention */

export const fillCacheKernel = kernel('fill cache', 'uuuuu', 'rww', fillCache);
export const attentionRowsKernel = kernel(
  'attention rows',
  'uuuufuuuufu',
  'wwwr',
  random,
  attentionRows,
);

export interface AttentionKernels {
  readonly forward: Kernel;
  readonly gradQueries: Kernel;
  readonly gradKeys: Kernel;
}

interface AttentionBuffer {
  /** The name in WGSL, and the suffix of the access function: `readQkv(at, d)`. */
  readonly name: string;
  /** Whether the kernel reads or writes it, by quads of a head, by single floats, or by pairs of u32. */
  readonly mode: 'read-quads' | 'write-quads' | 'read-floats' | 'write-floats' | 'read-extents';
}

/**
 * WGSL that declares the buffers of an attention kernel, with functions that read or write four elements
 * of a head at a time. Where D is a multiple of four they access one vec4, elsewhere single floats. Past
 * the end of the head a read gives zeros, and nothing is written.
 */
function attentionAccess(buffers: readonly AttentionBuffer[], isVec4: boolean): string {
  return buffers
    .map(({ name, mode }, i) => {
      const access = mode.startsWith('read') ? 'read' : 'read_write';
      const declare = (type: string) =>
        `@group(0) @binding(${i + 1}) var<storage, ${access}> ${name}: array<${type}>;`;
      const suffix = `${name[0]?.toUpperCase()}${name.slice(1)}`;
      switch (mode) {
        case 'read-quads':
          return isVec4
            ? `${declare('vec4f')}
fn read${suffix}(at: u32, d: u32) -> vec4f {
  return select(vec4f(), ${name}[at / 4u + d], 4u * d < p.D);
}`
            : `${declare('f32')}
fn read${suffix}(at: u32, d: u32) -> vec4f {
  let first = at + 4u * d;
  let x = vec4f(${name}[first], ${name}[first + 1u], ${name}[first + 2u], ${name}[first + 3u]);
  return select(vec4f(), x, vec4u(0u, 1u, 2u, 3u) + 4u * d < vec4u(p.D));
}`;
        case 'write-quads':
          return isVec4
            ? `${declare('vec4f')}
fn write${suffix}(at: u32, d: u32, x: vec4f) {
  if (4u * d < p.D) { ${name}[at / 4u + d] = x; }
}`
            : `${declare('f32')}
fn write${suffix}(at: u32, d: u32, x: vec4f) {
${['x', 'y', 'z', 'w'].map((e, i) => `  if (4u * d + ${i}u < p.D) { ${name}[at + 4u * d + ${i}u] = x.${e}; }`).join('\n')}
}`;
        case 'read-extents':
          return declare('vec2u');
        default:
          return declare('f32');
      }
    })
    .join('\n');
}

/** Kernels whose WGSL has constants that size arrays: one kernel for each set of values. */
function family(
  make: (name: string, constants: string, values: Record<string, number>) => Kernel,
): (name: string, constants: Record<string, number>) => Kernel {
  const kernels = new Map<string, Kernel>();
  return (name, constants) => {
    const text = Object.entries(constants)
      .map(([key, value]) => `const ${key} = ${value}u;`)
      .join('\n');
    const kernel = kernels.get(text) ?? make(name, text, constants);
    kernels.set(text, kernel);
    return kernel;
  };
}

const layerNormColumnsFamily = family((name, constants) =>
  kernel(name, 'uu', 'rrrww', constants, layerNormColumns),
);
const lowRankGradFamily = family((name, constants) =>
  kernel(name, 'uuuufuuuuf', 'rrrrww', constants, random, lowRankGrad),
);

const sampleFamily = family((name, constants) =>
  kernel(name, 'uuuuuuuuuffffuu', 'wwww', constants, random, sample),
);

/** How a workgroup divides sums down columns: into columns, and the rows into slices. */
export interface ColumnGroup {
  readonly width: number;
  readonly slices: number;
}
export const layerNormColumnsKernel = (group: ColumnGroup): Kernel =>
  layerNormColumnsFamily('layer norm columns', { ...group });
export const lowRankGradKernel = (group: ColumnGroup): Kernel =>
  lowRankGradFamily('low rank grad', { ...group });

/**
 * WGSL for this many rows: each line with `{r}` stands there once for each row. Arrays of a value for each row
 * would be kept in memory by compilers that don't unroll the loops over them.
 */
function forRows(text: string, { rowsPerGroup = 1 }: Record<string, number>): string {
  const rows = Array.from({ length: rowsPerGroup }, (_, r) => String(r));
  return text.replace(/^.*\{r\}.*$/gm, (line) =>
    rows.map((r) => line.replaceAll('{r}', r)).join('\n'),
  );
}

const linearRowsFamilies = byPrecision((precision) =>
  family((name, constants, values) =>
    kernel(
      name,
      'uuufu',
      'rrrrrrw',
      constants,
      weights(2, 'w', precision, 4),
      activation,
      forRows(linearRows, values),
    ),
  ),
);
const logitsRowsFamilies = byPrecision((precision) =>
  family((name, constants, values) =>
    kernel(
      name,
      'uuuuuu',
      'rrw',
      constants,
      weights(2, 'wte', precision, 4),
      forRows(logitsRows, values),
    ),
  ),
);

export const linearRowsKernel = (w: Precision, rowsPerGroup: number, slices: number): Kernel =>
  linearRowsFamilies[w]('linear rows', { rowsPerGroup, slices });
export const logitsRowsKernel = (wte: Precision, rowsPerGroup: number, lanes: number): Kernel =>
  logitsRowsFamilies[wte]('logits rows', { rowsPerGroup, lanes });

const attentionCachedFamily = (unit: string, dot: string) =>
  family((name, constants) => {
    const units = `alias Unit = ${unit};\nfn dotOf(a: Unit, b: Unit) -> f32 { return ${dot}; }`;
    return kernel(name, 'uuuuf', 'rwww', constants, units, attentionCached);
  });
const attentionCachedFamilies = {
  1: attentionCachedFamily('f32', 'a * b'),
  4: attentionCachedFamily('vec4f', 'dot(a, b)'),
} as const;

/** `size` invocations per head, each of which processes `unit` elements at a time. */
export const attentionCachedKernel = (size: number, unit: 1 | 4): Kernel =>
  attentionCachedFamilies[unit]('attention cached', { size });

/** `size` invocations per sequence; `size` is a multiple of 8. */
export const sampleKernel = (size: number): Kernel => sampleFamily('sample', { size });

const attentionKernelsByText = new Map<string, AttentionKernels>();

/** The three attention kernels for heads of size D. Sizes that are alike share them. */
export function attentionKernels(D: number): AttentionKernels {
  const headQuads = D <= 32 ? 8 : alignUp(D, 64) / 4;
  const isVec4 = D % 4 === 0;
  const key = `${headQuads} ${isVec4}`;
  const made = attentionKernelsByText.get(key) ?? makeAttentionKernels(headQuads, isVec4);
  attentionKernelsByText.set(key, made);
  return made;
}

function makeAttentionKernels(headQuads: number, isVec4: boolean): AttentionKernels {
  const make = (name: string, buffers: AttentionBuffer[], main: string) =>
    kernel(
      name,
      'uuuufuuuufuu',
      buffers.map(({ mode }) => (mode.startsWith('read') ? 'r' : 'w')).join(''),
      random,
      attentionAccess(buffers, isVec4),
      main,
    );
  return {
    forward: make(
      'attention',
      [
        { name: 'qkv', mode: 'read-quads' },
        { name: 'out', mode: 'write-quads' },
        { name: 'logSums', mode: 'write-floats' },
        { name: 'documents', mode: 'read-extents' },
      ],
      attentionForwardText(headQuads),
    ),
    gradQueries: make(
      'attention grad queries',
      [
        { name: 'qkv', mode: 'read-quads' },
        { name: 'dy', mode: 'read-quads' },
        { name: 'y', mode: 'read-quads' },
        { name: 'logSums', mode: 'read-floats' },
        { name: 'rowDots', mode: 'write-floats' },
        { name: 'dqkv', mode: 'write-quads' },
        { name: 'documents', mode: 'read-extents' },
      ],
      attentionQueriesText(headQuads),
    ),
    gradKeys: make(
      'attention grad keys',
      [
        { name: 'qkv', mode: 'read-quads' },
        { name: 'dy', mode: 'read-quads' },
        { name: 'logSums', mode: 'read-floats' },
        { name: 'rowDots', mode: 'read-floats' },
        { name: 'dqkv', mode: 'write-quads' },
        { name: 'documents', mode: 'read-extents' },
      ],
      attentionKeysText(headQuads),
    ),
  };
}
