/** What the page says of a model or a bot that somebody brings and that can't be used. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatBytes, formatCount, formatList } from '../../../format.ts';
import {
  type ErrorTable,
  type PhrasesBy,
  phraseBy,
  type WordsBy,
  wordsBy,
} from '../../error-words.ts';
import { faultWords } from './faults.ts';

type Corrupt = ErrorDetails['model-corrupt'];

const CORRUPT: PhrasesBy<'reason', Corrupt> = {
  unreadable: ({ file }) => `你的浏览器无法读取“${file}”。`,
  'too-large': ({ file }) => `“${file}”远远大于此类文件应有的大小。`,
  'cut-off': ({ file }) => `“${file}”不完整。`,
  'not-text': ({ file }) => `“${file}”不是 UTF-8 文本。`,
  'not-json': ({ file }) => `“${file}”不是 JSON。`,
  'not-a-zip': ({ file }) => `“${file}”不是完整的 ZIP 文件。`,
  'missing-tensor': ({ file, part }) => `“${file}”中没有张量${named(part)}。`,
  'repeated-tensor': ({ file, part }) => `“${file}”中有两个张量${named(part)}。`,
  'not-finite': ({ file, part }) => `“${file}”中，张量${named(part)}含有不是数的值。`,
  malformed: ({ file, fault }) => `“${file}”已损坏（${faultWords(fault)}）。`,
};
const corrupt = phraseBy('reason', CORRUPT);

function named(part: string | undefined): string {
  return part === undefined ? '' : `“${part}”`;
}

function nextStepAfter({ reason, repository }: Corrupt): string {
  if (repository !== undefined) {
    return 'Hub 上的文件就是如此，重新下载也没有用。请选择其他模型。';
  }
  return reason === 'unreadable'
    ? '请确认文件仍在原处且未被更改，然后重新添加。'
    : '请从原来的地方重新获取该文件，然后重新添加所有文件。';
}

const CHOOSE_GPT2 =
  '请选择 GPT-2：含有 config.json、分词器以及 model.safetensors 或 pytorch_model.bin 的文件夹。';

const UNSUPPORTED: WordsBy<'what', ErrorDetails['unsupported']> = {
  setting: ({ name, found, expected, file }) => [
    `Mynah 无法使用此模型：“${file}”中，${name} 是 ${found}，而不是 ${expected}。`,
    CHOOSE_GPT2,
  ],
  'missing-token': ({ expected, file }) => [
    `Mynah 无法使用此模型：“${file}”中没有 token ${expected}。`,
    CHOOSE_GPT2,
  ],
  tensor: ({ found, file }) => [
    `Mynah 无法使用此模型：“${file}”中有张量 ${found}，而 GPT-2 没有这个张量。`,
    CHOOSE_GPT2,
  ],
  gguf: ({ name, found, file }) => [
    `此机器人无法导出为 GGUF：在它的“${file}”中，${name} 是 ${found}，llama.cpp 的 GPT-2 不支持。`,
    '请改为导出为 transformers 使用的格式。',
  ],
  'onnx-size': ({ byteLength }) => [
    `此机器人无法导出为 ONNX 文件：它的权重有 ${formatBytes(byteLength)}，超出了此类文件 2 GB 的上限。`,
    '请改为导出为 transformers 使用的格式或 GGUF。',
  ],
  'lfs-pointer': ({ file }) => [
    `“${file}”不是文件本身，而是指向它的 Git LFS 指针。`,
    '请在它的文件夹中运行“git lfs pull”，或下载文件本身，然后重新添加模型。',
  ],
  'big-endian': ({ file }) => [
    `“${file}”是在字节序不同的电脑上保存的。`,
    '请改用该模型的 model.safetensors。',
  ],
  'pickle-code': ({ found, file }) => [
    `“${file}”要求 ${found}，而单纯的权重不需要它。其中的内容均未运行。`,
    '请使用该模型的 model.safetensors，或你信任的人提供的模型。',
  ],
  'encrypted-zip': ({ file }) => [`“${file}”有密码保护。`, '请用密码解压，然后添加文件夹。'],
  'zip-compression': ({ file }) => [
    `“${file}”的压缩方式 Mynah 无法读取。`,
    '请自行解压，然后添加文件夹。',
  ],
  'bot-format': ({ found, expected, file }) => [
    `“${file}”由另一个版本的 Mynah 创建：它的格式是 ${found}，而此版本读取 ${expected}。`,
    '请重新加载页面以获取最新版本，或用此版本重新导出机器人。',
  ],
};

const CHOOSE_RUN_FILE = '请选择在训练记录页面导出的 JSON 文件，可以来自这里或其他浏览器。';

const RUN_FILE: WordsBy<'reason', ErrorDetails['run-file-unreadable']> = {
  unreadable: ({ file }) => [
    `你的浏览器无法读取“${file}”。`,
    '请确认文件仍在原处且未被更改，然后重新导入。',
  ],
  'too-large': ({ file }) => [`“${file}”远远大于训练记录文件应有的大小。`, CHOOSE_RUN_FILE],
  'not-json': ({ file }) => [`“${file}”不是 JSON。`, CHOOSE_RUN_FILE],
  'no-runs': ({ file }) => [`“${file}”中没有 Mynah 的训练记录。`, CHOOSE_RUN_FILE],
  'other-version': ({ file }) => [
    `“${file}”由另一个版本的 Mynah 导出，此版本无法读取其中的训练记录。`,
    '请重新加载页面以获取最新版本，或用此版本重新导出训练记录。',
  ],
  damaged: ({ file, fault }) => [
    `“${file}”已损坏（${faultWords(fault)}）。没有导入任何训练记录。`,
    '请在原来的地方重新导出训练记录。',
  ],
};

export const modelErrors: ErrorTable<
  | 'model-corrupt'
  | 'unsupported'
  | 'run-file-unreadable'
  | 'model-file-missing'
  | 'adapter-base-needed'
  | 'model-needed'
  | 'tokenizer-mismatch'
> = {
  'model-corrupt': (details) => ({
    sentence: corrupt(details),
    nextStep: nextStepAfter(details),
  }),
  unsupported: wordsBy('what', UNSUPPORTED),
  'run-file-unreadable': wordsBy('reason', RUN_FILE),
  'model-file-missing': ({ file, alternatives }) => ({
    sentence:
      alternatives.length === 0
        ? `模型中没有“${file}”。`
        : `模型中没有“${[file, ...alternatives].join('”，也没有“')}”。`,
    nextStep: '请添加模型的整个文件夹：config.json、分词器和权重。',
  }),
  'adapter-base-needed': ({ base }) => ({
    sentence:
      base === null
        ? '这是一个适配器，需要配合模型使用，但它没有说明是哪个模型。'
        : `这是一个适配器，需要配合模型“${base}”使用，而该模型没有存储在这里。`,
    nextStep:
      '如果该模型以其他名称存在，请在下面选择它。否则请在步骤 2 中添加或下载它，然后重新打开适配器。',
  }),
  'model-needed': ({ bots, deletedBots = [] }) => ({
    sentence: `以下机器人仍需要此模型：${formatList([
      ...bots.map((name) => `“${name}”`),
      ...deletedBots.map((name) => `“${name}”（已删除；重新加载页面后彻底清除）`),
    ])}。`,
    nextStep: '请先删除这些机器人，或保留该模型。',
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `分词器与模型不匹配：分词器有 ${formatCount(tokenizerSize)} 个 token，而模型有 ${formatCount(modelSize)} 个。`,
    nextStep: '请使用自带分词器的模型文件夹。',
  }),
};
