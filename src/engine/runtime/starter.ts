/** The starter is the base model that comes with the page. It is stored like any other model. */

import { hasCode, throwIfAborted } from '../../core/errors.ts';
import { STARTER_ID, STARTER_NAME, STORED_MODEL_PREFIXES } from '../../domain/identifiers.ts';
import { createSha256 } from '../../hashing/hash.ts';
import { parseConfig } from '../../model/config.ts';
import { parameterCount } from '../../model/weights.ts';
import type { BaseModelSummary } from '../../protocol/models.ts';
import type { Storage } from '../../storage/chunks.ts';
import {
  deleteModel,
  getModel,
  listModels,
  type ModelRecord,
  writeModel,
} from '../../storage/models.ts';
import { listRuns } from '../../storage/runs.ts';
import { modelNumbers, storedSummary } from './model-summary.ts';
import { fetchSiteFile } from './site-file.ts';

const STARTER_FILES = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'model.safetensors',
] as const;

interface StarterFiles {
  /** Contains a hash of the files, because a newer page may have a newer starter. */
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly content: Uint8Array<ArrayBuffer> }[];
}

/**
 * The page's starter model in storage. Bots keep the starter that they were trained from. A starter
 * that neither the page nor a bot needs is deleted.
 */
export class Starter {
  private readonly folder: URL;
  private id: string | null = null;

  constructor(folder: URL) {
    this.folder = folder;
  }

  /** Stores the starter if necessary and returns its id. Offline, returns the newest stored starter. */
  async ensure(storage: Storage, signal: AbortSignal): Promise<string> {
    if (this.id !== null) return this.id;
    let starter: StarterFiles;
    try {
      starter = await this.fetch(signal);
    } catch (error) {
      const newest = await newestStored(storage);
      if (newest === null || signal.aborted) throw error;
      return newest.id;
    }
    if ((await readableModel(storage, starter.id)) === null)
      await this.store(storage, starter, signal);
    await deleteSuperseded(storage, starter.id);
    this.id = starter.id;
    return starter.id;
  }

  /** Summarizes the stored starter, or the one on the page's site. Null if neither can be read. */
  async summary(storage: Storage, signal: AbortSignal): Promise<BaseModelSummary | null> {
    const stored =
      this.id === null ? await newestStored(storage) : await readableModel(storage, this.id);
    if (stored !== null) return storedSummary(storage, stored).catch(() => null);
    try {
      const bytes = await fetchSiteFile(new URL('config.json', this.folder), 'config.json', signal);
      const config = parseConfig(JSON.parse(new TextDecoder().decode(bytes)) as unknown);
      return {
        ...modelNumbers(config),
        id: STARTER_ID,
        name: STARTER_NAME,
        origin: { source: 'starter' },
        bytes: 2 * parameterCount(config),
        isReady: false,
        createdAt: 0,
      };
    } catch {
      throwIfAborted(signal);
      return null;
    }
  }

  /**
   * Calls `load`. If the stored files of the starter are damaged or gone and the page still has the same
   * starter, fetches them again and calls `load` a second time.
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
      const isDamage = hasCode(error, 'stored-data-damaged', 'not-found');
      if (!isDamage || !modelId.startsWith(STORED_MODEL_PREFIXES.starter)) throw error;
      const starter = await this.fetch(signal).catch(() => null);
      if (starter?.id !== modelId) throw error;
      await this.store(storage, starter, signal);
      return load();
    }
  }

  private async store(storage: Storage, { id, files }: StarterFiles, signal: AbortSignal) {
    await writeModel(storage, { id, name: STARTER_NAME, origin: { source: 'starter' } }, files, {
      signal,
    });
  }

  private async fetch(signal: AbortSignal): Promise<StarterFiles> {
    const files = await Promise.all(
      STARTER_FILES.map(async (name) => {
        const content = await fetchSiteFile(new URL(name, this.folder), name, signal);
        return { name, content };
      }),
    );
    // Not `crypto.subtle`, which browsers keep to secure contexts.
    const hash = (await createSha256()).init();
    for (const { content } of files) hash.update(content);
    const hex = hash.digest().slice(0, 16);
    return { id: STORED_MODEL_PREFIXES.starter + hex, files };
  }
}

async function newestStored(storage: Storage): Promise<ModelRecord | null> {
  const stored = (await listModels(storage)).filter(({ id }) =>
    id.startsWith(STORED_MODEL_PREFIXES.starter),
  );
  return stored.sort((a, b) => b.createdAt - a.createdAt)[0] ?? null;
}

/** Null also if the record is damaged, because writing the model replaces it. */
async function readableModel(storage: Storage, id: string): Promise<ModelRecord | null> {
  return getModel(storage, id).catch((error: unknown) => {
    if (hasCode(error, 'stored-data-damaged')) return null;
    throw error;
  });
}

async function deleteSuperseded(storage: Storage, currentId: string): Promise<void> {
  const needed = new Set([currentId]);
  for (const { modelId } of await listRuns(storage)) needed.add(modelId);
  for (const { id } of await listModels(storage)) {
    if (id.startsWith(STORED_MODEL_PREFIXES.starter) && !needed.has(id))
      await deleteModel(storage, id);
  }
}
