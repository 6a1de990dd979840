/** The filters, charts and list of tweets of step 1. */
import type { ComponentChildren } from 'preact';
import { byCount, formatCount } from '../../format.ts';
import type { Inline } from '../inline.tsx';

export const explorer = {
  counting: 'Counting…',
  leaveOut: 'Leave out',
  withHashtags: 'Tweets with hashtags',
  keepOnly: 'Keep only',
  minimumWordsHint: 'Links, mentions and hashtags don’t count.',
  firstTweet: (day: string) => `The first tweet is from ${day}.`,
  lastTweet: (day: string) => `The last tweet is from ${day}.`,
  excludeHint: 'Separate words with commas. An asterisk stands for any letters, as in work*.',
  textCleanup: 'Text cleanup',
  linksRemoved: 'Links are always removed, because a bot could only make them up.',
  unknownLanguage: 'Unknown',

  read: 'read',
  kept: 'kept',
  size: (tokens: number, texts: number) =>
    byCount(texts, {
      one: `About ${formatCount(tokens)} tokens in ${formatCount(texts)} text.`,
      other: `About ${formatCount(tokens)} tokens in ${formatCount(texts)} texts.`,
    }),
  /** @param time `about 4 minutes` */
  takes: (time: string) => `To learn from them as chosen below takes ${time} on this computer.`,
  usedWords: 'Most used words',
  usedHashtags: 'Most used hashtags',
  byMonth: 'Tweets by month',
  months: (first: string, last: string, busiest: string, peak: number) =>
    byCount(peak, {
      one: `Tweets by month. From ${first} to ${last}; most in ${busiest}: ${formatCount(peak)} tweet`,
      other: `Tweets by month. From ${first} to ${last}; most in ${busiest}: ${formatCount(peak)} tweets`,
    }),
  busiest: (month: string, peak: number) => `most in ${month}: ${formatCount(peak)}`,
  lengths: 'Length of what is kept, in tokens',
  lengthsLabel: (peak: number, range: string) =>
    byCount(peak, {
      one: `Length of what is kept, in tokens. Most common: ${range}, with ${formatCount(peak)} text`,
      other: `Length of what is kept, in tokens. Most common: ${range}, with ${formatCount(peak)} texts`,
    }),
  commonLength: (range: string) => `most common: ${range}`,
  lengthRange: (first: number, last: number) => `${formatCount(first)} to ${formatCount(last)}`,
  andMore: (count: number) => `${formatCount(count)} and more`,
  /** The number of tweets with a word; what is `hidden` is only read by screen readers. */
  keptWith: (hidden: Inline, kept: number): ComponentChildren => [
    formatCount(kept),
    hidden(' tweets kept'),
  ],
  ofRead: (hidden: Inline, read: number): ComponentChildren => [
    ` of ${formatCount(read)}`,
    hidden(' read'),
  ],

  noneOfKind: 'No tweets of this kind.',
  noneWith: (words: string) => `No tweet here says “${words}”.`,
  found: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  foundWith: (count: number, words: string) =>
    byCount(count, {
      one: `${formatCount(count)} tweet with “${words}”`,
      other: `${formatCount(count)} tweets with “${words}”`,
    }),
  which: 'Which tweets',
  all: 'All',
  keptOnes: 'Kept',
  leftOutOnes: 'Left out',
  nothingButLinks: 'Nothing but links',
  keptByHand: 'Kept by hand',
  decide: { undo: 'Let the filters decide', keep: 'Keep', drop: 'Leave out' },
  decideOn: {
    undo: (tweet: string) => `Let the filters decide: ${tweet}`,
    keep: (tweet: string) => `Keep: ${tweet}`,
    drop: (tweet: string) => `Leave out: ${tweet}`,
  },
};
