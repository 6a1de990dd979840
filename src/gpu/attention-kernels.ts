/** The kernels of attention, for training and for writing, listed as those in `kernels.ts` are. */

import { alignUp } from './buffers.ts';
import { byUnit, eachKernel, family, kernel, type UnitSize, units } from './compose-kernel.ts';
import type { Kernel } from './kernel.ts';
import attentionCached from './kernels/attention-cached.wgsl?raw';
import attentionRows from './kernels/attention-rows.wgsl?raw';
import fillCache from './kernels/fill-cache.wgsl?raw';
import random from './kernels/random.wgsl?raw';
import {
  attentionForwardText,
  attentionKeysText,
  attentionQueriesText,
} from './kernels/attention-tiles.ts';

export const fillCacheKernel = eachKernel('fill cache', 'uuuuu', 'rww', fillCache);
export const attentionRowsKernel = eachKernel(
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

/**
 * The buffers of a kernel by their names in WGSL, in the order of the bindings: whether the kernel reads or
 * writes each, by quads of a head, by single floats, or by pairs of u32. The name is also the suffix of the
 * access function: `readQkv(at, d)`.
 */
type AttentionBuffers = Readonly<
  Record<string, 'read-quads' | 'write-quads' | 'read-floats' | 'write-floats' | 'read-extents'>
>;

/**
 * WGSL that declares the buffers of an attention kernel, with functions that read or write four elements
 * of a head at a time. Where D is a multiple of four they access one vec4, elsewhere single floats. Past
 * the end of the head a read gives zeros, and nothing is written.
 */
function attentionAccess(buffers: AttentionBuffers, isVec4: boolean): string {
  return Object.entries(buffers)
    .map(([name, mode], i) => {
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

const attentionCachedFamilies = byUnit((size) =>
  family((name, constants) =>
    kernel(name, 'uuuuf', 'rwww', constants, units(size, false), attentionCached),
  ),
);

/** `size` invocations per head, each of which processes `unit` elements at a time. */
export const attentionCachedKernel = (size: number, unit: UnitSize): Kernel =>
  attentionCachedFamilies[unit]('attention cached', { size });

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
  const make = (name: string, buffers: AttentionBuffers, main: string) =>
    kernel(
      name,
      'uuuufuuuufuu',
      Object.values(buffers)
        .map((mode) => (mode.startsWith('read') ? 'r' : 'w'))
        .join(''),
      random,
      attentionAccess(buffers, isVec4),
      main,
    );
  return {
    forward: make(
      'attention',
      {
        qkv: 'read-quads',
        out: 'write-quads',
        logSums: 'write-floats',
        documents: 'read-extents',
      },
      attentionForwardText(headQuads),
    ),
    gradQueries: make(
      'attention grad queries',
      {
        qkv: 'read-quads',
        dy: 'read-quads',
        y: 'read-quads',
        logSums: 'read-floats',
        rowDots: 'write-floats',
        dqkv: 'write-quads',
        documents: 'read-extents',
      },
      attentionQueriesText(headQuads),
    ),
    gradKeys: make(
      'attention grad keys',
      {
        qkv: 'read-quads',
        dy: 'read-quads',
        logSums: 'read-floats',
        rowDots: 'read-floats',
        dqkv: 'write-quads',
        documents: 'read-extents',
      },
      attentionKeysText(headQuads),
    ),
  };
}
