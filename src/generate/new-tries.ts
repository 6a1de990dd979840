/** Another try in the place of a tweet that turned out to be a copy. */

/** Tries that all are copies show that the bot knows nothing else to say here. */
const MAX_TRIES = 3;
/** No batch has so many tweets, so that other tries have numbers, and thereby random numbers, of their own. */
const TRY_STRIDE = 2 ** 20;

/**
 * The first other try that isn't a copy, with its number, or null if there is none among the first three. Try t of
 * tweet n has the number n + t · 2²⁰: the seed of the batch and this number give it again.
 */
export async function newTries(
  number: number,
  isCopy: (text: string) => boolean,
  write: (number: number) => Promise<string>,
): Promise<{ readonly text: string; readonly number: number } | null> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const other = number + attempt * TRY_STRIDE;
    const text = await write(other);
    if (!isCopy(text)) return { text, number: other };
  }
  return null;
}
