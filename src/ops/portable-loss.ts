/**
 * Softmax cross-entropy of the tied head, computed in chunks of rows, so that the logits of a large
 * vocabulary never exist as a whole, and each chunk in parts, between which a thread that computes can listen.
 * How a chunk is cut into parts changes no bit: all sums are those of a whole chunk.
 *
 * XNNPACK, which multiplies for tfjs's WASM backend, makes a packed copy of the right operand of a product. For
 * GPT-2's table that takes the better part of a second and can't be interrupted, so the table is always on the left.
 */

import * as tf from '@tensorflow/tfjs-core';
import type { Parts } from '../core/parts.ts';
import { multiplyByRows } from './portable-products.ts';
import { Held } from './portable-tensors.ts';

/** The largest chunk of logits: 32 MiB of float32. */
const MAX_CHUNK_ELEMENTS = 8 * 1024 * 1024;

/** The maximum amount of work in one part. */
export interface PartSize {
  readonly flops: number;
  /** Elements of a matrix that is transposed, or of logits whose gradient is computed. */
  readonly elements: number;
}

/** An eighth of a second or less on a thread that makes 12 GFLOPS. */
export const PART_SIZE: PartSize = { flops: 1.5e9, elements: 4.5e6 };

/** The embedding table as the head uses it. */
interface HeadTable {
  /** [V, C] */
  readonly wte: tf.Tensor2D;
  /** wteᵀ [C, V] in ranges of rows, made when it is first needed. The caller disposes them. */
  readonly transposed: tf.Tensor2D[];
  /** Whether it gets a gradient. */
  readonly isTrained: boolean;
}

/** Some rows of x [n, C], and their targets. */
interface Rows {
  readonly x: tf.Tensor2D;
  readonly targets: Int32Array;
}

function countTargets(targets: Int32Array): number {
  let count = 0;
  for (const target of targets) if (target >= 0) count++;
  return Math.max(1, count);
}

/** How many items each part has if `count` items are divided into equal parts of at most `max`. */
function evenly(count: number, max: number): number {
  return Math.ceil(count / Math.ceil(count / Math.max(1, Math.floor(max))));
}

/** Yields x and its targets in groups of `rowsAtOnce` rows. A group is disposed when the next one is asked for. */
function* inRows(held: Held, { x, targets }: Rows, rowsAtOnce: number): Generator<Rows> {
  const [N, C] = x.shape;
  for (let start = 0; start < N; start += rowsAtOnce) {
    const n = Math.min(rowsAtOnce, N - start);
    const of = { targets: targets.subarray(start, start + n) };
    if (n === N) yield { x, ...of };
    else {
      const some = held.add(tf.slice(x, [start, 0], [n, C]));
      yield { x: some, ...of };
      held.drop(some);
    }
  }
}

function concatenated<T extends tf.Tensor>(parts: readonly T[]): T {
  return parts.length === 1 ? (parts[0] as T) : (tf.concat([...parts], 0) as T);
}

/** What some rows contribute to the sum of −log p(target) over the rows that count. */
interface Losses {
  /** log Σ exp(logits − max), [n, 1], and the target's logit − max, [n]; zero in rows that don't count. */
  readonly logSums: tf.Tensor;
  readonly hits: tf.Tensor;
}

interface RowsLoss extends Losses {
  /** exp(logits − max) [n, V] and its row sums [n, 1]; their quotient is the softmax. */
  readonly exponentials: tf.Tensor;
  readonly rowSums: tf.Tensor;
  /** [n, V]; zero in rows that don't count. */
  readonly oneHot: tf.Tensor;
  /** [n, 1]; 1 in rows that count, 0 in the others. */
  readonly counted: tf.Tensor;
}

/** Of logits [n, V]. */
function rowsLoss({ x: logits, targets }: Rows): RowsLoss {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  const exponentials = tf.exp(shifted);
  const rowSums = tf.sum(exponentials, -1, true); // [n, 1]
  const counted = tf.tensor2d(
    Float32Array.from(targets, (target) => (target >= 0 ? 1 : 0)),
    [targets.length, 1],
  );
  const safe = targets.map((target) => Math.max(0, target));
  const oneHot = tf.mul(
    tf.cast(tf.oneHot(tf.tensor1d(safe, 'int32'), logits.shape[1]), 'float32'),
    counted,
  );
  const logSums = tf.mul(tf.log(rowSums), counted);
  const hits = tf.sum(tf.mul(shifted, oneHot), -1);
  return { exponentials, rowSums, oneHot, counted, logSums, hits };
}

/** The sum of a chunk's losses, a scalar. */
function sumOf(losses: readonly Losses[]): tf.Tensor {
  return tf.sub(
    tf.sum(concatenated(losses.map(({ logSums }) => logSums))),
    tf.sum(concatenated(losses.map(({ hits }) => hits))),
  );
}

/** The logits x · wteᵀ of a chunk, [n, V]. They are held. */
function* logitsInParts(
  held: Held,
  x: tf.Tensor2D,
  wte: tf.Tensor2D,
  size: PartSize,
): Parts<tf.Tensor2D> {
  const [n, C] = x.shape;
  const xT = held.add(tf.transpose(x));
  const logitsT = yield* multiplyByRows(wte, xT, evenly(wte.shape[0], size.flops / (2 * n * C)));
  if (logitsT === null) return null;
  held.add(logitsT); // [V, n]
  const logits = held.add(tf.transpose(logitsT));
  held.drop(xT, logitsT);
  yield;
  return logits;
}

const chunkRows = ([V]: readonly [number, number]): number =>
  Math.max(1, Math.floor(MAX_CHUNK_ELEMENTS / V));

/** The mean loss, a scalar; x [N, C], wte [V, C], targets [N]. */
export function* headLoss(
  x: tf.Tensor2D,
  wte: tf.Tensor2D,
  targets: Int32Array,
  size = PART_SIZE,
): Parts<tf.Tensor> {
  const held = new Held();
  try {
    let sum: tf.Tensor = held.add(tf.scalar(0));
    for (const chunk of inRows(held, { x, targets }, chunkRows(wte.shape))) {
      const logits = yield* logitsInParts(held, chunk.x, wte, size);
      if (logits === null) return null;
      const losses: Losses[] = [];
      const partRows = evenly(chunk.targets.length, size.elements / wte.shape[0]);
      for (const rows of inRows(held, { ...chunk, x: logits }, partRows)) {
        const { logSums, hits } = tf.tidy(() => {
          const { logSums, hits } = rowsLoss(rows);
          return { logSums, hits };
        });
        losses.push({ logSums: held.add(logSums), hits: held.add(hits) });
        yield;
      }
      const next = held.add(tf.tidy(() => tf.add(sum, sumOf(losses))));
      held.drop(sum, logits, ...losses.flatMap(({ logSums, hits }) => [logSums, hits]));
      sum = next;
    }
    return tf.div(sum, countTargets(targets));
  } finally {
    held.dispose();
  }
}

/**
 * The same loss with the gradients of loss · scale: dx [N, C], and dwte [V, C] if the table is trained.
 * The gradient of the logits is (softmax − one-hot) · scale / number of rows that count.
 */
export function* headLossAndGradients(
  x: tf.Tensor2D,
  table: HeadTable,
  targets: Int32Array,
  scale: number,
  size = PART_SIZE,
): Parts<{ loss: tf.Tensor; dx: tf.Tensor; dwte: tf.Tensor | undefined }> {
  const { wte, isTrained } = table;
  const [V, C] = wte.shape;
  const count = countTargets(targets);
  const held = new Held();
  try {
    let sum: tf.Tensor = held.add(tf.scalar(0));
    let dwte: tf.Tensor | undefined;
    const dxs: tf.Tensor2D[] = [];
    for (const chunk of inRows(held, { x, targets }, chunkRows(wte.shape))) {
      const logits = yield* logitsInParts(held, chunk.x, wte, size);
      if (logits === null) return null;
      const n = chunk.targets.length;
      const losses: Losses[] = [];
      const gradients: tf.Tensor2D[] = [];
      for (const rows of inRows(held, { ...chunk, x: logits }, evenly(n, size.elements / V))) {
        const part = tf.tidy(() => {
          const { exponentials, rowSums, oneHot, counted, ...losses } = rowsLoss(rows);
          const weight = tf.mul(counted, scale / count); // [n, 1]
          const dlogits = tf.sub(
            tf.mul(exponentials, tf.div(weight, rowSums)),
            tf.mul(oneHot, scale / count),
          ) as tf.Tensor2D; // [n, V]
          return { ...losses, dlogits };
        });
        losses.push({ logSums: held.add(part.logSums), hits: held.add(part.hits) });
        gradients.push(held.add(part.dlogits));
        yield;
      }
      const next = held.add(tf.tidy(() => tf.add(sum, sumOf(losses))));
      held.drop(sum, logits, ...losses.flatMap(({ logSums, hits }) => [logSums, hits]));
      sum = next;
      const dlogitsT = held.add(tf.tidy(() => tf.transpose(concatenated(gradients)))); // [V, n]
      held.drop(...gradients);
      yield;
      const dx = yield* inputGradient(held, dlogitsT, table, size);
      if (dx === null) return null;
      dxs.push(dx);
      if (isTrained) {
        const dw = yield* multiplyByRows(dlogitsT, chunk.x, evenly(V, size.flops / (2 * n * C)));
        if (dw === null) return null;
        held.add(dw);
        // Keeping the table's gradient of every chunk would take a gigabyte for GPT-2.
        if (dwte === undefined) dwte = dw;
        else {
          const both: tf.Tensor = held.add(tf.add(dwte, dw));
          held.drop(dwte, dw);
          dwte = both;
        }
      }
      held.drop(dlogitsT);
    }
    const loss = tf.div(sum, count);
    const dx = dxs.length === 1 ? (dxs[0] as tf.Tensor2D) : tf.concat(dxs, 0);
    held.release(loss, dx, ...(dwte ? [dwte] : []));
    return { loss, dx, dwte };
  } finally {
    held.dispose();
  }
}

/** dx = (wteᵀ · dlogitsᵀ)ᵀ of a chunk, [n, C]; dlogitsᵀ [V, n]. It is held. */
function* inputGradient(
  held: Held,
  dlogitsT: tf.Tensor2D,
  { wte, transposed }: HeadTable,
  { elements }: PartSize,
): Parts<tf.Tensor2D> {
  const [V, C] = wte.shape;
  const rows = evenly(C, elements / V);
  const parts: tf.Tensor2D[] = [];
  for (let first = 0, index = 0; first < C; first += rows, index++) {
    let range = transposed[index];
    if (range === undefined) {
      const some = () => tf.slice(wte, [0, first], [V, Math.min(rows, C - first)]);
      range = tf.keep(tf.tidy(() => tf.transpose(some())));
      transposed[index] = range;
      yield;
    }
    parts.push(held.add(tf.matMul(range, dlogitsT)));
    yield;
  }
  const dx = held.add(tf.tidy(() => tf.transpose(concatenated(parts))));
  held.drop(...parts);
  return dx;
}
