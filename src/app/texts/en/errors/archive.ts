/** What the page says of files that were brought, and of too few tweets. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { byCount, formatCount } from '../../../format.ts';
import type { ErrorTable } from '../../error-words.ts';

type Unreadable = ErrorDetails['archive-unreadable'];

const UNREADABLE: {
  readonly [R in Unreadable['reason']]: (details: Unreadable) => string;
} = {
  empty: ({ file }) => `“${file}” is empty.`,
  'not-a-zip': ({ file }) => `“${file}” is called a ZIP but isn’t one.`,
  truncated: ({ file }) => `“${file}” ends too early, as if its download had been cut off.`,
  damaged: ({ file }) => `“${file}” is damaged.`,
  encrypted: ({ file }) => `“${file}” is locked with a password.`,
  'too-large': ({ file }) => `“${file}” would unpack to far more than anyone’s tweets.`,
  packed: ({ file, packing }) =>
    packing === undefined
      ? `“${file}” is packed, which Mynah can’t unpack.`
      : `“${file}” is packed as ${packing}, which Mynah can’t unpack.`,
  'not-json': ({ file, line, column }) => {
    if (line === undefined) return `“${file}” is damaged.`;
    return column === undefined
      ? `“${file}” is damaged: it breaks at line ${formatCount(line)}.`
      : `“${file}” is damaged: it breaks at line ${formatCount(line)}, character ${formatCount(column)}.`;
  },
  encoding: ({ file }) => `“${file}” is text in an encoding that Mynah doesn’t recognize.`,
  'unknown-format': ({ file }) => `“${file}” is in a format Mynah doesn’t know.`,
  unreadable: ({ file }) => `Your browser couldn’t read “${file}”.`,
};

const UNREADABLE_NEXT: { readonly [R in Unreadable['reason']]: string } = {
  empty: 'Choose another file, or download the archive again.',
  'not-a-zip': 'Download the archive again, or unpack it and drop data/tweets.js.',
  truncated: 'Download it again and drop the new file.',
  damaged: 'Download it again, or unpack it and drop data/tweets.js.',
  encrypted: 'Unpack it with its password first, then drop the folder.',
  'too-large': 'Unpack it yourself if you trust it, then drop the folder.',
  packed: 'Unpack it first, then drop the folder that comes out of it.',
  encoding: 'Open it in an editor, save it as UTF-8, then drop it again.',
  'not-json': 'If you edited the file, undo that; otherwise take it from the archive again.',
  'unknown-format':
    'Drop the archive’s ZIP file or folder, its data/tweets.js, or tweets as JSON, CSV or TXT.',
  unreadable: 'Check that the file is still there and may be opened, then drop it again.',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (file: string) => string;
} = {
  'no-tweet-file': (file) => `“${file}” holds no file with tweets.`,
  'no-tweets': (file) => `“${file}” holds no tweets.`,
  'not-needed': (file) => `“${file}” isn’t for tweets, so Mynah hasn’t opened it.`,
};

export const archiveErrors: ErrorTable<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
  'archive-unreadable': (details) => ({
    sentence: UNREADABLE[details.reason](details),
    nextStep: UNREADABLE_NEXT[details.reason],
  }),
  'table-column-unknown': ({ file }) => ({
    sentence: `“${file}” has no column called text or tweet.`,
    nextStep: 'Say which column holds the tweets, or name it “text” and drop the file again.',
  }),
  'archive-no-tweets': ({ file, reason }) => ({
    sentence: NO_TWEETS[reason](file),
    nextStep:
      reason === 'no-tweets'
        ? 'Drop an archive with tweets of your own, or try the sample.'
        : 'Drop the whole archive, or the tweets.js in its data folder.',
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: byCount(tweetsKept, {
      one: `${formatCount(tweetsKept)} tweet with ${formatCount(characters)} characters is not enough to learn from: at least ${formatCount(neededCharacters)} characters are needed.`,
      other: `${formatCount(tweetsKept)} tweets with ${formatCount(characters)} characters are not enough to learn from: at least ${formatCount(neededCharacters)} characters are needed.`,
    }),
    nextStep:
      tweetsLeftOut > 0
        ? byCount(tweetsLeftOut, {
            one: 'Keep the tweet that is left out, or add more tweets.',
            other: `Keep some of the ${formatCount(tweetsLeftOut)} tweets that are left out, or add more tweets.`,
          })
        : 'Add more tweets, or try the sample.',
  }),
};
