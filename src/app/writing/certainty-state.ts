/** Of which written tweet the page shows how sure the bot was: one at most. */
import { signal } from '@preact/signals';

export const explainedId = signal<string | null>(null);

export function toggleExplained(tweetId: string): void {
  explainedId.value = explainedId.value === tweetId ? null : tweetId;
}
