/** Finds the parameters of a GPT-2 among the tensors of a checkpoint, with or without the Hub's prefix. */

import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import type { GPT2Config } from './config.ts';
import { isFloat, type TensorSource } from './tensor-source.ts';
import { parameterShapes } from './weights.ts';

export interface CheckpointTensors {
  /** By parameter name, in the order of the shape table. */
  readonly parameters: ReadonlyMap<string, TensorSource>;
  /** The same parameters in the order of the files, in which they are cheapest to read. */
  readonly inFileOrder: readonly (readonly [name: string, source: TensorSource])[];
  /** The output head, if it is stored separately. It must be equal to `wte.weight`. */
  readonly head: TensorSource | null;
}

/** The Hub's `GPT2LMHeadModel` puts this before the names of all parameters. */
export const MODEL_PREFIX = 'transformer.';
const HEAD_NAME = 'lm_head.weight';
/** The causal mask, which older checkpoints contain, and the multiple-choice head. We need neither. */
const IGNORED_TENSORS = /^h\.\d+\.attn\.(?:bias|masked_bias)$|^multiple_choice_head\./;

/**
 * Finds every parameter of the configured GPT-2.
 *
 * @param file The file to name in the error when a tensor is missing.
 * @throws `weights-corrupt` naming a tensor that is missing, occurs twice, or has a wrong shape or a dtype
 *   that isn't a float; `model-unsupported` naming a tensor that a GPT-2 doesn't have.
 */
export function findParameters(
  tensors: ReadonlyMap<string, TensorSource>,
  config: GPT2Config,
  file: string,
): CheckpointTensors {
  const shapes = parameterShapes(config);
  const found = new Map<string, TensorSource>();
  let head: TensorSource | null = null;
  for (const source of tensors.values()) {
    const name = source.name.startsWith(MODEL_PREFIX)
      ? source.name.slice(MODEL_PREFIX.length)
      : source.name;
    if (IGNORED_TENSORS.test(name)) continue;
    if (source.name === HEAD_NAME) head = source;
    else if (!shapes.has(name)) {
      const reason = `holds ${source.name}, which the GPT-2 of its config.json doesn’t have`;
      throw mynahError('model-unsupported', { file: source.file, reason });
    } else if (found.has(name)) throw corrupt(source, 'is there twice');
    else found.set(name, source);
  }
  const parameters = new Map<string, TensorSource>();
  for (const [name, shape] of shapes) {
    const source = found.get(name);
    if (source === undefined) {
      throw mynahError('weights-corrupt', { file, reason: `${name} is missing` });
    }
    checkTensor(source, shape);
    parameters.set(name, source);
  }
  if (head) checkTensor(head, must(shapes.get('wte.weight'), 'wte'));
  return { parameters, inFileOrder: [...found], head };
}

function checkTensor(source: TensorSource, shape: readonly number[]): void {
  if (source.shape.join() !== shape.join()) {
    throw corrupt(source, `is [${source.shape.join(', ')}], not [${shape.join(', ')}]`);
  }
  if (!isFloat(source.dtype)) throw corrupt(source, `is of dtype ${source.dtype}`);
}

function corrupt({ name, file }: TensorSource, fault: string): Error {
  return mynahError('weights-corrupt', { file, reason: `${name} ${fault}` });
}
