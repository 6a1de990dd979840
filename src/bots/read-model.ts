/** Reads a GPT-2 from its files as on the Hub, and checks it before it is used. */

import { createXxHash64 } from '../hashing/hash.ts';
import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { parseOpaqueObject } from '../core/parse.ts';
import { type CheckpointTensors, findParameters } from '../model/find-parameters.ts';
import { endTokenIds, type GPT2Config, parseConfig } from '../model/config.ts';
import { readPieces, type TensorSource } from '../model/tensor-source.ts';
import { TextTokenizer } from '../tokenizer/tokenizer.ts';
import { tokenizerJsonFrom, withAddedTokens } from '../tokenizer/tokenizer-json.ts';
import { type ModelFiles, readJson, readText, refuseOtherTokenizer } from './model-files.ts';
import { openWeights } from './weights-files.ts';

export interface ModelDescription {
  readonly config: GPT2Config;
  readonly tokenizer: TextTokenizer;
  /** The `tokenizer.json` with all added tokens; made of `vocab.json` and `merges.txt` if there is none. */
  readonly tokenizerJson: unknown;
}

/**
 * Reads the config and the tokenizer. Throws `model-file-missing`, `unsupported` naming the setting that
 * we don't support, `model-corrupt` naming what is damaged, `tokenizer-mismatch`.
 */
export async function readDescription(files: ModelFiles): Promise<ModelDescription> {
  const configJson = await readJson(files, 'config.json');
  if (configJson === undefined)
    throw mynahError('model-file-missing', { file: 'config.json', alternatives: [] });
  const config = parseConfig(configJson);
  const tokenizerConfig = await readJson(files, 'tokenizer_config.json');
  const tokenizerJson = await readTokenizerJson(files, tokenizerConfig);
  const endIds = endTokenIds({ ...parseOpaqueObject(configJson, 'config.json') });
  const tokenizer = new TextTokenizer(tokenizerJson, tokenizerConfig, {
    endTokenIds: endIds,
    rows: config.vocabSize,
  });
  const { vocabSize, endOfTextId } = tokenizer;
  // An embedding table may be padded with rows that are no tokens, but an end token is one.
  const isOther = (id: number) => id >= vocabSize && id < config.vocabSize;
  if (vocabSize > config.vocabSize || endIds.some(isOther)) {
    throw mynahError('tokenizer-mismatch', {
      tokenizerSize: vocabSize,
      modelSize: config.vocabSize,
    });
  }
  return { config: { ...config, endOfTextId }, tokenizer, tokenizerJson };
}

async function readTokenizerJson(files: ModelFiles, config: unknown): Promise<unknown> {
  const json = await readJson(files, 'tokenizer.json');
  const added = await readJson(files, 'added_tokens.json');
  if (json !== undefined) return withAddedTokens(json, { added, config });
  const vocab = await readJson(files, 'vocab.json');
  if (vocab === undefined) {
    refuseOtherTokenizer(files);
    const alternatives = ['vocab.json + merges.txt'];
    throw mynahError('model-file-missing', { file: 'tokenizer.json', alternatives });
  }
  const merges = await readText(files, 'merges.txt');
  if (merges === null)
    throw mynahError('model-file-missing', { file: 'merges.txt', alternatives: [] });
  return tokenizerJsonFrom({ vocab, merges, added, config });
}

/**
 * Finds the parameters in the files, of which only the headers are read. Throws `model-corrupt` naming a
 * tensor that is missing or has a wrong shape, `unsupported` naming a tensor that a GPT-2 doesn't have.
 */
export async function openParameters(
  files: ModelFiles,
  config: GPT2Config,
): Promise<CheckpointTensors> {
  const tensors = await openWeights(files);
  const [first] = tensors.values();
  return findParameters(tensors, config, first?.file ?? 'model.safetensors');
}

/**
 * Yields the raw bytes of all parameters in the order of the files, a few megabytes at a time, after the
 * last check: all values are finite. Throws `model-corrupt`, `unsupported`, `cancelled`.
 */
export async function* checkedBytes(
  { inFileOrder }: CheckpointTensors,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly file: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  for (const [, source] of inFileOrder) {
    for await (const { bytes } of readPieces(source, signal)) yield { file: source.file, bytes };
  }
}

/**
 * Whether an output head that is stored beside the embedding table has other values. Then it is used, although the
 * config says that the two are one (`tie_weights` in transformers 5). Throws as {@link checkedBytes}.
 */
export async function hasOtherHead(
  { parameters, head }: CheckpointTensors,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (head === null) return false;
  const table = must(parameters.get('wte.weight'), 'the embedding table');
  return (await hashOf(head, signal)) !== (await hashOf(table, signal));
}

/** The hash of the values, whatever their dtype. Comparing two tensors directly would read back and forth. */
async function hashOf(source: TensorSource, signal: AbortSignal | undefined): Promise<string> {
  const hasher = await createXxHash64();
  for await (const { values } of readPieces(source, signal)) {
    hasher.update(new Uint8Array(values.buffer));
  }
  return hasher.digest();
}
