/** Facts about tweets as text. */

/** GPT-2's token between documents, as text: it separates tweets, and ends one that is written. */
export const END_OF_TEXT = '<|endoftext|>';

/** What stands between a text and an answer to it, when a bot learns from the two and when it answers. */
export const REPLY_SEPARATOR = '\n';

/** Code points of the longest tweet that is written. */
export const MAX_TWEET_CHARACTERS = 280;

/** The scripts that are written without spaces between words, for a class in a regular expression. */
export const UNSPACED_SCRIPTS =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Bopomofo}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Tibetan}';
