/** Parses a shape from the command line. */

import type { Shape } from './train.ts';

export function parseShape(text: string): Shape {
  const [L, C, H, T, B, V] = text.split(',').map(Number);
  if (!L || !C || !H || !T || !B || !V) throw new Error(`--shape L,C,H,T,B,V, not ${text}`);
  return { L, C, H, T, B, V };
}
