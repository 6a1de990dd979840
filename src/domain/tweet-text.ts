/** Facts about tweets as text. */

/** GPT-2's token between documents, as text: it separates tweets, and ends one that is written. */
export const END_OF_TEXT = '<|endoftext|>';

/** Code points of the longest tweet that is written. */
export const MAX_TWEET_CHARACTERS = 280;
