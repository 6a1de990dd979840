/**
 * Counter-based random numbers: a value is a pure function of its coordinates, so nothing has to be
 * stored or replayed. A resumed run draws what the uninterrupted one would have drawn, and a
 * backward pass recomputes the dropout mask of its forward pass, on the host or in a WGSL kernel.
 *
 * The hash is pcg4d of Jarzynski & Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020:
 * four u32 in, four u32 out, 32-bit integer arithmetic only.
 */

/** Four u32 coordinates → four random u32, written to `out`. */
export function pcg4d(x: number, y: number, z: number, w: number, out: Uint32Array): void {
  let a = (Math.imul(x, 1664525) + 1013904223) | 0;
  let b = (Math.imul(y, 1664525) + 1013904223) | 0;
  let c = (Math.imul(z, 1664525) + 1013904223) | 0;
  let d = (Math.imul(w, 1664525) + 1013904223) | 0;
  a = (a + Math.imul(b, d)) | 0;
  b = (b + Math.imul(c, a)) | 0;
  c = (c + Math.imul(a, b)) | 0;
  d = (d + Math.imul(b, c)) | 0;
  a ^= a >>> 16;
  b ^= b >>> 16;
  c ^= c >>> 16;
  d ^= d >>> 16;
  a = (a + Math.imul(b, d)) | 0;
  b = (b + Math.imul(c, a)) | 0;
  c = (c + Math.imul(a, b)) | 0;
  d = (d + Math.imul(b, c)) | 0;
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

const scratch = new Uint32Array(4);

/** A u32 from three u32 coordinates under a seed. */
export function randomU32(seed: number, stream: number, index: number, salt = 0): number {
  pcg4d(index, stream, salt, seed, scratch);
  return scratch[0] as number;
}

/** Uniform in [0, 1) with 24 random bits: every value is exact in float32. */
export function randomUnit(seed: number, stream: number, index: number, salt = 0): number {
  return (randomU32(seed, stream, index, salt) >>> 8) / 0x1000000;
}

/**
 * A seeded permutation of 0 … length−1 (Fisher–Yates).
 * The modulo bias is below length / 2³², nothing at the size of a tweet archive.
 */
export function shuffledIndices(length: number, seed: number, stream: number): Uint32Array {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  for (let i = length - 1; i > 0; i--) {
    const j = randomU32(seed, stream, i) % (i + 1);
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
  return order;
}

/** A fresh seed from the platform, a u32 that is shown, recorded and can be typed in again. */
export function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
