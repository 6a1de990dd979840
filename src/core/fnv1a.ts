/**
 * A hash of 32 bits of bytes or other whole numbers (Fowler, Noll and Vo's FNV-1a), for telling things apart
 * where nobody makes collisions on purpose.
 */
export function fnv1a(values: Int32Array | Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const value of values) hash = Math.imul(hash ^ value, 0x01000193);
  return hash >>> 0;
}
