/** What the page says of a download that failed: from the Hub, or from the page's own site. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatDuration } from '../../../format.ts';
import { type ErrorTable, type WordsBy, wordsBy } from '../../error-words.ts';

const DOWNLOAD: WordsBy<'reason', ErrorDetails['model-download']> = {
  'not-found': ({ repository }) => [
    `There is no model “${repository}” on the Hub.`,
    'Check the name: it is the end of the address of the model’s page, owner/name.',
  ],
  private: ({ repository }) => [
    `The Hub doesn’t show “${repository}” to everybody: it is private, asks for an account, or doesn’t exist.`,
    'Check the name. If you may read it, download its files yourself and drop them here.',
  ],
  'no-gpt2': ({ repository, file }) => [
    file === undefined
      ? `“${repository}” is no GPT-2 that Mynah can use.`
      : `“${repository}” is no GPT-2 that Mynah can use (by its ${file}).`,
    'Choose a model whose page says GPT-2, such as one of huggingtweets.',
  ],
  'not-the-hub': ({ repository }) => [
    `A web page came instead of the files of “${repository}”, so it wasn’t the Hub that answered.`,
    'If your network wants you to log in, do that first. Otherwise check the Hub address. Then try again.',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    'The Hub has had too many requests from this network.',
    retryAfterSeconds === undefined
      ? 'Try again in a few minutes. It goes on from where it was.'
      : `Try again in ${formatDuration(retryAfterSeconds)}. It goes on from where it was.`,
  ],
  offline: [
    'The Hub can’t be reached.',
    'Check the connection, then try again. It goes on from where it was.',
  ],
  'not-allowed': [
    'This page may not ask that address: its own rules name the Hub’s hosts only.',
    'Set the Hub address back, or let whoever runs this page allow the mirror.',
  ],
  server: ({ status }) => [
    status === undefined
      ? 'The Hub has a problem.'
      : `The Hub has a problem (it answered ${status}).`,
    'Try again in a few minutes. It goes on from where it was.',
  ],
  stalled: [
    'The Hub went silent in the middle of the download.',
    'Check the connection, then try again. It goes on from where it was.',
  ],
  truncated: ({ file }) => [
    file === undefined
      ? 'A file ends too early on the Hub.'
      : `“${file}” ends too early on the Hub.`,
    'Try again later. If this happens again, the file is broken on the Hub.',
  ],
  damaged: ({ file }) => [
    file === undefined
      ? 'A file arrived damaged, so it was thrown away.'
      : `“${file}” arrived damaged, so it was thrown away.`,
    'Try again: only that file is fetched once more.',
  ],
  changed: ({ repository }) => [
    `“${repository}” keeps changing on the Hub while it is fetched.`,
    'Try again in a few minutes.',
  ],
};

export const downloadErrors: ErrorTable<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence:
      status === undefined
        ? `“${file}” couldn’t be loaded.`
        : `“${file}” couldn’t be loaded (the server answered ${status}).`,
    nextStep: 'Check the connection, then try again.',
  }),
  'model-download': wordsBy('reason', DOWNLOAD),
};
