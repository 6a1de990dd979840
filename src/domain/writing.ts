/** How a bot writes unless it is told otherwise: the values that huggingtweets' users know. */

export const WRITING_DEFAULTS = {
  temperature: 1,
  topP: 0.95,
  topK: 50,
  /** 1 is none. */
  repetitionPenalty: 1,
  /** Tokens of a tweet at most, prompt included. */
  maxTokens: 160,
} as const;

/** A tweet doesn't end before this many tokens. */
export const MIN_TWEET_TOKENS = 10;
