/**
 * The state of a training as a checkpoint stores it, from which the run continues exactly: the trained
 * parameters (all weights, or an adapter) and both AdamW moments as float32 tensors, and the number of
 * completed steps. Everything else is a function of the recipe.
 */

import { type MynahError, mynahError } from '../core/errors.ts';
import type { Fault } from '../core/faults.ts';
import type { GPT2Config } from '../model/config.ts';
import { type Adapter, adapterShapes } from '../model/lora.ts';
import type { LoraSettings } from '../domain/recipe.ts';
import { parameterShapes, type ShapeTable } from '../model/weights.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import type { Moments } from './adamw.ts';
import type { Trainer } from './trainer.ts';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'F32';
  /** The elements in order, a few megabytes of whole floats each. They can be iterated once. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** The name of a moment in a checkpoint. */
export function momentName(moment: keyof Moments, parameter: string): string {
  return `adam.${moment}.${parameter}`;
}

/** The size of a checkpoint in bytes: the trained parameters and two moments for each. */
export function checkpointBytes(parameters: number): number {
  return 3 * 4 * parameters;
}

/** The size in bytes of the trained parameters alone. */
export function weightBytes(parameters: number): number {
  return 4 * parameters;
}

/** x − x is 0 for all numbers but NaN and infinities. A plain loop is faster than `every`. */
function isFinite32(data: Float32Array): boolean {
  for (let i = 0; i < data.length; i++) {
    const x = data[i] as number;
    if (x - x !== 0) return false;
  }
  return true;
}

/**
 * The tensors of a checkpoint, weights first. Each is read back from the device piece by piece while it
 * is iterated, so the host needs no more memory for a larger model. The pieces throw `loss-not-finite` at
 * the first number that isn't finite, so that a run that diverged never replaces its last good
 * checkpoint.
 */
export function* checkpointTensors(ops: Ops, trainer: Trainer): Generator<NamedTensor> {
  yield* weightTensors(ops, trainer);
  for (const [name, { m, v }] of trainer.optimizer.state()) {
    yield readTensor(ops, trainer, momentName('m', name), m);
    yield readTensor(ops, trainer, momentName('v', name), v);
  }
}

/** The trained parameters without moments: enough to write with. Throws as {@link checkpointTensors}. */
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

/** Copies each piece, because it may begin at any byte of its buffer, and a Float32Array can't. */
async function* floats(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Float32Array> {
  for await (const piece of pieces) yield new Float32Array(piece.slice().buffer);
}

/**
 * Loads all weights of a checkpoint onto the device. The caller owns the tensors.
 *
 * @throws `stored-data-damaged` if names or shapes aren't those of the config.
 */
export function restoreWeights(
  ops: Ops,
  config: GPT2Config,
  tensors: Iterable<NamedTensor>,
  checkpointId: string,
): Promise<Map<string, Tensor>> {
  return restoreTensors(ops, parameterShapes(config), tensors, checkpointId);
}

/**
 * Loads the adapter of a checkpoint onto the device. The caller owns its tensors.
 *
 * @throws `stored-data-damaged` if names or shapes aren't those of the config and the settings.
 */
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

/** Checks names and shapes against the table, and disposes what it has loaded if something is wrong. */
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
        throw damaged(checkpointId, { what: 'wrong', at: `${name}.shape` });
      }
      parameters.set(name, await ops.weightFrom(floats(pieces), shape, 'f32'));
    }
    for (const name of shapes.keys()) {
      if (!parameters.has(name)) throw damaged(checkpointId, { what: 'missing', at: name });
    }
  } catch (error) {
    for (const tensor of parameters.values()) tensor.dispose();
    throw error;
  }
  return parameters;
}

/**
 * Loads the moments of a checkpoint into the trainer's optimizer, and sets its number of completed steps.
 *
 * @throws `stored-data-damaged` if a moment is missing or has another shape than its parameter.
 */
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
      throw damaged(checkpointId, { what: 'wrong', at: `${name}.shape` });
    }
    await optimizer.restore(found.parameter, found.moment, floats(pieces));
    missing.delete(name);
  }
  for (const name of missing.keys()) throw damaged(checkpointId, { what: 'missing', at: name });
  optimizer.completedSteps = completedSteps;
}

function damaged(id: string, fault: Fault): MynahError {
  return mynahError('stored-data-damaged', { what: 'checkpoint', id, fault });
}
