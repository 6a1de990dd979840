/** Finds the parameters of a GPT-2 among the tensors of a checkpoint, whatever prefix their names have. */

import { must } from '../core/assert.ts';
import { type ModelFault, type MynahError, mynahError } from '../core/errors.ts';
import { shapeText } from '../core/faults.ts';
import type { GPT2Config } from './config.ts';
import { isFloat, notFloats, type TensorSource } from './tensor-source.ts';
import { HEAD_NAME, parameterShapes } from './weights.ts';

export interface CheckpointTensors {
  /** By parameter name, in the order of the shape table. */
  readonly parameters: ReadonlyMap<string, TensorSource>;
  /** The same parameters in the order of the files, in which they are cheapest to read. */
  readonly inFileOrder: readonly (readonly [name: string, source: TensorSource])[];
  /** What is stored as the head beside the embedding table, though the config says that the two are one. */
  readonly head: TensorSource | null;
}

/** `transformer.` of the Hub's `GPT2LMHeadModel`, and what wrappers of PyTorch put before it. */
const PREFIXES = /^(?:(?:module|model|_orig_mod|transformer)\.)+/;
/** The causal mask, which older checkpoints contain, and the multiple-choice head. We need neither. */
const IGNORED_TENSORS = /^h\.\d+\.attn\.(?:bias|masked_bias)$|^multiple_choice_head\./;
const EMBEDDING_NAME = 'wte.weight';

/** The name of a parameter in files as the Hub's `GPT2LMHeadModel` writes them. */
export function hubName(name: string): string {
  return name === HEAD_NAME ? name : `transformer.${name}`;
}

/**
 * Finds every parameter of the configured GPT-2. If the head is tied to the embedding table, the table may be
 * stored under the name of either.
 *
 * @param file The file to name in the error when a tensor is missing.
 * @throws `model-corrupt` naming a tensor that is missing, occurs twice, or has a wrong shape;
 *   `unsupported` naming a tensor that a GPT-2 doesn't have, or that is quantized.
 */
export function findParameters(
  tensors: ReadonlyMap<string, TensorSource>,
  config: GPT2Config,
  file: string,
): CheckpointTensors {
  const shapes = parameterShapes(config);
  const stored = new Map<string, TensorSource>();
  for (const source of tensors.values()) {
    const name = source.name.replace(PREFIXES, '');
    if (IGNORED_TENSORS.test(name)) continue;
    if (!shapes.has(name) && name !== HEAD_NAME) {
      const feature = { what: 'tensor', found: source.name } as const;
      throw mynahError('unsupported', { file: source.file, ...feature });
    }
    if (stored.has(name)) throw corrupt(source, 'repeated-tensor');
    stored.set(name, source);
  }
  const isTied = !config.hasOwnHead;
  const head = isTied && stored.has(EMBEDDING_NAME) ? (stored.get(HEAD_NAME) ?? null) : null;
  const inFileOrder = Array.from(stored, ([name, source]) => {
    return [isTied && name === HEAD_NAME ? EMBEDDING_NAME : name, source] as const;
  }).filter(([, source]) => source !== head);
  const found = new Map(inFileOrder);
  const parameters = new Map<string, TensorSource>();
  for (const [name, shape] of shapes) {
    const source = found.get(name);
    if (source === undefined) {
      throw mynahError('model-corrupt', { file, reason: 'missing-tensor', part: name });
    }
    checkTensor(source, shape);
    parameters.set(name, source);
  }
  if (head) checkTensor(head, must(shapes.get(EMBEDDING_NAME), 'wte'));
  return { parameters, inFileOrder, head };
}

function checkTensor(source: TensorSource, shape: readonly number[]): void {
  if (source.shape.join() !== shape.join()) {
    throw wrongShape(source, shape);
  }
  if (!isFloat(source.dtype)) throw notFloats(source.file, source.name, source.dtype);
}

function corrupt({ name, file }: TensorSource, reason: ModelFault): MynahError {
  return mynahError('model-corrupt', { file, reason, part: name });
}

/** What is wrong with a tensor of another shape. */
export function wrongShape(source: TensorSource, shape: readonly number[]): MynahError {
  const [found, expected] = [shapeText(source.shape), shapeText(shape)];
  const fault = { what: 'instead', at: source.name, found, expected } as const;
  return mynahError('model-corrupt', { file: source.file, reason: 'malformed', fault });
}
