/** The kernels by name: WGSL put together, and what each is bound to (see the files' headers). */

import type { Kernel } from './kernel.ts';
import type { Precision } from './tensor.ts';
import adamw from './kernels/adamw.wgsl?raw';
import add from './kernels/add.wgsl?raw';
import attention from './kernels/attention.wgsl?raw';
import attentionCached from './kernels/attention-cached.wgsl?raw';
import attentionCommon from './kernels/attention-common.wgsl?raw';
import attentionGradKeys from './kernels/attention-grad-keys.wgsl?raw';
import attentionGradQueries from './kernels/attention-grad-queries.wgsl?raw';
import attentionRows from './kernels/attention-rows.wgsl?raw';
import clipScale from './kernels/clip-scale.wgsl?raw';
import crossEntropy from './kernels/cross-entropy.wgsl?raw';
import dropout from './kernels/dropout.wgsl?raw';
import embedding from './kernels/embedding.wgsl?raw';
import embeddingGrad from './kernels/embedding-grad.wgsl?raw';
import fillCache from './kernels/fill-cache.wgsl?raw';
import gelu from './kernels/gelu.wgsl?raw';
import layerNorm from './kernels/layer-norm.wgsl?raw';
import layerNormColumns from './kernels/layer-norm-columns.wgsl?raw';
import layerNormGrad from './kernels/layer-norm-grad.wgsl?raw';
import linearRows from './kernels/linear-rows.wgsl?raw';
import logitsRows from './kernels/logits-rows.wgsl?raw';
import lowRankDown from './kernels/low-rank-down.wgsl?raw';
import lowRankGrad from './kernels/low-rank-grad.wgsl?raw';
import lowRankUp from './kernels/low-rank-up.wgsl?raw';
import matmulCommon from './kernels/matmul-common.wgsl?raw';
import matmulAlone from './kernels/matmul-lanes-alone.wgsl?raw';
import matmulShared from './kernels/matmul-lanes-shared.wgsl?raw';
import matmulRegisters from './kernels/matmul-registers.wgsl?raw';
import matmulScalar from './kernels/matmul-scalar.wgsl?raw';
import matmulSimple from './kernels/matmul-simple.wgsl?raw';
import matmulTiles from './kernels/matmul-tiles.wgsl?raw';
import matmulVec4 from './kernels/matmul-vec4.wgsl?raw';
import positionGrad from './kernels/position-grad.wgsl?raw';
import random from './kernels/random.wgsl?raw';
import rowSum from './kernels/row-sum.wgsl?raw';
import rows from './kernels/rows.wgsl?raw';
import sample from './kernels/sample.wgsl?raw';
import sumLosses from './kernels/sum-losses.wgsl?raw';
import sumSplits from './kernels/sum-splits.wgsl?raw';
import sumSquares from './kernels/sum-squares.wgsl?raw';

function kernel(name: string, params: string, storage: string, ...code: string[]): Kernel {
  return { name, params, storage, code: code.join('\n') };
}

/**
 * Declares a buffer of weights, float32 or float16 in pairs, with a function that reads it by element:
 * `read<Name>(at)` gives four elements from a multiple of four on, or one.
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

/** Has to come first. Which invocations leave a loop early is ours to see to; the check can't. */
const SUBGROUPS_HEADER = 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);';

/** By the precision of the right operand. */
export const matmulKernels = byPrecision((precision) => {
  const make = (name: string, before: string, count: 4 | 1, ...main: string[]): Kernel =>
    kernel(
      precision === 'f32' ? name : `${name}, half`,
      'uuuuuuuuuuuuuuuuufuuuuuuuuf',
      'rrwrrwwr',
      ...[before, random, gelu, matmulCommon, weights(2, 'b', precision, count), ...main],
    );
  return {
    registers: make('matmul registers', '', 4, matmulVec4, matmulAlone, matmulRegisters),
    shared: make('matmul shared', SUBGROUPS_HEADER, 4, matmulVec4, matmulShared, matmulRegisters),
    tiles: make('matmul tiles', '', 4, matmulVec4, matmulTiles),
    simple: make('matmul simple', '', 1, matmulScalar, matmulSimple),
  };
});

export const sumSplitsKernel = kernel('sum splits', 'uuu', 'rwrw', sumSplits);

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
    'rrrw',
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
  'uuuufuuuuf',
  'www',
  random,
  attentionRows,
);

export interface AttentionKernels {
  readonly forward: Kernel;
  readonly gradQueries: Kernel;
  readonly gradKeys: Kernel;
}

interface AttentionBuffer {
  /** Its name, and the suffix of its access function: `readQkv(at, quad)`. */
  readonly name: string;
  readonly mode: 'read' | 'write' | 'floats' | 'floats written';
}

/**
 * Declares a kernel's buffers with functions that read or write four elements of a head at a time:
 * one vec4 where D is a multiple of four, else single floats, with zeros past the end of the head.
 */
function attentionAccess(buffers: readonly AttentionBuffer[], isVec4: boolean): string {
  return buffers
    .map(({ name, mode }, i) => {
      const access = mode === 'read' || mode === 'floats' ? 'read' : 'read_write';
      const declare = (type: string) =>
        `@group(0) @binding(${i + 1}) var<storage, ${access}> ${name}: array<${type}>;`;
      const suffix = `${name[0]?.toUpperCase()}${name.slice(1)}`;
      switch (mode) {
        case 'read':
          return isVec4
            ? `${declare('vec4f')}
fn read${suffix}(at: u32, d: u32) -> vec4f { return ${name}[at / 4u + d]; }`
            : `${declare('f32')}
fn read${suffix}(at: u32, d: u32) -> vec4f {
  let first = at + 4u * d;
  let x = vec4f(${name}[first], ${name}[first + 1u], ${name}[first + 2u], ${name}[first + 3u]);
  return select(vec4f(0.0), x, vec4u(0u, 1u, 2u, 3u) + 4u * d < vec4u(p.D));
}`;
        case 'write':
          return isVec4
            ? `${declare('vec4f')}
fn write${suffix}(at: u32, d: u32, x: vec4f) { ${name}[at / 4u + d] = x; }`
            : `${declare('f32')}
fn write${suffix}(at: u32, d: u32, x: vec4f) {
  for (var i = 0u; i < min(4u, p.D - 4u * d); i++) { ${name}[at + 4u * d + i] = x[i]; }
}`;
        default:
          return declare('f32');
      }
    })
    .join('\n');
}

/** Kernels whose WGSL has constants that size arrays: one for each set of values. */
function family(
  make: (name: string, constants: string) => Kernel,
): (name: string, constants: Record<string, number>) => Kernel {
  const kernels = new Map<string, Kernel>();
  return (name, constants) => {
    const text = Object.entries(constants)
      .map(([key, value]) => `const ${key} = ${value}u;`)
      .join('\n');
    const kernel = kernels.get(text) ?? make(name, text);
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
  kernel(name, 'uuuuuuuuffffu', 'wwww', constants, random, sample),
);

/** How sums down columns are shared out in a workgroup: columns, and slices of the rows. */
export interface ColumnGroup {
  readonly width: number;
  readonly slices: number;
}
export const layerNormColumnsKernel = (group: ColumnGroup): Kernel =>
  layerNormColumnsFamily('layer norm columns', { ...group });
export const lowRankGradKernel = (group: ColumnGroup): Kernel =>
  lowRankGradFamily('low rank grad', { ...group });

const linearRowsFamilies = byPrecision((precision) =>
  family((name, constants) =>
    kernel(name, 'uuufu', 'rrrrrrw', constants, weights(2, 'w', precision, 4), gelu, linearRows),
  ),
);
const logitsRowsFamilies = byPrecision((precision) =>
  family((name, constants) =>
    kernel(name, 'uuuuuu', 'rrw', constants, weights(2, 'wte', precision, 4), logitsRows),
  ),
);

export const linearRowsKernel = (w: Precision, rowsEach: number, slices: number): Kernel =>
  linearRowsFamilies[w]('linear rows', { rowsEach, slices });
export const logitsRowsKernel = (wte: Precision, rowsEach: number, lanes: number): Kernel =>
  logitsRowsFamilies[wte]('logits rows', { rowsEach, lanes });

const attentionCachedFamily = (unit: string, dot: string) =>
  family((name, constants) => {
    const units = `alias Unit = ${unit};\nfn dotOf(a: Unit, b: Unit) -> f32 { return ${dot}; }`;
    return kernel(name, 'uuuuf', 'rwww', constants, units, attentionCached);
  });
const attentionCachedFamilies = {
  1: attentionCachedFamily('f32', 'a * b'),
  4: attentionCachedFamily('vec4f', 'dot(a, b)'),
} as const;

/** `size` invocations a head, `unit` elements of it at once. */
export const attentionCachedKernel = (size: number, unit: 1 | 4): Kernel =>
  attentionCachedFamilies[unit]('attention cached', { size });

/** `size` invocations a sequence, a multiple of 8. */
export const sampleKernel = (size: number): Kernel => sampleFamily('sample', { size });

const attentionKernelsByShape = new Map<string, AttentionKernels>();

/** The three kernels for heads of D, `rowsEach` rows an invocation. */
export function attentionKernels(D: number, rowsEach: number): AttentionKernels {
  const key = `${D} ${rowsEach}`;
  let kernels = attentionKernelsByShape.get(key);
  if (kernels === undefined) {
    const constants = `const headQuads = ${Math.ceil(D / 4)}u;\nconst rowsEach = ${rowsEach}u;`;
    const params = 'uuuufuuuuf';
    const make = (name: string, buffers: AttentionBuffer[], main: string) =>
      kernel(
        name,
        params,
        buffers.map(({ mode }) => (mode === 'read' || mode === 'floats' ? 'r' : 'w')).join(''),
        constants,
        random,
        attentionCommon,
        attentionAccess(buffers, D % 4 === 0),
        main,
      );
    kernels = {
      forward: make(
        'attention',
        [
          { name: 'qkv', mode: 'read' },
          { name: 'out', mode: 'write' },
          { name: 'logSums', mode: 'floats written' },
        ],
        attention,
      ),
      gradQueries: make(
        'attention grad queries',
        [
          { name: 'qkv', mode: 'read' },
          { name: 'dy', mode: 'read' },
          { name: 'y', mode: 'read' },
          { name: 'logSums', mode: 'floats' },
          { name: 'rowDots', mode: 'floats written' },
          { name: 'dqkv', mode: 'write' },
        ],
        attentionGradQueries,
      ),
      gradKeys: make(
        'attention grad keys',
        [
          { name: 'qkv', mode: 'read' },
          { name: 'dy', mode: 'read' },
          { name: 'logSums', mode: 'floats' },
          { name: 'rowDots', mode: 'floats' },
          { name: 'dqkv', mode: 'write' },
        ],
        attentionGradKeys,
      ),
    };
    attentionKernelsByShape.set(key, kernels);
  }
  return kernels;
}
