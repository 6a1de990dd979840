/**
 * Softmax cross-entropy of the tied head, computed in chunks of rows, so that the logits of a large
 * vocabulary never exist as a whole.
 */

import * as tf from '@tensorflow/tfjs-core';
import { must } from '../core/assert.ts';

/** The largest chunk of logits: 32 MiB of float32. */
const MAX_CHUNK_ELEMENTS = 8 * 1024 * 1024;

interface Chunk {
  readonly x: tf.Tensor2D;
  readonly targets: Int32Array;
}

function countTargets(targets: Int32Array): number {
  let count = 0;
  for (const target of targets) if (target >= 0) count++;
  return Math.max(1, count);
}

function* chunks(x: tf.Tensor2D, targets: Int32Array, vocabSize: number): Generator<Chunk> {
  const [N, C] = x.shape;
  const rows = Math.max(1, Math.floor(MAX_CHUNK_ELEMENTS / vocabSize));
  for (let start = 0; start < N; start += rows) {
    const n = Math.min(rows, N - start);
    yield {
      x: n === N ? x : tf.slice(x, [start, 0], [n, C]),
      targets: targets.subarray(start, start + n),
    };
  }
}

interface ChunkLoss {
  /** exp(logits − max) [n, V] and its row sums [n, 1]; their quotient is the softmax. */
  readonly exponentials: tf.Tensor;
  readonly rowSums: tf.Tensor;
  /** [n, V]; zero in rows that don't count. */
  readonly oneHot: tf.Tensor;
  /** [n, 1]; 1 in rows that count, 0 in the others. */
  readonly counted: tf.Tensor;
  /** The sum of −log p(target) over the rows that count. */
  readonly lossSum: tf.Tensor;
}

function chunkLoss(chunk: Chunk, wteT: tf.Tensor2D): ChunkLoss {
  const logits = tf.matMul(chunk.x, wteT); // [n, V]
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  const exponentials = tf.exp(shifted);
  const rowSums = tf.sum(exponentials, -1, true); // [n, 1]
  const counted = tf.tensor2d(
    Float32Array.from(chunk.targets, (target) => (target >= 0 ? 1 : 0)),
    [chunk.targets.length, 1],
  );
  const safe = chunk.targets.map((target) => Math.max(0, target));
  const oneHot = tf.mul(
    tf.cast(tf.oneHot(tf.tensor1d(safe, 'int32'), wteT.shape[1]), 'float32'),
    counted,
  );
  const lossSum = tf.sub(
    tf.sum(tf.mul(tf.log(rowSums), counted)),
    tf.sum(tf.sum(tf.mul(shifted, oneHot), -1)),
  );
  return { exponentials, rowSums, oneHot, counted, lossSum };
}

/** The mean loss, a scalar; x [N, C], wteᵀ [C, V], targets [N]. */
export function headLoss(
  x: tf.Tensor2D,
  wteT: tf.Tensor2D,
  targets: Int32Array,
): { loss: tf.Tensor } {
  const loss = tf.tidy(() => {
    let sum: tf.Tensor = tf.scalar(0);
    for (const chunk of chunks(x, targets, wteT.shape[1])) {
      sum = tf.tidy(() => tf.add(sum, chunkLoss(chunk, wteT).lossSum));
    }
    return tf.div(sum, countTargets(targets));
  });
  return { loss };
}

/**
 * The same loss with the gradients of loss · scale: dx [N, C], and dwte [V, C] if the table is trained.
 * The gradient of the logits is (softmax − one-hot) · scale / number of rows that count.
 */
export function headLossAndGradients(
  x: tf.Tensor2D,
  wte: tf.Tensor2D,
  wteT: tf.Tensor2D,
  targets: Int32Array,
  scale: number,
  isTableTrained: boolean,
): { loss: tf.Tensor; dx: tf.Tensor; dwte: tf.Tensor | undefined } {
  return tf.tidy(() => {
    const count = countTargets(targets);
    let sum: tf.Tensor = tf.scalar(0);
    let dwte = undefined as tf.Tensor | undefined;
    const dxChunks: tf.Tensor2D[] = [];
    for (const chunk of chunks(x, targets, wteT.shape[1])) {
      const part = tf.tidy(() => {
        const { exponentials, rowSums, oneHot, counted, lossSum } = chunkLoss(chunk, wteT);
        const weight = tf.mul(counted, scale / count); // [n, 1]
        const dlogits = tf.sub(
          tf.mul(exponentials, tf.div(weight, rowSums)),
          tf.mul(oneHot, scale / count),
        ) as tf.Tensor2D; // [n, V]
        const dw = isTableTrained ? tf.matMul(tf.transpose(dlogits), chunk.x) : undefined;
        return {
          sum: tf.add(sum, lossSum),
          dx: tf.matMul(dlogits, wte),
          dwte: dwte && dw ? tf.add(dwte, dw) : dw,
        };
      });
      sum = part.sum;
      // Keeping the table's gradient of every chunk would take a gigabyte for GPT-2.
      dwte?.dispose();
      dwte = part.dwte;
      dxChunks.push(part.dx as tf.Tensor2D);
    }
    return {
      loss: tf.div(sum, count),
      dx: dxChunks.length === 1 ? must(dxChunks[0], 'dx') : tf.concat(dxChunks, 0),
      dwte,
    };
  });
}
