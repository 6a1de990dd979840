/** Why a tweet was left out, in words. */
import type { DropReason } from '../../domain/cleaning.ts';

/** On a tweet, and on the chip that shows all of them. */
export const REASON_NAMES: {
  readonly [R in DropReason]: { readonly one: string; readonly all: string };
} = {
  'by-hand': { one: 'By hand', all: 'By hand' },
  retweet: { one: 'Retweet', all: 'Retweets' },
  reply: { one: 'Reply', all: 'Replies' },
  quote: { one: 'Quote', all: 'Quotes' },
  edited: { one: 'Older version', all: 'Older versions' },
  date: { one: 'Date', all: 'Dates' },
  language: { one: 'Language', all: 'Languages' },
  likes: { one: 'Few likes', all: 'Few likes' },
  link: { one: 'Link', all: 'Links' },
  hashtag: { one: 'Hashtag', all: 'Hashtags' },
  excluded: { one: 'Your words', all: 'Your words' },
  emoji: { one: 'Only emoji', all: 'Only emoji' },
  short: { one: 'Short', all: 'Short' },
  duplicate: { one: 'Repeat', all: 'Repeats' },
};
