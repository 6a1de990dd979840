/**
 * What a run needs to go on exactly where it was: what it trains (all weights, or an adapter) and both
 * AdamW moments as tensors, the count of completed steps as data. Everything else is a function of the recipe.
 */

import { mynahError } from '../core/errors.ts';
import type { GPT2Config } from '../model/config.ts';
import { type Adapter, adapterShapes, type LoraSettings } from '../model/lora.ts';
import { parameterShapes, type ShapeTable } from '../model/weights.ts';
import type { Ops, Tensor } from '../ops/ops.ts';
import type { Trainer } from './trainer.ts';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'F32';
  readonly bytes: Uint8Array;
}

const momentPrefix = /^adam\.[mv]\./;
const momentNames = (name: string) => ({ m: `adam.m.${name}`, v: `adam.v.${name}` });

/** Bytes of a checkpoint: what is trained and two moments. */
export function checkpointBytes(parameters: number): number {
  return 3 * 4 * parameters;
}

/** Faster than `every`: only NaN and infinities leave something of x − x. */
function isFinite32(data: Float32Array): boolean {
  for (let i = 0; i < data.length; i++) {
    const x = data[i] as number;
    if (x - x !== 0) return false;
  }
  return true;
}

/**
 * The tensors of a trainer, read back one at a time, weights first. Throws `loss-not-finite` at the
 * first number that isn't one, so that a run that went wrong never replaces its last good checkpoint.
 */
export async function* checkpointTensors(ops: Ops, trainer: Trainer): AsyncGenerator<NamedTensor> {
  yield* weightTensors(ops, trainer);
  for (const [name, { m, v }] of trainer.optimizer.state()) {
    const names = momentNames(name);
    yield readTensor(ops, trainer, names.m, m);
    yield readTensor(ops, trainer, names.v, v);
  }
}

/** What was trained, without what going on needs. Throws as {@link checkpointTensors}. */
export async function* weightTensors(ops: Ops, trainer: Trainer): AsyncGenerator<NamedTensor> {
  for (const [name, tensor] of trainer.model.trainable) {
    yield readTensor(ops, trainer, name, tensor);
  }
}

async function readTensor(
  ops: Ops,
  trainer: Trainer,
  name: string,
  tensor: Tensor,
): Promise<NamedTensor> {
  const data = await ops.read(tensor);
  if (!isFinite32(data)) throw mynahError('loss-not-finite', { step: trainer.completedSteps });
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, shape: [...tensor.shape], dtype: 'F32', bytes };
}

function toFloat32Array(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}

/** All weights onto the device. Throws `checkpoint-incompatible`. */
export function restoreWeights(
  ops: Ops,
  config: GPT2Config,
  tensors: AsyncIterable<NamedTensor>,
): Promise<Map<string, Tensor>> {
  return restoreTensors(ops, parameterShapes(config), tensors);
}

/** A LoRA run's adapter onto the device. Throws `checkpoint-incompatible`. */
export async function restoreAdapter(
  ops: Ops,
  config: GPT2Config,
  settings: LoraSettings,
  tensors: AsyncIterable<NamedTensor>,
): Promise<Adapter> {
  const shapes = adapterShapes(config, settings);
  return { settings, parameters: await restoreTensors(ops, shapes, tensors) };
}

/** Checked against the shape table. */
async function restoreTensors(
  ops: Ops,
  shapes: ShapeTable,
  tensors: AsyncIterable<NamedTensor>,
): Promise<Map<string, Tensor>> {
  const parameters = new Map<string, Tensor>();
  try {
    for await (const { name, shape, bytes } of tensors) {
      if (shapes.get(name)?.join() !== shape.join()) {
        throw mynahError('checkpoint-incompatible', { reason: `${name} [${shape.join(', ')}]` });
      }
      parameters.set(name, ops.tensor(toFloat32Array(bytes), shape));
    }
    for (const name of shapes.keys()) {
      if (!parameters.has(name)) {
        throw mynahError('checkpoint-incompatible', { reason: `${name} is missing` });
      }
    }
  } catch (error) {
    for (const tensor of parameters.values()) tensor.dispose();
    throw error;
  }
  return parameters;
}

/** The moments onto the device, and the count of steps. Throws `checkpoint-incompatible`. */
export async function restoreOptimizer(
  ops: Ops,
  trainer: Trainer,
  completedSteps: number,
  tensors: AsyncIterable<NamedTensor>,
): Promise<void> {
  const waiting = new Map<string, Tensor>();
  const missing = new Set(trainer.model.trainable.keys());
  try {
    for await (const { name, shape, bytes } of tensors) {
      waiting.set(name, ops.tensor(toFloat32Array(bytes), shape));
      // As soon as both are there: all of them beside those they replace would not fit everywhere.
      const parameter = name.replace(momentPrefix, '');
      const names = momentNames(parameter);
      const [m, v] = [waiting.get(names.m), waiting.get(names.v)];
      const value = trainer.model.trainable.get(parameter);
      if (!m || !v || !value) continue;
      if ([m, v].some((moment) => moment.shape.join() !== value.shape.join())) break;
      trainer.optimizer.restore(parameter, { m, v });
      waiting.delete(names.m);
      waiting.delete(names.v);
      missing.delete(parameter);
    }
    for (const name of missing) {
      throw mynahError('checkpoint-incompatible', { reason: `the optimizer state of ${name}` });
    }
  } finally {
    for (const tensor of waiting.values()) tensor.dispose();
  }
  trainer.optimizer.completedSteps = completedSteps;
}
