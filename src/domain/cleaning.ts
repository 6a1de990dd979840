/**
 * Which tweets a bot learns from, and how their texts are cleaned up: the options with their choices,
 * defaults and names on the page, and the reasons for which tweets are left out. The options are a
 * plain object that is stored with the tweets and with every run.
 */

/** The reasons for which a tweet is left out. The first one that applies is given, in this order. */
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
  /** The page's name for it on one tweet, and for all tweets that are left out for it. */
  readonly one: string;
  readonly all: string;
  /** The options under which no tweet is left out for it; null if no option decides about it. */
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
  date: { one: 'Other date', all: 'Other dates', keptBy: { fromMs: null, untilMs: null } },
  language: { one: 'Other language', all: 'Other languages', keptBy: { languages: [] } },
  likes: { one: 'Too few likes', all: 'With too few likes', keptBy: { minimumLikes: 0 } },
  link: { one: 'With a link', all: 'With links', keptBy: { links: 'strip' } },
  hashtag: { one: 'With a hashtag', all: 'With hashtags', keptBy: { hashtags: 'keep' } },
  excluded: { one: 'Excluded word', all: 'With excluded words', keptBy: { exclude: '' } },
  emoji: { one: 'Only emoji', all: 'With only emoji', keptBy: { emojiOnly: 'keep' } },
  short: { one: 'Short', all: 'Short', keptBy: { minimumWords: 0 } },
  duplicate: { one: 'Repeat', all: 'Repeats', keptBy: { duplicates: 'keep' } },
};

/** The code for missing languages, and for codes that name no language (`und`, `qme`, `zxx`, …). */
export const NO_LANGUAGE = 'und';

export interface CleaningOptions {
  /**
   * Posts that may have been for a few people only. A tool that saved them without their visibility has
   * lost that, and only the user can tell that they are public.
   */
  readonly unknownAudience: 'keep' | 'drop';
  readonly retweets: 'keep' | 'drop';
  /** Replies to other people. Replies to oneself are threads. */
  readonly replies: 'keep' | 'drop';
  readonly quotes: 'keep' | 'drop';
  /** Whether a tweet and its author's replies to it are a text each, or one text together. */
  readonly threads: 'apart' | 'join';
  /** Whether links are removed from the text, or tweets with links are left out. */
  readonly links: 'strip' | 'drop';
  /** `strip-leading` removes the mentions at the start of a reply. */
  readonly mentions: 'keep' | 'strip-leading' | 'strip';
  readonly hashtags: 'keep' | 'strip' | 'drop';
  /** The codes to keep, which may include {@link NO_LANGUAGE}. An empty list keeps all. */
  readonly languages: readonly string[];
  /** The first and last moment to keep, in ms since 1970, or null. Tweets without a date are kept. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  /** Tweets without a number of likes count as having none. */
  readonly minimumLikes: number;
  /** Words separated by commas or line breaks, with `*` for any letters (`archive/cleaning/exclude.ts`). */
  readonly exclude: string;
  readonly duplicates: 'keep' | 'drop';
  /** Earlier versions of an edited tweet. */
  readonly edits: 'keep' | 'drop';
  readonly emojiOnly: 'keep' | 'drop';
  /** Links, mentions and hashtags don't count as words. */
  readonly minimumWords: number;
  readonly newLines: 'space' | 'keep';
  /** For each account, how much of what the bot reads comes from it, relative to the others. Default 1. */
  readonly shares: readonly number[];
}

/** The defaults, which are what huggingtweets 0.6 does. */
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

/** The options that are one of several named choices. */
export type ChoiceOption = {
  [K in keyof CleaningOptions]: CleaningOptions[K] extends string
    ? string extends CleaningOptions[K]
      ? never
      : K
    : never;
}[keyof CleaningOptions];

interface Choices<V extends string> {
  readonly label: string;
  /** Every choice, in the order in which the page shows them. */
  readonly choices: { readonly [C in V]: string };
}

const KEEP_OR_DROP = { keep: 'Keep', drop: 'Leave out' } as const;

/** How the page calls the options that are choices, and each of their choices. */
export const CLEANING_CHOICES: { readonly [K in ChoiceOption]: Choices<CleaningOptions[K]> } = {
  unknownAudience: {
    label: 'Posts that don’t say who could see them',
    choices: KEEP_OR_DROP,
  },
  retweets: { label: 'Retweets', choices: KEEP_OR_DROP },
  replies: { label: 'Replies to other people', choices: KEEP_OR_DROP },
  quotes: { label: 'Quote tweets', choices: KEEP_OR_DROP },
  duplicates: { label: 'Repeated tweets', choices: KEEP_OR_DROP },
  edits: { label: 'Older versions of edited tweets', choices: KEEP_OR_DROP },
  emojiOnly: { label: 'Tweets with only emoji', choices: KEEP_OR_DROP },
  links: {
    label: 'Tweets with links',
    choices: { strip: 'Keep without the link', drop: 'Leave out' },
  },
  hashtags: {
    label: 'Hashtags',
    choices: { keep: 'Keep', strip: 'Remove', drop: 'Leave out tweets with hashtags' },
  },
  mentions: {
    label: 'Mentions',
    choices: {
      keep: 'Keep',
      'strip-leading': 'Remove at the start of replies',
      strip: 'Remove everywhere',
    },
  },
  threads: {
    label: 'Threads',
    choices: { apart: 'One text for each tweet', join: 'One text for each thread' },
  },
  newLines: {
    label: 'Line breaks',
    choices: { space: 'Replace with spaces', keep: 'Keep' },
  },
};

export function choicesOf<K extends ChoiceOption>(option: K): readonly CleaningOptions[K][] {
  // The keys of a record of choices are those choices, whatever Object.keys says of their type.
  return Object.keys(CLEANING_CHOICES[option].choices) as CleaningOptions[K][];
}

/** The minimum to train on: about one block of 1,024 tokens. */
export const NEEDED_CHARACTERS = 6_000;

export function isEnoughToLearnFrom({ characters }: { readonly characters: number }): boolean {
  return characters >= NEEDED_CHARACTERS;
}

/** Below this, the page warns that the bot may learn tweets by heart. */
export const COMFORTABLE_CHARACTERS = 40_000;

/** Whether the options are those of huggingtweets. Shares don't count. */
export function isUsual(options: CleaningOptions): boolean {
  const plain = (of: CleaningOptions) => JSON.stringify({ ...HUGGINGTWEETS, ...of, shares: [] });
  return plain(options) === plain(HUGGINGTWEETS);
}
