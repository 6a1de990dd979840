/**
 * The embedding and the tied head on the GPU. Only one chunk of the logits exists at a time: its buffer
 * holds the logits of some rows, then their gradient, then the logits of the next rows.
 */

import { assert } from '../core/assert.ts';
import type { GpuContext } from '../gpu/context.ts';
import {
  crossEntropyKernel,
  embeddingGradKernel,
  embeddingKernels,
  positionGradKernel,
  sumLossesKernel,
} from '../gpu/kernels.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import { positionsOf } from './documents.ts';
import type { GradientSlot, TokenBatch } from './operands.ts';
import { InputGradientSums } from './webgpu-head-sums.ts';
import { matmul } from './webgpu-matmul.ts';
import { whole } from './webgpu-product.ts';
import { asGpu, matrixShape, rowGroups, rowShards } from './webgpu-tensors.ts';

/** What using N rows of a table of width C counts as: not as much as the whole table, which is bound. */
const rowFlops = (N: number, C: number): number => 16 * N * C;

/** Token ids [B, T], wte [V, C], wpe [P, C] → [N, C]. */
export function embedding(
  gpu: GpuContext,
  batch: TokenBatch,
  wte: GpuTensor,
  wpe: GpuTensor,
  start: number,
): GpuTensor {
  const { ids, T, starts } = batch;
  const tokens = gpu.upload(ids, [ids.length]);
  const positions = starts ? gpu.upload(positionsOf(batch), [ids.length]) : undefined;
  const x = embedDeviceTokens(gpu, tokens, T, wte, wpe, start, positions);
  tokens.dispose();
  positions?.dispose();
  return x;
}

/** The same for ids [N] that are already on the device. */
export function embedDeviceTokens(
  gpu: GpuContext,
  tokens: GpuTensor,
  T: number,
  wte: GpuTensor,
  wpe: GpuTensor,
  start: number,
  positions?: GpuTensor,
): GpuTensor {
  const [, C] = matrixShape(wte);
  const N = tokens.size;
  const x = gpu.empty([N, C]);
  assert(wte.precision === wpe.precision, 'both tables are stored alike');
  for (const { range, begin, end } of rowShards(gpu, wte)) {
    gpu.dispatch(embeddingKernels[wte.precision], {
      constants: { POSITIONS: positions ? 1 : 0 },
      params: [N, C, T, start, begin, end],
      buffers: [tokens, range, wpe, x, positions ?? gpu.unusedInput],
      groups: Math.ceil((N * C) / 64),
      flops: rowFlops(N, C),
    });
  }
  return x;
}

/** The indices of the tokens sorted by id, and for each distinct id where it starts among them. */
function segmentsById(ids: Int32Array): { order: Uint32Array; segments: Uint32Array } {
  const order = Uint32Array.from(ids.keys()).sort(
    (a, b) => (ids[a] as number) - (ids[b] as number) || a - b,
  );
  const segments: number[] = [];
  let last = -1;
  order.forEach((n, i) => {
    const id = ids[n] as number;
    if (id !== last) segments.push(id, i);
    last = id;
  });
  segments.push(0, ids.length);
  return { order, segments: Uint32Array.from(segments) };
}

/** Adds row n of dx [N, C] to the row of the table whose index is ids[n], for all n in order. */
function addRowsById(gpu: GpuContext, dx: GpuTensor, ids: Int32Array, table: GpuTensor): void {
  const [, C] = matrixShape(dx);
  const sorted = segmentsById(ids);
  const order = gpu.upload(sorted.order, [ids.length]);
  const segments = gpu.upload(sorted.segments, [sorted.segments.length / 2, 2]);
  const distinct = sorted.segments.length / 2 - 1;
  for (const { range, begin, end } of rowShards(gpu, table)) {
    gpu.dispatch(embeddingGradKernel, {
      params: [distinct, C, begin, end],
      buffers: [dx, order, segments, range],
      groups: distinct,
      flops: rowFlops(ids.length, C),
    });
  }
  order.dispose();
  segments.dispose();
}

/** From dx [N, C]: adds to dwte [V, C], and writes or accumulates dwpe [P, C]. */
export function embeddingBackward(
  gpu: GpuContext,
  dx: GpuTensor,
  tokens: TokenBatch,
  dwte: GpuTensor,
  dwpe: GradientSlot,
): void {
  addRowsById(gpu, dx, tokens.ids, dwte);
  const { B, T } = tokens;
  const positions = asGpu(dwpe.value);
  if (tokens.starts) {
    if (!dwpe.accumulate) gpu.clear(positions);
    addRowsById(gpu, dx, positionsOf(tokens), positions);
    return;
  }
  const [P, C] = matrixShape(positions);
  gpu.dispatch(positionGradKernel, {
    constants: { ACCUMULATE: dwpe.accumulate ? 1 : 0 },
    params: [B, T, C, P],
    buffers: [dx, positions],
    groups: Math.ceil((P * C) / 64),
  });
}

/**
 * The largest chunk of logits. GPT-2 with 1,024 tokens takes four chunks, or eight if the table is frozen:
 * without the table's gradient, small chunks take no more time.
 */
const MAX_CHUNK_BYTES = 56 * 2 ** 20;
const MAX_FROZEN_CHUNK_BYTES = 26 * 2 ** 20;

/**
 * The logits x · wteᵀ of x [N, C], in chunks of rows. The chunks share one buffer, in which rows are padded
 * to a multiple of four elements.
 */
function* logitChunks(
  gpu: GpuContext,
  x: GpuTensor,
  wte: GpuTensor,
  maxBytes: number,
): Generator<{ logits: GpuTensor; first: number; rows: number }> {
  const [N, C] = matrixShape(x);
  const [V] = matrixShape(wte);
  const stride = Math.ceil(V / 4) * 4;
  const maxRows = Math.floor(Math.min(maxBytes, gpu.maxBindingBytes) / (4 * stride));
  const rowsEach = Math.min(N, maxRows < 64 ? Math.max(1, maxRows) : Math.floor(maxRows / 64) * 64);
  const logits = gpu.empty([rowsEach, stride]);
  for (let first = 0; first < N; first += rowsEach) {
    const rows = Math.min(rowsEach, N - first);
    for (const { range, begin, end } of rowShards(gpu, wte)) {
      matmul(gpu, {
        M: rows,
        N: end - begin,
        K: C,
        a: { range: x, stride: C, offset: first * C },
        b: { range, precision: wte.precision, stride: C, isTransposed: true },
        c: { range: logits, stride, offset: begin, isPadded: true },
      });
    }
    yield { logits, first, rows };
  }
  logits.dispose();
}

/**
 * The mean loss, a scalar, and with `gradients` also those of loss · scale: dx [N, C], and dwte [V, C]
 * unless its slot is null.
 */
export function headLoss(
  gpu: GpuContext,
  x: GpuTensor,
  wte: GpuTensor,
  targets: Int32Array,
  gradients: { readonly scale: number; readonly dwte: GradientSlot | null } | null,
): { loss: GpuTensor; dx: GpuTensor | null } {
  const [N, C] = matrixShape(x);
  const [V] = matrixShape(wte);
  const counted = Math.max(
    1,
    targets.reduce((n, target) => n + (target >= 0 ? 1 : 0), 0),
  );
  const onDevice = gpu.upload(targets, [N]);
  const losses = gpu.empty([N]);
  const dx = gradients ? gpu.empty([N, C]) : null;
  const maxBytes = gradients?.dwte ? MAX_CHUNK_BYTES : MAX_FROZEN_CHUNK_BYTES;
  const inputGradient = dx && new InputGradientSums(gpu, wte, dx);
  for (const { logits, first, rows } of logitChunks(gpu, x, wte, maxBytes)) {
    const [, stride] = matrixShape(logits);
    gpu.dispatch(crossEntropyKernel, {
      constants: { ...rowGroups(gpu).constants, GRADIENT: gradients ? 1 : 0 },
      params: [rows, V, stride / 4, first, (gradients?.scale ?? 0) / counted],
      buffers: [logits, onDevice, losses],
      groups: rowGroups(gpu).count(rows),
    });
    if (gradients === null || inputGradient === null) continue;
    inputGradient.add({ range: logits, stride, first, rows });
    if (gradients.dwte === null) continue;
    for (const { range, begin, end } of rowShards(gpu, asGpu(gradients.dwte.value))) {
      matmul(gpu, {
        M: end - begin,
        N: C,
        K: rows,
        a: { range: logits, stride, offset: begin, isTransposed: true },
        b: { range: x, stride: C, offset: first * C },
        c: { range, stride: C },
        epilogue: { accumulate: gradients.dwte.accumulate || first > 0 },
      });
    }
  }
  inputGradient?.finish();
  onDevice.dispose();
  const loss = gpu.empty([]);
  gpu.dispatch(sumLossesKernel, {
    constants: { lanes: 64 },
    params: [N, 1 / counted],
    buffers: [losses, loss],
    groups: 1,
  });
  losses.dispose();
  return { loss, dx };
}

/** All logits; x [N, C], wte [V, C] → [N, V]. */
export function allLogits(gpu: GpuContext, x: GpuTensor, wte: GpuTensor): GpuTensor {
  const [N, C] = matrixShape(x);
  const [V] = matrixShape(wte);
  const logits = gpu.empty([N, V]);
  for (const rows of rowShards(gpu, logits)) {
    for (const { range, begin, end } of rowShards(gpu, wte)) {
      matmul(gpu, {
        M: rows.end - rows.begin,
        N: end - begin,
        K: C,
        a: { ...whole(x), offset: rows.begin * C },
        b: { range, precision: wte.precision, stride: C, isTransposed: true },
        c: { range: rows.range, stride: V, offset: begin },
      });
    }
  }
  return logits;
}
