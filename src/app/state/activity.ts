/** The one long thing the engine is doing for the user. Estimates give way to it. */
import { signal } from '@preact/signals';

export type Activity = 'importing' | 'training' | 'writing';

export const activity = signal<Activity | null>(null);
