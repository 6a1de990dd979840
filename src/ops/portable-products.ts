/**
 * Batched products of small matrices, for attention, and products of large ones a part at a time.
 *
 * tfjs's WASM backend multiplies batches with a plain loop, which is 10 times slower than its product of
 * two matrices, and slicing a matrix out of a batch copies it and takes about 50 µs. So for that backend
 * we register our own tfjs kernel, which calls the backend's fast product (XNNPACK) directly on the matrices
 * where they are in the batch. Other backends multiply batches fast enough themselves.
 */

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { must } from '../core/assert.ts';
import type { Parts } from '../core/parts.ts';

/** out[outOf[i]] = a[aOf[i]] · b[bOf[i]], for every i. */
export interface MatrixProducts {
  /** [_, M, K] */
  readonly a: tf.Tensor3D;
  readonly aOf: readonly number[];
  /** [_, K, N] */
  readonly b: tf.Tensor3D;
  readonly bOf: readonly number[];
  readonly outOf: readonly number[];
}

const KERNEL_NAME = 'MynahProducts';
const UNFILLED_KERNEL = 'MynahUnfilled';
const ROWS_KERNEL = 'MynahRowsOfProduct';

type MatMul = (
  ...args: [number, Uint8Array, number, number, Uint8Array, number, number, number, number]
) => void;

/** One function per backend object, because each has its own instance of the WASM binary. */
const matMuls = new WeakMap<BackendWasm, MatMul>();

function matMulOf(backend: BackendWasm): MatMul {
  let matMul = matMuls.get(backend);
  if (matMul === undefined) {
    const [number, array] = ['number', 'array'] as const;
    const types = [number, array, number, number, array, number, number, number, number];
    // The package's types lack Emscripten's `cwrap`, which all of its own kernels use.
    const { wasm } = backend as unknown as { wasm: { cwrap(...args: unknown[]): MatMul } };
    matMul = wasm.cwrap('BatchMatMul', null, types);
    matMuls.set(backend, matMul);
  }
  return matMul;
}

function shapeBytes(shape: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(shape).buffer);
}

/** One matrix of a batch as a tensor of the backend, without a copy. Free it with {@link releaseView}. */
function view(backend: BackendWasm, batch: tf.TensorInfo, index: number): tf.TensorInfo {
  const [, rows, columns] = batch.shape as [number, number, number];
  return viewOfRows(backend, batch, index * rows, rows, columns);
}

function viewOfRows(
  backend: BackendWasm,
  { dataId }: tf.TensorInfo,
  first: number,
  rows: number,
  columns: number,
): tf.TensorInfo {
  const offset = backend.getMemoryOffset(dataId) + 4 * first * columns;
  return backend.makeOutput([1, rows, columns], 'float32', offset);
}

/** Disposes a view. Its memory belongs to the batch, so the offset is set to null, which frees nothing. */
function releaseView(backend: BackendWasm, info: tf.TensorInfo): void {
  must(backend.dataIdMap.get(info.dataId), 'a view').memoryOffset = 0;
  backend.disposeData(info.dataId);
}

function multiplyInPlace(
  backend: BackendWasm,
  out: tf.TensorInfo,
  { a, aOf, b, bOf, outOf }: Omit<MatrixProducts, 'a' | 'b'> & Record<'a' | 'b', tf.TensorInfo>,
): void {
  const matMul = matMulOf(backend);
  const idOf = (info: tf.TensorInfo) => must(backend.dataIdMap.get(info.dataId), 'a view').id;
  const [aShape, bShape] = [a, b].map(({ shape }) => shapeBytes([1, ...shape.slice(1)]));
  for (let i = 0; i < outOf.length; i++) {
    const left = view(backend, a, must(aOf[i], 'a'));
    const right = view(backend, b, must(bOf[i], 'b'));
    const target = view(backend, out, must(outOf[i], 'out'));
    matMul(
      idOf(left),
      must(aShape, 'shape'),
      3,
      idOf(right),
      must(bShape, 'shape'),
      3,
      0,
      0,
      idOf(target),
    );
    // This also frees the packed copy of the right operand that the backend keeps.
    for (const info of [left, right, target]) releaseView(backend, info);
  }
}

tf.registerKernel({
  kernelName: KERNEL_NAME,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const wasm = backend as BackendWasm;
    const { indices, count } = attrs as unknown as {
      indices: readonly Pick<MatrixProducts, 'aOf' | 'bOf' | 'outOf'>[];
      count: number;
    };
    const batch = (name: string) => must(inputs[name], name);
    const out = wasm.makeOutput(
      [count, batch('a0').shape[1] as number, batch('b0').shape[2] as number],
      'float32',
    );
    for (const [i, of] of indices.entries()) {
      multiplyInPlace(wasm, out, { ...of, a: batch(`a${i}`), b: batch(`b${i}`) });
    }
    return out;
  },
});

tf.registerKernel({
  kernelName: UNFILLED_KERNEL,
  backendName: 'wasm',
  kernelFunc: ({ backend, attrs }) => {
    const { shape } = attrs as unknown as { shape: number[] };
    return (backend as BackendWasm).makeOutput(shape, 'float32');
  },
});

tf.registerKernel({
  kernelName: ROWS_KERNEL,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const wasm = backend as BackendWasm;
    const { first, rows } = attrs as unknown as { first: number; rows: number };
    const { a, b, out } = inputs as Record<'a' | 'b' | 'out', tf.TensorInfo>;
    const [K, N] = b.shape as [number, number];
    const left = viewOfRows(wasm, a, first, rows, K);
    const target = viewOfRows(wasm, out, first, rows, N);
    const idOf = (info: tf.TensorInfo) => must(wasm.dataIdMap.get(info.dataId), 'a tensor').id;
    const shapes = [left.shape, [1, K, N]].map(shapeBytes) as [Uint8Array, Uint8Array];
    matMulOf(wasm)(idOf(left), shapes[0], 3, idOf(b), shapes[1], 3, 0, 0, idOf(target));
    for (const info of [left, target]) releaseView(wasm, info);
    return [];
  },
});

/**
 * The product a · b, [M, K] · [K, N] → [M, N], computed `rowsAtOnce` rows at a time. On WASM the rows are written straight
 * into the result, so that a large product never exists twice.
 */
export function* multiplyByRows(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  rowsAtOnce: number,
): Parts<tf.Tensor2D> {
  const [M, K] = a.shape;
  const isInPlace = tf.getBackend() === 'wasm';
  const shape = [M, b.shape[1]];
  const parts: tf.Tensor2D[] = isInPlace
    ? [tf.engine().runKernel(UNFILLED_KERNEL, {}, { shape }) as tf.Tensor2D]
    : [];
  let isDone = false;
  try {
    for (let first = 0; first < M; first += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, M - first);
      if (isInPlace) {
        const out = must(parts[0], 'the product');
        tf.engine().runKernel(ROWS_KERNEL, { a, b, out }, { first, rows });
      } else {
        parts.push(tf.tidy(() => tf.matMul(tf.slice(a, [first, 0], [rows, K]), b)));
      }
      yield;
    }
    isDone = parts.length === 1;
    return parts.length === 1 ? must(parts[0], 'the product') : tf.concat(parts, 0);
  } finally {
    if (!isDone) for (const part of parts) part.dispose();
  }
}

/**
 * Computes the products of all jobs, which have the same shapes, into one tensor [count, M, N]. The jobs'
 * output indices must cover 0 … count − 1.
 */
export function multiplyMatrices(jobs: readonly MatrixProducts[], count: number): tf.Tensor3D {
  if (tf.getBackend() === 'wasm') {
    const inputs: tf.NamedTensorMap = {};
    for (const [i, { a, b }] of jobs.entries()) {
      inputs[`a${i}`] = a;
      inputs[`b${i}`] = b;
    }
    const attrs = { indices: jobs, count } as unknown as tf.NamedAttrMap;
    return tf.engine().runKernel(KERNEL_NAME, inputs, attrs) as tf.Tensor3D;
  }
  return tf.tidy(() => {
    const parts = jobs.map(({ a, aOf, b, bOf }) =>
      tf.matMul(gatherMatrices(a, aOf), gatherMatrices(b, bOf)),
    );
    const order = new Int32Array(count);
    for (const [i, out] of jobs.flatMap(({ outOf }) => outOf).entries()) order[out] = i;
    return gatherMatrices(tf.concat(parts as tf.Tensor3D[], 0), order);
  });
}

function gatherMatrices(batch: tf.Tensor3D, of: ArrayLike<number>): tf.Tensor3D {
  const isWhole = of.length === batch.shape[0] && Array.from(of).every((index, i) => index === i);
  return isWhole ? batch : tf.gather(batch, tf.tensor1d(Int32Array.from(of), 'int32'));
}
