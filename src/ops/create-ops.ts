/** The one place that decides which operations a backend gets. */

import type { SelectedBackend } from '../gpu/backend.ts';
import { GpuContext } from '../gpu/context.ts';
import type { Ops } from './ops.ts';
import { PortableOps } from './portable.ts';
import { WebGPUOps } from './webgpu.ts';

/** Our own kernels on a GPU, plain tfjs operations elsewhere. The caller disposes them. */
export function createOps({ gpu }: Pick<SelectedBackend, 'gpu'>): Ops {
  if (gpu === null) return new PortableOps();
  return new WebGPUOps(new GpuContext(gpu.device, { isSoftware: gpu.isSoftware }));
}
