/** Composes kernels from WGSL files and text, for the lists of kernels (`kernels.ts` and its neighbours). */

import type { Kernel } from './kernel.ts';
import type { Precision } from './tensor.ts';

export function kernel(name: string, params: string, storage: string, ...code: string[]): Kernel {
  return { name, params, storage, code: [`// kernel ${name}`, ...code].join('\n') };
}

/**
 * WGSL that declares a buffer of weights, stored as float32 or as pairs of float16, with a function
 * `read<Name>(at)` that returns `count` elements from element `at` on; `at` is a multiple of `count`.
 */
export function weights(binding: number, name: string, precision: Precision, count: 4 | 1): string {
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
