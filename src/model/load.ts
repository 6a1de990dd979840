/** From tensors in files to a model on the device. */

import { must } from '../core/assert.ts';
import type { Ops, Precision, Tensor } from '../ops/ops.ts';
import type { CheckpointTensors } from './find-parameters.ts';
import type { GPT2Config } from './config.ts';
import { GPT2 } from './gpt2.ts';
import { readPieces, sourceBytes, type TensorSource } from './tensor-source.ts';

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** How a weight of this shape is stored on the device; float32 unless it says so. */
  readonly precisionOf?: ((shape: readonly number[]) => Precision) | undefined;
  /** Bytes of the files' weights that are on the device, and of all. */
  readonly onProgress?: ((bytes: number, totalBytes: number) => void) | undefined;
}

/**
 * Puts the parameters on the device, a few megabytes of a tensor at a time: the host never holds
 * more, whatever the model's size. The caller disposes the model. Throws `weights-corrupt` naming a
 * tensor that isn't finite, `cancelled`, and what reading throws; then nothing is left.
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
  // In the order of the shape table, which the optimizer walks: the same for the same model.
  const names = [...parameters.keys()];
  return new GPT2(ops, config, new Map(names.map((name) => [name, must(loaded.get(name), name)])));
}
