/**
 * From a tweet's raw text to what a bot learns from, as huggingtweets 0.6 does it.
 * https://github.com/borisdayma/huggingtweets/blob/master/huggingtweets-demo.ipynb
 *
 * Exact down to what Python takes for white space, and tested against Python. Where it goes beyond:
 * entities are decoded once and after the links (the recipe makes `&amp;lt;` a `<`, which nobody
 * wrote), quotes too, as old archives escape them; letters are composed (NFC); lone surrogates (half
 * an emoji, which no tokenizer can encode) become U+FFFD; NULs go; and a literal `<|endoftext|>` is
 * changed, as it would end the tweet in mid-text. None of it changes which tweets are short.
 * All else stays as written: mentions, hashtags, HTML, zero-width joiners.
 */

/** What `str.split`, `str.strip` and `\s` mean in Python: not quite JavaScript's `\s`. */
const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`[${SPACE}]+`);

/** In this order: what one leaves behind, the next may find. The third never does; it is theirs. */
const WITHOUT_LINKS = ['http:', 'https:'].flatMap((scheme) => {
  const link = `${scheme}[^${SPACE}]+`;
  return [
    without(` ${link}`),
    withoutSpaced(link),
    without(`\\n${link} `),
    without(`\\n${link}`),
    without(link),
  ];
});

function without(source: string): (text: string) => string {
  const pattern = new RegExp(source, 'g');
  return (text) => text.replace(pattern, '');
}

/** Each with the space behind it. Asked for in the pattern, `http:http:…` would take quadratic time. */
function withoutSpaced(link: string): (text: string) => string {
  const pattern = new RegExp(`${link}( ?)`, 'g');
  return (text) => text.replace(pattern, (found, space) => (space === '' ? found : ''));
}

const OTHER_SPACE = new RegExp(`[${SPACE.replace('\\x20', '\\x1f')}]`);
const ONE_SPACE = new RegExp(`[${SPACE}]`);
const FEWEST_WORDS = 3;

/** The text that ends every document for GPT-2; and what stands for it when a tweet says it. */
export const END_OF_TEXT = '<|endoftext|>';
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
  /** False where the source is no HTML (what a person typed into a text file). Default true. */
  readonly isEscaped?: boolean;
  /** Default `space`: the text is one line. */
  readonly newLines?: 'space' | 'keep';
}

/** Well-formed text without links; may be empty. */
export function cleanTweet(
  rawText: string,
  { isEscaped = true, newLines = 'space' }: CleanTextOptions = {},
): string {
  let text = rawText.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '');
  if (text.includes('http')) {
    for (const withoutLinks of WITHOUT_LINKS) text = withoutLinks(text);
  }
  if (isEscaped && text.includes('&')) text = decodeEntities(text);
  text = newLines === 'keep' ? tidyLines(text) : words(text).join(' ');
  return neutral(text.normalize('NFC'));
}

export function hasLink(rawText: string): boolean {
  return /https?:\S/.test(rawText);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Each once: `&amp;lt;` is what somebody who wrote `&lt;` has in an archive. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

function neutral(text: string): string {
  return text.includes(END_OF_TEXT) ? text.replaceAll(END_OF_TEXT, END_OF_TEXT_QUOTED) : text;
}

const MENTION = /(^|[^\p{L}\p{N}_])@\w{1,20}/gu;
const LEADING_MENTIONS = /^(?:\.?@\w{1,20}[\s,:]*)+/;
/** With a letter in it: `#1` is no hashtag. */
const HASHTAG = /(?<![\p{L}\p{N}_&])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}\p{M}_]+/gu;

export function hasMention(text: string): boolean {
  return text.includes('@') && text.search(MENTION) >= 0;
}

export function hashtagsIn(text: string): readonly string[] {
  return text.includes('#') ? (text.match(HASHTAG) ?? []) : [];
}

/** From a cleaned text. */
export function stripMentions(text: string, which: 'leading' | 'all'): string {
  let rest = text.replace(LEADING_MENTIONS, '');
  if (which === 'all' && rest.includes('@')) rest = rest.replace(MENTION, '$1');
  return neutral(tidyLines(rest));
}

/** From a cleaned text: mark and word. */
export function stripHashtags(text: string): string {
  return neutral(tidyLines(text.replace(HASHTAG, '')));
}

/** Runs of spaces become one, none is left at the ends of the text; new lines stay. */
function tidyLines(text: string): string {
  const collapsed = text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text;
  // By hand: a pattern for the end of a text takes quadratic time in a long run of new lines.
  let start = 0;
  let end = collapsed.length;
  while (start < end && ONE_SPACE.test(collapsed.charAt(start))) start++;
  while (end > start && ONE_SPACE.test(collapsed.charAt(end - 1))) end--;
  return collapsed.slice(start, end);
}

/** Pictures, letters of flags, skin tones, and what joins them. */
const EMOJI_PARTS =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\s]|\u200d|\ufe0f|\u20e3|[\u{e0020}-\u{e007f}]/gu;

/** Emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  // Most texts begin with a letter: told apart before the long pattern is tried.
  if (text === '' || /^[\w@#"'(¿¡.-]/.test(text)) return false;
  return (
    text.replace(EMOJI_PARTS, '') === '' &&
    /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(text)
  );
}

/** Words that are neither link, nor mention, nor hashtag. */
export function countWords(cleanedText: string): number {
  let count = 0;
  for (const word of words(cleanedText)) if (!isBoring(word)) count++;
  return count;
}

/** huggingtweets' rule: fewer than three of those words. */
export function isShort(cleanedText: string): boolean {
  return countWords(cleanedText) < FEWEST_WORDS;
}

function isBoring(word: string): boolean {
  if (word.includes('@') || word.includes('#')) return true;
  // In any case; `K` and `ſ` are no letters of it.
  return word.length >= 4 && word.toLowerCase().includes('http');
}

function words(text: string): string[] {
  // Most texts hold no other space than the one: far quicker to split.
  const parts = OTHER_SPACE.test(text) ? text.split(SPACES) : text.split(' ');
  return parts.filter((word) => word !== '');
}
