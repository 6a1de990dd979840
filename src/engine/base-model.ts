/** A stored base model, opened: its config, its tokenizer, its weights on the device. */

import { mynahError } from '../core/errors.ts';
import { type GPT2Config, parseConfig } from '../model/config.ts';
import { findParameters } from '../model/checkpoint.ts';
import { GPT2 } from '../model/gpt2.ts';
import { type ByteReader, openSafetensors } from '../model/safetensors.ts';
import { readPieces, sourceBytes, type TensorSource } from '../model/tensor-source.ts';
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

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file's weights that are on the device, and of all. */
  readonly onProgress?: ((bytes: number, totalBytes: number) => void) | undefined;
}

/**
 * The base weights of a stored model, a few megabytes of a tensor at a time: the host never holds
 * more, whatever the model's size. The caller disposes the model. Throws `weights-corrupt` naming
 * the tensor that is missing, misshapen or not finite, `cancelled`.
 */
export async function loadBaseWeights(
  ops: Ops,
  storage: Storage,
  id: string,
  config: GPT2Config,
  options: LoadOptions = {},
): Promise<GPT2> {
  const file = 'model.safetensors';
  const record = await requireModel(storage, id);
  return loadWeights(ops, openModelFile(storage, record, file), file, config, options);
}

/** The same from any reader of a safetensors file. */
export async function loadWeights(
  ops: Ops,
  reader: ByteReader,
  file: string,
  config: GPT2Config,
  { signal, onProgress }: LoadOptions = {},
): Promise<GPT2> {
  const { parameters: sources } = findParameters(await openSafetensors(reader, file), config, file);
  let totalBytes = 0;
  for (const source of sources.values()) totalBytes += sourceBytes(source);
  let doneBytes = 0;
  async function* values(source: TensorSource): AsyncGenerator<Float32Array> {
    for await (const piece of readPieces(source, signal)) {
      yield piece.values;
      doneBytes += piece.bytes.byteLength;
      onProgress?.(doneBytes, totalBytes);
    }
  }
  const model = new GPT2(ops, config, new Map());
  try {
    for (const [name, source] of sources) {
      model.parameters.set(name, await ops.tensorFrom(values(source), source.shape));
    }
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}
