/** Which card is being edited, and which one shows all that can be done with it: one of each at most. */
import { signal } from '@preact/signals';

export const editedId = signal<string | null>(null);
export const openedId = signal<string | null>(null);

/** The id of a card's element. */
export function cardId(tweetId: string): string {
  return `tweet-${tweetId}`;
}

export function focusCard(tweetId: string): void {
  document.getElementById(cardId(tweetId))?.focus({ preventScroll: false });
}
