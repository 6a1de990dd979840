/** What the page says of a download that failed: from the Hub, or from the page's own site. */
import type { ErrorDetails } from '../../core/errors.ts';
import { formatDuration } from '../format.ts';
import type { Texts } from './error-parts.ts';

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

export const DOWNLOAD_TEXTS: Texts<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence: `“${file}” couldn’t be loaded${status === undefined ? '' : ` (the server answered ${status})`}.`,
    nextStep: 'Check the connection, then try again.',
    actions: ['try-again'],
  }),
  'model-download': (details) => {
    const [sentence, nextStep] = DOWNLOAD[details.reason](details);
    return { sentence, nextStep, actions: ['try-again'] };
  },
};
