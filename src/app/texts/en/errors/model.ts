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
  unreadable: ({ file }) => `Your browser couldn’t read “${file}”.`,
  'too-large': ({ file }) => `“${file}” is far larger than such a file can be.`,
  'cut-off': ({ file }) => `“${file}” ends too early.`,
  'not-text': ({ file }) => `“${file}” isn’t text in UTF-8.`,
  'not-json': ({ file }) => `“${file}” isn’t JSON.`,
  'not-a-zip': ({ file }) => `“${file}” isn’t a whole ZIP file.`,
  'missing-tensor': ({ file, part }) => `“${file}” has no tensor${named(part)}.`,
  'repeated-tensor': ({ file, part }) => `“${file}” has the tensor${named(part)} twice.`,
  'not-finite': ({ file, part }) =>
    `In “${file}”, the tensor${named(part)} has values that aren’t numbers.`,
  malformed: ({ file, fault }) => `“${file}” is damaged (${faultWords(fault)}).`,
};
const corrupt = phraseBy('reason', CORRUPT);

function named(part: string | undefined): string {
  return part === undefined ? '' : ` ${part}`;
}

function nextStepAfter({ reason, repository }: Corrupt): string {
  if (repository !== undefined) {
    return 'The file is like this on the Hub, so another download won’t help. Choose another model.';
  }
  return reason === 'unreadable'
    ? 'Check that the file is still there and has not been changed, then add it again.'
    : 'Get that file again where it came from, then add all of them again.';
}

const CHOOSE_GPT2 =
  'Choose a GPT-2: a folder with config.json, its tokenizer and model.safetensors or pytorch_model.bin.';

const UNSUPPORTED: WordsBy<'what', ErrorDetails['unsupported']> = {
  setting: ({ name, found, expected, file }) => [
    `Mynah can’t use this model: in “${file}”, ${name} is ${found}, and not ${expected}.`,
    CHOOSE_GPT2,
  ],
  'missing-token': ({ expected, file }) => [
    `Mynah can’t use this model: “${file}” has no token ${expected}.`,
    CHOOSE_GPT2,
  ],
  tensor: ({ found, file }) => [
    `Mynah can’t use this model: “${file}” has the tensor ${found}, which a GPT-2 doesn’t have.`,
    CHOOSE_GPT2,
  ],
  gguf: ({ name, found, file }) => [
    `This bot can’t be a GGUF: in its “${file}”, ${name} is ${found}, which llama.cpp’s GPT-2 doesn’t know.`,
    'Export it for transformers instead.',
  ],
  'onnx-size': ({ byteLength }) => [
    `This bot can’t be an ONNX file: its weights have ${formatBytes(byteLength)}, more than the 2 GB that such a file can hold.`,
    'Export it for transformers or as GGUF instead.',
  ],
  'lfs-pointer': ({ file }) => [
    `“${file}” is not the file itself, but a Git LFS pointer to it.`,
    'Run “git lfs pull” in its folder, or download the file itself, then add the model again.',
  ],
  'big-endian': ({ file }) => [
    `“${file}” was saved on a computer with another byte order.`,
    'Take the model’s model.safetensors instead.',
  ],
  'pickle-code': ({ found, file }) => [
    `“${file}” asks for ${found}, which weights alone don’t need. Nothing of it was run.`,
    'Take the model’s model.safetensors, or a model by somebody you trust.',
  ],
  'encrypted-zip': ({ file }) => [
    `“${file}” is locked with a password.`,
    'Unpack it with its password, then add the folder.',
  ],
  'zip-compression': ({ file }) => [
    `“${file}” is compressed in a way that Mynah can’t read.`,
    'Unpack it yourself, then add the folder.',
  ],
  'bot-format': ({ found, expected, file }) => [
    `“${file}” was made by another version of Mynah: it is ${found}, and this one reads ${expected}.`,
    'Reload the page to get its newest version, or export the bot again with this one.',
  ],
};

const CHOOSE_RUN_FILE =
  'Choose a JSON file that was exported on the page of runs, here or in another browser.';

const RUN_FILE: WordsBy<'reason', ErrorDetails['run-file-unreadable']> = {
  unreadable: ({ file }) => [
    `Your browser couldn’t read “${file}”.`,
    'Check that the file is still there and has not been changed, then import it again.',
  ],
  'too-large': ({ file }) => [`“${file}” is far larger than a file of runs.`, CHOOSE_RUN_FILE],
  'not-json': ({ file }) => [`“${file}” isn’t JSON.`, CHOOSE_RUN_FILE],
  'no-runs': ({ file }) => [`“${file}” has no runs of Mynah in it.`, CHOOSE_RUN_FILE],
  'other-version': ({ file }) => [
    `“${file}” was exported by another version of Mynah, whose runs this one can’t read.`,
    'Reload the page to get its newest version, or export the runs again with this one.',
  ],
  damaged: ({ file, fault }) => [
    `“${file}” is damaged (${faultWords(fault)}). None of its runs were imported.`,
    'Export the runs again where they came from.',
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
        ? `The model has no “${file}”.`
        : `The model has neither “${[file, ...alternatives].join('” nor “')}”.`,
    nextStep: 'Add the model’s whole folder: config.json, its tokenizer and its weights.',
  }),
  'adapter-base-needed': ({ base }) => ({
    sentence:
      base === null
        ? 'This is an adapter, which works on top of a model, and it doesn’t say on which.'
        : `This is an adapter, which works on top of the model “${base}”, and that isn’t stored here.`,
    nextStep:
      'Choose the model below if it is there under another name. Otherwise add or download it in step 2, then open the adapter again.',
  }),
  'model-needed': ({ bots, deletedBots = [] }) => ({
    sentence: `This model is still needed by ${formatList([
      ...bots.map((name) => `“${name}”`),
      ...deletedBots.map((name) => `“${name}” (deleted; gone for good once the page is reloaded)`),
    ])}.`,
    nextStep: 'Delete those bots first, or keep the model.',
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `The tokenizer doesn’t fit the model: it has ${formatCount(tokenizerSize)} tokens, and the model has ${formatCount(modelSize)}.`,
    nextStep: 'Use a model folder with its own tokenizer.',
  }),
};
