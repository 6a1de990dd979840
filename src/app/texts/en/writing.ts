/** Step 3: the studio in which a bot writes, and what it has written. */
import type { ComponentChildren } from 'preact';
import { byCount, formatCount, formatNumber } from '../../format.ts';
import type { Inline } from '../inline.tsx';

export const writing = {
  /** The mark of what a machine has written. */
  ai: 'AI',
  placeholder: 'Start the tweet, or leave it empty',
  pasteTweet: 'Paste the tweet to answer',
  replyHint:
    'The bot reads it before it writes, and it isn’t part of the answer. This bot wasn’t trained to answer, so an answer may not fit.',
  replyHintTrained: (count: number) =>
    `The bot reads it before it writes, and it isn’t part of the answer. It learned to answer from ${byCount(count, { one: 'one answer', other: `${formatCount(count)} answers` })} to your own tweets.`,
  inReplyTo: (tweet: string) => `In reply to “${tweet}”`,
  howMany: 'How many tweets',
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  write: 'Write',
  stopping: 'Stopping…',
  gettingReady: 'Getting ready…',
  writing: 'Writing…',
  tweetsOf: (done: number, total: number) =>
    byCount(total, {
      one: `${formatCount(done)} of ${formatCount(total)} tweet`,
      other: `${formatCount(done)} of ${formatCount(total)} tweets`,
    }),
  writtenOf: (bold: Inline, done: number, total: number): ComponentChildren => [
    bold(`${formatCount(done)} of ${formatCount(total)}`),
    ' written. You can go on reading, keeping and dropping meanwhile.',
  ],
  /** @param left `about 4 minutes` */
  writtenOfLeft: (bold: Inline, done: number, total: number, left: string): ComponentChildren => [
    bold(`${formatCount(done)} of ${formatCount(total)}`),
    ` written, ${left} left. You can go on reading, keeping and dropping meanwhile.`,
  ],

  /* How daring */
  moods: { safe: 'Safe', balanced: 'Balanced', playful: 'Playful', wild: 'Wild' },
  ownSettings: (numbers: string) => `Your own settings: ${numbers}`,
  numbers: {
    temperature: (value: number) => `temperature ${formatNumber(value)}`,
    topP: (value: number) => `top-p ${formatNumber(value)}`,
    topK: (value: number) => `top-k ${formatNumber(value)}`,
    minP: (value: number) => `min-p ${formatNumber(value)}`,
    typicalP: (value: number) => `typical-p ${formatNumber(value)}`,
    repetitionPenalty: (value: number) => `repetition ${formatNumber(value)}`,
    noRepeatNgram: (value: number) => `no repeated ${formatNumber(value)}-gram`,
  },

  compareHint:
    'Both write with the same start and the same seed, so they differ only in what you choose here. What is written stays with its bot.',
  notWritten: 'Nothing was written here.',

  /* Advanced */
  hints: {
    count: 'Tweets to write at once.',
    temperature: 'Higher is more surprising, lower is more predictable.',
    topP: 'Choose among the most likely words up to this total probability.',
    topK: 'Choose among this many of the most likely words; 0 for all.',
    minP: 'Choose among words with at least this share of the likeliest word’s probability; 0 for all.',
    typicalP:
      'Choose among words that are about as surprising as expected, up to this total probability; 1 for all.',
    repetitionPenalty: 'Above 1, the bot repeats itself less; 1 has no effect.',
    noRepeatNgram: 'No sequence of this many tokens occurs twice in a tweet; 0 allows repetition.',
    maxCharacters: 'Longer tweets are cut after a sentence or a word.',
    maxTokens: 'A token is about ¾ of a word.',
    seed: 'The same seed writes the same tweets.',
    endsWithSentence: 'What follows the last complete sentence is cut off.',
    avoidCopies:
      'A tweet that copies nearly all of a real one is written again, up to three times.',
  },
  randomSeed: 'Random',
  /** Where a random seed is used instead of one that is no number. */
  aRandomOne: 'a random one',

  /* A batch */
  withoutStart: 'Without a start',
  quoted: (start: string) => `“${start}”`,
  seedIs: (seed: number) => `seed ${seed}`,
  useAgain: 'Use again',
  inForm: 'The start, the settings and the seed are in the form.',

  /* A tweet */
  wholeCopy: 'A copy of a real tweet',
  partlyCopied: 'Partly in a real tweet',
  originalDeleted: 'That tweet has been deleted here.',
  edited: 'edited',
  pinned: 'pinned',
  isKept: 'Kept',
  isPinned: 'Pinned',
  moreLike: (start: string) => `Five more that begin with “${start}”`,
  postHint: 'Opens x.com with this text. Nothing is sent until you press this.',
  cantShare: 'Your browser couldn’t share it. Copy it instead.',
  pictureSaved: 'Picture saved.',
  cantDraw: 'Your browser couldn’t draw the picture.',
  pictureFoot: 'Written by an AI that learned from tweets · Mynah',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  notAllowed: 'Not allowed',
  hasCopied: 'Copied.',
  cantCopy: 'Your browser doesn’t allow copying. Select the text instead.',

  /* What was just done */
  done: {
    dropped: 'Dropped.',
    changed: 'Changed.',
    triedAgain: 'Tried again.',
  },
  undone: {
    dropped: 'No longer dropped.',
    changed: 'The earlier text is back.',
    triedAgain: 'The earlier tweet is back.',
  },
  undo: 'Undo',
  dismiss: 'Dismiss',
  kept: 'Kept.',
  noLongerKept: 'No longer kept.',
  back: 'Back among all tweets.',
  pinnedToTop: 'Pinned to the top.',
  noLongerPinned: 'No longer pinned.',
  deleted: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet deleted.`,
      other: `${formatCount(count)} tweets deleted.`,
    }),

  /* The keys */
  keys: {
    next: 'next tweet',
    previous: 'previous tweet',
    keep: 'keep it, or stop keeping it',
    drop: 'drop it',
    undo: 'undo',
    edit: 'edit it',
    copy: 'copy it',
    pin: 'pin it to the top',
    again: 'try again',
    more: 'more like it',
    continue: 'continue it',
    search: 'search',
    help: 'show these keys',
  },

  /* The list */
  filters: { all: 'All', kept: 'Kept', dropped: 'Dropped' },
  search: 'Search',
  confirmDelete: (count: number) =>
    byCount(count, {
      one: `Delete ${formatCount(count)} dropped tweet for good?`,
      other: `Delete ${formatCount(count)} dropped tweets for good?`,
    }),
  delete: 'Delete',
  stoppedEmpty: 'Stopped before anything was finished.',
  empty: 'What it writes is listed here and stays with the bot.',
  noneFound: 'Nothing that it wrote contains these words.',
  noneKept: 'Nothing is kept yet. Press Keep, or the key S.',
  noneDropped: 'Nothing has been dropped.',
  allDropped: 'Everything has been dropped.',

  /* Downloads */
  asListed: (bold: Inline, count: number): ComponentChildren => [
    bold(
      byCount(count, {
        one: `${formatCount(count)} tweet`,
        other: `${formatCount(count)} tweets`,
      }),
    ),
    ' as listed below. All files but TXT also contain each tweet’s start, seed and settings.',
  ],
  copyAll: 'Copy all',
  inYourTime: 'This is in your time zone. The file uses UTC.',
  chooseTime: 'Choose a day and a time.',
  hoursHint: 'From one tweet to the next.',
};
