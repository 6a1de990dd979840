/**
 * `config.json` and `generation_config.json` of an exported bot: the architecture of the base model with
 * the settings of huggingtweets' models, so that `pipeline('text-generation')` writes tweets.
 */

import { MIN_TWEET_TOKENS, WRITING_DEFAULTS } from '../domain/writing.ts';
import type { GPT2Config } from '../model/config.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export type WeightDtype = 'F32' | 'F16';

/** The default settings with which a bot writes. */
function writingSettings(config: GPT2Config): JsonObject {
  const { maxTokens, temperature, topK, topP } = WRITING_DEFAULTS;
  return {
    do_sample: true,
    // The number of tokens with the prompt, which can't exceed the context. With
    // `max_new_tokens`, the pipelines of transformers 5 would warn each time.
    max_length: Math.min(maxTokens, config.blockSize),
    min_length: MIN_TWEET_TOKENS,
    temperature,
    top_k: topK,
    top_p: topP,
  };
}

/** @param base The base model's `config.json`, whose other settings are kept. */
export function hubConfig(base: JsonObject, config: GPT2Config, dtype: WeightDtype): JsonObject {
  const { _name_or_path, transformers_version, dtype: _dtype, ...kept } = base;
  return {
    ...kept,
    architectures: ['GPT2LMHeadModel'],
    model_type: 'gpt2',
    bos_token_id: config.endOfTextId,
    eos_token_id: config.endOfTextId,
    torch_dtype: dtype === 'F16' ? 'float16' : 'float32',
    // Without a `prefix`, about which they would warn too: the tokenizer begins every text.
    task_specific_params: { 'text-generation': writingSettings(config) },
  };
}

export function generationConfig(config: GPT2Config): JsonObject {
  return {
    bos_token_id: config.endOfTextId,
    eos_token_id: config.endOfTextId,
    // GPT-2 has no padding token, and without one every call of the pipeline prints a warning.
    pad_token_id: config.endOfTextId,
    ...writingSettings(config),
  };
}
