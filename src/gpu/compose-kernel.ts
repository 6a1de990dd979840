/** Composes kernels from WGSL files and text, for the lists of kernels (`kernels.ts` and its neighbours). */

import type { Kernel } from './kernel.ts';
import each from './kernels/each.wgsl?raw';
import type { Precision } from './tensor.ts';

export function kernel(name: string, params: string, storage: string, ...code: string[]): Kernel {
  return { name, params, storage, code: [`// kernel ${name}`, ...code].join('\n') };
}

/** A kernel that does the same for each index: `code` has the function `each` (`each.wgsl`). */
export function eachKernel(
  name: string,
  params: string,
  storage: string,
  ...code: string[]
): Kernel {
  return kernel(name, params, storage, ...code, each);
}

/**
 * WGSL that declares a buffer of weights, stored as float32 or as pairs of float16, with a function
 * `read<Name>(at)` that returns `count` elements from element `at` on; `at` is a multiple of `count`. With four,
 * `vectorOf<Name>(i)` returns those from element 4 i on.
 */
export function weights(binding: number, name: string, precision: Precision, count: 4 | 1): string {
  const declare = (type: string) =>
    `@group(0) @binding(${binding}) var<storage, read> ${name}: array<${type}>;`;
  const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const read = `fn read${title}(at: u32)`;
  const quad = `fn vectorOf${title}(i: u32) -> vec4f`;
  const readQuads = `${read} -> vec4f { return vectorOf${title}(at / 4u); }`;
  if (precision === 'f32') {
    return count === 4
      ? `${declare('vec4f')}
${quad} { return ${name}[i]; }
${readQuads}`
      : `${declare('f32')}
${read} -> f32 { return ${name}[at]; }`;
  }
  return count === 4
    ? `${declare('vec2u')}
${quad} {
  let words = ${name}[i];
  return vec4f(unpack2x16float(words.x), unpack2x16float(words.y));
}
${readQuads}`
    : `${declare('u32')}
${read} -> f32 {
  let pair = unpack2x16float(${name}[at / 2u]);
  return select(pair.x, pair.y, at % 2u == 1u);
}`;
}

/** How many elements a kernel takes at a time: four where its rows are whole vectors, else one. */
export type UnitSize = 4 | 1;

/** The largest unit that rows of this length consist of. */
export const unitSize = (columns: number): UnitSize => (columns % 4 === 0 ? 4 : 1);

/** WGSL for units of elements: the type, sums of them, and with `hasMasks` (behind random.wgsl) dropout's. */
export function units(size: UnitSize, hasMasks: boolean): string {
  const [type, dot, sum, mask] =
    size === 4
      ? ['vec4f', 'dot(a, b)', 'dot(a, vec4f(1.0))', 'dropoutQuad']
      : ['f32', 'a * b', 'a', 'dropoutElement'];
  const masks = `
fn maskOf(at: u32, site: vec3u, threshold: u32, keep: f32) -> Unit {
  return ${mask}(at, site, threshold, keep);
}`;
  return `alias Unit = ${type};
const unitSize = ${size}u;
fn dotOf(a: Unit, b: Unit) -> f32 { return ${dot}; }
fn sumOf(a: Unit) -> f32 { return ${sum}; }
fn elementOf(a: Unit, i: u32) -> f32 { return ${size === 4 ? 'a[i]' : 'a'}; }${hasMasks ? masks : ''}`;
}

export const byUnit = <T>(make: (size: UnitSize) => T): Readonly<Record<UnitSize, T>> => ({
  1: make(1),
  4: make(4),
});

export const byPrecision = <T>(
  make: (precision: Precision) => T,
): Readonly<Record<Precision, T>> => ({
  f32: make('f32'),
  f16: make('f16'),
});

/** Kernels whose WGSL has constants that size arrays: one kernel for each set of values. */
export function family(
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
