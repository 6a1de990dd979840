/**
 * Measures the fastest product of two n × n matrices with our kernels, to compare the speed of a step
 * with.
 */

import type { GpuContext } from '../../src/gpu/context.ts';
import { matmul } from '../../src/ops/webgpu-matmul.ts';
import { whole } from '../../src/ops/webgpu-product.ts';
import { cpuMs, median } from './train.ts';

const cases = { nn: [false, false], nt: [false, true], tn: [true, false] } as const;

/** GFLOPS for each layout of the operands, by wall time and by processor time; medians of `repeats`. */
export async function timeMatmul(
  gpu: GpuContext,
  n: number,
  repeats: number,
): Promise<{ gflops: Record<string, number>; cpuGflops: Record<string, number> }> {
  const [a, b, c] = [gpu.zeros([n, n]), gpu.zeros([n, n]), gpu.zeros([n, n])];
  const gflops: Record<string, number> = {};
  const cpuGflops: Record<string, number> = {};
  for (const [name, [isATransposed, isBTransposed]] of Object.entries(cases)) {
    const times: number[] = [];
    const cpuTimes: number[] = [];
    for (let i = 0; i <= repeats; i++) {
      const startedMs = performance.now();
      const startedCpuMs = cpuMs();
      matmul(gpu, {
        ...{ M: n, N: n, K: n },
        a: whole(a, isATransposed),
        b: whole(b, isBTransposed),
        c: whole(c),
      });
      await gpu.finish();
      if (i === 0) continue; // the first run compiled the kernel
      times.push(performance.now() - startedMs);
      cpuTimes.push(cpuMs() - startedCpuMs);
    }
    gflops[name] = (2 * n ** 3) / median(times) / 1e6;
    cpuGflops[name] = (2 * n ** 3) / median(cpuTimes) / 1e6;
  }
  a.dispose();
  b.dispose();
  c.dispose();
  return { gflops, cpuGflops };
}
