/** The kernels by name: WGSL put together, and what each is bound to (see the files' headers). */

import type { Kernel } from './kernel.ts';
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
import matmulCommon from './kernels/matmul-common.wgsl?raw';
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

const matmul = (name: string, access: string, main: string): Kernel =>
  kernel(name, 'uuuuuuuuuuuuuuuuufuuuuuuu', 'rrwrrww', random, gelu, matmulCommon, access, main);

export const matmulKernels = {
  registers: matmul('matmul registers', matmulVec4, matmulRegisters),
  tiles: matmul('matmul tiles', matmulVec4, matmulTiles),
  simple: matmul('matmul simple', matmulScalar, matmulSimple),
} as const;

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
export const layerNormColumnsKernel = kernel(
  'layer norm columns',
  'uuu',
  'rrrww',
  layerNormColumns,
);
export const addKernel = kernel('add', 'u', 'rrw', add);
export const dropoutKernel = kernel('dropout', 'uuuuuf', 'rw', random, dropout);
export const rowsKernel = kernel('rows', 'uu', 'rrw', rows);

/* ------------------------------------------------------------------ embedding and head */

export const embeddingKernel = kernel('embedding', 'uuuuuu', 'rrrw', embedding);
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
export const attentionCachedKernel = kernel(
  'attention cached',
  'uuuuf',
  'rwww',
  rowSum,
  attentionCached,
);

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

const linearRowsFamily = family((name, constants) =>
  kernel(name, 'uuuf', 'rrrrrrw', constants, gelu, linearRows),
);
const logitsRowsFamily = family((name, constants) =>
  kernel(name, 'uuuuu', 'rrw', constants, logitsRows),
);

const sampleFamily = family((name, constants) =>
  kernel(name, 'uuuuuuuuffffu', 'wwww', constants, random, sample),
);

export const linearRowsKernel = (rowsEach: number, slices: number): Kernel =>
  linearRowsFamily('linear rows', { rowsEach, slices });
export const logitsRowsKernel = (rowsEach: number, lanes: number): Kernel =>
  logitsRowsFamily('logits rows', { rowsEach, lanes });

/** `size` invocations a sequence, a power of two. */
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
