/**
 * Which tweets a bot learns from, and how their texts are cleaned up: the options with their choices
 * and defaults, and the reasons for which tweets are left out. The options are a plain object that is
 * stored with the tweets and with every run.
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

/** The options under which no tweet is left out for a reason; null if no option decides about it. */
export const KEPT_BY: { readonly [R in DropReason]: Partial<CleaningOptions> | null } = {
  'by-hand': null,
  audience: { unknownAudience: 'keep' },
  retweet: { retweets: 'keep' },
  reply: { replies: 'keep' },
  quote: { quotes: 'keep' },
  edited: { edits: 'keep' },
  date: { fromMs: null, untilMs: null },
  language: { languages: [] },
  likes: { minimumLikes: 0 },
  link: { links: 'strip' },
  hashtag: { hashtags: 'keep' },
  excluded: { exclude: '' },
  emoji: { emojiOnly: 'keep' },
  short: { minimumWords: 0 },
  duplicate: { duplicates: 'keep' },
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

const KEEP_OR_DROP = ['keep', 'drop'] as const;

/** Every choice of each option, in the order in which the page shows them. */
const CLEANING_CHOICES: { readonly [K in ChoiceOption]: readonly CleaningOptions[K][] } = {
  unknownAudience: KEEP_OR_DROP,
  retweets: KEEP_OR_DROP,
  replies: KEEP_OR_DROP,
  quotes: KEEP_OR_DROP,
  duplicates: KEEP_OR_DROP,
  edits: KEEP_OR_DROP,
  emojiOnly: KEEP_OR_DROP,
  links: ['strip', 'drop'],
  hashtags: ['keep', 'strip', 'drop'],
  mentions: ['keep', 'strip-leading', 'strip'],
  threads: ['apart', 'join'],
  newLines: ['space', 'keep'],
};

export function choicesOf<K extends ChoiceOption>(option: K): readonly CleaningOptions[K][] {
  return CLEANING_CHOICES[option];
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
