/** What the page says when the engine stops, is busy or can't compute as it was asked to. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';

const BACKEND_UNAVAILABLE: {
  readonly [R in ErrorDetails['backend-unavailable']['reason']]: string;
} = {
  'no-webgpu': 'This browser doesn’t know WebGPU, so it can’t compute with a graphics card.',
  'no-adapter': 'This browser offers no graphics card to compute with.',
  'no-webassembly': 'This browser doesn’t run WebAssembly.',
};

const DEVICE_LOST: {
  readonly [R in ErrorDetails['device-lost']['reason']]: (detail?: string) => string;
} = {
  driver: (detail) => `The graphics card stopped answering${inBrackets(detail)}.`,
  silent: () => 'The graphics card stopped answering.',
  failed: (detail) => `The graphics card reported an error${inBrackets(detail)}.`,
  wrong: () => 'The graphics card gave wrong numbers.',
  replaced: () => 'This stopped because what computes was changed meanwhile.',
};

const WORKER_LOST: WordsBy<'reason', ErrorDetails['worker-lost']> = {
  'not-loaded': ({ detail }) => [
    `The engine couldn’t be loaded${inBrackets(detail)}.`,
    'Check the connection, then reload the page.',
  ],
  crashed: ({ detail }) => [
    `The engine stopped because of an error${inBrackets(detail)}.`,
    'Nothing saved is lost. Restart it and continue where it was.',
  ],
  'unreadable-message': [
    'The engine sent something that the page can’t read.',
    'Nothing saved is lost. Reload the page.',
  ],
  terminated: [
    'The engine was stopped.',
    'Nothing saved is lost. Restart it and continue where it was.',
  ],
};

const BUSY: WordsBy<'reason', ErrorDetails['busy']> = {
  'another-tab': [
    'Mynah is open in another tab.',
    'Go on there, or close that tab and try again here.',
  ],
  training: ['A bot is in training.', 'Wait until it is done, or pause it first.'],
  importing: ['Tweets are still being read.', 'Wait until that is done, then try again.'],
  generating: ['Tweets are still being written.', 'Wait until that is done, or stop it first.'],
  downloading: ['A model is being downloaded.', 'Wait until that is done, or pause it first.'],
};

export const engineErrors: ErrorTable<
  | 'backend-unavailable'
  | 'device-lost'
  | 'worker-lost'
  | 'busy'
  | 'loss-not-finite'
  | 'cancelled'
  | 'internal'
> = {
  'backend-unavailable': ({ reason }) => ({
    sentence: BACKEND_UNAVAILABLE[reason],
    nextStep: 'Let Mynah choose what works in this browser.',
  }),
  'device-lost': ({ reason, detail }) => ({
    sentence: DEVICE_LOST[reason](detail),
    nextStep: 'Nothing saved is lost. Restart the engine and continue where it was.',
  }),
  'worker-lost': wordsBy('reason', WORKER_LOST),
  busy: wordsBy('reason', BUSY),
  'loss-not-finite': ({ step }) => ({
    sentence: `Training failed at step ${formatCount(step)}: its numbers grew beyond all bounds.`,
    nextStep: 'Set a smaller learning rate under Advanced and train again.',
  }),
  cancelled: () => ({
    sentence: 'Cancelled.',
    nextStep: 'Start again whenever you like.',
  }),
  internal: ({ message }) => ({
    sentence: `Something went wrong inside Mynah (${message}).`,
    nextStep: 'Try again. If it happens once more, restart the engine.',
  }),
};
