/** The one place that decides which operations a backend gets. */

import type { SelectedBackend } from '../gpu/backend.ts';
import { GpuContext } from '../gpu/context.ts';
import type { Ops } from './ops.ts';
import { PortableOps } from './portable.ts';
import { SUBMISSION_MS } from '../gpu/submissions.ts';
import { WebGPUOps } from './webgpu.ts';

/** Smaller submissions would cost more in sending them than in work. */
const MIN_SUBMISSION_MS = 5;

/**
 * Our own kernels on a GPU, plain tfjs operations elsewhere. The caller disposes them.
 *
 * @param losses How many devices were lost before this one. A system takes a device away if it works too
 *   long on one submission, so each loss halves the time that a submission may take.
 */
export function createOps({ gpu }: Pick<SelectedBackend, 'gpu'>, losses = 0): Ops {
  if (gpu === null) return new PortableOps();
  const { device, isSoftware } = gpu;
  const submissions = { ms: Math.max(MIN_SUBMISSION_MS, SUBMISSION_MS / 2 ** losses) };
  return new WebGPUOps(new GpuContext(device, { isSoftware, submissions }));
}
