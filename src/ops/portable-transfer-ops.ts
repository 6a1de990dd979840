/** What `PortableOps` moves to tfjs and back. It computes at once, so there is nothing to submit. */

import * as tf from '@tensorflow/tfjs-core';
import { assert } from '../core/assert.ts';
import { elementCount } from '../core/shape.ts';
import type { Tensor } from './operands.ts';
import { PIECE_ELEMENTS } from './transfer-ops.ts';
import { asTf } from './portable-tensors.ts';
import type { TransferOps } from './transfer-ops.ts';

async function concatenate(
  pieces: AsyncIterable<Float32Array>,
  shape: readonly number[],
): Promise<Float32Array> {
  const data = new Float32Array(elementCount(shape));
  let count = 0;
  for await (const piece of pieces) {
    data.set(piece, count);
    count += piece.length;
  }
  assert(count === data.length, 'pieces of the size of the tensor');
  return data;
}

export class PortableTransferOps implements TransferOps {
  tensor(data: Float32Array, shape: readonly number[]): Tensor {
    return tf.tensor(data, [...shape], 'float32');
  }

  /** tfjs has no float16, so weights stay float32. */
  weight(data: Float32Array, shape: readonly number[]): Tensor {
    return this.tensor(data, shape);
  }

  /** tfjs only takes whole tensors, so the host holds all elements until the backend has copied them. */
  async weightFrom(pieces: AsyncIterable<Float32Array>, shape: readonly number[]): Promise<Tensor> {
    return this.tensor(await concatenate(pieces, shape), shape);
  }

  async overwrite(to: Tensor, pieces: AsyncIterable<Float32Array>): Promise<Tensor> {
    const { shape } = to;
    const data = await concatenate(pieces, shape);
    to.dispose();
    return this.tensor(data, shape);
  }

  zeros(shape: readonly number[]): Tensor {
    return tf.zeros([...shape]);
  }

  async read(x: Tensor): Promise<Float32Array> {
    const data = await asTf(x).data();
    assert(data instanceof Float32Array, 'tensors are float32');
    return data;
  }

  async *readPieces(x: Tensor): AsyncGenerator<Float32Array> {
    const { size } = asTf(x);
    for (let begin = 0; begin < size; begin += PIECE_ELEMENTS) {
      yield await this.readPart(x, begin, Math.min(PIECE_ELEMENTS, size - begin));
    }
  }

  async readPart(x: Tensor, begin: number, count: number): Promise<Float32Array> {
    const { size } = asTf(x);
    const part = tf.tidy(() => tf.slice(tf.reshape(asTf(x), [size]), [begin], [count]));
    try {
      return await this.read(part);
    } finally {
      part.dispose();
    }
  }

  allocate(shapes: ReadonlyMap<string, readonly number[]>): Map<string, Tensor> {
    return new Map([...shapes].map(([name, shape]) => [name, tf.zeros([...shape])]));
  }

  /** Does nothing: the layout of tfjs's tensors can't be controlled. */
  pack(): void {}

  /** Does nothing: tfjs itself decides when to submit. */
  flush(): void {}

  /** tfjs computes on the processor at once. */
  async finish(): Promise<void> {}

  /** Nothing waits here, so nothing can be dropped. */
  beginDraft(): void {}
  async endDraft(): Promise<void> {}
  dropDraft(): void {}

  /** tfjs gives back at once what it can. */
  trim(): void {}
}
