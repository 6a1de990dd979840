/** Choosing what a bot learns from: options that recount at once, and single tweets by hand. */
import { computed, signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import type { DatasetSummary } from '../../protocol/calls.ts';
import { type CleaningOptions, HUGGINGTWEETS } from '../../domain/cleaning.ts';
import { formatCount } from '../format.ts';
import { announce } from './announce.ts';
import { datasets, putDataset } from './datasets.ts';
import { call, localError } from './engine.ts';

export const cleaningError = signal<ErrorData | null>(null);

/** What the user has asked for and the engine hasn't answered yet. */
const wished = signal<{ readonly id: string; readonly options: CleaningOptions } | null>(null);
export const isRecounting = computed(() => wished.value !== null);

/** The options as they are shown: those just chosen, before they are counted. */
export function optionsOf(dataset: DatasetSummary): CleaningOptions {
  return wished.value?.id === dataset.id ? wished.value.options : dataset.options;
}

let isRunning = false;

/** Recounts with changed options. While one recount runs, only the last wish waits. */
export function changeOptions(dataset: DatasetSummary, change: Partial<CleaningOptions>): void {
  // A field that waited for a pause in the typing was drawn before what has been counted since.
  const current = datasets.value.find(({ id }) => id === dataset.id) ?? dataset;
  wished.value = { id: dataset.id, options: { ...optionsOf(current), ...change } };
  if (!isRunning) void recount();
}

export function resetOptions(dataset: DatasetSummary): void {
  changeOptions(dataset, { ...HUGGINGTWEETS, shares: optionsOf(dataset).shares });
}

async function recount(): Promise<void> {
  isRunning = true;
  for (let next = wished.value; next !== null; next = wished.value) {
    const { id: datasetId, options } = next;
    try {
      const summary = await call('cleanDataset', { datasetId, options });
      putDataset(summary);
      cleaningError.value = null;
      if (wished.value === next) announceCounts(summary);
    } catch (thrown) {
      cleaningError.value = localError(thrown);
    }
    if (wished.value === next) wished.value = null;
  }
  isRunning = false;
}

/** Drops or keeps one tweet whatever the options say; null gives it back to them. */
export async function overrideTweet(
  dataset: DatasetSummary,
  index: number,
  wish: 'keep' | 'drop' | null,
): Promise<void> {
  try {
    const params = { datasetId: dataset.id, tweets: [index], wish };
    putDataset(await call('overrideTweets', params));
    cleaningError.value = null;
    announce(wish === null ? 'The filters decide again.' : wish === 'keep' ? 'Kept.' : 'Left out.');
  } catch (thrown) {
    cleaningError.value = localError(thrown);
  }
}

/** Gives every tweet that was left out by hand back to the options. */
export async function forgetDecisions(dataset: DatasetSummary): Promise<void> {
  const { id: datasetId, counts } = dataset;
  try {
    const limit = counts.reasons['by-hand'] ?? 0;
    const which = { datasetId, offset: 0, limit, query: '', show: 'by-hand' } as const;
    const { rows } = await call('browseTweets', which);
    const tweets = rows.map(({ index }) => index);
    const summary = await call('overrideTweets', { datasetId, tweets, wish: null });
    putDataset(summary);
    cleaningError.value = null;
    announceCounts(summary);
  } catch (thrown) {
    cleaningError.value = localError(thrown);
  }
}

function announceCounts({ counts }: DatasetSummary): void {
  announce(`${formatCount(counts.kept)} of ${formatCount(counts.read)} tweets kept.`);
}

/** Whether anything differs from what huggingtweets does. */
export function isUsual(options: CleaningOptions): boolean {
  const plain = (of: CleaningOptions) => JSON.stringify({ ...HUGGINGTWEETS, ...of, shares: [] });
  return plain(options) === plain(HUGGINGTWEETS);
}
