/** IEEE 754 binary16, for files and frozen weights: no engine we support has it in all its threads. */

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** float32 → the bits of the nearest float16, ties to even; beyond ±65,504 infinity. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    float[0] = values[i] as number;
    halves[i] = float16BitsOf(bits[0] as number);
  }
  return halves;
}

/** After Maratyszcza's FP16 (github.com/Maratyszcza/FP16), in integers. */
function float16BitsOf(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 0xff) - 112;
  const fraction = word & 0x7fffff;
  if (exponent >= 31) {
    // Not a number stays one.
    return sign | 0x7c00 | (exponent === 143 && fraction !== 0 ? 0x200 : 0);
  }
  if (exponent > 0) return sign | roundToEven((exponent << 23) | fraction, 13);
  // Subnormal: the implicit bit becomes one of the fraction's, which lies further right.
  const shift = 14 - exponent;
  return shift > 24 ? sign : sign | roundToEven(fraction | 0x800000, shift);
}

/** `value` / 2^shift, ties to even. A carry out of the fraction raises the exponent, as it should. */
function roundToEven(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
}
