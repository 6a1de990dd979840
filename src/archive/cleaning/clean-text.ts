/**
 * Turns a tweet's raw text into what a bot learns from, as huggingtweets 0.6 does.
 * https://github.com/borisdayma/huggingtweets/blob/master/huggingtweets-demo.ipynb
 *
 * Exact down to what Python takes for white space, and tested against Python. Where it goes beyond:
 * entities are decoded once and after the links (the recipe makes `&amp;lt;` a `<`, which nobody
 * wrote), quotes too, as old archives escape them; lone surrogates (half an emoji, which no tokenizer
 * can encode) become U+FFFD; NULs go; and a literal `<|endoftext|>` is changed, as it would end the
 * tweet in mid-text. None of it changes which tweets are short. Two things differ for scripts that
 * are written without spaces, as the recipe would throw them away: what a word is (`words.ts`), and
 * where a link ends (`links.ts`).
 *
 * All else stays as written: mentions, hashtags, HTML, bidirectional marks, zero-width joiners. Nor
 * are letters composed or decomposed (no Unicode normalization): the recipe doesn't do it, and NFC
 * would change letters that look different, such as the old forms of Chinese characters in names.
 * Only what is compared (words to exclude, a search) is compared in NFC.
 */

import { END_OF_TEXT } from '../../domain/tweet-text.ts';
import { removeLinks } from './links.ts';
import { countWords, HASHTAG_CHARACTER, SPACE, splitAtSpaces } from './words.ts';

const ONE_SPACE = new RegExp(`[${SPACE}]`);
const MIN_WORDS = 3;

/** What stands for {@link END_OF_TEXT} when a tweet says it. */
const END_OF_TEXT_QUOTED = '<|end-of-text|>';

/**
 * Whether the text alone tells a retweet, as modern archives mark none: `RT @name:`, with the colon,
 * which is the recipe's rule. `RT @name` without a colon is what somebody typed, and counts only where
 * the source itself marks the tweet as a retweet (`RawTweet.isRetweet`).
 */
export function isRetweet(rawText: string): boolean {
  return /^RT @\w+:/.test(rawText);
}

export interface CleanTextOptions {
  /** False if the source isn't HTML, such as a text file that somebody has written. Default true. */
  readonly isEscaped?: boolean;
  /** Default `space`, which makes the text one line. */
  readonly newLines?: 'space' | 'keep';
}

/** Returns well-formed text without links. It may be empty. */
export function cleanTweet(
  rawText: string,
  { isEscaped = true, newLines = 'space' }: CleanTextOptions = {},
): string {
  let text = rawText.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '');
  text = removeLinks(text);
  if (isEscaped && text.includes('&')) text = decodeEntities(text);
  text = newLines === 'keep' ? tidyLines(text) : splitAtSpaces(text).join(' ');
  return neutral(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Decodes each entity once, because somebody who wrote `&lt;` has `&amp;lt;` in an archive. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

function neutral(text: string): string {
  return text.includes(END_OF_TEXT) ? text.replaceAll(END_OF_TEXT, END_OF_TEXT_QUOTED) : text;
}

/** A name on Mastodon may include its server. */
const NAME = '[@＠]\\w{1,30}(?:@[\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?';
/** After a Latin letter, it would be an e-mail address. Words of other scripts may touch a mention. */
const MENTION = new RegExp(`(?<![\\w@＠\\p{Script=Latin}])${NAME}`, 'gu');
const LEADING_MENTIONS = new RegExp(`^(?:\\.?${NAME}[\\s,:、]*)+`, 'u');
/** A hashtag contains a letter, so `#1` is none. */
const HASHTAG = new RegExp(
  `(?<![\\p{L}\\p{N}_&])[#＃](?=[\\p{N}_]*\\p{L})${HASHTAG_CHARACTER}+`,
  'gu',
);

export function hasMention(text: string): boolean {
  return /[@＠]/.test(text) && text.search(MENTION) >= 0;
}

export function hashtagsIn(text: string): readonly string[] {
  return /[#＃]/.test(text) ? (text.match(HASHTAG) ?? []) : [];
}

/** Removes mentions from a cleaned text. */
export function stripMentions(text: string, which: 'leading' | 'all'): string {
  let rest = text.replace(LEADING_MENTIONS, '');
  if (which === 'all') rest = rest.replace(MENTION, '');
  return neutral(tidyLines(rest));
}

/** Removes hashtags from a cleaned text, including their words. */
export function stripHashtags(text: string): string {
  return neutral(tidyLines(text.replace(HASHTAG, '')));
}

/** Collapses runs of spaces and removes those at the ends of the text. Keeps line breaks. */
function tidyLines(text: string): string {
  const collapsed = text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text;
  // A pattern for the end of a text would take quadratic time for a long run of line breaks.
  let start = 0;
  let end = collapsed.length;
  while (start < end && ONE_SPACE.test(collapsed.charAt(start))) start++;
  while (end > start && ONE_SPACE.test(collapsed.charAt(end - 1))) end--;
  return collapsed.slice(start, end);
}

/** Emoji, the letters of flags, skin tones, and what joins them. */
const EMOJI_PARTS =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\s]|\u200d|\ufe0f|\u20e3|[\u{e0020}-\u{e007f}]/gu;

/** Tells whether a text consists of emoji only. */
export function isEmojiOnly(text: string): boolean {
  // Most texts begin with a letter, which rules them out before the long pattern is tried.
  if (text === '' || /^[\w@#"'(¿¡.-]/.test(text)) return false;
  return (
    text.replace(EMOJI_PARTS, '') === '' &&
    /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(text)
  );
}

/** huggingtweets' rule: fewer than three words. */
export function isShort(cleanedText: string): boolean {
  return countWords(cleanedText) < MIN_WORDS;
}
