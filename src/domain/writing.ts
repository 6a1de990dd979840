/** How a bot writes: the settings, their limits and defaults, and the presets from safe to wild. */

import {
  integerFrom,
  numberFrom,
  objectOf,
  otherwise,
  parseBoolean,
  type Parser,
} from '../core/parse.ts';
import { MAX_TWEET_CHARACTERS } from './tweet-text.ts';

export interface WritingSettings {
  readonly temperature: number;
  /** 1 keeps all tokens. */
  readonly topP: number;
  /** 0 keeps all tokens. */
  readonly topK: number;
  /** Tokens with less than this share of the largest probability are left out; 0 keeps all tokens. */
  readonly minP: number;
  /** Typical sampling keeps the tokens whose surprise is nearest to the expected one, up to this probability; 1 keeps all. */
  readonly typicalP: number;
  /** 1 has no effect; above 1, words that are already in the text become less likely. */
  readonly repetitionPenalty: number;
  /** No sequence of this many tokens occurs twice; 0 allows it. */
  readonly noRepeatNgram: number;
  /** The maximum number of tokens of a tweet, including the prompt. */
  readonly maxTokens: number;
  /** The maximum number of characters (code points) of a tweet, including the prompt. */
  readonly maxCharacters: number;
  /** Whether a tweet is cut after its last complete sentence, if it has one. */
  readonly endsWithSentence: boolean;
  /** Whether a copy of a training text is replaced by another try. */
  readonly avoidCopies: boolean;
}

type NumberOf = {
  readonly [K in keyof WritingSettings as WritingSettings[K] extends number ? K : never]: number;
};
export type WritingNumber = keyof NumberOf;

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly isInteger: boolean;
}

export const WRITING_RANGES: { readonly [K in WritingNumber]: NumberRange } = {
  temperature: { min: 0.05, max: 3, isInteger: false },
  topP: { min: 0.01, max: 1, isInteger: false },
  topK: { min: 0, max: 1000, isInteger: true },
  minP: { min: 0, max: 1, isInteger: false },
  typicalP: { min: 0.01, max: 1, isInteger: false },
  repetitionPenalty: { min: 1, max: 2, isInteger: false },
  noRepeatNgram: { min: 0, max: 10, isInteger: true },
  maxTokens: { min: 8, max: 512, isInteger: true },
  maxCharacters: { min: 20, max: 4000, isInteger: true },
};

/** What a preset decides; everything else stays as the user has it. */
const MOOD_FIELDS = [
  'temperature',
  'topP',
  'topK',
  'minP',
  'typicalP',
  'repetitionPenalty',
  'noRepeatNgram',
] as const satisfies readonly WritingNumber[];

export type Mood = Pick<WritingSettings, (typeof MOOD_FIELDS)[number]>;

/** The values that huggingtweets' users know. */
const balanced: Mood = {
  temperature: 1,
  topP: 0.95,
  topK: 50,
  minP: 0,
  typicalP: 1,
  repetitionPenalty: 1,
  noRepeatNgram: 0,
};

export const WRITING_DEFAULTS: WritingSettings = {
  ...balanced,
  maxTokens: 160,
  maxCharacters: MAX_TWEET_CHARACTERS,
  endsWithSentence: false,
  avoidCopies: true,
};

function within({ min, max, isInteger }: NumberRange): Parser<number> {
  return isInteger ? integerFrom(min, max) : numberFrom(min, max);
}

/** Settings that an earlier page stored may lack a field that is newer; its default then applies. */
const field = <K extends WritingNumber>(name: K): Parser<number> =>
  otherwise(within(WRITING_RANGES[name]), WRITING_DEFAULTS[name]);

export const parseWritingSettings = objectOf<WritingSettings>({
  temperature: field('temperature'),
  topP: field('topP'),
  topK: field('topK'),
  minP: field('minP'),
  typicalP: field('typicalP'),
  repetitionPenalty: field('repetitionPenalty'),
  noRepeatNgram: field('noRepeatNgram'),
  maxTokens: field('maxTokens'),
  maxCharacters: field('maxCharacters'),
  endsWithSentence: otherwise(parseBoolean, WRITING_DEFAULTS.endsWithSentence),
  avoidCopies: otherwise(parseBoolean, WRITING_DEFAULTS.avoidCopies),
});

/** From the most predictable to the most surprising. `balanced` is the default. */
export const WRITING_MOODS = {
  safe: { ...balanced, temperature: 0.7, topP: 0.9, topK: 40, noRepeatNgram: 4 },
  balanced,
  playful: { ...balanced, temperature: 1.15, topP: 0.97, topK: 200 },
  wild: { ...balanced, temperature: 1.4, topP: 1, topK: 0, minP: 0.02 },
} as const satisfies Record<string, Mood>;

export type MoodName = keyof typeof WRITING_MOODS;
export const MOOD_NAMES = [
  'safe',
  'balanced',
  'playful',
  'wild',
] as const satisfies readonly MoodName[];

/** What a preset decides of these settings. */
export function moodPart(settings: Mood): Mood {
  const { temperature, topP, topK, minP, typicalP, repetitionPenalty, noRepeatNgram } = settings;
  return { temperature, topP, topK, minP, typicalP, repetitionPenalty, noRepeatNgram };
}

/** The preset that has these settings; null if they are the user's own. */
export function moodOf(settings: Mood): MoodName | null {
  const isSame = (mood: Mood) => MOOD_FIELDS.every((name) => mood[name] === settings[name]);
  return MOOD_NAMES.find((name) => isSame(WRITING_MOODS[name])) ?? null;
}

/** The prompts of the tweets that a bot writes while it is trained. An empty one lets it begin as it likes. */
export const SAMPLE_PROMPTS = ['', 'My dream is'] as const;

/** A sequence of this many words that stands in a training tweet counts as learned by heart. */
export const LEARNED_GRAM = 8;

/** A tweet doesn't end before this many tokens. */
export const MIN_TWEET_TOKENS = 10;

/** The maximum number of tweets that are written with one press. */
export const MAX_TWEETS_AT_ONCE = 1000;

/** The copied passage in a text that the user has changed; null if it is no longer there as a whole. */
export function movedCopy<C extends { readonly start: number; readonly end: number }>(
  copy: C | null | undefined,
  text: string,
  changed: string,
): C | null | undefined {
  if (!copy || changed === text) return copy;
  const start = changed.indexOf(text.slice(copy.start, copy.end));
  return start === -1 ? null : { ...copy, start, end: start + copy.end - copy.start };
}
