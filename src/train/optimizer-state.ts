/**
 * What a run needs to go on exactly where it was: what it trains (all weights, or an adapter) and both
 * AdamW moments as tensors, the count of completed steps as data. Everything else is a function of the recipe.
 */

import { type MynahError, mynahError } from '../core/errors.ts';
import type { GPT2Config } from '../model/config.ts';
import { type Adapter, adapterShapes, type LoraSettings } from '../model/lora.ts';
import { parameterShapes, type ShapeTable } from '../model/weights.ts';
import type { Ops, Tensor } from '../ops/ops.ts';
import type { Moments } from './adamw.ts';
import type { Trainer } from './trainer.ts';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'F32';
  /** A few megabytes each, whole floats; may be iterated once. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

const momentName = (moment: keyof Moments, parameter: string) => `adam.${moment}.${parameter}`;

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
 * The tensors of a trainer, weights first, read back piece by piece as their pieces are asked for: the
 * host's share doesn't grow with the model. The pieces throw `loss-not-finite` at the first number that
 * isn't one, so that a run that went wrong never replaces its last good checkpoint.
 */
export function* checkpointTensors(ops: Ops, trainer: Trainer): Generator<NamedTensor> {
  yield* weightTensors(ops, trainer);
  for (const [name, { m, v }] of trainer.optimizer.state()) {
    yield readTensor(ops, trainer, momentName('m', name), m);
    yield readTensor(ops, trainer, momentName('v', name), v);
  }
}

/** What was trained, without what going on needs. Throws as {@link checkpointTensors}. */
export function* weightTensors(ops: Ops, trainer: Trainer): Generator<NamedTensor> {
  for (const [name, tensor] of trainer.model.trainable) {
    yield readTensor(ops, trainer, name, tensor);
  }
}

function readTensor(ops: Ops, trainer: Trainer, name: string, tensor: Tensor): NamedTensor {
  const pieces = finitePieces(ops, trainer, tensor);
  return { name, shape: [...tensor.shape], dtype: 'F32', pieces };
}

async function* finitePieces(
  ops: Ops,
  trainer: Trainer,
  tensor: Tensor,
): AsyncGenerator<Uint8Array> {
  for await (const data of ops.readPieces(tensor)) {
    if (!isFinite32(data)) throw mynahError('loss-not-finite', { step: trainer.completedSteps });
    yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
}

/** Pieces may begin anywhere in a buffer, floats may not. */
async function* floats(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Float32Array> {
  for await (const piece of pieces) yield new Float32Array(piece.slice().buffer);
}

/** All weights of a checkpoint onto the device. Throws `stored-data-damaged`. */
export function restoreWeights(
  ops: Ops,
  config: GPT2Config,
  tensors: Iterable<NamedTensor>,
  checkpointId: string,
): Promise<Map<string, Tensor>> {
  return restoreTensors(ops, parameterShapes(config), tensors, checkpointId);
}

/** A LoRA run's adapter onto the device. Throws `stored-data-damaged`. */
export async function restoreAdapter(
  ops: Ops,
  config: GPT2Config,
  settings: LoraSettings,
  tensors: Iterable<NamedTensor>,
  checkpointId: string,
): Promise<Adapter> {
  const shapes = adapterShapes(config, settings);
  return { settings, parameters: await restoreTensors(ops, shapes, tensors, checkpointId) };
}

/** Checked against the shape table. */
async function restoreTensors(
  ops: Ops,
  shapes: ShapeTable,
  tensors: Iterable<NamedTensor>,
  checkpointId: string,
): Promise<Map<string, Tensor>> {
  const parameters = new Map<string, Tensor>();
  try {
    for (const { name, shape, pieces } of tensors) {
      if (shapes.get(name)?.join() !== shape.join()) {
        throw damaged(checkpointId, `${name} [${shape.join(', ')}]`);
      }
      parameters.set(name, await ops.weightFrom(floats(pieces), shape, 'f32'));
    }
    for (const name of shapes.keys()) {
      if (!parameters.has(name)) throw damaged(checkpointId, `${name} is missing`);
    }
  } catch (error) {
    for (const tensor of parameters.values()) tensor.dispose();
    throw error;
  }
  return parameters;
}

/** The moments onto the device, and the count of steps. Throws `stored-data-damaged`. */
export async function restoreOptimizer(
  trainer: Trainer,
  completedSteps: number,
  tensors: Iterable<NamedTensor>,
  checkpointId: string,
): Promise<void> {
  const { model, optimizer } = trainer;
  const missing = new Map<string, { parameter: string; moment: keyof Moments }>();
  for (const parameter of model.trainable.keys()) {
    for (const moment of ['m', 'v'] as const) {
      missing.set(momentName(moment, parameter), { parameter, moment });
    }
  }
  for (const { name, shape, pieces } of tensors) {
    const found = missing.get(name);
    if (!found || model.trainable.get(found.parameter)?.shape.join() !== shape.join()) {
      throw damaged(checkpointId, `${name} [${shape.join(', ')}]`);
    }
    await optimizer.restore(found.parameter, found.moment, floats(pieces));
    missing.delete(name);
  }
  for (const name of missing.keys()) throw damaged(checkpointId, `${name} is missing`);
  optimizer.completedSteps = completedSteps;
}

function damaged(checkpointId: string, detail: string): MynahError {
  return mynahError('stored-data-damaged', { what: 'checkpoint', id: checkpointId, detail });
}
