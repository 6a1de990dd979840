/** Short news for screen readers. One polite region says them; each caller keeps to milestones. */
import { signal } from '@preact/signals';

export const announcement = signal('');

export function announce(text: string): void {
  announcement.value = text;
}
