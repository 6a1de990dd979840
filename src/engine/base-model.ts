/** Base models: the starter that comes with the page, stored as any other, and loading from there. */

import { MynahError, mynahError, throwIfAborted } from '../core/errors.ts';
import { type GPT2Config, parseConfig } from '../model/config.ts';
import { GPT2, type Parameters } from '../model/gpt2.ts';
import { parseSafetensorsHeader, safetensorsHeaderBytes, toFloat32 } from '../model/safetensors.ts';
import { parameterShapes } from '../model/weights.ts';
import type { Ops } from '../ops/ops.ts';
import type { Storage } from '../storage/chunks.ts';
import {
  deleteModel,
  getModel,
  listModels,
  type ModelRecord,
  openModelFile,
  readModelFile,
  writeModel,
} from '../storage/models.ts';
import { listRuns } from '../storage/runs.ts';
import { TextTokenizer } from '../tokenizer/tokenizer.ts';
import { parseRunState } from './run-state.ts';

const starterFiles = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'model.safetensors',
] as const;
const starterPrefix = 'starter-';

interface StarterFiles {
  /** Holds a hash of the files: a newer page may bring a newer starter. */
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly content: Uint8Array<ArrayBuffer> }[];
}

/**
 * The page's starter model in storage. Bots keep the one they were trained from; one that neither
 * the page nor a bot needs any more is deleted.
 */
export class Starter {
  private readonly folder: URL;
  private id: string | null = null;

  constructor(folder: URL) {
    this.folder = folder;
  }

  /** Stores it unless it is there, and returns its id; the stored one when the page's is out of reach. */
  async ensure(storage: Storage, signal: AbortSignal): Promise<string> {
    if (this.id !== null) return this.id;
    let starter: StarterFiles;
    try {
      starter = await this.fetch(signal);
    } catch (error) {
      const stored = (await listModels(storage)).filter(({ id }) => id.startsWith(starterPrefix));
      const newest = stored.sort((a, b) => b.createdAt - a.createdAt)[0];
      if (newest === undefined || signal.aborted) throw error;
      return newest.id;
    }
    if ((await readableModel(storage, starter.id)) === null)
      await this.store(storage, starter, signal);
    await deleteSuperseded(storage, starter.id);
    this.id = starter.id;
    return starter.id;
  }

  /**
   * Loads with `load`; stored files that turn out damaged are fetched again, once, when the page
   * still has the very same ones.
   */
  async repairing<T>(
    storage: Storage,
    modelId: string,
    signal: AbortSignal,
    load: () => Promise<T>,
  ): Promise<T> {
    try {
      return await load();
    } catch (error) {
      const isDamage = error instanceof MynahError && error.code === 'weights-corrupt';
      if (!isDamage || !modelId.startsWith(starterPrefix)) throw error;
      const starter = await this.fetch(signal).catch(() => null);
      if (starter?.id !== modelId) throw error;
      await this.store(storage, starter, signal);
      return load();
    }
  }

  private async store(storage: Storage, { id, files }: StarterFiles, signal: AbortSignal) {
    await writeModel(storage, { id, name: 'Starter' }, files, { signal });
  }

  private async fetch(signal: AbortSignal): Promise<StarterFiles> {
    const files = await Promise.all(
      starterFiles.map(async (name) => {
        const content = await fetchFile(new URL(name, this.folder), name, signal);
        return { name, content };
      }),
    );
    const whole = await new Blob(files.map(({ content }) => content)).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', whole)).subarray(0, 8);
    const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { id: starterPrefix + hex, files };
  }
}

async function fetchFile(
  url: URL,
  file: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
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

/** Null also when the record can't be read: writing replaces it. */
async function readableModel(storage: Storage, id: string): Promise<ModelRecord | null> {
  return getModel(storage, id).catch((error: unknown) => {
    if (error instanceof MynahError && error.code === 'checkpoint-incompatible') return null;
    throw error;
  });
}

async function deleteSuperseded(storage: Storage, currentId: string): Promise<void> {
  const needed = new Set([currentId]);
  for (const run of await listRuns(storage)) needed.add(parseRunState(run.state).modelId);
  for (const { id } of await listModels(storage)) {
    if (id.startsWith(starterPrefix) && !needed.has(id)) await deleteModel(storage, id);
  }
}

async function requireModel(storage: Storage, id: string): Promise<ModelRecord> {
  const model = await getModel(storage, id);
  if (model === null) throw mynahError('checkpoint-incompatible', { reason: `no model ${id}` });
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
