/** Opens the file picker from anywhere on the page: one request, one number higher. */
import { signal } from '@preact/signals';

export const chooseFilesRequest = signal(0);

export function chooseFiles(): void {
  chooseFilesRequest.value += 1;
}
