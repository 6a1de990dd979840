/**
 * A hash of everything the kernels are made of: a self-test that other kernels passed says nothing about these.
 */

import { fnv1a } from '../core/fnv1a.ts';

const sources = import.meta.glob<string>(['./kernels/*', './*kernels.ts', './compose-kernel.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const text = new TextEncoder().encode(Object.values(sources).join('\n'));
export const kernelHash = fnv1a(text).toString(16);
