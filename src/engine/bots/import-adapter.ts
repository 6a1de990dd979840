/** Opens an adapter from a file: merged into a base model that is stored here, it is a bot like any other. */

import { mergedSource } from '../../bots/merge-adapter.ts';
import type { ModelFiles } from '../../bots/model-files.ts';
import { readAdapter, readAdapterConfig } from '../../bots/read-adapter.ts';
import { safetensorsFile } from '../../bots/write-safetensors.ts';
import { must } from '../../core/assert.ts';
import { mynahError } from '../../core/errors.ts';
import { hubName } from '../../model/find-parameters.ts';
import { parameterShapes } from '../../model/weights.ts';
import type { ModelImportProgress } from '../../protocol/models.ts';
import type { Storage } from '../../storage/chunks.ts';
import { listModels, type ModelFile, type ModelRecord, writeModel } from '../../storage/models.ts';
import type { EngineContext } from '../runtime/context.ts';
import { openBase } from '../runtime/live-models.ts';
import { requireModel, storedFiles, weightValues } from '../runtime/open-base-model.ts';

export interface AdapterImport {
  readonly files: ModelFiles;
  /** The page's name for the base model that the user has chosen; null for the one that the adapter names. */
  readonly baseModelId: string | null;
  readonly model: Pick<ModelRecord, 'id' | 'name' | 'origin'>;
  readonly signal: AbortSignal;
  readonly report: (progress: ModelImportProgress) => void;
}

/**
 * Stores the base model with the adapter merged in, in float32. Throws `adapter-base-needed` if the model that the
 * adapter names isn't stored here, and what reading and writing throw.
 */
export async function storeMerged(
  context: EngineContext,
  { files, baseModelId, model, signal, report }: AdapterImport,
): Promise<ModelRecord> {
  const storage = await context.storage();
  const adapter = await readAdapterConfig(files);
  const chosen = baseModelId ?? (await findBase(storage, adapter.base));
  if (chosen === null) throw mynahError('adapter-base-needed', { base: adapter.base });
  const { id, config } = await openBase(context, chosen, signal);
  const values = await readAdapter(files, adapter, config);
  const read = await weightValues(storage, id, config);
  const shapes = parameterShapes(config);
  const base = { shapes, read: (name: string) => must(read(name), name) };
  const settings = { ...adapter, dropout: 0, targets: [] };
  const merged = safetensorsFile(mergedSource(config, base, settings, values), 'F32', hubName);
  const kept = await smallFiles(storage, id);
  const weights = { name: 'model.safetensors', content: merged.content };
  return writeModel(storage, model, [...kept, { ...weights, expectedBytes: merged.byteLength }], {
    signal,
    onWritten: (file, bytesDone) =>
      report({ phase: 'saving', file, bytesDone, bytesTotal: merged.byteLength }),
  });
}

/** The stored model that an adapter names, as on the Hub (`gpt2` may be `openai-community/gpt2`) or by its folder. */
async function findBase(storage: Storage, named: string | null): Promise<string | null> {
  if (named === null) return null;
  const parts = named.toLowerCase().split(/[/\\]/).filter(Boolean);
  const last = parts.at(-1);
  const names = (await listModels(storage))
    .filter(({ origin }) => origin.source === 'hub' || origin.source === 'files')
    .map(({ id, name, origin }) => {
      const full = (origin.source === 'hub' ? origin.repo : name).toLowerCase();
      return { id, full, short: full.split('/').at(-1) };
    });
  const exact = names.find(({ full }) => full === parts.join('/'));
  // The last part of owner/name alone could be somebody else's model.
  const isHubName = parts.length === 2 && !/^[.~/\\]/.test(named);
  return (exact ?? (isHubName ? null : names.find(({ short }) => short === last)))?.id ?? null;
}

async function smallFiles(storage: Storage, id: string): Promise<readonly ModelFile[]> {
  const files = storedFiles(storage, await requireModel(storage, id));
  const kept: ModelFile[] = [];
  for (const [name, reader] of files) {
    if (!name.endsWith('.json') || name === 'model.safetensors.index.json') continue;
    kept.push({ name, content: await reader.read(0, reader.byteLength) });
  }
  return kept;
}
