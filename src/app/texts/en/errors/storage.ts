/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: WordsBy<'reason', ErrorDetails['storage-blocked']> = {
  absent: [
    'This browser offers pages no storage (IndexedDB).',
    'Switch it on in the browser’s settings or use another browser.',
  ],
  denied: [
    'The browser doesn’t let this page store anything.',
    'Allow cookies and site data for this site in the browser’s settings, then reload it.',
  ],
  'no-answer': [
    'The browser’s storage doesn’t answer.',
    'Restart the browser: what is stored here should be there again.',
  ],
  'older-tab': [
    'Another tab has an older version of this page open.',
    'Close that tab, then try again.',
  ],
  'newer-version': [
    'What is stored here belongs to a newer version of Mynah than this page.',
    'Reload this page to get that version. If that doesn’t help, close all tabs with Mynah and open it again.',
  ],
  closed: [
    'The browser closed this page’s storage.',
    'Try again. If this site’s data were cleared, add your tweets again.',
  ],
  vanished: [
    'Data disappeared while they were being saved.',
    'Close other tabs of this page, then try again.',
  ],
  failed: ({ detail }) => [
    `The browser couldn’t read or write this page’s storage${inBrackets(detail)}.`,
    'Try again. If it happens once more, restart the browser.',
  ],
};

const NOT_WRITABLE: WordsBy<'reason', ErrorDetails['file-not-writable']> = {
  full: [
    'There is no room left where the file was to go.',
    'Free some space there, or export to another place. The bot is still here.',
  ],
  denied: [
    'The browser may not write to the file you chose.',
    'Export again and allow it, or choose another place. The bot is still here.',
  ],
  failed: ({ detail }) => [
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
    'storage-blocked': wordsBy('reason', BLOCKED),
    'file-not-writable': wordsBy('reason', NOT_WRITABLE),
  };
