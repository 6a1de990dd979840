/** Opens the file picker from anywhere on the page: one request, one number higher. */
import { signal } from '@preact/signals';

export const chooseFilesRequest = signal(0);

export function chooseFiles(): void {
  chosenFor.value = null;
  chooseFilesRequest.value += 1;
}

/** The dataset that what is chosen next is added to; null to make a new one. */
export const chosenFor = signal<string | null>(null);

export function chooseMoreFiles(datasetId: string): void {
  chosenFor.value = datasetId;
  chooseFilesRequest.value += 1;
}
