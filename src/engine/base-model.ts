/** A stored base model, opened: its config, its tokenizer, its weights on the device. */

import { mynahError } from '../core/errors.ts';
import { type GPT2Config, parseConfig } from '../model/config.ts';
import { GPT2, type Parameters } from '../model/gpt2.ts';
import { parseSafetensorsHeader, safetensorsHeaderBytes, toFloat32 } from '../model/safetensors.ts';
import { parameterShapes } from '../model/weights.ts';
import type { Ops } from '../ops/ops.ts';
import type { Storage } from '../storage/chunks.ts';
import { getModel, type ModelRecord, openModelFile, readModelFile } from '../storage/models.ts';
import { TextTokenizer } from '../tokenizer/tokenizer.ts';

/** Throws `model-missing`. */
export async function requireModel(storage: Storage, id: string): Promise<ModelRecord> {
  const model = await getModel(storage, id);
  if (model === null) throw mynahError('model-missing', { modelId: id });
  return model;
}

export interface ModelFiles {
  readonly config: GPT2Config;
  readonly tokenizer: TextTokenizer;
}

/** Config and tokenizer of a stored model. Throws `weights-corrupt`, `tokenizer-mismatch`. */
export async function readModelFiles(storage: Storage, id: string): Promise<ModelFiles> {
  const model = await requireModel(storage, id);
  const json = async (name: string): Promise<unknown> => {
    const bytes = await readModelFile(storage, model, name);
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    } catch (error) {
      throw mynahError('weights-corrupt', { file: name, reason: 'not JSON' }, error);
    }
  };
  const config = parseConfig(await json('config.json'));
  const tokenizer = new TextTokenizer(
    await json('tokenizer.json'),
    await json('tokenizer_config.json'),
  );
  if (tokenizer.vocabSize !== config.vocabSize || tokenizer.endOfTextId !== config.endOfTextId) {
    throw mynahError('tokenizer-mismatch', {
      tokenizerSize: tokenizer.vocabSize,
      modelSize: config.vocabSize,
    });
  }
  return { config, tokenizer };
}

/**
 * The base weights of a stored model, a tensor at a time. The caller disposes the model. Throws
 * `weights-corrupt` naming the tensor that is missing, misshapen or not finite.
 */
export async function loadBaseWeights(
  ops: Ops,
  storage: Storage,
  id: string,
  config: GPT2Config,
): Promise<GPT2> {
  const file = 'model.safetensors';
  const reader = openModelFile(storage, await requireModel(storage, id), file);
  const size = reader.byteLength;
  const headerBytes = safetensorsHeaderBytes(await reader.read(0, Math.min(8, size)), size, file);
  const head = await reader.read(0, 8 + headerBytes);
  const { entries } = parseSafetensorsHeader(head, size, file);
  const parameters: Parameters = new Map();
  const model = new GPT2(ops, config, parameters);
  try {
    for (const [name, shape] of parameterShapes(config)) {
      const entry = entries.get(`transformer.${name}`) ?? entries.get(name);
      if (entry === undefined) {
        throw mynahError('weights-corrupt', { file, reason: `${name} is missing` });
      }
      if (entry.shape.join() !== shape.join()) {
        const found = `${name} is [${entry.shape.join(', ')}], not [${shape.join(', ')}]`;
        throw mynahError('weights-corrupt', { file, reason: found });
      }
      const bytes = await reader.read(entry.byteOffset, entry.byteLength);
      const values = toFloat32(bytes, entry.dtype, file);
      if (!values.every(Number.isFinite)) {
        throw mynahError('weights-corrupt', { file, reason: `${name} holds NaN or infinity` });
      }
      parameters.set(name, ops.tensor(values, shape));
    }
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}
