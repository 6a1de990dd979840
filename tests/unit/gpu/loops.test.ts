/**
 * The loops that multiply end at a constant, in every kernel of products and of attention: Chromium's compiler counts
 * the rounds of all others (`unroll.ts`), which costs registers on graphics cards.
 */

import { describe, expect, test } from 'vitest';
import { attentionKernels } from '../../../src/gpu/attention-kernels.ts';
import type { Kernel } from '../../../src/gpu/kernel.ts';
import type { TileVariant } from '../../../src/gpu/kernels/product-text.ts';
import { TILE_SHAPES } from '../../../src/gpu/kernels/tile-shapes.ts';
import { matmulKernels } from '../../../src/gpu/matmul-kernels.ts';

const plain: TileVariant = {
  ...{ isTransposedA: false, isTransposedB: false, hasColumnSums: false },
  ...{ lowRank: 'rows', hasLowRankDropout: true },
};
const kernels: readonly Kernel[] = [
  ...[6, 64].flatMap((D) => Object.values<Kernel>({ ...attentionKernels(D) })),
  ...TILE_SHAPES.map((shape) => matmulKernels.f32.tiles(shape, plain)),
];

/** The heads of the innermost loops that multiply. */
const headsOf = (code: string): string[] =>
  code
    .split(/\bfor \(/)
    .slice(1)
    .filter((text) => text.includes('fma('))
    .map((text) => text.slice(0, text.indexOf('{')));

describe('loops that multiply', () => {
  test.each(kernels)('end at a constant: $name', ({ code }) => {
    const heads = headsOf(code);
    expect(heads.length).toBeGreaterThan(0);
    for (const head of heads) expect(head).toMatch(/^var (\w+) = 0u; \1 < \d+u; \1\+\+\) $/);
  });
});
