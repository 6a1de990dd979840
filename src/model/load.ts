/** Loads a model from tensors in files to the device. */

import { must } from '../core/assert.ts';
import type { Precision, Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import type { CheckpointTensors } from './find-parameters.ts';
import type { GPT2Config } from './config.ts';
import { GPT2 } from './gpt2.ts';
import { readPieces, sourceBytes, type TensorSource } from './tensor-source.ts';

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** How a weight of this shape is stored on the device; float32 by default. */
  readonly precisionOf?: ((shape: readonly number[]) => Precision) | undefined;
  /** Reports how many bytes of the files' weights are on the device, of how many. */
  readonly onProgress?: ((bytes: number, totalBytes: number) => void) | undefined;
}

/**
 * Copies the parameters to the device, a few megabytes at a time, so that the host never holds more,
 * however large the model is. The caller disposes the model.
 *
 * @throws `model-corrupt` naming a tensor with NaN or infinity, `cancelled`, `out-of-memory`, and
 *   whatever reading the files throws. Then no tensors remain on the device.
 */
export async function loadModel(
  ops: Ops,
  config: GPT2Config,
  { parameters, inFileOrder }: CheckpointTensors,
  { signal, onProgress, precisionOf = () => 'f32' }: LoadOptions = {},
): Promise<GPT2> {
  const totalBytes = inFileOrder.reduce((sum, [, source]) => sum + sourceBytes(source), 0);
  let doneBytes = 0;
  async function* values(source: TensorSource): AsyncGenerator<Float32Array> {
    for await (const piece of readPieces(source, signal)) {
      yield piece.values;
      doneBytes += piece.bytes.byteLength;
      onProgress?.(doneBytes, totalBytes);
    }
  }
  const loaded = new Map<string, Tensor>();
  try {
    for (const [name, source] of inFileOrder) {
      loaded.set(
        name,
        await ops.weightFrom(values(source), source.shape, precisionOf(source.shape)),
      );
    }
  } catch (error) {
    for (const tensor of loaded.values()) tensor.dispose();
    throw error;
  }
  // The optimizer processes parameters in this order, which must not depend on the files.
  const names = [...parameters.keys()];
  return new GPT2(ops, config, new Map(names.map((name) => [name, must(loaded.get(name), name)])));
}
