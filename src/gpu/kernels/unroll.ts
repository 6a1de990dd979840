/** Repeated lines and loops, for kernels whose text is written by TypeScript. */

export const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** The lines for 0 to count − 1. */
export function times(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

/** More rounds than any loop here has. */
const MAX_ROUNDS = 65_536;

/**
 * WGSL of a loop for `name` from 0 to `count` − 1, where `count` is a value that was computed before, so that
 * compilers don't unroll it.
 *
 * Chromium's compiler (Tint) counts the rounds of every loop that might never end. The counter takes two registers,
 * and because of the second exit from the loop some compilers keep a second copy of everything that the loop changes:
 * NVIDIA's attention kernels then take up to seven more registers. Tint knows that a loop ends only if its end is a
 * constant.
 */
export function loop(name: string, count: string, body: string): string {
  return `for (var ${name} = 0u; ${name} < ${MAX_ROUNDS}u; ${name}++) {
      if (${name} >= ${count}) { break; }
${body}
    }`;
}
