/**
 * A bot as a GGUF with all that llama.cpp, Ollama and LM Studio need, and what lies beside it: a Modelfile for
 * Ollama, the card, and the record of the training.
 *
 * The keys are those of ggml-org/ggml, `docs/gguf.md`, and of `conversion/gpt2.py` in ggml-org/llama.cpp.
 */

import { mynahError } from '../core/errors.ts';
import { fileStem } from '../domain/file-stem.ts';
import { WRITING_DEFAULTS } from '../domain/writing.ts';
import { type GPT2Config, innerWidth } from '../model/config.ts';
import { addsSpace } from '../tokenizer/plain-form.ts';
import { checkTokenizerJson } from '../tokenizer/tokenizer-json.ts';
import { type ExportedBot, pictureFiles } from './bot-folder.ts';
import { BOT_RECORD_FILE } from './bot-record.ts';
import { type GgmlType, ggufFile, type GgufValue } from './gguf-file.ts';
import { ggufTensors } from './gguf-weights.ts';
import { readVocabulary } from './hub-tokenizer.ts';
import { ggufCard, hubLanguages } from './model-card.ts';
import { type FolderFile, textFile } from './write-zip.ts';

/** The codes of `general.file_type` (`llama_ftype`). */
const FILE_TYPES: Readonly<Record<GgmlType, number>> = { F32: 0, F16: 1, Q8_0: 7 };
/** The codes of `tokenizer.ggml.token_type` (`llama_token_type`). */
const TOKEN_TYPES = { normal: 1, control: 3, userDefined: 4 } as const;

/**
 * The files of a bot for llama.cpp. An adapter is merged. Throws `unsupported` naming a setting of the model that
 * llama.cpp's GPT-2 doesn't know, and `model-corrupt` if the tokenizer has no byte-pair encoding.
 */
export function ggufFolder(bot: ExportedBot, type: GgmlType): readonly FolderFile[] {
  refuseOtherGpt2(bot.config);
  const { record, config, weights, adapter, endOfText, picture = null } = bot;
  const { json, size } = checkTokenizerJson(bot.tokenizerJson, config.vocabSize);
  const metadata = new Map<string, GgufValue>([
    ...general(bot, type),
    ...architecture(config),
    ...tokenizer(json, config),
    ...sampling(),
  ]);
  const name = `${fileStem(record.name, 'bot')}-${type}.gguf`;
  const space = addsSpace(bot.tokenizerJson) ? ' ' : '';
  return [
    textFile(
      'README.md',
      ggufCard(record, adapter?.settings ?? null, { name, space }, picture?.name ?? null),
    ),
    ...pictureFiles(picture),
    textFile('Modelfile', modelfile(name, { config, endOfText, space })),
    textFile(BOT_RECORD_FILE, JSON.stringify(record, null, 2)),
    { name, ...ggufFile(metadata, ggufTensors(weights, type, size)) },
  ];
}

function refuseOtherGpt2(config: GPT2Config): void {
  const refuse = (name: string, found: string): never => {
    throw mynahError('unsupported', { file: 'config.json', what: 'gguf', name, found });
  };
  const { activation, scalesScores, scalesScoresByLayer } = config;
  if (activation !== 'gelu-tanh') {
    refuse('activation_function', activation === 'relu' ? 'relu' : 'gelu');
  }
  if (!scalesScores) refuse('scale_attn_weights', 'false');
  if (scalesScoresByLayer) refuse('scale_attn_by_inverse_layer_idx', 'true');
}

type Entry = readonly [key: string, value: GgufValue];

function general({ record }: ExportedBot, type: GgmlType): readonly Entry[] {
  const { repo, name } = record.base;
  const languages = hubLanguages(record.dataset.languages);
  const text = (value: string) => ({ type: 'string', value }) as const;
  return [
    ['general.architecture', text('gpt2')],
    ['general.type', text('model')],
    ['general.name', text(record.name)],
    ['general.quantization_version', u32(2)],
    ['general.file_type', u32(FILE_TYPES[type])],
    ['general.tags', { type: 'strings', value: ['text-generation', 'huggingtweets', 'mynah'] }],
    ...(languages.length === 0
      ? []
      : [['general.languages', { type: 'strings', value: languages }] as const]),
    ...(repo === null
      ? []
      : ([
          ['general.base_model.count', u32(1)],
          ['general.base_model.0.name', text(name)],
          ['general.base_model.0.repo_url', text(`https://huggingface.co/${repo}`)],
        ] as const)),
  ];
}

function architecture(config: GPT2Config): readonly Entry[] {
  const { nLayer, nHead, nEmbd, blockSize, layerNormEpsilon } = config;
  return [
    ['gpt2.block_count', u32(nLayer)],
    ['gpt2.context_length', u32(blockSize)],
    ['gpt2.embedding_length', u32(nEmbd)],
    ['gpt2.feed_forward_length', u32(innerWidth(config))],
    ['gpt2.attention.head_count', u32(nHead)],
    ['gpt2.attention.layer_norm_epsilon', { type: 'f32', value: layerNormEpsilon }],
  ];
}

function tokenizer(json: unknown, { endOfTextId }: GPT2Config): readonly Entry[] {
  const { tokens, added, merges } = readVocabulary(json);
  const types = tokens.map(([token, id]) => {
    const special = added.get(token)?.special;
    if (special === true || id === endOfTextId) return TOKEN_TYPES.control;
    return special === false ? TOKEN_TYPES.userDefined : TOKEN_TYPES.normal;
  });
  const end = u32(endOfTextId);
  return [
    ['tokenizer.ggml.model', { type: 'string', value: 'gpt2' }],
    ['tokenizer.ggml.pre', { type: 'string', value: 'gpt-2' }],
    ['tokenizer.ggml.tokens', { type: 'strings', value: tokens.map(([token]) => token) }],
    ['tokenizer.ggml.token_type', { type: 'i32s', value: types }],
    ['tokenizer.ggml.merges', { type: 'strings', value: merges }],
    ['tokenizer.ggml.bos_token_id', end],
    ['tokenizer.ggml.eos_token_id', end],
    ['tokenizer.ggml.unknown_token_id', end],
    // Tweets begin with the token that ends them.
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
    ['tokenizer.ggml.add_eos_token', { type: 'bool', value: false }],
  ];
}

function sampling(): readonly Entry[] {
  const { temperature, topK, topP, repetitionPenalty } = WRITING_DEFAULTS;
  return [
    ['general.sampling.temp', { type: 'f32', value: temperature }],
    ['general.sampling.top_k', { type: 'i32', value: topK }],
    ['general.sampling.top_p', { type: 'f32', value: topP }],
    ['general.sampling.penalty_repeat', { type: 'f32', value: repetitionPenalty }],
  ];
}

function u32(value: number): GgufValue {
  return { type: 'u32', value };
}

interface ModelfileOptions {
  readonly config: GPT2Config;
  readonly endOfText: string;
  /** What the tokenizer puts before a text, which llama.cpp doesn't. */
  readonly space: string;
}

/** What Ollama makes a model of (ollama/ollama, `docs/modelfile.md`): `ollama create NAME -f Modelfile`. */
function modelfile(name: string, { config, endOfText, space }: ModelfileOptions): string {
  const { temperature, topK, topP, repetitionPenalty, maxTokens } = WRITING_DEFAULTS;
  return [
    `FROM ./${name}`,
    '# It goes on with a text, and does not chat.',
    `TEMPLATE """${space}{{ .Prompt }}"""`,
    `PARAMETER num_ctx ${config.blockSize}`,
    `PARAMETER num_predict ${Math.min(maxTokens, config.blockSize)}`,
    `PARAMETER temperature ${temperature}`,
    `PARAMETER top_k ${topK}`,
    `PARAMETER top_p ${topP}`,
    'PARAMETER min_p 0',
    `PARAMETER repeat_penalty ${repetitionPenalty}`,
    `PARAMETER stop "${endOfText}"`,
    '',
  ].join('\n');
}
