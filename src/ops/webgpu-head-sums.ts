/** The gradient of the head's input on the GPU, from the gradient of the logits in chunks of rows. */

import type { GpuContext } from '../gpu/context.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import { matmul } from './webgpu-matmul.ts';
import { type Product, whole } from './webgpu-product.ts';
import { matrixShape, type RowShard, rowShards } from './webgpu-tensors.ts';
import { dispatchSplits, finishSplits, splitCount } from './webgpu-tiles.ts';

/** Some rows of the gradient of the logits. */
interface LogitsGradient {
  readonly range: GpuTensor;
  readonly stride: number;
  /** The first row among all N, and how many there are. */
  readonly first: number;
  readonly rows: number;
}

/**
 * dx [N, C] = dlogits [N, V] · wte [V, C], from dlogits in chunks of rows. A chunk has few tiles and a sum over
 * all V, which is split; the splits of all chunks are added up together, in one dispatch.
 */
export class InputGradientSums {
  private readonly gpu: GpuContext;
  private readonly wte: GpuTensor;
  private readonly dx: GpuTensor;
  private readonly shards: readonly RowShard[];
  /** [splits, N, C], for every shard of wte one after the other; null until a chunk is split. */
  private parts: GpuTensor | null = null;
  private splits = 0;

  constructor(gpu: GpuContext, wte: GpuTensor, dx: GpuTensor) {
    this.gpu = gpu;
    this.wte = wte;
    this.dx = dx;
    this.shards = rowShards(gpu, wte);
  }

  add({ range: logits, stride, first, rows }: LogitsGradient): void {
    const { gpu, wte, dx, shards } = this;
    const [N, C] = matrixShape(dx);
    // The first chunk has the most rows, and the others are split as it is.
    const products = shards.map(({ range, begin, end }) => ({
      ...{ M: rows, N: C, K: end - begin },
      a: { range: logits, stride, offset: begin },
      b: { range, precision: wte.precision, stride: C },
    }));
    if (this.splits === 0) this.splits = this.splitsOf(products);
    const { splits } = this;
    for (const [i, product] of products.entries()) {
      if (splits === 1) {
        const c = { range: dx, stride: C, offset: first * C };
        matmul(gpu, { ...product, c, epilogue: { accumulate: i > 0 } });
        continue;
      }
      this.parts ??= gpu.empty([shards.length * splits, N, C]);
      const offset = (i * splits * N + first) * C;
      const c = { range: this.parts, stride: C, offset };
      dispatchSplits(gpu, { ...product, c }, splits, N * C);
    }
  }

  /** 1 where products aren't split, or where all the splits would be more than a binding holds. */
  private splitsOf(products: readonly Omit<Product, 'c'>[]): number {
    const { gpu, dx } = this;
    const [N, C] = matrixShape(dx);
    if (gpu.isSoftware || C % 4 !== 0) return 1;
    const splits = Math.min(...products.map((product) => splitCount(gpu, product)));
    return 4 * products.length * splits * N * C <= gpu.maxBindingBytes ? splits : 1;
  }

  finish(): void {
    const { gpu, dx, parts } = this;
    if (parts === null) return;
    const [M, N] = matrixShape(dx);
    finishSplits(gpu, { M, N, c: whole(dx) }, parts);
    parts.dispose();
  }
}
