/** What the page says of files that were brought, and of too few tweets. */
import type { ErrorDetails } from '../../core/errors.ts';
import { formatCount, plural } from '../format.ts';
import type { Texts } from './error-parts.ts';

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

export const ARCHIVE_TEXTS: Texts<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
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
  'archive-no-tweets': ({ file, reason }) =>
    reason === 'no-tweet-file'
      ? {
          sentence: `“${file}” holds no file with tweets.`,
          nextStep: 'Drop the whole archive, or the tweets.js in its data folder.',
          actions: ['choose-files', 'try-sample'],
        }
      : {
          sentence: `“${file}” holds no tweets.`,
          nextStep: 'Drop an archive with tweets of your own, or try the sample.',
          actions: ['choose-files', 'try-sample'],
        },
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: `${plural(tweetsKept, 'tweet')} with ${formatCount(characters)} characters are not enough to learn from: at least ${formatCount(neededCharacters)} are needed.`,
    nextStep:
      tweetsLeftOut > 0
        ? `Keep some of the ${plural(tweetsLeftOut, 'tweet')} that are left out, or add more tweets.`
        : 'Add more tweets, or try the sample.',
    actions: ['choose-files', 'try-sample'],
  }),
};
