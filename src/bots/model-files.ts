/** The files of a model folder, whether they were dropped, are in a ZIP, or are stored. */

import { mynahError } from '../core/errors.ts';
import type { ByteReader } from '../model/safetensors.ts';

/** Readers by file name, as in the folder of a model on the Hub. Stored blobs are such readers. */
export type ModelFiles = ReadonlyMap<string, ByteReader>;

/** How far a download has come: each step costs more than those before it. */
export type Arrived = 'config' | 'tokenizer' | 'headers';

/** The files of tokenizers that aren't GPT-2's. */
const OTHER_TOKENIZERS = [
  ['vocab.txt', 'WordPiece'],
  ...['spiece.model', 'sentencepiece.bpe.model', 'tokenizer.model'].map(
    (file) => [file, 'SentencePiece'] as const,
  ),
] as const;

/** Throws `unsupported` if a folder has a tokenizer of another kind, which it names. */
export function refuseOtherTokenizer(files: { has(name: string): boolean }): void {
  for (const [file, found] of OTHER_TOKENIZERS) {
    const feature = { name: 'model.type', found, expected: 'BPE' } as const;
    if (files.has(file)) throw mynahError('unsupported', { file, what: 'setting', ...feature });
  }
}

/** The largest such file is a tokenizer: GPT-2's has 1.4 MB, one with a million tokens would have 50 MB. */
const MAX_TEXT_BYTES = 64 * 2 ** 20;

/** Reads a small file as text; null if there is none. Throws `model-corrupt` if it isn't UTF-8 or is too large. */
export async function readText(files: ModelFiles, file: string): Promise<string | null> {
  const reader = files.get(file);
  if (reader === undefined) return null;
  if (reader.byteLength > MAX_TEXT_BYTES) {
    throw mynahError('model-corrupt', { file, reason: 'too-large' });
  }
  const bytes = await reader.read(0, reader.byteLength);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw mynahError('model-corrupt', { file, reason: 'not-text' }, error);
  }
}

/** Reads and parses a JSON file; undefined if there is none. Throws `model-corrupt`. */
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
