/** Whether something was shared with the page, but nothing has arrived that it can use. */
import { signal } from '@preact/signals';

export const hasNothingArrived = signal(false);
