/** The files of an exported bot: a GPT-2 folder as on the Hub, or a PEFT adapter. */

import { hubName } from '../model/find-parameters.ts';
import { peftName } from '../model/lora.ts';
import type { LoraSettings } from '../domain/recipe.ts';
import type { GPT2Config } from '../model/config.ts';
import type { BaseOfBot } from '../protocol/bots.ts';
import { addsSpace, plainForm } from '../tokenizer/plain-form.ts';
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
import { OPTIMIZER_FILE, optimizerFile, type OptimizerState } from './optimizer-file.ts';
import { TRAIN_SCRIPT, TRAIN_SCRIPT_FILE } from './train-script.ts';
import { safetensorsFile, type WeightSource } from './write-safetensors.ts';
import { type FolderFile, textFile } from './write-zip.ts';

export interface ExportedBot {
  readonly record: BotRecord;
  readonly config: GPT2Config;
  /** The token that separates and ends tweets. */
  readonly endOfText: string;
  /** The parsed files of the base model. */
  readonly configJson: JsonObject;
  readonly tokenizerJson: JsonObject;
  readonly weights: WeightSource;
  /** The adapter of a LoRA run, which the weights above contain already; otherwise null. */
  readonly adapter: ExportedAdapter | null;
  /** The state of the optimizer of a run that trains all weights, only if it is asked for. */
  readonly optimizer?: OptimizerState | null;
  /** The picture of the account, only if it is asked for. */
  readonly picture?: Picture | null;
}

/** The picture that a card shows. */
export interface Picture {
  /** The name of its file, which lies beside the card. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The adapter that a LoRA run has trained, without its base model. */
export interface ExportedAdapter {
  readonly settings: LoraSettings;
  readonly weights: WeightSource;
  /**
   * The model that the adapter was trained on. If a bot from a file was trained further, this is not
   * the base of its record, which is the model that the opened bot was made from.
   */
  readonly base: BaseOfBot;
}

/**
 * The folder that `transformers`, the Hub and Mynah can read. The weights are read only when their file
 * is written. Throws `model-corrupt` if the tokenizer has no byte-pair encoding.
 */
export function hubFolder(bot: ExportedBot, dtype: WeightDtype): readonly FolderFile[] {
  const { record, config, endOfText, configJson, weights, adapter } = bot;
  const { optimizer = null, picture = null } = bot;
  const tokenizerJson = beginningTexts(plainForm(bot.tokenizerJson), config, endOfText);
  const vocabulary = vocabularyFiles(tokenizerJson);
  return [
    textFile('README.md', modelCard(record, adapter?.settings ?? null, picture?.name ?? null)),
    ...pictureFiles(picture),
    json('config.json', hubConfig(configJson, config, dtype)),
    json('generation_config.json', generationConfig(config)),
    textFile('tokenizer.json', JSON.stringify(tokenizerJson)),
    json('tokenizer_config.json', tokenizerConfig(config, endOfText, addsSpace(bot.tokenizerJson))),
    json('special_tokens_map.json', specialTokens(endOfText)),
    textFile(TRAIN_SCRIPT_FILE, TRAIN_SCRIPT),
    textFile('vocab.json', vocabulary['vocab.json']),
    textFile('merges.txt', vocabulary['merges.txt']),
    textFile(BOT_RECORD_FILE, JSON.stringify(record, null, 2)),
    {
      name: 'model.safetensors',
      ...safetensorsFile(weights, dtype, hubName),
    },
    ...(optimizer === null ? [] : [{ name: OPTIMIZER_FILE, ...optimizerFile(optimizer, hubName) }]),
  ];
}

/** The file of the picture that the card of a folder shows, if it does. */
export function pictureFiles(picture: Picture | null): readonly FolderFile[] {
  if (picture === null) return [];
  const { name, bytes } = picture;
  return [{ name, byteLength: bytes.byteLength, content: bytes }];
}

/** The adapter in the format of PEFT, which `PeftModel.from_pretrained(base, DIR)` loads. */
export function adapterFolder(
  record: BotRecord,
  { settings, weights, base }: ExportedAdapter,
  endOfText: string,
  picture: Picture | null = null,
): readonly FolderFile[] {
  return [
    textFile('README.md', adapterCard(record, settings, base, endOfText, picture?.name ?? null)),
    ...pictureFiles(picture),
    json('adapter_config.json', {
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      base_model_name_or_path: base.repo,
      revision: base.revision,
      r: settings.rank,
      lora_alpha: settings.alpha,
      lora_dropout: settings.dropout,
      target_modules: [...settings.targets],
      // The layers of GPT-2 are Conv1D with weights [in, out].
      fan_in_fan_out: true,
      bias: 'none',
      inference_mode: true,
      init_lora_weights: true,
      modules_to_save: null,
    }),
    textFile(BOT_RECORD_FILE, JSON.stringify(record, null, 2)),
    { name: 'adapter_model.safetensors', ...safetensorsFile(weights, 'F32', peftName) },
  ];
}

/** GPT-2 has one special token, which serves for all of these. */
function specialTokens(endOfText: string): JsonObject {
  return { bos_token: endOfText, eos_token: endOfText, unk_token: endOfText };
}

/** Tweets begin with the token that ends them, so the tokenizer puts it before every text. */
function beginningTexts(tokenizerJson: object, { endOfTextId }: GPT2Config, endOfText: string) {
  const part = (name: 'SpecialToken' | 'Sequence', id: string, type_id: number) => ({
    [name]: { id, type_id },
  });
  const single = [part('SpecialToken', endOfText, 0), part('Sequence', 'A', 0)];
  const pair = [...single, part('Sequence', 'B', 1)];
  const token = { id: endOfText, ids: [endOfTextId], tokens: [endOfText] };
  const special_tokens = { [endOfText]: token };
  return {
    ...tokenizerJson,
    post_processor: { type: 'TemplateProcessing', single, pair, special_tokens },
  };
}

/**
 * The file is our own, because the page takes nothing but the end token from that of the base model, and what
 * transformers 4 saved there may clean up spaces that belong to a tweet.
 */
function tokenizerConfig(
  { blockSize }: GPT2Config,
  endOfText: string,
  addsSpace: boolean,
): JsonObject {
  return {
    ...specialTokens(endOfText),
    add_prefix_space: addsSpace,
    clean_up_tokenization_spaces: false,
    model_max_length: blockSize,
    // Otherwise transformers 4 gives the model types of tokens, too, whose embeddings it adds to the text's.
    model_input_names: ['input_ids', 'attention_mask'],
    // This class does what `tokenizer.json` says; the one for GPT-2 leaves out NFC.
    tokenizer_class: 'PreTrainedTokenizerFast',
  };
}

function json(name: string, value: Json): FolderFile {
  return textFile(name, `${JSON.stringify(value, null, 2)}\n`);
}
