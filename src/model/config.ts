/** The configuration of a GPT-2, and the parser of `config.json`. */

import {
  arrayOf,
  integerFrom,
  numberFrom,
  objectOf,
  otherwise,
  ParseError,
  parseBoolean,
  parseOpaqueObject,
  parseString,
} from '../core/parse.ts';
import type { Activation } from '../ops/operands.ts';
import { parseFile, refuseSetting } from './settings.ts';

export interface GPT2Config {
  readonly nLayer: number;
  readonly nHead: number;
  readonly nEmbd: number;
  /** The width of an MLP's hidden layer; null for 4 · nEmbd. */
  readonly nInner: number | null;
  /** The maximum number of positions (`n_positions`). */
  readonly blockSize: number;
  /** The rows of the embedding table, which may be more than the tokenizer has tokens. */
  readonly vocabSize: number;
  readonly layerNormEpsilon: number;
  readonly activation: Activation;
  /** Whether attention divides its scores by the square root of a head's size. */
  readonly scalesScores: boolean;
  /** Whether attention divides its scores by the number of the layer, counted from 1. */
  readonly scalesScoresByLayer: boolean;
  /** Whether the output head has weights of its own, instead of those of the embedding table. */
  readonly hasOwnHead: boolean;
  /** The token that separates and ends documents: `<|endoftext|>`. */
  readonly endOfTextId: number;
}

/** What nearly all GPT-2s have in common. */
export const PLAIN_GPT2 = {
  nInner: null,
  layerNormEpsilon: 1e-5,
  activation: 'gelu-tanh',
  scalesScores: true,
  scalesScoresByLayer: false,
  hasOwnHead: false,
} as const satisfies Partial<GPT2Config>;

const CONFIG_FILE = 'config.json';

/**
 * What the Hub's `GPT2Config` takes for a field that isn't there. In some files, sizes have the names that
 * other models use, which the class takes as well.
 */
const SIZES = {
  n_layer: { other: 'num_hidden_layers', usual: 12 },
  n_head: { other: 'num_attention_heads', usual: 12 },
  n_embd: { other: 'hidden_size', usual: 768 },
  n_positions: { other: 'max_position_embeddings', usual: 1024 },
  vocab_size: { other: 'vocab_size', usual: 50_257 },
} as const;

/** Larger than for any GPT-2, but small enough to keep a table of all shapes in memory. */
const parseSizes = objectOf({
  n_layer: integerFrom(1, 512),
  n_head: integerFrom(1, 1024),
  n_embd: integerFrom(1, 65_536),
  n_positions: integerFrom(1, 2 ** 20),
  vocab_size: integerFrom(1, 4e6),
});

/** The Hub's names of activations, of which several stand for the same function (`transformers/activations.py`). */
const ACTIVATIONS: ReadonlyMap<unknown, Activation> = new Map([
  ['gelu_new', 'gelu-tanh'],
  ['gelu_pytorch_tanh', 'gelu-tanh'],
  ['gelu_python_tanh', 'gelu-tanh'],
  ['gelu_fast', 'gelu-tanh'],
  ['gelu_accurate', 'gelu-tanh'],
  ['gelu', 'gelu-erf'],
  ['gelu_python', 'gelu-erf'],
  ['relu', 'relu'],
]);

/**
 * Settings of the Hub's GPT-2 that change what it computes, with the one value that we support.
 * `reorder_and_upcast_attn` isn't among them, because it changes nothing in float32.
 */
const REQUIRED_SETTINGS = { add_cross_attention: false, is_encoder_decoder: false } as const;

const parseNames = otherwise(arrayOf(otherwise(parseString, '')), []);
const parseTokenIds = arrayOf(integerFrom(0));

/**
 * Parses a `config.json` as on the Hub.
 *
 * @throws `unsupported` naming the setting for another kind of model; `model-corrupt` for a value
 *   that no model can have.
 */
export function parseConfig(json: unknown): GPT2Config {
  return parseFile(CONFIG_FILE, () => parseSettings({ ...parseOpaqueObject(json, CONFIG_FILE) }));
}

type Settings = Readonly<Record<string, unknown>>;

/** The kind of model that a config is of. Files of before 2020 name the class and not the kind. */
export function modelType(config: Settings): unknown {
  const isGpt2 = parseNames(config['architectures'], '').some((name) => name.startsWith('GPT2'));
  return config['model_type'] ?? (isGpt2 ? 'gpt2' : null);
}

/** The ids in `eos_token_id`, which can be a number, a list, or missing. Throws {@link ParseError}. */
export function endTokenIds(config: Settings): readonly number[] {
  const value = config['eos_token_id'] ?? [];
  return parseTokenIds(Array.isArray(value) ? value : [value], 'eos_token_id');
}

function parseSettings(settings: Settings): GPT2Config {
  requireSetting('model_type', modelType(settings), 'gpt2');
  for (const [name, value] of Object.entries(REQUIRED_SETTINGS)) {
    requireSetting(name, settings[name] ?? value, value);
  }
  const { n_layer, n_head, n_embd, n_positions, vocab_size } = parseSizes(
    Object.fromEntries(
      Object.entries(SIZES).map(([name, { other, usual }]) => [
        name,
        settings[name] ?? settings[other] ?? usual,
      ]),
    ),
    '',
  );
  if (n_embd % n_head !== 0) throw new ParseError('n_embd', { be: 'multiple', of: 'n_head' });
  const inner = settings['n_inner'] ?? null;
  const flag = (name: string, usual: boolean): boolean =>
    parseBoolean(settings[name] ?? usual, name);
  return {
    nLayer: n_layer,
    nHead: n_head,
    nEmbd: n_embd,
    nInner: inner === null ? null : integerFrom(1, 2 ** 20)(inner, 'n_inner'),
    blockSize: n_positions,
    vocabSize: vocab_size,
    layerNormEpsilon: numberFrom(Number.MIN_VALUE, 1)(
      settings['layer_norm_epsilon'] ?? PLAIN_GPT2.layerNormEpsilon,
      'layer_norm_epsilon',
    ),
    activation: parseActivation(settings['activation_function'] ?? 'gelu_new'),
    scalesScores: flag('scale_attn_weights', true),
    scalesScoresByLayer: flag('scale_attn_by_inverse_layer_idx', false),
    hasOwnHead: !flag('tie_word_embeddings', true),
    // A stand-in until the tokenizer is read (`bots/read-model.ts`).
    endOfTextId: Math.min(endTokenIds(settings)[0] ?? Infinity, vocab_size - 1),
  };
}

function parseActivation(name: unknown): Activation {
  return (
    ACTIVATIONS.get(name) ?? refuseSetting(CONFIG_FILE, 'activation_function', name, 'gelu_new')
  );
}

function requireSetting(name: string, value: unknown, expected: string | boolean): void {
  if (value !== expected) refuseSetting(CONFIG_FILE, name, value, String(expected));
}

/** The width of an MLP's hidden layer. */
export function innerWidth({ nInner, nEmbd }: GPT2Config): number {
  return nInner ?? 4 * nEmbd;
}

/** What attention multiplies the scores of a layer by. */
export function scoreScale(config: GPT2Config, layer: number): number {
  const { nEmbd, nHead, scalesScores, scalesScoresByLayer } = config;
  const byHead = scalesScores ? 1 / Math.sqrt(nEmbd / nHead) : 1;
  return scalesScoresByLayer ? byHead / (layer + 1) : byHead;
}
