/** The files of a model folder, wherever they are: dropped, in a ZIP, or stored. */

import { mynahError } from '../core/errors.ts';
import type { ByteReader } from '../model/safetensors.ts';

/** Readers by name as in the folder of a model on the Hub (`config.json`). `storage`'s blobs are such. */
export type ModelFiles = ReadonlyMap<string, ByteReader>;

/** The largest is a tokenizer: GPT-2's has 1.4 MB, one of a million tokens would have 50. */
const maxTextBytes = 64 * 2 ** 20;

/** A small file whole. Throws `model-corrupt` when it isn't UTF-8 or far too large. */
export async function readText(files: ModelFiles, file: string): Promise<string | null> {
  const reader = files.get(file);
  if (reader === undefined) return null;
  if (reader.byteLength > maxTextBytes) {
    throw mynahError('model-corrupt', { file, reason: 'too-large' });
  }
  const bytes = await reader.read(0, reader.byteLength);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw mynahError('model-corrupt', { file, reason: 'not-text' }, error);
  }
}

/** A JSON file parsed; undefined when there is none. Throws `model-corrupt`. */
export async function readJson(files: ModelFiles, file: string): Promise<unknown> {
  const text = await readText(files, file);
  return text === null ? undefined : parseJson(text, file);
}

export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw mynahError('model-corrupt', { file, reason: 'not-json' }, error);
  }
}
