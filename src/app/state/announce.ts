/** Short news for screen readers. One polite region says them; each caller keeps to milestones. */
import { signal } from '@preact/signals';

/** Numbered, because the same words a second time ("Copied.") are news again. */
export const announcement = signal({ text: '', number: 0 });

export function announce(text: string): void {
  announcement.value = { text, number: announcement.peek().number + 1 };
}
