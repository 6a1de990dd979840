/**
 * `config.json` and `generation_config.json` of an exported bot: the base model's architecture with
 * the settings huggingtweets gave its models, so that `pipeline('text-generation')` writes tweets.
 */

import { END_OF_TEXT } from '../domain/tweet-text.ts';
import { MIN_TWEET_TOKENS, WRITING_DEFAULTS } from '../domain/writing.ts';
import type { GPT2Config } from '../model/config.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export type WeightDtype = 'F32' | 'F16';

/** How a bot writes, where it isn't told otherwise. */
export function writingSettings(config: GPT2Config): JsonObject {
  const { maxTokens, temperature, topK, topP } = WRITING_DEFAULTS;
  return {
    do_sample: true,
    // Tokens with the prompt; a shorter context shortens them.
    max_length: Math.min(maxTokens, config.blockSize),
    min_length: MIN_TWEET_TOKENS,
    temperature,
    top_k: topK,
    top_p: topP,
  };
}

/**
 * @param base The base model's own `config.json`: what it says beyond the architecture is kept.
 */
export function hubConfig(base: JsonObject, config: GPT2Config, dtype: WeightDtype): JsonObject {
  const { _name_or_path, transformers_version, dtype: _dtype, ...kept } = base;
  return {
    ...kept,
    architectures: ['GPT2LMHeadModel'],
    model_type: 'gpt2',
    bos_token_id: config.endOfTextId,
    eos_token_id: config.endOfTextId,
    torch_dtype: dtype === 'F16' ? 'float16' : 'float32',
    task_specific_params: {
      'text-generation': { ...writingSettings(config), prefix: END_OF_TEXT },
    },
  };
}

export function generationConfig(config: GPT2Config): JsonObject {
  return {
    bos_token_id: config.endOfTextId,
    eos_token_id: config.endOfTextId,
    // GPT-2 has no token for padding; without one every call of the pipeline warns.
    pad_token_id: config.endOfTextId,
    ...writingSettings(config),
  };
}
