/** Whether something was shared with the page of which nothing arrived that it can use. */
import { signal } from '@preact/signals';

export const hasNothingArrived = signal(false);
