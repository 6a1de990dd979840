/** Measures allocations, to check that readers of untrusted files allocate no more than the file's size. */

const counted = [ArrayBuffer, Uint8Array, Uint32Array, Float32Array, Float64Array] as const;

function elementBytes(type: (typeof counted)[number]): number {
  return 'BYTES_PER_ELEMENT' in type ? type.BYTES_PER_ELEMENT : 1;
}

/**
 * Runs `work` and returns the size in bytes of the largest buffer or typed array that it created by length.
 * Copies of existing data don't count, since they can't be larger than that data.
 */
export async function largestAllocation(work: () => Promise<void> | void): Promise<number> {
  let largest = 0;
  for (const type of counted) {
    const watched = new Proxy(type, {
      construct(target, args: unknown[], newTarget) {
        const [length] = args;
        if (typeof length === 'number') largest = Math.max(largest, length * elementBytes(type));
        return Reflect.construct(target, args, newTarget) as object;
      },
    });
    Reflect.set(globalThis, type.name, watched);
  }
  try {
    await work();
  } finally {
    for (const type of counted) Reflect.set(globalThis, type.name, type);
  }
  return largest;
}
