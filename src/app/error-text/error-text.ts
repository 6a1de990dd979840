/**
 * The one table from an error's code to what the page says: a sentence and what to do next.
 *
 * It is typed by `ErrorDetails`, so a new code without a text doesn't compile.
 */
import type { ErrorCode, ErrorData, ErrorDetails } from '../../core/errors.ts';
import { formatCount } from '../format.ts';
import { ARCHIVE_TEXTS } from './archive-texts.ts';
import { DOWNLOAD_TEXTS } from './download-texts.ts';
import type { ErrorText, Texts } from './error-parts.ts';
import { needed, outOfMemory } from './memory-texts.ts';

const BUSY: {
  readonly [R in ErrorDetails['busy']['reason']]: readonly [string, string];
} = {
  'another-tab': [
    'Mynah is open in another tab.',
    'Go on there, or close that tab and try again here.',
  ],
  training: ['A bot is in training.', 'Wait until it is done, or pause it first.'],
  importing: ['Tweets are still being read.', 'Wait until that is done, then try again.'],
  generating: ['Tweets are still being written.', 'Wait until that is done, or stop it first.'],
  loading: ['The model is still loading.', 'Try again in a moment.'],
  downloading: ['A model is being downloaded.', 'Wait until that is done, or pause it first.'],
};

const TEXTS: Texts<ErrorCode> = {
  ...ARCHIVE_TEXTS,
  ...DOWNLOAD_TEXTS,
  'webgpu-unavailable': ({ reason }) => ({
    sentence: `What you chose can’t compute here${reason === '' ? '' : ` (${reason})`}.`,
    nextStep: 'Let Mynah choose what works in this browser.',
    actions: ['compute-automatically'],
  }),
  'device-lost': ({ reason }) => ({
    sentence: `The graphics card stopped answering${reason === '' ? '' : ` (${reason})`}.`,
    nextStep: 'Nothing saved is lost. Restart the engine and continue where it was.',
    actions: ['restart-engine'],
  }),
  'out-of-memory': outOfMemory,
  'weights-download': ({ file, status }) => ({
    sentence: `“${file}” couldn’t be loaded${status === undefined ? '' : ` (the server answered ${status})`}.`,
    nextStep: 'Check the connection, then try again.',
    actions: ['try-again'],
  }),
  'weights-corrupt': ({ file, reason, origin }) => {
    const why = reason === '' ? '' : `: ${reason}`;
    if (/^(documents|tweets) of /.test(file)) {
      return {
        sentence: `Tweets stored here are damaged${why}.`,
        nextStep: 'Delete them and import them again. Bots trained on them still write.',
        actions: ['choose-files'],
      };
    }
    if (file.startsWith('checkpoint ')) {
      return {
        sentence: `What is stored of this bot is damaged${why}.`,
        nextStep: 'Delete it and train a new one on the same tweets.',
        actions: ['show-library'],
      };
    }
    const sentence = `The model’s file “${file}” is damaged${why}.`;
    if (origin === 'files') {
      const nextStep = 'Get that file again where the model came from, then add the model again.';
      return { sentence, nextStep, actions: [] };
    }
    if (origin === 'hub') {
      return { sentence, nextStep: 'Delete the model here and download it again.', actions: [] };
    }
    return {
      sentence,
      nextStep: 'Reload the page to fetch it again.',
      actions: ['reload-page'],
    };
  },
  'model-unsupported': ({ file, reason }) => ({
    sentence: `Mynah can’t use this model: “${file}” ${reason}.`,
    nextStep:
      'Choose a GPT-2: a folder with config.json, its tokenizer and model.safetensors or pytorch_model.bin.',
    actions: [],
  }),
  'model-missing': ({ modelId }) => ({
    sentence: `The model “${modelId}” isn’t stored in this browser any more.`,
    nextStep: 'Choose another model, or add that one again.',
    actions: [],
  }),
  'model-needed': ({ bots }) => ({
    sentence: `This model is still needed by ${bots.map((name) => `“${name}”`).join(', ')}.`,
    nextStep: 'Delete those bots first, or keep the model.',
    actions: ['show-library'],
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `The model’s vocabulary doesn’t fit it: ${formatCount(tokenizerSize)} entries, where the model has ${formatCount(modelSize)}.`,
    nextStep: 'Use a model folder with its own tokenizer.',
    actions: [],
  }),
  'storage-quota': (details) =>
    details.isOfFile
      ? {
          sentence: 'There is no room left where the file was to go.',
          nextStep: 'Free some space there, or export to another place. The bot is still here.',
          actions: [],
        }
      : {
          sentence: `This browser’s storage for the page is full${needed(details)}.`,
          nextStep:
            'Delete a bot or tweets you no longer need, then try again. What is saved is safe.',
          actions: ['try-again', 'show-library'],
        },
  'storage-blocked': ({ reason, isOfFile }) => {
    const why = reason === '' ? '' : ` (${reason})`;
    return isOfFile
      ? {
          sentence: `The browser couldn’t write to the file you chose${why}.`,
          nextStep: 'Export again and allow it, or choose another place. The bot is still here.',
          actions: [],
        }
      : {
          sentence: `The browser doesn’t let this page store anything${why}.`,
          nextStep: 'Leave private browsing, or allow storage for this site, then try again.',
          actions: ['try-again'],
        };
  },
  'checkpoint-incompatible': ({ reason }) =>
    reason === 'no such dataset'
      ? {
          sentence: 'These tweets have been deleted here.',
          nextStep: 'A bot that learned from them still writes. To train, import tweets again.',
          actions: ['choose-files'],
        }
      : {
          sentence: `This bot was saved in a way this version can’t read${reason === '' ? '' : ` (${reason})`}.`,
          nextStep: 'Train a new one on the same tweets.',
          actions: [],
        },
  'loss-not-finite': ({ step }) => ({
    sentence: `Training went off course at step ${formatCount(step)}: the numbers blew up.`,
    nextStep: 'Set a smaller learning rate under Advanced and train again.',
    actions: ['try-again'],
  }),
  busy: ({ reason }) => {
    const [sentence, nextStep] = BUSY[reason];
    return { sentence, nextStep, actions: ['try-again'] };
  },
  cancelled: () => ({
    sentence: 'Cancelled.',
    nextStep: 'Start again whenever you like.',
    actions: [],
  }),
  'worker-lost': ({ reason }) => ({
    sentence: `The engine stopped${reason === '' ? '' : ` (${reason})`}.`,
    nextStep: 'Nothing saved is lost. Restart it and continue where it was.',
    actions: ['restart-engine'],
  }),
  internal: ({ message }) => ({
    sentence: `Something went wrong inside Mynah (${message}).`,
    nextStep: 'Try again. If it happens once more, restart the engine.',
    actions: ['try-again', 'restart-engine'],
  }),
};

export function errorText(error: ErrorData): ErrorText {
  return textFor(error.code, error);
}

function textFor<C extends ErrorCode>(
  code: C,
  { details }: { readonly code: C; readonly details: ErrorDetails[C] },
): ErrorText {
  return TEXTS[code](details);
}
