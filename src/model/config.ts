/** What a GPT-2 is, as its `config.json` says it. */

import { mynahError } from '../core/errors.ts';

export interface GPT2Config {
  readonly nLayer: number;
  readonly nHead: number;
  readonly nEmbd: number;
  /** Most positions (`n_positions`). */
  readonly blockSize: number;
  readonly vocabSize: number;
  readonly layerNormEpsilon: number;
  /** The token that separates and ends documents: `<|endoftext|>`. */
  readonly endOfTextId: number;
}

function refuse(reason: string): never {
  throw mynahError('weights-corrupt', { file: 'config.json', reason });
}

function positiveInteger(record: Record<string, unknown>, key: string): number {
  const value = record[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > 1e7) {
    refuse(`${key} is not a positive whole number`);
  }
  return value;
}

/** Reads a Hub-style `config.json`. Throws `weights-corrupt` with the first thing that is wrong. */
export function parseConfig(json: unknown): GPT2Config {
  if (typeof json !== 'object' || json === null) refuse('not an object');
  const record = json as Record<string, unknown>;
  if (record['model_type'] !== 'gpt2') refuse('model_type is not gpt2');
  const activation = record['activation_function'] ?? 'gelu_new';
  if (activation !== 'gelu_new') refuse('activation_function is not gelu_new');
  for (const [key, only] of [
    ['scale_attn_weights', true],
    ['scale_attn_by_inverse_layer_idx', false],
    ['reorder_and_upcast_attn', false],
    ['tie_word_embeddings', true],
  ] as const) {
    if ((record[key] ?? only) !== only) refuse(`${key} is not ${only}`);
  }
  const nEmbd = positiveInteger(record, 'n_embd');
  const nHead = positiveInteger(record, 'n_head');
  if (nEmbd % nHead !== 0) refuse('n_embd is not a multiple of n_head');
  const inner = record['n_inner'] ?? 4 * nEmbd;
  if (inner !== 4 * nEmbd) refuse('n_inner is not 4 × n_embd');
  const vocabSize = positiveInteger(record, 'vocab_size');
  const epsilon = record['layer_norm_epsilon'] ?? 1e-5;
  if (typeof epsilon !== 'number' || !(epsilon > 0)) refuse('layer_norm_epsilon is not positive');
  const endOfText = record['eos_token_id'] ?? vocabSize - 1;
  if (typeof endOfText !== 'number' || !(endOfText >= 0 && endOfText < vocabSize)) {
    refuse('eos_token_id is outside the vocabulary');
  }
  return {
    nLayer: positiveInteger(record, 'n_layer'),
    nHead,
    nEmbd,
    blockSize: positiveInteger(record, 'n_positions'),
    vocabSize,
    layerNormEpsilon: epsilon,
    endOfTextId: endOfText,
  };
}
