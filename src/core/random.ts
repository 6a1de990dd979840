/**
 * Counter-based random numbers: each value is a pure function of its coordinates, so no generator state
 * is stored or replayed. A resumed run draws the same numbers as an uninterrupted one, and a backward pass
 * recomputes the dropout mask of its forward pass, on the host or in a WGSL kernel.
 *
 * The hash is pcg4d of Jarzynski & Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020. It maps
 * four u32 to four u32 with 32-bit integer arithmetic only.
 */

/** Hashes four u32 coordinates to four random u32, which it writes to `out`. */
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

/** A random u32 for these coordinates and this seed. */
export function randomU32(seed: number, stream: number, index: number, salt = 0): number {
  pcg4d(index, stream, salt, seed, scratch);
  return scratch[0] as number;
}

/** A uniform random number in [0, 1) with 24 random bits, so that float32 represents it exactly. */
export function randomUnit(seed: number, stream: number, index: number, salt = 0): number {
  return (randomU32(seed, stream, index, salt) >>> 8) / 0x1000000;
}

/**
 * A random permutation of 0 … length − 1 for this seed (Fisher–Yates). Its modulo bias is below
 * length / 2³², which is negligible for the number of tweets in an archive.
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

/**
 * A new seed (u32) from the platform's random source. The page shows it, and the user can enter it
 * again.
 */
export function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
