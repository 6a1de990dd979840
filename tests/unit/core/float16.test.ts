import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromFloat16, toFloat16 } from '../../../src/core/float16.ts';
import { toFloat32 } from '../../../src/model/tensor-source.ts';

const decode = (halves: Uint16Array) =>
  toFloat32(new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength), 'F16', 'x');

describe('float32 to float16', () => {
  test('every float16 is converted to float32 and back without change', () => {
    const all = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);
    const back = toFloat16(decode(all));
    expect(fromFloat16(all, all.length)).toEqual(decode(all));
    for (const [i, bits] of all.entries()) {
      const isNumber = !((bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0);
      if (isNumber) expect(back[i]).toBe(bits);
    }
    expect(Number.isNaN(decode(toFloat16(Float32Array.of(Number.NaN)))[0])).toBe(true);
  });

  test('numbers are rounded to the nearest, and ties to even (seed 20261122)', () => {
    const half = fc.integer({ min: 0, max: 0x7bfe });
    fc.assert(
      fc.property(
        half,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (low, t, isNegative) => {
          const sign = isNegative ? -1 : 1;
          const [below, above] = [...decode(Uint16Array.of(low, low + 1))] as [number, number];
          const [x] = Float32Array.of(below + (above - below) * t) as unknown as [number];
          const [rounded] = decode(toFloat16(Float32Array.of(sign * x))) as unknown as [number];
          const toBelow = x - below;
          const toAbove = above - x;
          const even = (low & 1) === 0 ? below : above;
          const nearest = toBelow === toAbove ? even : toBelow < toAbove ? below : above;
          expect(rounded).toBe(sign * nearest);
        },
      ),
      { seed: 20261122, numRuns: 2000 },
    );
  });

  test('numbers that are too large become infinity', () => {
    expect([...toFloat16(Float32Array.of(65504, 65519.99, 65520, -1e9, 1e38))]).toEqual([
      0x7bff, 0x7bff, 0x7c00, 0xfc00, 0x7c00,
    ]);
  });
});
