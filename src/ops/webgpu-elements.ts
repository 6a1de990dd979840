/** Operations of single elements on the GPU. */

import type { GpuContext } from '../gpu/context.ts';
import {
  addKernel,
  dropoutKernel,
  keepHalvesKernel,
  toHalvesKernel,
  restoreHalvesKernel,
} from '../gpu/kernels.ts';
import type { GpuTensor, Precision } from '../gpu/tensor.ts';
import type { DropoutSite, ThreeOf } from './operands.ts';
import { dropoutParams } from './webgpu-product.ts';
import { matrixShape, rowShards } from './webgpu-tensors.ts';

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

/**
 * A float16 copy of a matrix [rows, C]; null on software adapters, whose kernels don't wait for memory, and
 * if it is float16 already.
 */
export function toHalves(gpu: GpuContext, w: GpuTensor): GpuTensor | null {
  if (gpu.isSoftware || w.precision === 'f16') return null;
  const [, C] = matrixShape(w);
  const shards = rowShards(gpu, w);
  // The shards of a table begin at aligned bytes of the copy, too.
  if (shards.length > 1 && C % 2 !== 0) return null;
  const halves = gpu.reserve(w.shape, 'f16');
  for (const { range, begin, end } of shards) {
    const quads = Math.ceil(((end - begin) * C) / 4);
    const to = { buffer: halves.buffer, offset: halves.offset + 2 * begin * C, bytes: 8 * quads };
    gpu.dispatch(toHalvesKernel, {
      params: [quads],
      buffers: [range, to],
      groups: Math.ceil(quads / 64),
    });
  }
  return halves;
}

/** Copies of three tensors as float16, or of three such copies as float32, in one dispatch. */
export function convert(
  gpu: GpuContext,
  [a, b, c]: ThreeOf<GpuTensor>,
  to: Precision,
): ThreeOf<GpuTensor> {
  const empty = ({ shape }: GpuTensor) =>
    to === 'f16' ? gpu.emptyHalves(shape) : gpu.empty(shape);
  const copies: ThreeOf<GpuTensor> = [empty(a), empty(b), empty(c)];
  const quads = copies.map(({ size }) => Math.ceil(size / 4));
  gpu.dispatch(to === 'f16' ? keepHalvesKernel : restoreHalvesKernel, {
    params: quads,
    buffers: [a, b, c, ...copies],
    groups: Math.ceil(quads.reduce((sum, n) => sum + n, 0) / 64),
  });
  return copies;
}
