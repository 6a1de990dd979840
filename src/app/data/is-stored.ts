import type { DatasetSummary } from '../../protocol/datasets.ts';
import { isLoaded } from '../state/boot.ts';
import { datasets } from '../state/datasets.ts';

/** False for the tweets of a bot that were deleted after it had learned from them. */
export function isStored(dataset: DatasetSummary): boolean {
  return !isLoaded.value || datasets.value.some(({ id }) => id === dataset.id);
}
