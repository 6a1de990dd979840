/** An exported bot: the files of a GPT-2 folder as on the Hub, or of a PEFT adapter. */

import { END_OF_TEXT } from '../domain/tweet-text.ts';
import { type LoraSettings, peftName } from '../model/lora.ts';
import type { GPT2Config } from '../model/config.ts';
import type { BaseOfBot } from '../storage/runs.ts';
import { BOT_RECORD_FILE, type BotRecord } from './bot-record.ts';
import {
  generationConfig,
  hubConfig,
  type Json,
  type JsonObject,
  type WeightDtype,
} from './hub-config.ts';
import { vocabularyFiles } from './hub-tokenizer.ts';
import { adapterCard, modelCard } from './model-card.ts';
import { safetensorsFile, type WeightSource } from './write-safetensors.ts';
import type { FolderFile } from './write-zip.ts';

export interface ExportedBot {
  readonly record: BotRecord;
  readonly config: GPT2Config;
  /** The base model's own files, parsed. */
  readonly configJson: JsonObject;
  readonly tokenizerJson: JsonObject;
  readonly tokenizerConfigJson: JsonObject | null;
  readonly weights: WeightSource;
  /** Of a LoRA run; it is in the weights already. */
  readonly adapter: ExportedAdapter | null;
}

/** What a LoRA run has learned, apart from the model it goes on top of. */
export interface ExportedAdapter {
  readonly settings: LoraSettings;
  readonly weights: WeightSource;
  /**
   * The model it was trained on. Not the record's base where a bot from a file learned on: that one
   * is what the opened bot was made from.
   */
  readonly base: BaseOfBot;
}

/**
 * The folder that `transformers`, the Hub and Mynah's own import read. Weights are read when their
 * file is written. Throws `model-corrupt` for a tokenizer that can't be written down.
 */
export function hubFolder(bot: ExportedBot, dtype: WeightDtype): readonly FolderFile[] {
  const { record, config, configJson, tokenizerJson, tokenizerConfigJson, weights, adapter } = bot;
  const vocabulary = vocabularyFiles(tokenizerJson);
  return [
    text('README.md', modelCard(record, adapter?.settings ?? null)),
    json('config.json', hubConfig(configJson, config, dtype)),
    json('generation_config.json', generationConfig(config)),
    text('tokenizer.json', JSON.stringify(tokenizerJson)),
    json('tokenizer_config.json', tokenizerConfigJson ?? tokenizerDefaults(config)),
    json('special_tokens_map.json', specialTokens),
    text('vocab.json', vocabulary['vocab.json']),
    text('merges.txt', vocabulary['merges.txt']),
    text(BOT_RECORD_FILE, JSON.stringify(record, null, 2)),
    {
      name: 'model.safetensors',
      ...safetensorsFile(weights, dtype, (name) => `transformer.${name}`),
    },
  ];
}

/** The adapter of a LoRA run as PEFT saves it: `PeftModel.from_pretrained(base, DIR)` loads it. */
export function adapterFolder(
  record: BotRecord,
  { settings, weights, base }: ExportedAdapter,
): readonly FolderFile[] {
  return [
    text('README.md', adapterCard(record, settings, base)),
    json('adapter_config.json', {
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      base_model_name_or_path: base.repo,
      revision: base.revision,
      r: settings.rank,
      lora_alpha: settings.alpha,
      lora_dropout: settings.dropout,
      target_modules: [...settings.targets],
      // GPT-2's layers are Conv1D: [in, out].
      fan_in_fan_out: true,
      bias: 'none',
      inference_mode: true,
      init_lora_weights: true,
      modules_to_save: null,
    }),
    text(BOT_RECORD_FILE, JSON.stringify(record, null, 2)),
    { name: 'adapter_model.safetensors', ...safetensorsFile(weights, 'F32', peftName) },
  ];
}

const specialTokens = { bos_token: END_OF_TEXT, eos_token: END_OF_TEXT, unk_token: END_OF_TEXT };

function tokenizerDefaults({ blockSize }: GPT2Config): JsonObject {
  return {
    ...specialTokens,
    add_prefix_space: false,
    clean_up_tokenization_spaces: false,
    model_max_length: blockSize,
    tokenizer_class: 'GPT2Tokenizer',
  };
}

function json(name: string, value: Json): FolderFile {
  return text(name, `${JSON.stringify(value, null, 2)}\n`);
}

function text(name: string, value: string): FolderFile {
  const content = new TextEncoder().encode(value);
  return { name, byteLength: content.byteLength, content };
}
