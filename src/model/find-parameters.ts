/** Finds the parameters of a GPT-2 among the tensors of a checkpoint, with or without the Hub's prefix. */

import { must } from '../core/assert.ts';
import { type ModelFault, type MynahError, mynahError } from '../core/errors.ts';
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
 * @throws `model-corrupt` naming a tensor that is missing, occurs twice, or has a wrong shape or a dtype
 *   that isn't a float; `unsupported` naming a tensor that a GPT-2 doesn't have.
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
      const feature = { what: 'tensor', found: source.name } as const;
      throw mynahError('unsupported', { file: source.file, ...feature });
    } else if (found.has(name)) throw corrupt(source, 'repeated-tensor');
    else found.set(name, source);
  }
  const parameters = new Map<string, TensorSource>();
  for (const [name, shape] of shapes) {
    const source = found.get(name);
    if (source === undefined) {
      throw mynahError('model-corrupt', { file, reason: 'missing-tensor', part: name });
    }
    checkTensor(source, shape);
    parameters.set(name, source);
  }
  if (head) checkTensor(head, must(shapes.get('wte.weight'), 'wte'));
  return { parameters, inFileOrder: [...found], head };
}

function checkTensor(source: TensorSource, shape: readonly number[]): void {
  if (source.shape.join() !== shape.join()) {
    const found = `[${source.shape.join(', ')}]`;
    throw corrupt(source, 'wrong-shape', `${found} instead of [${shape.join(', ')}]`);
  }
  if (!isFloat(source.dtype)) throw corrupt(source, 'wrong-dtype', source.dtype);
}

function corrupt({ name, file }: TensorSource, reason: ModelFault, detail?: string): MynahError {
  return mynahError('model-corrupt', { file, reason, part: name, ...(detail && { detail }) });
}
