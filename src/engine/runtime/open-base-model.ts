/** Opens a stored base model: its config, its tokenizer, and its weights on the device. */

import { type ModelFiles, readJson } from '../../bots/model-files.ts';
import { type ModelDescription, openParameters, readDescription } from '../../bots/read-model.ts';
import { hasCode, mynahError } from '../../core/errors.ts';
import { type GPT2Config, parseConfig } from '../../model/config.ts';
import type { GPT2 } from '../../model/gpt2.ts';
import { type LoadOptions, loadModel } from '../../model/load.ts';
import { readPieces } from '../../model/tensor-source.ts';
import type { Ops } from '../../ops/ops.ts';
import type { BaseOfBot } from '../../protocol/bots.ts';
import type { Storage } from '../../storage/chunks.ts';
import { damaged } from '../../storage/parse.ts';
import { getModel, type ModelRecord, openModelFile } from '../../storage/models.ts';

/** Throws `not-found`, `stored-data-damaged`. */
export async function requireModel(storage: Storage, id: string): Promise<ModelRecord> {
  const model = await getModel(storage, id);
  if (model === null) throw mynahError('not-found', { what: 'model', id });
  return model;
}

/** What people and the Hub call a stored model. */
export function baseOf({ name, origin }: ModelRecord): BaseOfBot {
  const { repo, revision } = origin.source === 'hub' ? origin : { repo: null, revision: null };
  return { name, repo, revision };
}

/** Reads config and tokenizer of a stored model. Throws `not-found`, `stored-data-damaged`. */
export async function readModelFiles(storage: Storage, id: string): Promise<ModelDescription> {
  const record = await requireModel(storage, id);
  return readingStored(record, () => readDescription(storedFiles(storage, record)));
}

/**
 * Loads the weights of a stored model onto the device. The caller owns them. Throws as
 * {@link readModelFiles}, and `cancelled`.
 */
export async function loadBaseWeights(
  ops: Ops,
  storage: Storage,
  id: string,
  config: GPT2Config,
  options: LoadOptions = {},
): Promise<GPT2> {
  const record = await requireModel(storage, id);
  return readingStored(record, async () =>
    loadModel(ops, config, await openParameters(storedFiles(storage, record), config), options),
  );
}

/**
 * The weights of a stored model by name, in pieces as float32; null for one that it doesn't have. Throws as
 * {@link readModelFiles}, while reading too.
 */
export async function weightValues(
  storage: Storage,
  id: string,
  config: GPT2Config,
): Promise<(name: string) => AsyncIterable<Float32Array> | null> {
  const record = await requireModel(storage, id);
  const { parameters } = await readingStored(record, () =>
    openParameters(storedFiles(storage, record), config),
  );
  return (name) => {
    const source = parameters.get(name);
    if (source === undefined) return null;
    return (async function* () {
      for await (const { values } of readPieces(source)) yield values;
    })();
  };
}

/** The config of a stored model. Throws `stored-data-damaged`. */
export async function readStoredConfig(storage: Storage, record: ModelRecord): Promise<GPT2Config> {
  return readingStored(record, async () =>
    parseConfig(await readJson(storedFiles(storage, record), 'config.json')),
  );
}

export function storedFiles(storage: Storage, record: ModelRecord): ModelFiles {
  return new Map(record.files.map(({ name }) => [name, openModelFile(storage, record, name)]));
}

/**
 * Runs work that reads a stored model. Its files were checked before they were stored, so whatever is
 * wrong with them now is damage here: throws `stored-data-damaged` with where the model came from.
 */
export async function readingStored<T>(
  { id, origin }: ModelRecord,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (
      !hasCode(error, 'model-corrupt', 'unsupported', 'model-file-missing', 'tokenizer-mismatch')
    ) {
      throw error;
    }
    const { details } = error.data;
    const at = 'file' in details ? details.file : 'tokenizer.json';
    throw damaged({ what: 'model', id, origin: origin.source }, { what: 'unreadable', at }, error);
  }
}
