/**
 * What a user may choose about which tweets a bot learns from, and how they read: a plain object,
 * stored with the tweets and with every run.
 */

/** Why a tweet is left out: the first stage that dropped it, in this order. */
export const DROP_REASONS = [
  'by-hand',
  'audience',
  'retweet',
  'reply',
  'quote',
  'edited',
  'date',
  'language',
  'likes',
  'link',
  'hashtag',
  'excluded',
  'emoji',
  'short',
  'duplicate',
] as const;

export type DropReason = (typeof DROP_REASONS)[number];

interface DropReasonFacts {
  /** What the page calls it on a tweet, and where it shows all of them. */
  readonly one: string;
  readonly all: string;
  /** What to change in the options so that no tweet is left out for it; null where none does that. */
  readonly keptBy: Partial<CleaningOptions> | null;
}

export const DROP_REASON_FACTS: { readonly [R in DropReason]: DropReasonFacts } = {
  'by-hand': { one: 'By hand', all: 'By hand', keptBy: null },
  audience: {
    one: 'Unknown audience',
    all: 'Posts that don’t say who could see them',
    keptBy: { unknownAudience: 'keep' },
  },
  retweet: { one: 'Retweet', all: 'Retweets', keptBy: { retweets: 'keep' } },
  reply: { one: 'Reply', all: 'Replies', keptBy: { replies: 'keep' } },
  quote: { one: 'Quote', all: 'Quotes', keptBy: { quotes: 'keep' } },
  edited: { one: 'Older version', all: 'Older versions', keptBy: { edits: 'keep' } },
  date: { one: 'Date', all: 'Other dates', keptBy: { fromMs: null, untilMs: null } },
  language: { one: 'Language', all: 'Other languages', keptBy: { languages: [] } },
  likes: { one: 'Few likes', all: 'Few likes', keptBy: { minimumLikes: 0 } },
  link: { one: 'Link', all: 'With links', keptBy: { links: 'strip' } },
  hashtag: { one: 'Hashtag', all: 'With hashtags', keptBy: { hashtags: 'keep' } },
  excluded: { one: 'Your words', all: 'With your words', keptBy: { exclude: '' } },
  emoji: { one: 'Only emoji', all: 'Only emoji', keptBy: { emojiOnly: 'keep' } },
  short: { one: 'Short', all: 'Short', keptBy: { minimumWords: 0 } },
  duplicate: { one: 'Repeat', all: 'Repeats', keptBy: { duplicates: 'keep' } },
};

/** What the languages that are none (`und`, `qme`, `zxx`, …) and missing ones are called. */
export const NO_LANGUAGE = 'und';

export interface CleaningOptions {
  /**
   * Posts that may have been for a few people only. A tool that saved them without their visibility has
   * lost that, and only the user can tell that they are public.
   */
  readonly unknownAudience: 'keep' | 'drop';
  readonly retweets: 'keep' | 'drop';
  /** Replies to other people; those to oneself are threads. */
  readonly replies: 'keep' | 'drop';
  readonly quotes: 'keep' | 'drop';
  /** A tweet and one's own replies to it: a text each, or one text of them all. */
  readonly threads: 'apart' | 'join';
  /** Take links out of the text, or leave out what has one. */
  readonly links: 'strip' | 'drop';
  /** `strip-leading` takes out those that a reply begins with. */
  readonly mentions: 'keep' | 'strip-leading' | 'strip';
  readonly hashtags: 'keep' | 'strip' | 'drop';
  /** Codes to keep, {@link NO_LANGUAGE} for none; empty keeps all. */
  readonly languages: readonly string[];
  /** First and last moment kept, ms since 1970; null for open. Tweets without a date stay. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  /** Tweets that don't say their likes have none. */
  readonly minimumLikes: number;
  /** Words, with `*` for any letters, between commas or on lines (`archive/cleaning/exclude.ts`). */
  readonly exclude: string;
  readonly duplicates: 'keep' | 'drop';
  /** Earlier versions of a tweet that was edited. */
  readonly edits: 'keep' | 'drop';
  readonly emojiOnly: 'keep' | 'drop';
  /** Words that are neither link, nor mention, nor hashtag. */
  readonly minimumWords: number;
  readonly newLines: 'space' | 'keep';
  /** By account: how much of what the bot reads is its, relative to the others. Missing: 1. */
  readonly shares: readonly number[];
}

/** What huggingtweets 0.6 does. */
export const HUGGINGTWEETS: CleaningOptions = {
  unknownAudience: 'drop',
  retweets: 'drop',
  replies: 'keep',
  quotes: 'keep',
  threads: 'apart',
  links: 'strip',
  mentions: 'keep',
  hashtags: 'keep',
  languages: [],
  fromMs: null,
  untilMs: null,
  minimumLikes: 0,
  exclude: '',
  duplicates: 'keep',
  edits: 'keep',
  emojiOnly: 'keep',
  minimumWords: 3,
  newLines: 'space',
  shares: [],
};

/** Under this there is too little to learn from: about one block of 1,024 tokens. */
export const NEEDED_CHARACTERS = 6_000;

export function isEnoughToLearnFrom({ characters }: { readonly characters: number }): boolean {
  return characters >= NEEDED_CHARACTERS;
}

/** Under this it trains, with a warning. */
export const COMFORTABLE_CHARACTERS = 40_000;
