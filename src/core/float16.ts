/**
 * Conversion between float32 and float16 (IEEE 754 binary16) on the host, for files and frozen weights.
 * Not every browser has `Float16Array`.
 */

/**
 * Bit patterns of float32: values from 65,520 on round to infinity, and below 2^−14 float16 is
 * subnormal.
 */
const INFINITY_BITS = 0x477ff000;
const SMALLEST_NORMAL_BITS = 0x38800000;

/** Converts to the bits of the nearest float16, ties to even. Values from ±65,520 on become infinities. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) {
    const sign = ((bits[i] as number) >>> 16) & 0x8000;
    const size = (bits[i] as number) & 0x7fffffff;
    let half: number;
    if (size >= INFINITY_BITS) half = size > 0x7f800000 ? 0x7e00 : 0x7c00;
    else if (size >= SMALLEST_NORMAL_BITS) {
      half = (size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13;
    } else {
      // Subnormal: a multiple of 2^−24. Adding 2^52 rounds to an integer, since doubles have no
      // fraction there.
      half = Math.abs(values[i] as number) * 2 ** 24 + 2 ** 52 - 2 ** 52;
    }
    halves[i] = sign | half;
  }
  return halves;
}

/** Converts the first `count` halves to float32. This is exact. */
export function fromFloat16(halves: Uint16Array, count: number): Float32Array {
  const bits = new Uint32Array(count);
  for (let i = 0; i < count; i++) bits[i] = float16Bits(halves[i] as number);
  return new Float32Array(bits.buffer);
}

/** Converts the bits of a float16 to the bits of the same number in float32. This is exact. */
export function float16Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal: shift until the highest set bit becomes the implicit leading bit.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | ((fraction << (13 + shift)) & 0x7fffff);
}
