/** Base models: the starter that comes with the page, stored as any other, and loading from there. */

import { throwIfAborted, mynahError } from '../core/errors.ts';
import { type GPT2Config, parseConfig } from '../model/config.ts';
import { GPT2, type Parameters } from '../model/gpt2.ts';
import { parseSafetensorsHeader, safetensorsHeaderBytes, toFloat32 } from '../model/safetensors.ts';
import { parameterShapes } from '../model/weights.ts';
import type { Ops } from '../ops/ops.ts';
import type { Storage } from '../storage/chunks.ts';
import { getModel, openModelFile, readModelFile, writeModel } from '../storage/models.ts';
import { TextTokenizer } from '../tokenizer/tokenizer.ts';

const starterFiles = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'model.safetensors',
] as const;

async function fetchFile(url: URL, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const file = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throwIfAborted(signal);
    throw mynahError('weights-download', { file }, error);
  }
  if (!response.ok) throw mynahError('weights-download', { file, status: response.status });
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Stores the page's starter model unless it is there, and returns its id. The id holds a hash of the
 * files: a newer page may bring a newer starter, and bots keep the one they were trained from.
 */
export async function ensureStarter(
  storage: Storage,
  folder: URL,
  signal: AbortSignal,
): Promise<string> {
  const files = await Promise.all(
    starterFiles.map(async (name) => ({
      name,
      content: await fetchFile(new URL(name, folder), signal),
    })),
  );
  const hash = new Uint8Array(
    await crypto.subtle.digest(
      'SHA-256',
      await new Blob(files.map((f) => f.content)).arrayBuffer(),
    ),
  );
  const id = `starter-${Array.from(hash.subarray(0, 8), (b) => b.toString(16).padStart(2, '0')).join('')}`;
  if ((await getModel(storage, id)) === null) {
    await writeModel(storage, { id, name: 'Starter' }, files, { signal });
  }
  return id;
}

export interface ModelFiles {
  readonly config: GPT2Config;
  readonly tokenizer: TextTokenizer;
}

/** Config and tokenizer of a stored model. Throws `weights-corrupt`, `tokenizer-mismatch`. */
export async function readModelFiles(storage: Storage, id: string): Promise<ModelFiles> {
  const model = await getModel(storage, id);
  if (model === null) throw mynahError('checkpoint-incompatible', { reason: `no model ${id}` });
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
  const stored = await getModel(storage, id);
  if (stored === null) throw mynahError('checkpoint-incompatible', { reason: `no model ${id}` });
  const reader = openModelFile(storage, stored, file);
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
