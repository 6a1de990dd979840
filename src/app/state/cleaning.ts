/** Changes which tweets a bot learns from: by options, which recount at once, or one by one. */
import { computed, signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { type CleaningOptions, HUGGINGTWEETS } from '../../domain/cleaning.ts';
import { announce } from './announce.ts';
import { datasets, putDataset } from './datasets.ts';
import { call, localError } from './engine.ts';
import { news } from '../texts/en/news.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('news', news);

export const cleaningError = signal<ErrorData | null>(null);

/** The options that the user has chosen and the engine hasn't applied yet. */
const requested = signal<{ readonly id: string; readonly options: CleaningOptions } | null>(null);
export const isRecounting = computed(() => requested.value !== null);

/** The options to show: those just chosen, even before the engine has applied them. */
export function optionsOf(dataset: DatasetSummary): CleaningOptions {
  return requested.value?.id === dataset.id ? requested.value.options : dataset.options;
}

let isRunning = false;

/** Recounts with changed options. While a recount is running, only the last choice waits for the next. */
export function changeOptions(dataset: DatasetSummary, change: Partial<CleaningOptions>): void {
  // A field waits for a pause in typing, so its dataset may be older than the last recount.
  const current = datasets.value.find(({ id }) => id === dataset.id) ?? dataset;
  requested.value = { id: dataset.id, options: { ...optionsOf(current), ...change } };
  if (!isRunning) void recount();
}

export function resetOptions(dataset: DatasetSummary): void {
  changeOptions(dataset, { ...HUGGINGTWEETS, shares: optionsOf(dataset).shares });
}

async function recount(): Promise<void> {
  isRunning = true;
  for (let next = requested.value; next !== null; next = requested.value) {
    const { id: datasetId, options } = next;
    try {
      const summary = await call('cleanDataset', { datasetId, options });
      putDataset(summary);
      cleaningError.value = null;
      if (requested.value === next) announceCounts(summary);
    } catch (thrown) {
      cleaningError.value = localError(thrown);
    }
    if (requested.value === next) requested.value = null;
  }
  isRunning = false;
}

/** Leaves out or keeps one tweet regardless of the options. Null lets the options decide again. */
export async function overrideTweet(
  dataset: DatasetSummary,
  index: number,
  decision: 'keep' | 'drop' | null,
): Promise<void> {
  try {
    const params = { datasetId: dataset.id, tweets: [index], decision };
    putDataset(await call('overrideTweets', params));
    cleaningError.value = null;
    announce(
      decision === null ? texts.filtersDecide : decision === 'keep' ? texts.kept : texts.leftOut,
    );
  } catch (thrown) {
    cleaningError.value = localError(thrown);
  }
}

/** Lets the options decide again about every tweet that was left out by hand. */
export async function forgetDecisions(dataset: DatasetSummary): Promise<void> {
  const { id: datasetId, counts } = dataset;
  try {
    const limit = counts.reasons['by-hand'] ?? 0;
    const which = { datasetId, offset: 0, limit, query: '', show: 'by-hand' } as const;
    const { rows } = await call('browseTweets', which);
    const tweets = rows.map(({ index }) => index);
    const summary = await call('overrideTweets', { datasetId, tweets, decision: null });
    putDataset(summary);
    cleaningError.value = null;
    announceCounts(summary);
  } catch (thrown) {
    cleaningError.value = localError(thrown);
  }
}

function announceCounts({ counts }: DatasetSummary): void {
  announce(texts.keptOf(counts.kept, counts.read));
}
