/**
 * The names of controls and regions in the page's language. Tests find controls by the English ones
 * (`texts/en/labels.ts`).
 */
import { labels } from './texts/en/labels.ts';
import { messages } from './texts/messages.ts';

export const LABELS = messages('labels', labels);
