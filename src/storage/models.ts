/** Base models. Each has named files (`config.json`, `tokenizer.json`, `model.safetensors`) under an id. */
import { assert } from '../core/assert.ts';
import type { ModelOrigin } from '../protocol/models.ts';
import {
  type BlobRef,
  deleteBlobsOf,
  parseBlobRef,
  requireChunks,
  type Storage,
} from './chunks.ts';
import {
  arrayOf,
  objectOf,
  oneOf,
  ParseError,
  type Parser,
  parseNumber,
  parseOpaqueObject,
  parseString,
} from '../core/parse.ts';
import { type BlobReader, openBlob } from './read-blob.ts';
import { damaged, parseReadable, parseRecord } from './parse.ts';
import { type ByteSource, withNewBlobs } from './write-blob.ts';

export interface ModelRecord {
  /** A name of our own: `starter-` and a hash, `files-`, `hub-` or `bot-` and random digits. */
  readonly id: string;
  /** For people: `Starter`, a folder's name, the Hub's `owner/name`. */
  readonly name: string;
  readonly origin: ModelOrigin;
  readonly createdAt: number;
  /** The files as on the Hub, which `bots/read-model.ts` reads. */
  readonly files: readonly { readonly name: string; readonly blob: BlobRef }[];
}

export interface ModelFile {
  readonly name: string;
  readonly content: ByteSource;
  /** The size of the file, if it is known. Only the error for a full disk uses it. */
  readonly expectedBytes?: number | undefined;
}

export interface WriteModelOptions {
  /** Checked between pieces. When it is aborted, the previous model of this id stays. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes of `file` that are on disk. */
  readonly onWritten?: ((file: string, writtenBytes: number) => void) | undefined;
}

const parseHubOrigin = objectOf({ repo: parseString, revision: parseString });

function parseOrigin(value: unknown, path: string): ModelOrigin {
  const fields: Readonly<Record<string, unknown>> = { ...parseOpaqueObject(value, path) };
  const source = oneOf('starter', 'files', 'bot', 'hub')(fields['source'], `${path}.source`);
  return source === 'hub' ? { source, ...parseHubOrigin(value, path) } : { source };
}

const parseModelFields = objectOf<ModelRecord>({
  id: parseString,
  name: parseString,
  origin: parseOrigin,
  createdAt: parseNumber,
  files: arrayOf(objectOf({ name: parseString, blob: parseBlobRef })),
});

const parseModel: Parser<ModelRecord> = (value, path) => {
  const model = parseModelFields(value, path);
  const names = new Set(model.files.map(({ name }) => name));
  if (names.size !== model.files.length) {
    throw new ParseError(`${path}.files`, { be: 'fitting' });
  }
  return model;
};

/**
 * Stores a model. It exists once all its files are on disk, and at that moment it replaces a model of
 * the same id. The files are read one after the other, with one chunk in memory.
 *
 * @throws `storage-quota`, `storage-blocked`, `cancelled`, or what a source throws. Then nothing has
 *   changed.
 */
export async function writeModel(
  storage: Storage,
  { id, name, origin }: Pick<ModelRecord, 'id' | 'name' | 'origin'>,
  files: Iterable<ModelFile> | AsyncIterable<ModelFile>,
  { signal, onWritten }: WriteModelOptions = {},
): Promise<ModelRecord> {
  return withNewBlobs(storage, async (writeBlob) => {
    const blobs = new Map<string, BlobRef>();
    for await (const file of files) {
      assert(!blobs.has(file.name), `${file.name} is given once`);
      const { expectedBytes } = file;
      const onFileWritten = (bytes: number) => onWritten?.(file.name, bytes);
      const options = { signal, expectedBytes, onWritten: onFileWritten };
      blobs.set(file.name, await writeBlob(file.content, options));
    }
    const record: ModelRecord = {
      id,
      name,
      origin,
      createdAt: Date.now(),
      files: Array.from(blobs, ([fileName, blob]) => ({ name: fileName, blob })),
    };
    await storage.transact('readwrite', ['models', 'chunks'], async (tx) => {
      for (const blob of blobs.values()) await requireChunks(tx, blob);
      const models = tx.objectStore('models');
      await deleteBlobsOf(tx, await models.get(id));
      await models.put(record);
    });
    return record;
  });
}

/** Null if there is no such model. @throws `stored-data-damaged` when its record doesn't parse. */
export async function getModel(storage: Storage, id: string): Promise<ModelRecord | null> {
  const raw = await storage.transact('readonly', ['models'], (tx) =>
    tx.objectStore('models').get(id),
  );
  return parseRecord({ what: 'model', id }, raw, parseModel);
}

/** All models whose record parses, sorted by name. */
export async function listModels(storage: Storage): Promise<readonly ModelRecord[]> {
  const raws = await storage.transact('readonly', ['models'], (tx) =>
    tx.objectStore('models').getAll(),
  );
  return parseReadable(raws, parseModel).sort((a, b) => a.name.localeCompare(b.name));
}

/** The number of bytes of all files of a model. */
export function modelBytes(model: ModelRecord): number {
  return model.files.reduce((sum, { blob }) => sum + blob.byteLength, 0);
}

export async function deleteModel(storage: Storage, id: string): Promise<void> {
  await storage.transact('readwrite', ['models', 'chunks'], async (tx) => {
    const models = tx.objectStore('models');
    await deleteBlobsOf(tx, await models.get(id));
    await models.delete(id);
  });
}

/**
 * Opens a file for random access, with one chunk in memory.
 *
 * @throws `stored-data-damaged` when the model has no such file; for reading see {@link openBlob}.
 */
export function openModelFile(storage: Storage, model: ModelRecord, name: string): BlobReader {
  const owner = { what: 'model', id: model.id, origin: model.origin.source } as const;
  const file = model.files.find((candidate) => candidate.name === name);
  if (file === undefined) throw damaged(owner, { what: 'missing', at: name });
  return openBlob(storage, file.blob, owner);
}
