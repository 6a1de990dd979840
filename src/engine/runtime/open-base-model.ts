/** A stored base model, opened: its config, its tokenizer, its weights on the device. */

import type { ModelFiles } from '../../bots/model-files.ts';
import { type ModelDescription, openParameters, readDescription } from '../../bots/read-model.ts';
import { MynahError, mynahError } from '../../core/errors.ts';
import type { GPT2Config } from '../../model/config.ts';
import type { GPT2 } from '../../model/gpt2.ts';
import { type LoadOptions, loadModel } from '../../model/load.ts';
import type { Ops } from '../../ops/ops.ts';
import type { ModelOrigin } from '../../protocol/calls.ts';
import type { Storage } from '../../storage/chunks.ts';
import { getModel, type ModelRecord, openModelFile } from '../../storage/models.ts';

/** Throws `model-missing`. */
export async function requireModel(storage: Storage, id: string): Promise<ModelRecord> {
  const model = await getModel(storage, id);
  if (model === null) throw mynahError('model-missing', { modelId: id });
  return model;
}

/** Config and tokenizer of a stored model. Throws what {@link readDescription} throws. */
export async function readModelFiles(storage: Storage, id: string): Promise<ModelDescription> {
  const record = await requireModel(storage, id);
  return saying(record.origin, () => readDescription(storedFiles(storage, record)));
}

/** The base weights of a stored model. The caller disposes it. Throws what `loadModel` throws. */
export async function loadBaseWeights(
  ops: Ops,
  storage: Storage,
  id: string,
  config: GPT2Config,
  options: LoadOptions = {},
): Promise<GPT2> {
  const record = await requireModel(storage, id);
  return saying(record.origin, async () =>
    loadModel(ops, config, await openParameters(storedFiles(storage, record), config), options),
  );
}

export function storedFiles(storage: Storage, record: ModelRecord): ModelFiles {
  return new Map(record.files.map(({ name }) => [name, openModelFile(storage, record, name)]));
}

/** A damaged file is to be got again where it came from. */
export async function saying<T>(
  origin: ModelOrigin | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const source = origin?.source ?? 'starter';
    if (source === 'starter' || !(error instanceof MynahError)) throw error;
    if (error.data.code !== 'weights-corrupt') throw error;
    const from = source === 'hub' ? 'hub' : 'files';
    throw mynahError('weights-corrupt', { ...error.data.details, origin: from }, error);
  }
}
