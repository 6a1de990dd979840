/** Step 1: the tweets. What is loaded with its charts, filters and list is in `explorer.ts`. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount, formatPercent } from '../../format.ts';
import type { Inline } from '../inline.tsx';

export const data = {
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  tweetsKept: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet kept`,
      other: `${formatCount(count)} tweets kept`,
    }),
  learnedFrom: (count: number) =>
    byCount(count, {
      one: `learned from ${formatCount(count)} tweet, deleted since`,
      other: `learned from ${formatCount(count)} tweets, deleted since`,
    }),
  learnedDeleted: 'These tweets have been deleted here; the bot keeps what it learned.',
  learnedChanged: (kept: number) =>
    byCount(kept, {
      one: `This is what the bot was trained on. Its tweets have changed since: ${formatCount(kept)} tweet is kept now.`,
      other: `This is what the bot was trained on. Its tweets have changed since: ${formatCount(kept)} tweets are kept now.`,
    }),
  learnThem: 'To train the bot on them, press Train more under Your bots.',

  dropTitle: 'Drop your Twitter archive here',
  dropFormats: 'the ZIP as you got it, its folder, or tweets as JSON, CSV or plain text',
  dropPromise: 'Nothing you drop leaves this computer.',
  dropHere: 'Let go, and the bird reads them',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',

  helpTitle: 'How do I get my archive?',
  helpOpen: (bold: Inline): ComponentChildren => [
    'On X, open ',
    bold('Settings and privacy'),
    ', then ',
    bold('Your account'),
    ', then ',
    bold('Download an archive of your data'),
    '.',
  ],
  helpRequest: (bold: Inline): ComponentChildren => [
    'Confirm it is you and press ',
    bold('Request archive'),
    '. X takes about a day to make it.',
  ],
  helpDownload: 'When X tells you that it is ready, download the ZIP file and drop it here.',
  helpFiles: (bold: Inline): ComponentChildren => [
    'There is no need to unpack it, however big it is: Mynah reads your tweets out of it, and never opens your messages, contacts or media, except for your profile picture. You can also drop the folder that you unpacked it to, or its ',
    bold('data/tweets.js'),
    ' together with ',
    bold('tweets-part1.js'),
    ' and so on where there are any. Archives of any year work, and so do the exports of Mastodon and Bluesky, what your browser recorded while you scrolled through your profile (',
    bold('.har'),
    '), and several of these at once. Files that lie beside an archive are not read.',
  ],
  withHidden: 'Also read tweets that I deleted recently and those that were never public',

  phases: { opening: 'Opening', reading: 'Reading', cleaning: 'Tidying up', saving: 'Saving' },
  /** The phase, and the files that are read, as an element. */
  importing: {
    opening: (files: ComponentChildren): ComponentChildren => ['Opening ', files],
    reading: (files: ComponentChildren): ComponentChildren => ['Reading ', files],
    cleaning: (files: ComponentChildren): ComponentChildren => ['Tidying up ', files],
    saving: (files: ComponentChildren): ComponentChildren => ['Saving ', files],
  },
  bytesOf: (done: number, total: number) => `${formatBytes(done)} of ${formatBytes(total)}`,
  /** @param names `a.js, b.js` */
  filesAndOthers: (names: string, others: number) =>
    byCount(others, {
      one: `${names} and ${formatCount(others)} other`,
      other: `${names} and ${formatCount(others)} others`,
    }),
  quoted: (name: string) => `“${name}”`,

  missingPart: (file: string, expected: number | null) =>
    expected === null
      ? `“${file}” with tweets is missing. If you left it out, drop all parts in one go; otherwise download the archive again.`
      : byCount(expected, {
          one: `“${file}” with ${formatCount(expected)} tweet is missing. If you left it out, drop all parts in one go; otherwise download the archive again.`,
          other: `“${file}” with ${formatCount(expected)} tweets is missing. If you left it out, drop all parts in one go; otherwise download the archive again.`,
        }),
  countMismatch: (file: string, found: number, expected: number) =>
    byCount(found, {
      one: `“${file}” holds ${formatCount(found)} tweet, where the archive’s own list says ${formatCount(expected)}. If you didn’t change it, download the archive again.`,
      other: `“${file}” holds ${formatCount(found)} tweets, where the archive’s own list says ${formatCount(expected)}. If you didn’t change it, download the archive again.`,
    }),
  duplicatePart: (file: string) => `“${file}” came more than once, and the last one was read.`,
  repeatedTweets: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet came more than once and was read once.`,
      other: `${formatCount(count)} tweets came more than once and were read once.`,
    }),
  /** @param groups Files with the reason why they were left, as `leftGroup` says it. */
  filesLeft: (count: number, groups: readonly string[], more: number) => {
    const others =
      more === 0
        ? ''
        : byCount(more, {
            one: `, and ${formatCount(more)} more file`,
            other: `, and ${formatCount(more)} more files`,
          });
    return byCount(count, {
      one: `One file was not read: ${groups.join('; ')}${others}.`,
      other: `${formatCount(count)} files were not read: ${groups.join('; ')}${others}.`,
    });
  },
  leftGroup: (files: string, reason: string) => `${files} (${reason})`,
  leftReasons: {
    empty: 'empty',
    'not-a-zip': 'not a ZIP, though it is called one',
    truncated: 'ends too early, as if its download had been cut off',
    damaged: 'damaged',
    'not-json': 'damaged',
    encrypted: 'locked with a password: unpack it first',
    'too-large': 'unpacks to far more than anyone’s tweets',
    packed: 'packed in a way that Mynah can’t unpack: unpack it first',
    encoding: 'in an encoding Mynah doesn’t recognize: save it as UTF-8',
    'unknown-format': 'in a format Mynah doesn’t know',
    unreadable: 'can’t be opened by your browser',
    'no-tweets': 'holds no tweets',
    'not-tweets': 'not for tweets',
    'beside-archive':
      'beside an archive only the archive is read: add it afterwards if it holds tweets',
    'bot-or-model': 'a bot or a model, and opened as such',
    'no-text-column': 'none of its columns is called text or tweet',
    'too-many': 'more than Mynah reads in one go',
  },
  moreWarnings: (count: number) =>
    byCount(count, {
      one: `And ${formatCount(count)} more such file.`,
      other: `And ${formatCount(count)} more such files.`,
    }),

  columnQuestion: 'Which column holds the tweets?',
  columnQuestionOf: (file: string) => `Which column of “${file}” holds the tweets?`,
  column: (number: number) => `Column ${formatCount(number)}`,

  noneAdded: 'No tweet was new.',
  added: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} new tweet added.`,
      other: `${formatCount(count)} new tweets added.`,
    }),
  thereAlready: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet was there already.`,
      other: `${formatCount(count)} tweets were there already.`,
    }),
  lengthened: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet has more text now.`,
      other: `${formatCount(count)} tweets have more text now.`,
    }),
  learnNewToo: 'To train a bot on the new tweets too, press Train more under Your bots.',
  sameAccount: (strong: Inline, account: string): ComponentChildren => [
    strong(`You already have tweets of @${account} here.`),
    ' These are kept apart from them until you join the two. A tweet that is in both counts once.',
  ],

  countsOfAll: 'Total',
  counts: {
    read: 'Tweets read',
    retweets: 'Retweets',
    short: 'Short tweets',
    other: 'Other tweets left out',
    kept: 'Tweets kept',
  },
  countedUsually:
    'Retweets are someone else’s words and tweets under three words say too little, so the bird doesn’t learn from them.',
  countedOwn: 'Counted with your own filters.',
  threadsJoined: (texts: number) =>
    byCount(texts, {
      one: `Threads are joined, so they are ${formatCount(texts)} text.`,
      other: `Threads are joined, so they are ${formatCount(texts)} texts.`,
    }),
  damagedEntries: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} entry in the file couldn’t be read as tweets and was skipped.`,
      other: `${formatCount(count)} entries in the file couldn’t be read as tweets and were skipped.`,
    }),

  shares: 'How much the bot takes after each',
  sharesHint:
    'Whoever wrote less is read more often, so that all have the same say. Move a slider to change that.',
  shareOf: (share: number) => `${formatPercent(share)} of what the bot reads`,

  little: (strong: Inline, characters: number, comfortable: number): ComponentChildren => [
    strong(
      byCount(characters, {
        one: `That is little to learn from: ${formatCount(characters)} character.`,
        other: `That is little to learn from: ${formatCount(characters)} characters.`,
      }),
    ),
    ` Under ${formatCount(comfortable)}, the bird may learn some tweets by heart and repeat them.`,
  ],
  noneKept: 'No tweet is kept yet.',
  notEnough: (characters: number) =>
    byCount(characters, {
      one: `That is not enough to learn from: ${formatCount(characters)} character.`,
      other: `That is not enough to learn from: ${formatCount(characters)} characters.`,
    }),
  needed: (characters: number) => `At least ${formatCount(characters)} characters are needed.`,
  keepSome: (leftOut: number) =>
    byCount(leftOut, {
      one: `${formatCount(leftOut)} tweet is left out. Keep it, or add more tweets.`,
      other: `${formatCount(leftOut)} tweets are left out. Keep some of them, or add more tweets.`,
    }),
  addMore: 'Add more tweets.',
  leftOut: 'What is left out',
  keepThem: 'Keep them',
  keepThemOf: (reason: string) => `Keep them: ${reason}`,
  shortReason: (minimumWords: number) =>
    byCount(minimumWords, {
      one: `Short (fewer than ${formatCount(minimumWords)} word, not counting links, mentions and hashtags)`,
      other: `Short (fewer than ${formatCount(minimumWords)} words, not counting links, mentions and hashtags)`,
    }),
  nothingButLinks: 'Nothing but links',

  confirmDelete: (count: number, name: string) =>
    byCount(count, {
      one: `Delete the ${formatCount(count)} tweet of ${name}? All copies in this browser will be deleted, including those stored for training. Bots that were trained on it stay and can still write, but they can’t be trained further.`,
      other: `Delete the ${formatCount(count)} tweets of ${name}? All copies in this browser will be deleted, including those stored for training. Bots that were trained on them stay and can still write, but they can’t be trained further.`,
    }),
  useOthers: 'Use other tweets',
  savedFormats: { txt: 'text', jsonl: 'JSON Lines' },
  /** @param added When the tweets were brought. */
  datasetOption: (name: string, added: string) => `${name}, ${added}`,
};
