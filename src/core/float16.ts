/** IEEE 754 binary16 on the host, for files and frozen weights: not every browser has `Float16Array`. */

/** Bits of float32: 65,520 and more round to infinity; below 2^−14 float16 is subnormal. */
const INFINITY_BITS = 0x477ff000;
const SMALLEST_NORMAL_BITS = 0x38800000;

/** float32 → the bits of the nearest float16, ties to even; beyond ±65,504 infinity. */
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
      // Subnormal: a multiple of 2^−24, found by adding what has no room for smaller fractions.
      half = Math.abs(values[i] as number) * 2 ** 24 + 2 ** 52 - 2 ** 52;
    }
    halves[i] = sign | half;
  }
  return halves;
}

/** The first `count` as float32. Exact. */
export function fromFloat16(halves: Uint16Array, count: number): Float32Array {
  const bits = new Uint32Array(count);
  for (let i = 0; i < count; i++) bits[i] = float16Bits(halves[i] as number);
  return new Float32Array(bits.buffer);
}

/** A binary16 → the bits of the same number in binary32. Exact. */
export function float16Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal: normalise. The highest set bit becomes the implicit one.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | ((fraction << (13 + shift)) & 0x7fffff);
}
