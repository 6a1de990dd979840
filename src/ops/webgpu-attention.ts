/**
 * Causal attention on the GPU.
 *
 * Hardware adapters run fused kernels after FlashAttention-2 (Dao, arXiv:2307.08691), one forward and two
 * backward, which store no scores. On software adapters those kernels compile and run slowly, while memory
 * for scores is cheap: so there the products are batched matmuls over heads, with a softmax kernel in
 * between. Both variants save only the log-sum-exp of each row. If the scores would take more memory
 * than all other temporary tensors, software adapters run the slower fused kernels, too.
 */

import { assert } from '../core/assert.ts';
import { alignUp } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/context.ts';
import { BLOCK_ROWS, STEPS } from '../gpu/kernels/attention-parts.ts';
import { attentionKernels, attentionRowsKernel } from '../gpu/attention-kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import { type AttentionShape, type DropoutSite, scoreScale } from './operands.ts';
import { matmul } from './webgpu-matmul.ts';
import { dropoutParams, type Operand } from './webgpu-product.ts';
import { asGpu, matrixShape, tooLargeForBinding } from './webgpu-tensors.ts';

interface AttentionCall {
  readonly gpu: GpuContext;
  readonly shape: AttentionShape;
  readonly dropout: DropoutSite | undefined;
}

/** qkv [N, 3C] → y [N, C], and the log-sum-exp of each row, [B·H, T]. */
export function attention(
  gpu: GpuContext,
  qkv: GpuTensor,
  shape: AttentionShape,
  dropout: DropoutSite | undefined,
): { y: GpuTensor; logSums: GpuTensor } {
  const [N, C3] = matrixShape(qkv);
  const y = gpu.empty([N, C3 / 3]);
  const logSums = gpu.empty([shape.B * shape.nHead, shape.T]);
  const at = { gpu, shape, dropout };
  if (usesMatmuls(at)) {
    matmulForward(at, qkv, y, logSums);
  } else {
    const { kernels, product, documents, ...how } = fusedDispatch(at, C3 / 3);
    const buffers = [qkv, y, logSums, documents];
    gpu.dispatch(kernels.forward, { ...how, buffers, flops: 2 * product });
  }
  return { y, logSums };
}

/** dy [N, C] → dqkv [N, 3C]. */
export function attentionBackward(
  gpu: GpuContext,
  dy: GpuTensor,
  y: GpuTensor,
  qkv: GpuTensor,
  logSums: GpuTensor,
  shape: AttentionShape,
  dropout: DropoutSite | undefined,
): GpuTensor {
  const dqkv = gpu.empty(qkv.shape);
  const at = { gpu, shape, dropout };
  if (usesMatmuls(at)) {
    matmulBackward(at, dy, qkv, logSums, dqkv);
    return dqkv;
  }
  const { kernels, product, documents, ...how } = fusedDispatch(at, matrixShape(dy)[1]);
  const rowDots = gpu.empty(logSums.shape);
  gpu.dispatch(kernels.gradQueries, {
    ...how,
    buffers: [qkv, dy, y, logSums, rowDots, dqkv, documents],
    flops: 3 * product,
  });
  gpu.dispatch(kernels.gradKeys, {
    ...how,
    buffers: [qkv, dy, logSums, rowDots, dqkv, documents],
    flops: 4 * product,
  });
  rowDots.dispose();
  return dqkv;
}

/* ------------------------------------------------------------------ fused kernels */

function fusedDispatch({ gpu, shape, dropout }: AttentionCall, C: number) {
  const { B, T, nHead, documents } = shape;
  assert(C % nHead === 0, 'whole heads');
  const D = C / nHead;
  return {
    kernels: attentionKernels(D),
    params: [
      ...[B, T, nHead, D, scoreScale(shape, D)],
      ...[...dropoutParams(dropout), STEPS, documents ? 1 : 0],
    ],
    documents: documents ? asGpu(documents) : gpu.unusedInput,
    groups: B * nHead * Math.ceil(T / BLOCK_ROWS),
    /** Operations of one of the products, such as q kᵀ, of which half is masked. */
    product: B * T * T * C,
  };
}

/* ------------------------------------------------------------------ batched matmuls */

/** The scores of 1,024 tokens of GPT-2 take 12 MiB in blocks of 256, and 48 MiB in one block. */
const MAX_SCORE_BYTES = 32 * 2 ** 20;

function usesMatmuls({ gpu, shape: { B, T, nHead } }: AttentionCall): boolean {
  return gpu.isSoftware && 4 * B * nHead * T * alignUp(T, 4) <= MAX_SCORE_BYTES;
}

/**
 * Divides the batch into groups of sequences whose scores fit in a binding. Throws `out-of-memory` if
 * none fits.
 */
function* sequences(
  { gpu, shape: { B } }: AttentionCall,
  scoreBytes: number,
): Generator<{ first: number; count: number }> {
  const fitting = Math.floor(gpu.maxBindingBytes / scoreBytes);
  if (fitting === 0) throw tooLargeForBinding(gpu, scoreBytes);
  for (let first = 0; first < B; first += fitting) {
    yield { first, count: Math.min(fitting, B - first) };
  }
}

/** The operands of the matmuls: where the heads are in qkv, in y and in the scores. */
function operands({ shape: { T, nHead } }: AttentionCall, C: number, first: number) {
  const D = C / nHead;
  const stride = alignUp(T, 4);
  return {
    D,
    stride,
    /** q (0), k (1) or v (2) in qkv or dqkv. */
    part: (qkv: GpuTensor, index: number): Operand => ({
      range: qkv,
      stride: 3 * C,
      offset: first * T * 3 * C + index * C,
      step: { group: T * 3 * C, member: D },
    }),
    rows: (y: GpuTensor): Operand => ({
      range: y,
      stride: C,
      offset: first * T * C,
      step: { group: T * C, member: D },
    }),
    scores: (range: GpuTensor): Operand => ({
      range,
      stride,
      isPadded: true,
      step: { group: nHead * T * stride, member: T * stride },
    }),
  };
}

function rowPass(
  { gpu, shape, dropout }: AttentionCall,
  first: number,
  [scores, dp, logSums]: readonly [GpuTensor, GpuTensor | null, GpuTensor],
  D: number,
): void {
  const { T, nHead, documents } = shape;
  const [rows, stride] = matrixShape(scores);
  gpu.dispatch(attentionRowsKernel, {
    constants: { DROPOUT: dropout ? 1 : 0, GRADIENT: dp ? 1 : 0, DOCUMENTS: documents ? 1 : 0 },
    params: [
      ...[rows, T, stride, first * nHead * T, scoreScale(shape, D)],
      ...[...dropoutParams(dropout), nHead],
    ],
    buffers: [
      scores,
      dp ?? gpu.unusedOutputs[0],
      logSums,
      documents ? asGpu(documents) : gpu.unusedInput,
    ],
    groups: Math.ceil(rows / 64),
  });
}

function matmulForward(at: AttentionCall, qkv: GpuTensor, y: GpuTensor, logSums: GpuTensor): void {
  const { gpu, shape } = at;
  const { T, nHead } = shape;
  const [, C] = matrixShape(y);
  for (const { first, count } of sequences(at, 4 * nHead * T * alignUp(T, 4))) {
    const { D, stride, part, rows, scores } = operands(at, C, first);
    const batch = { groups: count, members: nHead };
    const s = gpu.empty([count * nHead * T, stride]);
    matmul(gpu, {
      ...{ M: T, N: T, K: D, batch, triangle: 'lower-c' },
      a: part(qkv, 0),
      b: { ...part(qkv, 1), isTransposed: true },
      c: scores(s),
    });
    rowPass(at, first, [s, null, logSums], D);
    matmul(gpu, {
      ...{ M: T, N: D, K: T, batch, triangle: 'lower-a' },
      a: scores(s),
      b: part(qkv, 2),
      c: rows(y),
    });
    s.dispose();
  }
}

function matmulBackward(
  at: AttentionCall,
  dy: GpuTensor,
  qkv: GpuTensor,
  logSums: GpuTensor,
  dqkv: GpuTensor,
): void {
  const { gpu, shape } = at;
  const { T, nHead } = shape;
  const [, C] = matrixShape(dy);
  for (const { first, count } of sequences(at, 4 * nHead * T * alignUp(T, 4))) {
    const { D, stride, part, rows, scores } = operands(at, C, first);
    const batch = { groups: count, members: nHead };
    const s = gpu.empty([count * nHead * T, stride]); // q kᵀ, then the dropped probabilities
    const dp = gpu.empty([count * nHead * T, stride]); // dy vᵀ, then ds
    const square = { M: T, N: T, K: D, batch, triangle: 'lower-c' } as const;
    const back = { M: T, N: D, K: T, batch } as const;
    const transposed = (x: Operand): Operand => ({ ...x, isTransposed: true });
    matmul(gpu, { ...square, a: part(qkv, 0), b: transposed(part(qkv, 1)), c: scores(s) });
    matmul(gpu, { ...square, a: rows(dy), b: transposed(part(qkv, 2)), c: scores(dp) });
    rowPass(at, first, [s, dp, logSums], D);
    const ds = scores(dp);
    const weights = transposed(scores(s));
    const down = 'lower-a-transposed';
    matmul(gpu, { ...back, triangle: 'lower-a', a: ds, b: part(qkv, 1), c: part(dqkv, 0) });
    matmul(gpu, { ...back, triangle: down, a: transposed(ds), b: part(qkv, 0), c: part(dqkv, 1) });
    matmul(gpu, { ...back, triangle: down, a: weights, b: rows(dy), c: part(dqkv, 2) });
    s.dispose();
    dp.dispose();
  }
}
