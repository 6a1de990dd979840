/** Opens the file picker from anywhere on the page. Each request increases a number. */
import { signal } from '@preact/signals';

export const chooseFilesRequest = signal(0);

export function chooseFiles(): void {
  chosenFor.value = null;
  chooseFilesRequest.value += 1;
}

/** The dataset to which the files that are chosen next are added. Null makes a new dataset. */
export const chosenFor = signal<string | null>(null);

export function chooseMoreFiles(datasetId: string): void {
  chosenFor.value = datasetId;
  chooseFilesRequest.value += 1;
}
