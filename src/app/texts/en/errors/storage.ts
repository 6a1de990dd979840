/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorWords, inBrackets, type ErrorTable } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: {
  readonly [R in ErrorDetails['storage-blocked']['reason']]: (detail?: string) => ErrorWords;
} = {
  absent: () => ({
    sentence: 'This browser offers pages no storage (IndexedDB).',
    nextStep: 'Switch it on in the browser’s settings or use another browser.',
  }),
  denied: () => ({
    sentence: 'The browser doesn’t let this page store anything.',
    nextStep:
      'Allow cookies and site data for this site in the browser’s settings, then reload it.',
  }),
  'no-answer': () => ({
    sentence: 'The browser’s storage doesn’t answer.',
    nextStep: 'Restart the browser: what is stored here should be there again.',
  }),
  'older-tab': () => ({
    sentence: 'Another tab has an older version of this page open.',
    nextStep: 'Close that tab, then try again.',
  }),
  'newer-version': () => ({
    sentence: 'What is stored here belongs to a newer version of Mynah than this page.',
    nextStep:
      'Reload this page to get that version. If that doesn’t help, close all tabs with Mynah and open it again.',
  }),
  closed: () => ({
    sentence: 'The browser closed this page’s storage.',
    nextStep: 'Try again. If this site’s data were cleared, add your tweets again.',
  }),
  vanished: () => ({
    sentence: 'Data disappeared while they were being saved.',
    nextStep: 'Close other tabs of this page, then try again.',
  }),
  failed: (detail) => ({
    sentence: `The browser couldn’t read or write this page’s storage${inBrackets(detail)}.`,
    nextStep: 'Try again. If it happens once more, restart the browser.',
  }),
};

const NOT_WRITABLE: {
  readonly [R in ErrorDetails['file-not-writable']['reason']]: (
    detail?: string,
  ) => readonly [sentence: string, nextStep: string];
} = {
  full: () => [
    'There is no room left where the file was to go.',
    'Free some space there, or export to another place. The bot is still here.',
  ],
  denied: () => [
    'The browser may not write to the file you chose.',
    'Export again and allow it, or choose another place. The bot is still here.',
  ],
  failed: (detail) => [
    `The browser couldn’t write to the file you chose${inBrackets(detail)}.`,
    'Export again, or choose another place. The bot is still here.',
  ],
};

export const storageErrors: ErrorTable<'storage-quota' | 'storage-blocked' | 'file-not-writable'> =
  {
    'storage-quota': (details) => ({
      sentence: `This browser’s storage for the page is full${needed(details)}.`,
      nextStep: 'Delete a bot or tweets you no longer need, then try again. What is saved is safe.',
    }),
    'storage-blocked': ({ reason, detail }) => BLOCKED[reason](detail),
    'file-not-writable': ({ reason, detail }) => {
      const [sentence, nextStep] = NOT_WRITABLE[reason](detail);
      return { sentence, nextStep };
    },
  };
