/** The configuration of a GPT-2, and the parser of `config.json`. */

import { mynahError } from '../core/errors.ts';

export interface GPT2Config {
  readonly nLayer: number;
  readonly nHead: number;
  readonly nEmbd: number;
  /** The maximum number of positions (`n_positions`). */
  readonly blockSize: number;
  readonly vocabSize: number;
  readonly layerNormEpsilon: number;
  /** The token that separates and ends documents: `<|endoftext|>`. */
  readonly endOfTextId: number;
}

const CONFIG_FILE = 'config.json';

function refuse(reason: string): never {
  throw mynahError('weights-corrupt', { file: CONFIG_FILE, reason });
}

/** Larger than for any GPT-2, but small enough to keep a table of all shapes in memory. */
const maxValues = {
  n_layer: 512,
  n_head: 1024,
  n_embd: 65_536,
  n_positions: 2 ** 20,
  vocab_size: 4e6,
};

function parseCount(record: Record<string, unknown>, key: keyof typeof maxValues): number {
  const value = record[key];
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 1;
  if (!isCount || value > maxValues[key]) refuse(`${key} is not a whole number from 1`);
  return value;
}

/** Settings of the Hub's GPT-2 that change what it computes, with the one value that we support. */
const requiredSettings = {
  activation_function: 'gelu_new',
  scale_attn_weights: true,
  scale_attn_by_inverse_layer_idx: false,
  reorder_and_upcast_attn: false,
  add_cross_attention: false,
  is_encoder_decoder: false,
  tie_word_embeddings: true,
} as const;

/**
 * Parses a `config.json` as on the Hub.
 *
 * @throws `model-unsupported` naming the setting for another kind of model; `weights-corrupt` for a value
 *   that no model can have.
 */
export function parseConfig(json: unknown): GPT2Config {
  if (typeof json !== 'object' || json === null) refuse('not an object');
  const record = json as Record<string, unknown>;
  for (const [key, value] of Object.entries({ model_type: 'gpt2', ...requiredSettings })) {
    const said = record[key] ?? (key === 'model_type' ? 'missing' : value);
    if (said === value) continue;
    const reason = `says ${key} is ${describeValue(said)}, not ${value}`;
    throw mynahError('model-unsupported', { file: CONFIG_FILE, reason });
  }
  const nEmbd = parseCount(record, 'n_embd');
  const nHead = parseCount(record, 'n_head');
  if (nEmbd % nHead !== 0) refuse('n_embd is not a multiple of n_head');
  const inner = record['n_inner'] ?? 4 * nEmbd;
  if (inner !== 4 * nEmbd) {
    const reason = `says n_inner is ${describeValue(inner)}, not 4 × n_embd (${4 * nEmbd})`;
    throw mynahError('model-unsupported', { file: CONFIG_FILE, reason });
  }
  const vocabSize = parseCount(record, 'vocab_size');
  const epsilon = record['layer_norm_epsilon'] ?? 1e-5;
  if (typeof epsilon !== 'number' || !(epsilon > 0 && epsilon < 1)) {
    refuse('layer_norm_epsilon is not a small number above 0');
  }
  const endOfText = record['eos_token_id'] ?? vocabSize - 1;
  const isToken = typeof endOfText === 'number' && Number.isInteger(endOfText);
  if (!isToken || endOfText < 0 || endOfText >= vocabSize) {
    refuse('eos_token_id is outside the vocabulary');
  }
  return {
    nLayer: parseCount(record, 'n_layer'),
    nHead,
    nEmbd,
    blockSize: parseCount(record, 'n_positions'),
    vocabSize,
    layerNormEpsilon: epsilon,
    endOfTextId: endOfText,
  };
}

/** A value from the file for an error message, shortened and without the contents of objects. */
function describeValue(value: unknown): string {
  if (typeof value === 'object') return 'an object';
  return String(value).slice(0, 40);
}
