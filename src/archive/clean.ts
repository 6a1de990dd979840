/**
 * From a tweet's raw text to what a bot learns from, as huggingtweets 0.6 does it.
 * https://github.com/borisdayma/huggingtweets/blob/master/huggingtweets-demo.ipynb
 *
 * Exact down to what Python takes for white space, and tested against Python. Three things go
 * beyond it, for safety: lone surrogates (half an emoji, which no tokenizer can encode) become
 * U+FFFD, NULs go, and a literal `<|endoftext|>` is changed, as it would end the tweet in mid-text.
 * All else stays as written: mentions, hashtags, HTML, zero-width joiners.
 */

/** What `str.split`, `str.strip` and `\s` mean in Python: not quite JavaScript's `\s`. */
const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`[${SPACE}]+`);

/** In this order: what one leaves behind, the next may find. The third never does; it is theirs. */
const LINK_PATTERNS = ['http:', 'https:'].flatMap((scheme) =>
  [
    ` ${scheme}[^${SPACE}]+`,
    `${scheme}[^${SPACE}]+ `,
    `\\n${scheme}[^${SPACE}]+ `,
    `\\n${scheme}[^${SPACE}]+`,
    `${scheme}[^${SPACE}]+`,
  ].map((pattern) => new RegExp(pattern, 'g')),
);

const BORING_STUFF = ['http', '@', '#'];
const FEWEST_WORDS = 3;

/** The text that ends every document for GPT-2; and what stands for it when a tweet says it. */
export const END_OF_TEXT = '<|endoftext|>';
const END_OF_TEXT_QUOTED = '<|end-of-text|>';

/** The archive marks no retweet as such: only the text tells. Some exports leave out the colon. */
export function isRetweet(rawText: string): boolean {
  return /^RT @\w+[: ]/.test(rawText);
}

/** One line of well-formed text without links; may be empty. */
export function cleanTweet(rawText: string): string {
  const wellFormed = rawText.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '');
  return cleanLikeHuggingtweets(wellFormed).replaceAll(END_OF_TEXT, END_OF_TEXT_QUOTED);
}

function cleanLikeHuggingtweets(rawText: string): string {
  let text = rawText.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  if (text.includes('http')) {
    for (const pattern of LINK_PATTERNS) text = text.replace(pattern, '');
  }
  return words(text).join(' ');
}

/** Fewer than three words that are neither link, nor mention, nor hashtag. */
export function isShort(cleanedText: string): boolean {
  const counted = words(cleanedText).filter((word) => {
    const lowerCase = word.toLowerCase();
    return !BORING_STUFF.some((stuff) => lowerCase.includes(stuff));
  });
  return counted.length < FEWEST_WORDS;
}

function words(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== '');
}
