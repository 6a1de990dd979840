/**
 * LayerNorm and attention of a decoded token as our own kernels for tfjs's WASM backend, written in
 * JavaScript that works on the backend's heap.
 *
 * The rows of one token are so short that the overhead of tfjs, about 15 µs per operation, dominates:
 * LayerNorm takes nine operations and attention fifteen, most of them over the whole cache. Here each of
 * them is one operation, which writes the cache in place and reads only the positions in use. Sums are
 * computed in double precision and in a fixed order.
 */

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { must } from '../core/assert.ts';

const NORM_KERNEL = 'MynahNormRows';
const ATTENTION_KERNEL = 'MynahCachedAttention';

/** A view of a tensor on the WASM heap. Don't keep it across an allocation, which may move the heap. */
function floats(backend: BackendWasm, info: tf.TensorInfo | undefined): Float32Array {
  return backend.typedArrayFromHeap(must(info, 'an input')) as Float32Array;
}

tf.registerKernel({
  kernelName: NORM_KERNEL,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const wasm = backend as BackendWasm;
    const { epsilon } = attrs as unknown as { epsilon: number };
    const [N, C] = must(inputs['x'], 'x').shape as [number, number];
    const out = wasm.makeOutput([N, C], 'float32');
    const [x, gain, bias] = ['x', 'gain', 'bias'].map((name) => floats(wasm, inputs[name]));
    normRows(floats(wasm, out), must(x, 'x'), must(gain, 'gain'), must(bias, 'bias'), epsilon);
    return out;
  },
});

function normRows(
  y: Float32Array,
  x: Float32Array,
  gain: Float32Array,
  bias: Float32Array,
  epsilon: number,
): void {
  const C = gain.length;
  for (let row = 0; row < x.length; row += C) {
    let sum = 0;
    for (let c = 0; c < C; c++) sum += x[row + c] as number;
    const mean = sum / C;
    let squares = 0;
    for (let c = 0; c < C; c++) squares += ((x[row + c] as number) - mean) ** 2;
    const rstd = 1 / Math.sqrt(squares / C + epsilon);
    for (let c = 0; c < C; c++) {
      const normal = ((x[row + c] as number) - mean) * rstd;
      y[row + c] = normal * (gain[c] as number) + (bias[c] as number);
    }
  }
}

tf.registerKernel({
  kernelName: ATTENTION_KERNEL,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const wasm = backend as BackendWasm;
    const { position, scale } = attrs as unknown as { position: number; scale: number };
    const [B, H, S, D] = must(inputs['k'], 'k').shape as [number, number, number, number];
    const out = wasm.makeOutput([B, H * D], 'float32');
    const [qkv, k, v] = ['qkv', 'k', 'v'].map((name) => floats(wasm, inputs[name]));
    const y = floats(wasm, out);
    const scores = new Float64Array(position + 1);
    for (let g = 0; g < B * H; g++) {
      // The part of this head in the row of qkv, which is [3, H, D].
      const at = Math.floor(g / H) * 3 * H * D + (g % H) * D;
      const head = must(qkv, 'qkv').subarray(at, at + 2 * H * D + D);
      const keys = must(k, 'k').subarray(g * S * D, (g + 1) * S * D); // [S, D]
      const values = must(v, 'v').subarray(g * S * D, (g + 1) * S * D); // [D, S]
      keys.set(head.subarray(H * D, H * D + D), position * D);
      for (let d = 0; d < D; d++) values[d * S + position] = head[2 * H * D + d] as number;
      attendRow(y.subarray(g * D, (g + 1) * D), head, keys, values, scores, scale);
    }
    return out;
  },
});

/** y [D] of one head; `query` begins with the head's D elements, keys are [S, D], values [D, S]. */
function attendRow(
  y: Float32Array,
  query: Float32Array,
  keys: Float32Array,
  values: Float32Array,
  scores: Float64Array,
  scale: number,
): void {
  const D = y.length;
  const S = values.length / D;
  const taken = scores.length;
  let largest = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < taken; s++) {
    let dot = 0;
    for (let d = 0; d < D; d++) dot += (query[d] as number) * (keys[s * D + d] as number);
    scores[s] = dot * scale;
    largest = Math.max(largest, dot * scale);
  }
  let sum = 0;
  for (let s = 0; s < taken; s++) {
    const weight = Math.exp((scores[s] as number) - largest);
    scores[s] = weight;
    sum += weight;
  }
  for (let d = 0; d < D; d++) {
    let mixed = 0;
    for (let s = 0; s < taken; s++) mixed += (scores[s] as number) * (values[d * S + s] as number);
    y[d] = mixed / sum;
  }
}

/** Whether tfjs's current backend has the kernels in this file. */
export function hasDecodeKernels(): boolean {
  return tf.getBackend() === 'wasm';
}

/** LayerNorm of a few rows; x [N, C] → [N, C]. */
export function layerNormRows(
  x: tf.Tensor,
  gain: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
): tf.Tensor {
  return tf.engine().runKernel(NORM_KERNEL, { x, gain, bias }, { epsilon }) as tf.Tensor;
}

/** qkv [B, 3C], k [B, H, S, D], v [B, H, D, S] → y [B, C]; writes `position` of k and v in place. */
export function attendCachedInPlace(
  qkv: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  position: number,
  scale: number,
): tf.Tensor {
  return tf.engine().runKernel(ATTENTION_KERNEL, { qkv, k, v }, { position, scale }) as tf.Tensor;
}
