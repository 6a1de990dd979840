/** Compiles the kernels of a training before its first step, all at once and with progress. */

import type { GPT2Config } from '../model/config.ts';
import type { Ops } from '../ops/ops.ts';
import { planOnPaper } from './paper-memory.ts';
import type { Way } from './ways-to-train.ts';

/**
 * Which kernels a training needs is known from running it on paper. Does nothing where there are none to
 * compile. Throws what the device says of a kernel that it can't compile.
 *
 * @param onProgress Hears how many are ready, and of how many.
 */
export async function compileKernels(
  { deviceMemory }: Ops,
  config: GPT2Config,
  way: Way,
  onProgress: (done: number, count: number) => void,
): Promise<void> {
  if (deviceMemory === null) return;
  // With two micro-batches, gradients are added up as well as written.
  const step = { ...way, microBatch: 1, accumulation: 2 };
  const { programs } = await planOnPaper(config, step, deviceMemory.adapter);
  await deviceMemory.compile(programs, onProgress);
}
