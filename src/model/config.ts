/** The configuration of a GPT-2, and the parser of `config.json`. */

import { mynahError } from '../core/errors.ts';
import { integerFrom, numberFrom, objectOf, ParseError, parseOpaqueObject } from '../core/parse.ts';

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

/** Larger than for any GPT-2, but small enough to keep a table of all shapes in memory. */
const parseSizes = objectOf({
  n_layer: integerFrom(1, 512),
  n_head: integerFrom(1, 1024),
  n_embd: integerFrom(1, 65_536),
  n_positions: integerFrom(1, 2 ** 20),
  vocab_size: integerFrom(1, 4e6),
});

/** Settings of the Hub's GPT-2 that change what it computes, with the one value that we support. */
const REQUIRED_SETTINGS = {
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
 * @throws `unsupported` naming the setting for another kind of model; `model-corrupt` for a value
 *   that no model can have.
 */
export function parseConfig(json: unknown): GPT2Config {
  try {
    return parseSettings({ ...parseOpaqueObject(json, CONFIG_FILE) });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { path: part, expected: detail } = error;
    const details = { file: CONFIG_FILE, reason: 'bad-setting', part, detail } as const;
    throw mynahError('model-corrupt', details, error);
  }
}

function parseSettings(record: Readonly<Record<string, unknown>>): GPT2Config {
  requireSetting('model_type', record['model_type'] ?? 'missing', 'gpt2');
  for (const [name, value] of Object.entries(REQUIRED_SETTINGS)) {
    requireSetting(name, record[name] ?? value, value);
  }
  const { n_layer, n_head, n_embd, n_positions, vocab_size } = parseSizes(record, '');
  if (n_embd % n_head !== 0) throw new ParseError('n_embd', 'a multiple of n_head');
  requireSetting('n_inner', record['n_inner'] ?? 4 * n_embd, 4 * n_embd);
  const epsilon = record['layer_norm_epsilon'] ?? 1e-5;
  const endOfText = record['eos_token_id'] ?? vocab_size - 1;
  return {
    nLayer: n_layer,
    nHead: n_head,
    nEmbd: n_embd,
    blockSize: n_positions,
    vocabSize: vocab_size,
    layerNormEpsilon: numberFrom(Number.MIN_VALUE, 1)(epsilon, 'layer_norm_epsilon'),
    endOfTextId: integerFrom(0, vocab_size - 1)(endOfText, 'eos_token_id'),
  };
}

/** The error gets the value shortened, and without the contents of objects. */
function requireSetting(name: string, value: unknown, expected: string | number | boolean): void {
  if (value === expected) return;
  const found = typeof value === 'object' ? 'an object' : String(value).slice(0, 40);
  const feature = { what: 'setting', name, found, expected: String(expected) } as const;
  throw mynahError('unsupported', { file: CONFIG_FILE, ...feature });
}
