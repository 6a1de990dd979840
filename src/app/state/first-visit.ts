/** Whether there is nothing of the user's own here yet, so that the page greets and shows what it does. */
import { computed } from '@preact/signals';
import { selectedDataset } from './datasets.ts';
import { libraryError, runs } from './runs.ts';
import { selectedDatasetId } from './settings.ts';

export const isFirstVisit = computed(
  () =>
    runs.value.length === 0 &&
    libraryError.value === null &&
    selectedDataset.value === null &&
    selectedDatasetId.value === null,
);
