/** What the page says of stored things that are gone, damaged or not there yet. */
import type { ErrorDetails, StoredThing } from '../../../../core/errors.ts';
import type { ErrorWords, ErrorTable } from '../../error-words.ts';
import { faultWords } from './faults.ts';

type What = StoredThing['what'];

/** Their ids mean nothing to people and are not shown. */
const NOT_FOUND: { readonly [W in What]: ErrorWords } = {
  dataset: {
    sentence: 'These tweets have been deleted here.',
    nextStep: 'A bot that learned from them still writes. To train, import tweets again.',
  },
  texts: {
    sentence: 'The tweets that this bot learned from are not stored here.',
    nextStep: 'The bot still writes. To train, import the tweets again and make a new bot.',
  },
  run: {
    sentence: 'This bot has been deleted here.',
    nextStep: 'Choose another bot, or train a new one.',
  },
  version: {
    sentence: 'This version of the bot has been deleted here.',
    nextStep: 'Choose another version of it.',
  },
  checkpoint: {
    sentence: 'What this bot had learned is no longer stored here.',
    nextStep: 'Delete the bot and train a new one on the same tweets.',
  },
  adapter: {
    sentence: 'This bot has no adapter: it was trained as a whole model.',
    nextStep: 'Export the model instead.',
  },
  model: {
    sentence: 'This base model isn’t stored in this browser any more.',
    nextStep: 'Choose another model, or add this one again.',
  },
  download: {
    sentence: 'This download isn’t stored here any more.',
    nextStep: 'Start it again.',
  },
};

const BOT_DAMAGED = {
  sentence: 'What is stored of this bot is damaged',
  nextStep: 'Delete it and train a new one on the same tweets.',
};

/** Sentences without their full stop: what exactly is damaged follows in brackets. */
const DAMAGED: { readonly [W in Exclude<What, 'model'>]: ErrorWords } = {
  dataset: {
    sentence: 'Tweets stored here are damaged',
    nextStep: 'Delete them and import them again. Bots trained on them still write.',
  },
  texts: {
    sentence: 'The tweets stored with this bot are damaged',
    nextStep: 'The bot still writes. To train, import the tweets again and make a new bot.',
  },
  run: BOT_DAMAGED,
  version: BOT_DAMAGED,
  checkpoint: BOT_DAMAGED,
  adapter: BOT_DAMAGED,
  download: {
    sentence: 'What has been downloaded of this model is damaged',
    nextStep: 'Delete the download, then start it again.',
  },
};

const DAMAGED_MODEL: {
  readonly [O in NonNullable<ErrorDetails['stored-data-damaged']['origin']>]: ErrorWords;
} = {
  starter: {
    sentence: 'The model that comes with the page is damaged in this browser’s storage',
    nextStep: 'Reload the page to fetch it again.',
  },
  files: {
    sentence: 'The base model is damaged in this browser’s storage',
    nextStep: 'Delete the model here, then add it again from its files.',
  },
  bot: {
    sentence: 'The model of this bot is damaged in this browser’s storage',
    nextStep: 'Delete the bot here, then open its file again.',
  },
  hub: {
    sentence: 'The base model is damaged in this browser’s storage',
    nextStep: 'Delete the model here, then download it again.',
  },
};

export const storedErrors: ErrorTable<'not-found' | 'stored-data-damaged' | 'not-trained-yet'> = {
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files', fault }) => {
    const text = what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what];
    return { ...text, sentence: `${text.sentence} (${faultWords(fault)}).` };
  },
  'not-trained-yet': () => ({
    sentence: 'This bot hasn’t learned anything yet.',
    nextStep: 'Train it: it can write as soon as it has saved for the first time.',
  }),
};
