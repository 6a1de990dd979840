/**
 * The one table from an error's code to what the page says: a sentence and what to do next.
 *
 * It is typed by `ErrorDetails`, so a new code without a text doesn't compile.
 */
import type { ErrorCode, ErrorData, ErrorDetails, TrainingMethod } from '../core/errors.ts';
import { formatBytes, formatCount, formatDuration, plural } from './format.ts';
import { LABELS } from './labels.ts';

/** What a button beside the error can do. Each place offers those that make sense there. */
export type ErrorAction =
  | 'choose-files'
  | 'try-sample'
  | 'try-again'
  | 'compute-automatically'
  | 'restart-engine'
  | 'reload-page'
  | 'show-library';

export interface ErrorText {
  readonly sentence: string;
  readonly nextStep: string;
  readonly actions: readonly ErrorAction[];
}

export const ACTION_LABELS: { readonly [A in ErrorAction]: string } = {
  'choose-files': 'Choose other files',
  'try-sample': 'Try the sample',
  'try-again': 'Try again',
  'compute-automatically': 'Choose automatically',
  'restart-engine': 'Restart the engine',
  'reload-page': 'Reload the page',
  'show-library': 'Go to your bots',
};

type TextTable = { readonly [C in ErrorCode]: (details: ErrorDetails[C]) => ErrorText };

const UNREADABLE: {
  readonly [R in ErrorDetails['archive-unreadable']['reason']]: (file: string) => string;
} = {
  empty: (file) => `“${file}” is empty.`,
  'not-a-zip': (file) => `“${file}” is called a ZIP but isn’t one.`,
  'zip-truncated': (file) => `“${file}” ends too early, as if its download had been cut off.`,
  'zip-damaged': (file) => `“${file}” is damaged.`,
  'zip-encrypted': (file) => `“${file}” is locked with a password.`,
  'zip-bomb': (file) => `“${file}” would unpack to far more than anyone’s tweets.`,
  'not-json': (file) => `“${file}” doesn’t read as tweets`,
  encoding: (file) => `“${file}” is text in an encoding Mynah can’t tell.`,
  'unknown-format': (file) => `“${file}” is in a format Mynah doesn’t know.`,
  unreadable: (file) => `Your browser couldn’t read “${file}”.`,
};

const UNREADABLE_NEXT: {
  readonly [R in ErrorDetails['archive-unreadable']['reason']]: string;
} = {
  empty: 'Choose another file, or download the archive again.',
  'not-a-zip': 'Download the archive again, or unpack it and drop data/tweets.js.',
  'zip-truncated': 'Download the archive again and drop the new file.',
  'zip-damaged': 'Download the archive again, or unpack it and drop data/tweets.js.',
  'zip-encrypted': 'Unpack it with its password first, then drop data/tweets.js.',
  'zip-bomb': 'Unpack it yourself if you trust it, then drop its data/tweets.js.',
  encoding: 'Open it in an editor, save it as UTF-8, then drop it again.',
  'not-json': 'If you edited the file, undo that; else take it from the archive again.',
  'unknown-format':
    'Drop the archive’s ZIP file or folder, its data/tweets.js, or tweets as JSON, CSV or TXT.',
  unreadable: 'Check that the file is still there and may be opened, then drop it again.',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (
    details: ErrorDetails['archive-no-tweets'],
  ) => string;
} = {
  'no-tweet-file': ({ file }) => `“${file}” holds no file with tweets.`,
  'no-tweets': ({ file }) => `“${file}” holds no tweets.`,
  'only-retweets': ({ file, tweetsRead }) =>
    tweetsRead === undefined
      ? `“${file}” holds only retweets.`
      : `All ${plural(tweetsRead, 'tweet')} in “${file}” are retweets.`,
  'nothing-kept': ({ file, tweetsRead }) =>
    tweetsRead === undefined
      ? `No tweet in “${file}” was long enough to learn from.`
      : `None of the ${plural(tweetsRead, 'tweet')} in “${file}” was long enough to learn from.`,
};

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

const DOWNLOAD: {
  readonly [R in ErrorDetails['model-download']['reason']]: (
    details: ErrorDetails['model-download'],
  ) => readonly [sentence: string, nextStep: string];
} = {
  'not-found': ({ repository }) => [
    `There is no model “${repository}” on the Hub.`,
    'Check the name: it is the end of the address of the model’s page, owner/name.',
  ],
  private: ({ repository }) => [
    `The Hub doesn’t show “${repository}” to everybody: it is private, asks for an account, or doesn’t exist.`,
    'Check the name. If you may read it, download its files yourself and drop them here.',
  ],
  'no-gpt2': ({ repository, file }) => [
    `“${repository}” is no GPT-2 that Mynah can use${file === undefined ? '' : ` (by its ${file})`}.`,
    'Choose a model whose page says GPT-2, such as one of huggingtweets.',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    'The Hub has had too many questions from this network.',
    `Try again ${retryAfterSeconds === undefined ? 'in a few minutes' : `in ${formatDuration(retryAfterSeconds)}`}. It goes on from where it was.`,
  ],
  offline: () => [
    'The Hub can’t be reached.',
    'Check the connection, then try again. It goes on from where it was.',
  ],
  'not-allowed': () => [
    'This page may not ask that address: its own rules name the Hub’s hosts only.',
    'Set the Hub address back, or let whoever runs this page allow the mirror.',
  ],
  server: ({ status }) => [
    `The Hub has a problem${status === undefined ? '' : ` (it answered ${status})`}.`,
    'Try again in a few minutes. It goes on from where it was.',
  ],
  stalled: () => [
    'The Hub went silent in the middle of the download.',
    'Check the connection, then try again. It goes on from where it was.',
  ],
  truncated: ({ file }) => [
    `“${file ?? 'A file'}” ends too early on the Hub.`,
    'Try again later; if it stays so, the model is broken there.',
  ],
  damaged: ({ file }) => [
    `“${file ?? 'A file'}” arrived damaged, so it was thrown away.`,
    'Try again: only that file is fetched once more.',
  ],
  changed: ({ repository }) => [
    `“${repository}” keeps changing on the Hub while it is fetched.`,
    'Try again in a few minutes.',
  ],
};

function needed(details: { readonly neededBytes?: number; readonly availableBytes?: number }) {
  const { neededBytes, availableBytes } = details;
  const parts: string[] = [];
  if (neededBytes !== undefined) parts.push(`${formatBytes(neededBytes)} needed`);
  if (availableBytes !== undefined) parts.push(`${formatBytes(availableBytes)} free`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** `Training all of this model`, `Training an adapter with “Use less memory”`. */
function trainingPhrase({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? 'all of this model' : 'an adapter beside this model';
  return checkpointing ? `${what} with “${LABELS.lessMemory}”` : what;
}

const SHORTAGES: {
  readonly [R in NonNullable<ErrorDetails['out-of-memory']['reason']>]: string;
} = {
  'one-buffer': 'with pieces larger than this graphics card takes',
  'too-large': 'more than there is for it here',
  'no-room': 'more than the graphics card gave when asked',
};

function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorText {
  const { wish, instead, reason, neededBytes } = details;
  if (wish === undefined) {
    return {
      sentence: `There isn’t enough memory for this${needed(details)}.`,
      nextStep:
        neededBytes === undefined
          ? 'Close other tabs and try again, with fewer tweets at once. In training, a smaller block length under Advanced helps, or computing with the processor.'
          : 'Close other tabs, set a smaller block length under Advanced or compute with the processor, then try again.',
      actions: ['try-again', 'choose-files'],
    };
  }
  const takes =
    reason === 'one-buffer' || neededBytes === undefined ? '' : ` ${formatBytes(neededBytes)},`;
  const why = reason === undefined ? ' more memory than there is' : ` ${SHORTAGES[reason]}`;
  return {
    sentence: `Training ${trainingPhrase(wish)} takes${takes}${why}.`,
    nextStep: instead
      ? `Under Advanced, choose to train ${trainingPhrase(instead)}: that takes ${formatBytes(instead.neededBytes)}.`
      : 'Choose a smaller base model, close other tabs or compute with something else, then try again.',
    actions: ['try-again'],
  };
}

const TEXTS: TextTable = {
  'archive-unreadable': ({ file, reason, line, column }) => {
    let sentence = UNREADABLE[reason](file);
    if (reason === 'not-json') {
      if (line === undefined) sentence += '.';
      else {
        const place = column === undefined ? '' : `, character ${formatCount(column)}`;
        sentence += `: it breaks at line ${formatCount(line)}${place}.`;
      }
    }
    return {
      sentence,
      nextStep: UNREADABLE_NEXT[reason],
      actions: ['choose-files', 'try-sample'],
    };
  },
  'table-column-unknown': ({ file }) => ({
    sentence: `“${file}” has no column called text or tweet.`,
    nextStep: 'Say which column holds the tweets, or name it “text” and drop the file again.',
    actions: ['choose-files', 'try-sample'],
  }),
  'archive-no-tweets': (details) => ({
    sentence: NO_TWEETS[details.reason](details),
    nextStep:
      details.reason === 'no-tweet-file'
        ? 'Drop the whole archive, or the tweets.js in its data folder.'
        : 'Drop an archive with tweets of your own, or try the sample.',
    actions: ['choose-files', 'try-sample'],
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept }) => ({
    sentence: `${plural(tweetsKept, 'tweet')} with ${formatCount(characters)} characters are too few to learn from: it takes ${formatCount(neededCharacters)}.`,
    nextStep: 'Bring more tweets, leave out fewer of them, or try the sample.',
    actions: ['choose-files', 'try-sample'],
  }),
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
  'model-download': (details) => {
    const [sentence, nextStep] = DOWNLOAD[details.reason](details);
    return { sentence, nextStep, actions: ['try-again'] };
  },
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
