/** Finds the files of a model among the files that the user dropped or chose. */

import { mynahError } from '../core/errors.ts';
import type { ByteReader } from '../model/safetensors.ts';
import type { ModelImportFile } from '../protocol/models.ts';
import type { ModelFiles } from './model-files.ts';
import { listZip } from './zip-files.ts';

export interface OpenedFolder {
  /** The name of the folder or the ZIP; null for loose files. */
  readonly name: string | null;
  readonly files: ModelFiles;
}

/**
 * Opens the topmost folder that contains a `config.json`, in a dropped folder, in loose files or in a
 * ZIP. Throws `model-file-missing` if there is none, `model-corrupt` if the ZIP can't be read.
 *
 * @param marks Files of which a folder must contain one, instead of `config.json`. The first counts most.
 */
export async function openFolder(
  dropped: readonly ModelImportFile[],
  marks: readonly string[] = ['config.json'],
): Promise<OpenedFolder> {
  const [only] = dropped;
  const isZip = dropped.length === 1 && only !== undefined && /\.zip$/i.test(only.path);
  const found = isZip
    ? await zipFiles(only.file)
    : dropped.map(({ path, file }) => ({ path, open: async () => blobReader(file, path) }));
  const rank = (parts: readonly string[]) => marks.indexOf(parts.at(-1) ?? '');
  const configs = found
    .map(({ path }) => path.split('/'))
    .filter((parts) => marks.includes(parts.at(-1) ?? '') && parts[0] !== '__MACOSX')
    .sort(
      (a, b) => a.length - b.length || rank(a) - rank(b) || (a.join('/') < b.join('/') ? -1 : 1),
    );
  const [config] = configs;
  if (config === undefined) {
    throw mynahError('model-file-missing', { file: 'config.json', alternatives: [] });
  }
  const folder = config.slice(0, -1);
  const files = new Map<string, ByteReader>();
  for (const { path, open } of found) {
    const parts = path.split('/');
    const isInside = parts.length === config.length && folder.every((part, i) => part === parts[i]);
    if (isInside) files.set(parts.at(-1) ?? path, await open());
  }
  const zipName = isZip ? only.path.replace(/^.*\//, '').replace(/\.zip$/i, '') : null;
  return { name: folder.at(-1) ?? zipName, files };
}

async function zipFiles(file: File) {
  return listZip(blobReader(file, file.name), file.name);
}

/** Reading throws `model-corrupt` if the file was moved or changed since it was chosen. */
export function blobReader(blob: Blob, file: string): ByteReader {
  return {
    byteLength: blob.size,
    async read(offset, length) {
      try {
        const bytes = new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
        if (bytes.byteLength === length) return bytes;
      } catch (error) {
        throw mynahError('model-corrupt', { file, reason: 'unreadable' }, error);
      }
      throw mynahError('model-corrupt', { file, reason: 'cut-off' });
    },
  };
}
