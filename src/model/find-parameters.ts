/** Finds the parameters of a GPT-2 among the tensors of a checkpoint, under the names in use. */

import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import type { GPT2Config } from './config.ts';
import { isFloat, type TensorSource } from './tensor-source.ts';
import { parameterShapes } from './weights.ts';

export interface CheckpointTensors {
  /** By parameter name, in the order of the shape table. */
  readonly parameters: ReadonlyMap<string, TensorSource>;
  /** The same as they come in the files: the order in which reading them is cheapest. */
  readonly inFileOrder: readonly (readonly [name: string, source: TensorSource])[];
  /** The output head where it is stored too: it has to be `wte.weight` once more. */
  readonly head: TensorSource | null;
}

/** The Hub's language model keeps the parameters under this. */
export const MODEL_PREFIX = 'transformer.';
const HEAD_NAME = 'lm_head.weight';
/** The causal mask, which older checkpoints carry, and a head for choosing between texts. */
const IGNORED_TENSORS = /^h\.\d+\.attn\.(?:bias|masked_bias)$|^multiple_choice_head\./;

/**
 * @param file What is at fault where a tensor is missing.
 * @throws `weights-corrupt` naming the tensor that is missing, there twice, misshapen or of a dtype
 *   that holds no weights; `model-unsupported` naming one that a GPT-2 doesn't have.
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
