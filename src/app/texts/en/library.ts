/** The list of bots, and what can be done with them. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Inline } from '../inline.tsx';

export const library = {
  newBot: 'New bot',
  empty: 'Bots that you train will appear here. They stay in this browser.',

  trainMore: 'Train more',
  continue: 'Continue',
  export: 'Export',
  exportOf: (name: string) => `Export ${name}`,
  rename: 'Rename',
  renameOf: (name: string) => `Rename ${name}`,
  duplicate: 'Duplicate',
  duplicateOf: (name: string) => `Duplicate ${name}`,
  delete: 'Delete',
  deleteOf: (name: string) => `Delete ${name}`,
  noTweets: 'This bot can’t be trained further, because its tweets have been deleted.',
  from: (dataset: string) => `from ${dataset}`,
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  quiz: (right: number, pairs: number) =>
    `Real or bot: ${formatCount(right)} of ${formatCount(pairs)} told apart`,
  inTraining: (step: number, steps: number | null) =>
    steps === null
      ? `In training: step ${formatCount(step)}`
      : `In training: step ${formatCount(step)} of ${formatCount(steps)}`,
  paused: (step: number, steps: number) =>
    `Paused at step ${formatCount(step)} of ${formatCount(steps)}`,
  interrupted: (step: number, steps: number) =>
    `Interrupted at step ${formatCount(step)} of ${formatCount(steps)}`,
  steps: (count: number) =>
    byCount(count, { one: `${formatCount(count)} step`, other: `${formatCount(count)} steps` }),
  stepsWithLoss: (count: number, loss: string) =>
    byCount(count, {
      one: `${formatCount(count)} step, loss ${loss}`,
      other: `${formatCount(count)} steps, loss ${loss}`,
    }),

  /* Export */
  exportPromise: 'The file is a ZIP. It doesn’t contain your tweets.',
  writingFile: 'Writing the file',
  starting: 'starting',
  cancel: 'Cancel',
  close: 'Close',
  forMynah: 'For Mynah and Hugging Face',
  forMynahPrograms: 'Open a bot, transformers, the Hub',
  forGguf: 'GGUF',
  forPages: 'For web pages',
  /** Each kind of file with its size. */
  files: {
    full: (bold: Inline, bytes: number): ComponentChildren => [
      bold('Full precision'),
      ` ${formatBytes(bytes)} · exactly as it is here`,
    ],
    half: (bold: Inline, bytes: number): ComponentChildren => [
      bold('Half the size'),
      ` ${formatBytes(bytes)} · slightly rounded`,
    ],
    adapter: (bold: Inline, italic: Inline, bytes: number): ComponentChildren => [
      bold('Adapter only'),
      ` ${formatBytes(bytes)} · for `,
      italic('PEFT'),
      ', which also needs the base model',
    ],
    Q8_0: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 8 bits'),
      ` ${formatBytes(bytes)} · the smallest file, rounded more`,
    ],
    F16: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 16 bits'),
      ` ${formatBytes(bytes)} · slightly rounded`,
    ],
    F32: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 32 bits'),
      ` ${formatBytes(bytes)} · exactly as it is here`,
    ],
    onnx: (bold: Inline, bytes: number): ComponentChildren => [
      bold('ONNX'),
      ` ${formatBytes(bytes)} · exactly as it is here`,
    ],
  },
  zipArchive: 'ZIP archive',

  /* Open */
  readingBot: 'Reading the bot',
  opening: 'opening',
  openHint: 'A ZIP file exported by Mynah, the files of a GPT-2, or an adapter of PEFT',
  openWithModel: 'Open with this model',
  openedFromFile: 'opened from a file',
  modelGone: 'a model that is gone',

  /* Name and picture */
  nameOfBot: 'Name of the bot',
  pictureOfBot: 'Picture of the bot',
  save: 'Save',
  mynaBird: 'the myna bird',
  accountPicture: 'the account’s picture',
  emoji: {
    '🦜': 'parrot',
    '🐦': 'bird',
    '🦉': 'owl',
    '🐧': 'penguin',
    '🦩': 'flamingo',
    '🐔': 'chicken',
    '🤖': 'robot',
    '👻': 'ghost',
    '🎩': 'top hat',
    '🧠': 'brain',
    '🔥': 'fire',
    '🌶️': 'chilli',
    '🌈': 'rainbow',
    '🌙': 'moon',
    '☕': 'coffee',
    '🎸': 'guitar',
    '📚': 'books',
  },

  /* Training further */
  trainMoreOf: (name: string) => `Train ${name} more`,
  createsVersion: (version: number) =>
    `Training continues and creates version ${formatCount(version)}.`,
  createsVersionOnSame: (version: number) =>
    `Training continues on the same tweets and creates version ${formatCount(version)}.`,
  moreEpochs: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} more epoch`,
      other: `${formatCount(count)} more epochs`,
    }),
  withNewer: (count: number) => `With the newer tweets (+${formatCount(count)})`,
  asKeptNow: (count: number) => `With the tweets as they are kept now (${formatCount(count)})`,
  sameAsBefore: (count: number) => `With the same tweets as before (${formatCount(count)})`,

  /* Versions */
  versions: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} version`,
      other: `${formatCount(count)} versions`,
    }),
  version: (number: number) => `Version ${formatCount(number)}`,
  deleteVersion: (number: number, name: string) =>
    `Delete version ${formatCount(number)} of ${name}`,
  atStep: (step: number) => `step ${formatCount(step)}`,
  lossIs: (loss: string) => `loss ${loss}`,

  hasBeenDeleted: (bold: Inline, name: string): ComponentChildren => [
    bold(name),
    ' has been deleted with all that it wrote.',
  ],
  undo: 'Undo',
  deletePermanently: 'Delete permanently',
};
