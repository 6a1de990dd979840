/** Checks a model folder, and says which of its files are stored, and in which form. */

import { parseOpaqueObject } from '../core/parse.ts';
import { parseConfig } from '../model/config.ts';
import { type CheckpointTensors, hubName } from '../model/find-parameters.ts';
import { safetensorsHead } from '../model/safetensors.ts';
import { sourceBytes } from '../model/tensor-source.ts';
import type { ModelFile } from '../storage/models.ts';
import { type Arrived, type ModelFiles, readJson, readText } from './model-files.ts';
import {
  checkedBytes,
  hasOtherHead,
  type ModelDescription,
  openParameters,
  readDescription,
} from './read-model.ts';

export interface CheckOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes of the weights that have been read and checked, and of all weights. */
  readonly onProgress?: ((file: string, bytes: number, totalBytes: number) => void) | undefined;
}

/**
 * Reads and checks a whole model whose files are stored as they are. Throws `model-file-missing`,
 * `unsupported`, `model-corrupt`, `tokenizer-mismatch`, `cancelled`.
 */
export async function checkModel(
  files: ModelFiles,
  options: CheckOptions = {},
): Promise<CheckedModel> {
  const { tensors, ...checked } = await openModel(files, options);
  for await (const _ of reported(tensors, options));
  return checked;
}

export interface CheckedModel extends ModelDescription {
  /** Whether the config says that the output head is the embedding table, and the files have another one. */
  readonly isUntied: boolean;
}

interface OpenedModel extends CheckedModel {
  readonly tensors: CheckpointTensors;
}

async function openModel(files: ModelFiles, { signal }: CheckOptions): Promise<OpenedModel> {
  const description = await readDescription(files);
  const tensors = await openParameters(files, description.config);
  if (!(await hasOtherHead(tensors, signal))) return { ...description, tensors, isUntied: false };
  const config = { ...description.config, hasOwnHead: true };
  return { ...description, config, tensors: await openParameters(files, config), isUntied: true };
}

/**
 * Checks what a download knows by now, before it fetches what costs more. Throws as {@link checkModel}, except
 * that values of weights aren't looked at.
 */
export async function checkArrived(files: ModelFiles, arrived: Arrived): Promise<void> {
  if (arrived === 'config') {
    parseConfig(await readJson(files, 'config.json'));
    return;
  }
  const { config } = await readDescription(files);
  if (arrived === 'headers') await openParameters(files, config);
}

/** Whether a model with these files is stored as it is, unless it is untied. Any other is rewritten. */
export function isAsKept(names: readonly string[]): boolean {
  return ['model.safetensors', 'tokenizer.json', 'tokenizer_config.json'].every((name) =>
    names.includes(name),
  );
}

/**
 * Returns the files of a model to store: its small files, and the weights as one `model.safetensors` with
 * the Hub's names in their original dtypes, without causal masks and a repeated output head. Everything
 * except the values is checked before this returns, and the values while the files are read. Throws as
 * {@link checkModel}, here and while the files are read.
 */
export async function modelFilesToStore(
  files: ModelFiles,
  options: CheckOptions = {},
): Promise<readonly ModelFile[]> {
  const opened = await openModel(files, options);
  const { config, tokenizer, tokenizerJson, tensors } = opened;
  const texts = new Map<string, string | null>([
    ['config.json', await configText(files, opened)],
    ['tokenizer.json', JSON.stringify(tokenizerJson)],
    [
      'tokenizer_config.json',
      (await readText(files, 'tokenizer_config.json')) ??
        tokenizerConfig(config.blockSize, tokenizer.endOfText),
    ],
  ]);
  if ((await readJson(files, 'generation_config.json')) !== undefined) {
    texts.set('generation_config.json', await readText(files, 'generation_config.json'));
  }
  const small = Array.from(texts, ([name, text]) => ({
    name,
    content: new TextEncoder().encode(text ?? ''),
  }));
  const weights: ModelFile = {
    name: 'model.safetensors',
    content: safetensorsOf(tensors, options),
    expectedBytes: totalBytes(tensors),
  };
  return [...small, weights];
}

async function configText(files: ModelFiles, { isUntied }: OpenedModel): Promise<string | null> {
  if (!isUntied) return readText(files, 'config.json');
  const config = { ...parseOpaqueObject(await readJson(files, 'config.json'), 'config.json') };
  return JSON.stringify({ ...config, tie_word_embeddings: false }, null, 2);
}

async function* safetensorsOf(
  tensors: CheckpointTensors,
  options: CheckOptions,
): AsyncGenerator<Uint8Array> {
  const layout = tensors.inFileOrder.map(([name, { dtype, shape }]) => ({
    name: hubName(name),
    dtype,
    shape,
  }));
  yield safetensorsHead(layout, { format: 'pt' });
  yield* reported(tensors, options);
}

async function* reported(
  tensors: CheckpointTensors,
  { signal, onProgress }: CheckOptions,
): AsyncGenerator<Uint8Array> {
  const total = totalBytes(tensors);
  let done = 0;
  for await (const { file, bytes } of checkedBytes(tensors, signal)) {
    yield bytes;
    done += bytes.byteLength;
    onProgress?.(file, done, total);
  }
}

function totalBytes({ inFileOrder }: CheckpointTensors): number {
  return inFileOrder.reduce((sum, [, source]) => sum + sourceBytes(source), 0);
}

/** The same as GPT-2's file, but for the end token. */
function tokenizerConfig(context: number, endOfText: string): string {
  return JSON.stringify({
    add_prefix_space: false,
    bos_token: endOfText,
    clean_up_tokenization_spaces: false,
    eos_token: endOfText,
    model_max_length: context,
    tokenizer_class: 'GPT2Tokenizer',
    unk_token: endOfText,
  });
}
