/** Operations of single elements on the GPU. */

import type { GpuContext } from '../gpu/context.ts';
import { addKernel, dropoutKernel } from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import type { DropoutSite } from './ops.ts';
import { dropoutParams } from './webgpu-product.ts';

/** x · mask / (1 − rate), of any shape. */
export function dropout(gpu: GpuContext, x: GpuTensor, site: DropoutSite): GpuTensor {
  const y = gpu.empty(x.shape);
  const quads = Math.ceil(x.size / 4);
  gpu.dispatch(dropoutKernel, {
    params: [quads, ...dropoutParams(site)],
    buffers: [x, y],
    groups: Math.ceil(quads / 64),
  });
  return y;
}

/** a + b, of the same shape. */
export function add(gpu: GpuContext, a: GpuTensor, b: GpuTensor): GpuTensor {
  const y = gpu.empty(a.shape);
  const quads = Math.ceil(y.size / 4);
  gpu.dispatch(addKernel, {
    params: [quads],
    buffers: [a, b, y],
    groups: Math.ceil(quads / 64),
  });
  return y;
}
