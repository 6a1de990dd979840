/** Reads a LoRA adapter as PEFT saves it: `adapter_config.json` and `adapter_model.safetensors` or `.bin`. */

import { type ErrorDetails, mynahError } from '../core/errors.ts';
import {
  integerFrom,
  nullable,
  numberFrom,
  objectOf,
  otherwise,
  parseBoolean,
  parseOpaqueObject,
  parseString,
} from '../core/parse.ts';
import { elementCount } from '../core/shape.ts';
import { LORA_TARGETS } from '../domain/recipe.ts';
import type { GPT2Config } from '../model/config.ts';
import { adapterShapes } from '../model/lora.ts';
import { openSafetensors } from '../model/safetensors.ts';
import { wrongShape } from '../model/find-parameters.ts';
import { parseFile, refuseSetting } from '../model/settings.ts';
import { readPieces, type TensorSource } from '../model/tensor-source.ts';
import { type ModelFiles, readJson } from './model-files.ts';
import { openPyTorch } from './pytorch-file.ts';

export const ADAPTER_CONFIG_FILE = 'adapter_config.json';

export interface AdapterConfig {
  /** The model that it was trained on: a name on the Hub or a path, or null if it doesn't say. */
  readonly base: string | null;
  readonly rank: number;
  /** What B · A is multiplied by is alpha / rank. */
  readonly alpha: number;
}

const parseFields = objectOf({
  base_model_name_or_path: otherwise(nullable(parseString), null),
  r: integerFrom(1, 4096),
  lora_alpha: numberFrom(0),
  use_rslora: otherwise(parseBoolean, false),
});

/**
 * The settings of PEFT's `LoraConfig` that change what an adapter computes, with the values that change nothing. The
 * layers that it is for follow from the names of its tensors.
 */
const PLAIN: Readonly<Record<string, readonly unknown[]>> = {
  bias: ['none'],
  lora_bias: [false],
  use_dora: [false],
  use_qalora: [false],
  // Other ways to begin, such as PiSSA, change the base model as well.
  init_lora_weights: [true, false, 'gaussian', 'orthogonal', 'eva'],
};
const EMPTY = ['rank_pattern', 'alpha_pattern', 'modules_to_save', 'target_parameters'];

/** Throws `unsupported` naming a setting, `model-corrupt`, `model-file-missing`. */
export async function readAdapterConfig(files: ModelFiles): Promise<AdapterConfig> {
  const file = ADAPTER_CONFIG_FILE;
  const json = await readJson(files, file);
  if (json === undefined) throw mynahError('model-file-missing', { file, alternatives: [] });
  return parseFile(file, () => {
    const settings: Readonly<Record<string, unknown>> = { ...parseOpaqueObject(json, file) };
    const refuse = (name: string, expected: string) =>
      refuseSetting(file, name, settings[name], expected);
    if (settings['peft_type'] !== 'LORA') refuse('peft_type', 'LORA');
    for (const [name, values] of Object.entries(PLAIN)) {
      if (!values.includes(settings[name] ?? values[0])) refuse(name, String(values[0]));
    }
    for (const name of EMPTY) {
      if (Object.keys(settings[name] ?? {}).length > 0) refuse(name, 'null');
    }
    const { base_model_name_or_path: base, r: rank, ...rest } = parseFields(json, '');
    // Rank-stabilized LoRA divides by the square root of the rank (arXiv:2312.03732).
    const alpha = rest.use_rslora ? rest.lora_alpha * Math.sqrt(rank) : rest.lora_alpha;
    return { base, rank, alpha };
  });
}

/** What PEFT puts before the names of GPT-2's layers, and the name of the adapter that older versions save. */
const PREFIX = /^base_model\.model\.(?:transformer\.)?/;
const ADAPTER_NAME = /\.(lora_[AB])\.default\.weight$/;

/**
 * The adapter's tensors by their names in `model/lora.ts`, as float32. Throws `model-corrupt` naming a tensor that is
 * missing, has another shape than on a model of this config, or isn't finite; `unsupported` naming one that is no
 * LoRA of a linear layer of GPT-2; `model-file-missing`.
 */
export async function readAdapter(
  files: ModelFiles,
  { rank, alpha }: AdapterConfig,
  config: GPT2Config,
): Promise<ReadonlyMap<string, Float32Array>> {
  const { file, tensors } = await openAdapter(files);
  const settings = { rank, alpha, dropout: 0, targets: LORA_TARGETS };
  const shapes = adapterShapes(config, settings);
  const values = new Map<string, Float32Array>();
  for (const source of tensors.values()) {
    const name = source.name.replace(PREFIX, '').replace(ADAPTER_NAME, '.$1.weight');
    const shape = shapes.get(name);
    if (shape === undefined) {
      throw mynahError('unsupported', { file, what: 'tensor', found: source.name });
    }
    if (shape.join() !== source.shape.join()) throw wrongShape(source, shape);
    values.set(name, await valuesOf(source));
  }
  for (const name of values.keys()) {
    const other = name.replace(/lora_[AB]/, (part) => (part === 'lora_A' ? 'lora_B' : 'lora_A'));
    if (!values.has(other)) throw corrupt({ file, reason: 'missing-tensor', part: other });
  }
  if (values.size === 0) throw corrupt({ file, reason: 'missing-tensor', part: 'lora_A.weight' });
  return values;
}

async function openAdapter(files: ModelFiles) {
  const formats = [
    { file: 'adapter_model.safetensors', open: openSafetensors },
    { file: 'adapter_model.bin', open: openPyTorch },
  ] as const;
  for (const { file, open } of formats) {
    const reader = files.get(file);
    if (reader !== undefined) return { file, tensors: await open(reader, file) };
  }
  const [{ file }, { file: other }] = formats;
  throw mynahError('model-file-missing', { file, alternatives: [other] });
}

function corrupt(details: ErrorDetails['model-corrupt']) {
  return mynahError('model-corrupt', details);
}

async function valuesOf(source: TensorSource): Promise<Float32Array> {
  const all = new Float32Array(elementCount(source.shape));
  let at = 0;
  for await (const { values } of readPieces(source)) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}
