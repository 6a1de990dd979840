/** One tweet, from whatever an array held. */

/**
 * The raw text of a tweet, still with HTML entities and links, or null when `value` is none.
 *
 * Takes what archives and exports hold: `{"tweet": {…}}`, the bare object, `full_text` or (before
 * 2018, and from the API) `text`, and plain strings.
 */
export function parseTweet(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return null;
  const tweet = isRecord(value.tweet) ? value.tweet : value;
  const text = tweet.full_text ?? tweet.text;
  return typeof text === 'string' ? text : null;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
