/** For kernels whose arrays and short loops are unrolled in their text. */

export const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** The lines for 0 to count − 1. */
export function times(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}
